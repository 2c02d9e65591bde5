using System.Globalization;
using System.Text;
using Crm.Plant.Records;

namespace Crm.Host.Sweeps;

/// <summary><c>sweep.csv</c>: a row a run, ready for a notebook. Shards of one sweep have the same columns where their runs tell the same figures.</summary>
public static class SweepCsv
{
    public static string Write(Sweep sweep)
    {
        var text = new StringBuilder();
        IEnumerable<string> heads = ["run", .. sweep.Axes.Select(a => Head(a.Name, a.Unit)), "outcome", "good", .. sweep.Figures.Select(f => Head(f.Key, f.Unit))];
        text.Append(string.Join(',', heads.Select(Quoted))).Append('\n');
        foreach (SweepPoint point in sweep.Points)
        {
            IEnumerable<string> cells =
            [
                point.Member.Number.ToString(CultureInfo.InvariantCulture),
                .. sweep.Axes.Zip(point.At).Select(v => Number(v.First.Number(v.Second))),
                SweepText.Outcome(sweep, point),
                sweep.To is null ? point.Member.Good ? "yes" : "no" : "",
                .. sweep.Figures.Select(f => Number(f.Value(point.Member))),
            ];
            text.Append(string.Join(',', cells.Select(Quoted))).Append('\n');
        }

        return text.ToString();
    }

    private static string Head(string name, string unit) => unit.Length == 0 ? name : $"{name} [{unit}]";

    /// <summary>Nine digits, more than any model is worth and fewer than the last bits of a double; empty when not told.</summary>
    private static string Number(double value) => double.IsFinite(value) ? value.ToString("G9", CultureInfo.InvariantCulture) : "";

    private static string Quoted(string cell) => cell.AsSpan().IndexOfAny(",\"\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
