using System.Text;
using Crm.Plant.Quantities;
using Crm.Plant.Twins;

namespace Crm.Host.Scenarios;

/// <summary>A scenario's result as a person reads it.</summary>
internal static class ScenarioText
{
    public static string Of(string path, ScenarioResult result)
    {
        var text = new StringBuilder();
        text.AppendLine($"{(result.Passed ? "pass" : "FAIL")}  {result.Scenario.Name}: {result.Scenario.Title} ({PlantClock.Text(result.Lasted)}, batch {result.Batch.ToLowerInvariant()})");
        foreach (Judgement judgement in result.Judgements.Where(j => !j.Holds))
        {
            string at = judgement.Came is { } came ? $" at {PlantClock.Text(came)}" : "";
            text.AppendLine($"      {path}:{judgement.Expectation.Line}: expected {judgement.Expectation.Words}{When(judgement.Expectation.When)};{at} {judgement.Found}");
        }

        return text.ToString();
    }

    private static string When(ExpectedWhen when) =>
        (when.Never ? ", never" : "") + (when.By is { } by ? $" by {PlantClock.Text(by)}" : "") + (when.From is { } from ? $" from {PlantClock.Text(from)}" : "");
}
