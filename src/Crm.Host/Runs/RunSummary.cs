using System.Globalization;
using System.Text;
using Crm.Host.CommandLine;
using Crm.Plant.Records;

namespace Crm.Host.Runs;

/// <summary>The few lines a person reads after a run, and the exit code scripts rely on.</summary>
public static class RunSummary
{
    public static int ExitCode(BatchRecord record) =>
        record.Outcome != BatchOutcome.Complete ? ExitCodes.NotFinished : IsGood(record) ? ExitCodes.Good : ExitCodes.Problems;

    /// <summary>In specification, balances closed, and at least the recovery the recipe promises.</summary>
    private static bool IsGood(BatchRecord record) =>
        record.Result.Purity.InSpecification && record.Result.BalancesClosed && record.Result.MainRecovery.Value >= record.Product.LeastRecovery;

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
