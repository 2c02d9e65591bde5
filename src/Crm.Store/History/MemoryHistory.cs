using System.Collections.Immutable;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Store.History;

/// <summary>What a full series folds.</summary>
public enum Folding
{
    /// <summary>All of it alike, for the even time base of a report.</summary>
    Whole,

    /// <summary>The older half again and again: what was just now stays as it was read.</summary>
    OlderHalf,
}

/// <summary>
/// The series of a run, at most <paramref name="limit"/> samples a channel. At the limit neighbours are folded: every block of four keeps its
/// lowest and highest, so that no peak is lost. Gaps are always kept. Written by one thread, read by any; a lock a channel, held shortly.
/// </summary>
public sealed class MemoryHistory(RigDefinition rig, Folding folding = Folding.Whole, int limit = MemoryHistory.Limit) : IHistorySink
{
    public const int Limit = 8192;

    private readonly ImmutableArray<HistoryChannel> channels = HistoryChannel.Of(rig);
    private readonly Series[] series = [.. HistoryChannel.Of(rig).Select(_ => new Series())];

    public void Keep(TimeSpan at, int channel, in Reading reading)
    {
        var kept = series[channel];
        lock (kept)
        {
            if (kept.Points.Count >= limit) kept.Points = Folded(kept.Points);
            kept.Points.Add(new(at.TotalSeconds, reading.IsBad ? double.NaN : reading.Value, reading.Quality));
        }
    }

    public void Flush()
    {
    }

    /// <summary>Gives every sample to another one, channel by channel.</summary>
    public void CopyTo(IHistorySink other)
    {
        for (int channel = 0; channel < series.Length; channel++)
        {
            foreach (HistoryPoint point in series[channel].Points)
            {
                var at = TimeSpan.FromSeconds(point.Time);
                Reading reading = new(point.Value, point.Quality, Reason.None, at);
                other.Keep(at, channel, in reading);
            }
        }
    }

    /// <summary>Tags that were ever read well and outputs, in the order of the rig.</summary>
    public ImmutableArray<HistorySeries> All()
    {
        var all = ImmutableArray.CreateBuilder<HistorySeries>(series.Length);
        foreach (var channel in channels)
        {
            var kept = series[channel.Ordinal];
            lock (kept)
            {
                if (kept.Points.Exists(p => p.Quality != Quality.Bad)) all.Add(new HistorySeries(channel.Name, channel.Label, channel.Unit, [.. kept.Points]));
            }
        }

        return all.ToImmutable();
    }

    /// <summary>A range of one channel for drawing.</summary>
    /// <param name="from">s since the start of the run.</param>
    /// <param name="step">Width of a column, s.</param>
    public HistoryColumns Columns(int channel, double from, double step, int columns)
    {
        var kept = series[channel];
        lock (kept) return HistoryColumns.Of(channels[channel], kept.Points, from, step, columns);
    }

    private List<HistoryPoint> Folded(List<HistoryPoint> points)
    {
        int end = folding == Folding.Whole ? points.Count : points.Count / 2;
        var folded = new List<HistoryPoint>(points.Count);
        for (int i = 0; i < end; i += 4)
        {
            var block = points.Slice(i, Math.Min(4, end - i));
            if (block.Exists(p => p.Quality == Quality.Bad)) folded.AddRange(block);
            else folded.AddRange(new[] { block.MinBy(p => p.Value), block.MaxBy(p => p.Value) }.Distinct().OrderBy(p => p.Time));
        }

        folded.AddRange(points.Slice(end, points.Count - end));
        // A tag that fails with every other sample cannot be folded without losing gaps: its oldest half goes.
        return folded.Count < points.Count ? folded : points.Slice(points.Count / 2, points.Count - points.Count / 2);
    }

    private sealed class Series
    {
        public List<HistoryPoint> Points { get; set; } = [];
    }
}
