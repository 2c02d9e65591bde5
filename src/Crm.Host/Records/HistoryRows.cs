using System.Globalization;
using Crm.Host.CommandLine;
using Crm.Store.History;

namespace Crm.Host.Records;

/// <param name="Second">Plant time, s.</param>
/// <param name="Name">Tag or output.</param>
/// <param name="Value">In its unit; null in a gap.</param>
/// <param name="Quality"><c>good</c>, <c>uncertain:WHY</c> or <c>bad:WHY</c>.</param>
internal readonly record struct HistoryRow(double Second, string Name, double? Value, string Quality);

/// <summary>Rows of the <c>history.csv</c> of a run.</summary>
internal static class HistoryRows
{
    private const int Columns = 5;

    /// <summary>A last row that a run that was killed did not finish is left out.</summary>
    /// <exception cref="UsageException">Another row is none; says file, line and what was expected.</exception>
    public static IEnumerable<HistoryRow> Read(string path)
    {
        int number = 0, unread = 0;
        foreach (string line in File.ReadLines(path))
        {
            if (unread > 0) throw new UsageException($"{path}:{unread}: expected {HistoryFormat.Columns}");
            if (++number == 1 || line.Length == 0) continue;
            if (Row(line) is { } row) yield return row;
            else unread = number;
        }
    }

    private static HistoryRow? Row(string line)
    {
        string[] cells = HistoryFormat.Cells(line);
        if (cells.Length != Columns || Number(cells[0]) is not { } second) return null;
        return new HistoryRow(second, cells[1], Number(cells[2]), cells[4]);
    }

    private static double? Number(string cell) => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;
}
