using System.Globalization;
using System.Text;
using Crm.Host.CommandLine;
using Crm.Plant.Allocation;
using Crm.Plant.Balances;
using Crm.Plant.Procedure;
using Crm.Plant.Quantities;
using Crm.Plant.Records;

namespace Crm.Host.Runs;

/// <summary>The few lines a person reads after a run, and the exit code scripts rely on.</summary>
public static class RunSummary
{
    /// <summary>That of the worst batch.</summary>
    public static int ExitCode(Campaign campaign)
    {
        var codes = campaign.Batches.Select(b => ExitCode(b.Record)).ToList();
        return codes.Contains(ExitCodes.NotFinished) ? ExitCodes.NotFinished : codes.Max();
    }

    /// <summary>One batch as ever; of several each, and who waited for whom.</summary>
    public static string Text(Campaign campaign, string folder)
    {
        if (campaign.Batches.Length == 1) return Text(campaign.Batches[0].Record, folder);
        var text = new StringBuilder();
        foreach (var batch in campaign.Batches)
            text.AppendLine(Text(batch.Record, Path.Combine(folder, batch.Name))).AppendLine(CultureInfo.InvariantCulture, $"  from      {PlantClock.Text(batch.From)} to {PlantClock.Text(batch.To)}");
        foreach (var wait in campaign.Waits) text.AppendLine(Words(wait, campaign.End));
        text.Append(CultureInfo.InvariantCulture, $"  campaign  {Path.Combine(folder, "campaign.html")}");
        return text.ToString();
    }

    private static string Words(Wait wait, TimeSpan end)
    {
        string whom = wait.HeldBy.Length == 0 ? "withheld" : $"of {wait.HeldBy.Replace(" ", ", ", StringComparison.Ordinal)}";
        string until = wait.To is { } to ? PlantClock.Text(to) : "the end";
        return string.Create(CultureInfo.InvariantCulture,
            $"{wait.Batch} waited {((wait.To ?? end) - wait.From).TotalHours:0.00} h for {wait.For.Replace(" ", ", ", StringComparison.Ordinal)} {whom}, {PlantClock.Text(wait.From)} to {until}");
    }

    public static int ExitCode(BatchRecord record) =>
        record.Outcome != BatchOutcome.Complete ? ExitCodes.NotFinished : IsGood(record.Result, record.Product) ? ExitCodes.Good : ExitCodes.Problems;

    /// <summary>In specification, balances closed, and at least the recovery the recipe promises.</summary>
    public static bool IsGood(BatchResult result, ProductDefinition product) =>
        result.Purity.InSpecification && result.BalancesClosed && result.MainRecovery.Value >= product.LeastRecovery;

    public static string Text(BatchRecord record, string folder)
    {
        var text = new StringBuilder();
        var result = record.Result;
        text.Append(CultureInfo.InvariantCulture, $"{record.Id}: {record.Outcome} after {record.Duration.TotalHours:0.0} h of plant time");
        if (record.OutcomeText.Length > 0) text.Append(CultureInfo.InvariantCulture, $" – {record.OutcomeText}");
        text.AppendLine();
        if (record.Outcome == BatchOutcome.Complete)
        {
            var mass = result.ProductMass;
            var recovery = result.MainRecovery;
            text.AppendLine(CultureInfo.InvariantCulture,
                $"  product   {mass.Value:0.000} ± {2 * mass.U:0.000} kg {record.Product.Name}, {(result.Purity.InSpecification ? "in specification" : "NOT in specification")}");
            text.AppendLine(CultureInfo.InvariantCulture,
                $"  recovery  {recovery.Value * 100:0.0} ± {200 * recovery.U:0.0} % of {record.Product.MainElement} (the recipe asks for {record.Product.LeastRecovery * 100:0} %)");
            text.AppendLine(CultureInfo.InvariantCulture, $"  balances  {(result.BalancesClosed ? "closed within their uncertainty" : "NOT closed")}");
        }

        text.Append(CultureInfo.InvariantCulture, $"  report    {Path.Combine(folder, "report.html")}");
        return text.ToString();
    }
}
