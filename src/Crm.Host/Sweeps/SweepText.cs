using System.Globalization;
using System.Text;
using Crm.Host.Ensembles;
using Crm.Host.Reports;
using Crm.Plant.Records;

namespace Crm.Host.Sweeps;

/// <summary>A sweep as a person reads it at a terminal.</summary>
public static class SweepText
{
    /// <summary>More of the rows are in the files.</summary>
    private const int ShownRows = 40;

    /// <summary>More of the figures are in the files.</summary>
    private const int ShownFigures = 6;

    private const int Narrowest = 12;

    public static string Of(Sweep sweep, string folder)
    {
        var text = new StringBuilder();
        text.AppendLine(Verdict(sweep));
        FigureDefinition[] figures = [.. sweep.Figures.Take(ShownFigures)];
        string[][] rows =
        [
            ["run", .. sweep.Axes.Select(a => a.Name), .. figures.Select(f => f.Unit.Length == 0 ? f.Label : $"{f.Label}, {f.Unit}"), "outcome"],
            .. sweep.Points.Take(ShownRows).Select(p => (string[])
            [
                p.Member.Number.ToString(CultureInfo.InvariantCulture), .. sweep.Axes.Zip(p.At).Select(v => v.First.Values[v.Second]),
                .. figures.Select(f => double.IsFinite(f.Value(p.Member)) ? EnsembleText.Number(f.Value(p.Member)) : "–"), Outcome(sweep, p),
            ]),
        ];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(c => rows.Max(r => r[c].Length))];
        foreach (string[] row in rows) text.AppendLine("  " + string.Join("  ", row.Select((cell, c) => c == row.Length - 1 ? cell : cell.PadLeft(widths[c]))).TrimEnd());
        if (sweep.Points.Length > ShownRows) text.AppendLine(CultureInfo.InvariantCulture, $"  and {sweep.Points.Length - ShownRows} more runs, in the files");
        if (sweep.Figures.Length > ShownFigures) text.AppendLine(CultureInfo.InvariantCulture, $"  and {sweep.Figures.Length - ShownFigures} more figures, in the files");
        return text.AppendLine(CultureInfo.InvariantCulture, $"  table   {Path.Combine(folder, "sweep.csv")}").AppendLine(CultureInfo.InvariantCulture, $"  report  {Path.Combine(folder, "sweep.html")}").ToString();
    }

    public static string Verdict(Sweep sweep)
    {
        string what = string.Join(", ", sweep.Axes.Select(a => $"{a.Name} {a.Values[0]} to {a.Values[^1]} in {a.Values.Length}"));
        string shard = sweep.Shard == Shard.Whole ? "" : $", shard {sweep.Shard.Number} of {sweep.Shard.Of}";
        string missing = sweep.Points.Length < sweep.Own ? $"; interrupted, {sweep.Own} were asked for" : "";
        int good = sweep.To is null ? sweep.Points.Count(p => p.Member.Good) : sweep.Points.Count(p => p.Came);
        string verdict = sweep.To is { } to ? $"came to {to.Words}" : "in specification, balances closed, recovery reached";
        return $"{sweep.Recipe.Id}: {what}{shard}: {good} of {sweep.Points.Length} runs {verdict}{missing}";
    }

    public static string Outcome(Sweep sweep, SweepPoint point) =>
        sweep.To is { } to && point.Came ? $"came to {to.Words}"
        : sweep.To is { } missed && point.Member.Outcome == BatchOutcome.Complete ? $"ended without coming to {missed.Words}"
        : EnsembleText.Outcome(point.Member);
}
