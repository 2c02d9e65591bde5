using Crm.Contracts;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;
using Crm.Store.History;

namespace Crm.Host.Service;

/// <summary>
/// The kept samples of this run, for trends: written by the controller thread, read by others, one short lock a tag. At
/// <see cref="Limit"/> samples a tag every pair of neighbours in the older half becomes one with the same lowest and highest.
/// </summary>
public sealed class TrendStore(RigDefinition rig) : IHistorySink
{
    public const int Limit = 20_000;

    /// <summary>Columns of one answer: more than any screen has pixels.</summary>
    public const int MostColumns = 4000;

    private readonly Series[] series = [.. rig.Tags.Select(_ => new Series())];

    public void Keep(TimeSpan at, int tag, in Reading reading)
    {
        double value = reading.IsBad ? double.NaN : reading.Value;
        var kept = series[tag];
        lock (kept)
        {
            if (kept.Points.Count >= Limit) kept.Points = Thinned(kept.Points);
            kept.Points.Add(new Point(at.TotalSeconds, value, value));
        }
    }

    public void Flush()
    {
    }

    /// <summary>A range folded to columns. A value holds until the next sample; a bad stretch is a gap (HMI-25).</summary>
    public Trend Read(IReadOnlyList<int> tags, double from, double to, int columns)
    {
        columns = Math.Clamp(columns, 1, MostColumns);
        double step = Math.Max(to - from, 1e-3) / columns;
        return new Trend(from, step, [.. tags.Select(tag => Pen(tag, from, step, columns))]);
    }

    private TrendPen Pen(int tag, double from, double step, int columns)
    {
        var (low, high, last) = (new double?[columns], new double?[columns], new double?[columns]);
        int digits = Math.Min(rig.Tags[tag].Decimals + 1, 6);
        var kept = series[tag];
        lock (kept)
        {
            var points = kept.Points;
            double end = points.Count == 0 ? double.NegativeInfinity : points[^1].At;
            int next = FirstAfter(points, from);
            double held = next > 0 ? points[next - 1].Last : double.NaN;
            for (int column = 0; column < columns; column++)
            {
                double begin = from + column * step, until = begin + step;
                double l = held, h = held;
                for (; next < points.Count && points[next].At < until; next++)
                {
                    var point = points[next];
                    (l, h) = double.IsNaN(point.Low) ? (l, h) : (Least(l, point.Low), Most(h, point.High));
                    held = point.Last;
                }

                if (double.IsNaN(l) || begin > end + rig.Tags[tag].Keep.AtLeastEvery.TotalSeconds) continue;
                (low[column], high[column]) = (Math.Round(l, digits), Math.Round(h, digits));
                last[column] = double.IsNaN(held) ? null : Math.Round(held, digits);
            }
        }

        return new TrendPen(rig.Tags[tag].Name, low, high, last);
    }

    private static int FirstAfter(List<Point> points, double from)
    {
        int low = 0, high = points.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (points[middle].At < from) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private static List<Point> Thinned(List<Point> points)
    {
        var thinned = new List<Point>(Limit);
        int half = points.Count / 2;
        for (int i = 0; i < half; i += 2)
        {
            var (a, b) = (points[i], points[i + 1]);
            if (double.IsNaN(a.Low) != double.IsNaN(b.Low))
            {
                thinned.Add(a);
                thinned.Add(b);
            }
            else
            {
                thinned.Add(new Point(a.At, Least(a.Low, b.Low), Most(a.High, b.High)) { Last = b.Last });
            }
        }

        thinned.AddRange(points[(half + half % 2)..]);
        // A tag that fails with every other sample cannot be thinned: its oldest samples go.
        return thinned.Count < points.Count ? thinned : points[half..];
    }

    private static double Least(double a, double b) => double.IsNaN(a) ? b : double.IsNaN(b) ? a : Math.Min(a, b);

    private static double Most(double a, double b) => double.IsNaN(a) ? b : double.IsNaN(b) ? a : Math.Max(a, b);

    private sealed class Series
    {
        public List<Point> Points { get; set; } = [];
    }

    private readonly record struct Point(double At, double Low, double High)
    {
        public double Last { get; init; } = High;
    }
}
