using System.Runtime.InteropServices;
using Crm.Plant.Records;
using Crm.Plant.Tags;

namespace Crm.Store.History;

/// <summary>
/// A range of one channel folded to columns of equal width, lowest, highest and last value of each; null where there is a gap: a bad stretch,
/// or before the first and after the last sample (HMI-25).
/// </summary>
public sealed record HistoryColumns(int Channel, double?[] Low, double?[] High, double?[] Last)
{
    /// <summary>Columns of one answer: more than any screen has pixels.</summary>
    public const int Most = 4000;

    /// <param name="points">In order of time. A value holds until the next sample.</param>
    /// <param name="from">s since the start of the run.</param>
    /// <param name="step">Width of a column, s.</param>
    internal static HistoryColumns Of(HistoryChannel channel, List<HistoryPoint> points, double from, double step, int columns)
    {
        var folded = new HistoryColumns(channel.Ordinal, new double?[columns], new double?[columns], new double?[columns]);
        int digits = Math.Min(channel.Decimals + 1, 6);
        double end = (points.Count == 0 ? double.NegativeInfinity : points[^1].Time) + channel.Keep.AtLeastEvery.TotalSeconds;
        int next = FirstFrom(points, from);
        double held = next > 0 ? points[next - 1].Value : double.NaN;
        for (int column = 0; column < columns; column++)
        {
            double begin = from + column * step, until = begin + step;
            double low = held, high = held;
            for (; next < points.Count && points[next].Time < until; next++)
            {
                held = points[next].Value;
                if (double.IsNaN(held)) continue;
                low = double.IsNaN(low) ? held : Math.Min(low, held);
                high = double.IsNaN(high) ? held : Math.Max(high, held);
            }

            if (double.IsNaN(low) || begin > end) continue;
            folded.Low[column] = Math.Round(low, digits);
            folded.High[column] = Math.Round(high, digits);
            folded.Last[column] = double.IsNaN(held) ? null : Math.Round(held, digits);
        }

        return folded;
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
