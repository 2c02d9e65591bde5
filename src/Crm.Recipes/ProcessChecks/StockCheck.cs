using Crm.Plant.Materials;
using Crm.Plant.Procedure;
using Crm.Recipes.Diagnostics;

namespace Crm.Recipes.ProcessChecks;

/// <summary>Pre-flight: what the recipe draws of every material against what the rig has. The same sum is made at START, with what is left by then.</summary>
internal static class StockCheck
{
    public static IEnumerable<ProcessFinding> Of(Course course)
    {
        BeforeTheBatch values = new(course.Recipe, course.Rig.Tags.Length, course.Formula.Values, reagent => Demand(course, reagent));
        foreach (StockNeed need in StockNeed.Of(course.Recipe, course.Rig, course.Rig.Stock, values))
        {
            if (!need.MayBeShort) continue;
            string certain = string.Join(" + ", need.Steps.Where(s => s.Certain).Select(s => $"{Say.N(s.Kilograms)} kg {Last(s.Step)}"));
            string sum = certain.Length == 0 ? "" : certain.Contains('+', StringComparison.Ordinal) ? $"{certain} = {Say.N(need.Certain)} kg" : certain;
            yield return need.IsShort
                ? new ProcessFinding(
                    need.RunsOutAt(), "amount", DiagnosticCodes.StockShort, IsAdvice: false,
                    $"{Say.Words(need.Material)}: {sum}, the rig has {Say.N(need.Have)} kg: it runs out here", "dose less, or have more in stock (stock of the rig file)")
                : new ProcessFinding(
                    need.RunsOutAt(), "at_most_amount", DiagnosticCodes.StockMargin, IsAdvice: true,
                    $"{Say.Words(need.Material)}: {(sum.Length > 0 ? sum + ", " : "")}if every dose to a pH takes all it may {Say.N(need.AtMost)} kg; the rig has {Say.N(need.Have)} kg: it could run out here",
                    "lower 'at_most_amount' to what the liquor takes, or have more in stock");
        }
    }

    /// <summary>As the walk reckoned it at the step that doses it.</summary>
    private static double? Demand(Course course, string reagent) =>
        course.Moments.Select(m => m.Comes).Where(c => c is { Multiple: > 0, Kilograms: not null } && c.Name == reagent).Select(c => c!.Kilograms / c.Multiple).FirstOrDefault();

    private static string Last(string step) => step[(step.LastIndexOf('/') + 1)..];
}
