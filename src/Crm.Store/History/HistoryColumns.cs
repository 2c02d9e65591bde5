using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Crm.Plant.Records;

namespace Crm.Store.History;

/// <summary>
/// A range of one channel folded to columns of equal width, first, lowest, highest and last value of each; null where there is a gap: a bad
/// stretch, or before the first and after the last sample (HMI-25). A column that ends in a gap has no last value.
/// </summary>
public sealed record HistoryColumns(int Channel, double?[] First, double?[] Low, double?[] High, double?[] Last)
{
    /// <summary>Columns of one answer: more than any screen has pixels.</summary>
    public const int Most = 4000;

    /// <param name="points">In order of time. A value holds until the next sample.</param>
    /// <param name="from">s since the start of the run.</param>
    /// <param name="step">Width of a column, s.</param>
    internal static HistoryColumns Of(HistoryChannel channel, List<HistoryPoint> points, double from, double step, int columns)
    {
        var folder = new ColumnFolder(channel, from, step, columns);
        int next = FirstFrom(points, from);
        if (next > 0) folder.Add(points[next - 1].Time, points[next - 1].Value);
        for (; next < points.Count && points[next].Time < folder.End; next++) folder.Add(points[next].Time, points[next].Value);
        return folder.Finish(points.Count == 0 ? double.NegativeInfinity : points[^1].Time);
    }

    private static int FirstFrom(List<HistoryPoint> points, double from)
    {
        int at = CollectionsMarshal.AsSpan(points).BinarySearch(new AtOrAfter(from));
        return at < 0 ? ~at : at;
    }

    /// <summary>Never equal to a sample, so that the search ends before the first one at or after its time.</summary>
    private readonly record struct AtOrAfter(double Time) : IComparable<HistoryPoint>
    {
        public int CompareTo(HistoryPoint other) => other.Time < Time ? 1 : -1;
    }
}

/// <summary>Folds samples that come in order of time. Times in s; a value that is not a number is the beginning of a gap.</summary>
internal sealed class ColumnFolder(HistoryChannel channel, double from, double step, int columns)
{
    private readonly HistoryColumns folded = new(channel.Ordinal, new double?[columns], new double?[columns], new double?[columns], new double?[columns]);
    private readonly int digits = Math.Min(channel.Decimals + 1, 6);
    private int column;
    private double columnEnd = from + step;
    private double held = double.NaN, first = double.NaN, low = double.NaN, high = double.NaN;

    /// <summary>Beginning of the first column, s.</summary>
    public double Begin => from;

    /// <summary>End of the last column, s.</summary>
    public double End { get; } = from + step * columns;

    /// <summary>A sample behind the end changes nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(double time, double value)
    {
        if (time < from) Open(value);
        else if (time < End)
        {
            CloseUntil(time);
            Take(value, value, value);
            held = value;
        }
    }

    /// <summary>Samples that lie in one column, by their summary.</summary>
    /// <returns>False when they do not: each must be added.</returns>
    public bool Add(in HistorySummary block)
    {
        if (block.Begin < from || block.End >= End || Math.Floor((block.Begin - from) / step) != Math.Floor((block.End - from) / step)) return false;
        CloseUntil(block.Begin);
        Take(block.First, block.Low, block.High);
        held = block.Last;
        return true;
    }

    /// <param name="newest">Time of the newest sample there is; its value holds no longer than until the next one had to come.</param>
    public HistoryColumns Finish(double newest)
    {
        double end = newest + channel.Keep.AtLeastEvery.TotalSeconds;
        while (column < columns && from + column * step <= end) Close();
        return folded;
    }

    private void CloseUntil(double time)
    {
        while (column < columns && time >= columnEnd) Close();
    }

    private void Close()
    {
        if (!double.IsNaN(low))
        {
            folded.First[column] = Math.Round(first, digits);
            folded.Low[column] = Math.Round(low, digits);
            folded.High[column] = Math.Round(high, digits);
            folded.Last[column] = double.IsNaN(held) ? null : Math.Round(held, digits);
        }

        column++;
        columnEnd = from + (column + 1) * step;
        Open(held);
    }

    private void Open(double value) => held = first = low = high = value;

    private void Take(double begins, double lowest, double highest)
    {
        if (double.IsNaN(lowest)) return;
        if (double.IsNaN(low)) (first, low, high) = (begins, lowest, highest);
        else (low, high) = (Math.Min(low, lowest), Math.Max(high, highest));
    }
}
