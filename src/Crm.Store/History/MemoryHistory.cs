using System.Collections.Immutable;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Store.History;

/// <summary>
/// Keeps the series of a batch for its report, at most <see cref="Limit"/> samples a tag. At the limit neighbours are folded: every
/// block of four keeps its lowest and highest, so that no peak is lost and the time base stays whole. Gaps are always kept.
/// </summary>
public sealed class MemoryHistory(RigDefinition rig) : IHistorySink
{
    public const int Limit = 8192;

    private readonly List<HistoryPoint>[] points = [.. rig.Tags.Select(_ => new List<HistoryPoint>())];

    public void Keep(TimeSpan at, int tag, in Reading reading)
    {
        var series = points[tag];
        if (series.Count >= Limit) points[tag] = series = Folded(series);
        series.Add(new(at.TotalSeconds, reading.IsBad ? double.NaN : reading.Value, reading.Quality));
    }

    public void Flush()
    {
    }

    /// <summary>Tags that were ever read well, in the order of the rig.</summary>
    public ImmutableArray<HistorySeries> Series() =>
        [.. rig.Tags.Where(tag => points[tag.Ordinal].Any(p => p.Quality != Quality.Bad))
            .Select(tag => new HistorySeries(tag.Name, tag.Label, tag.Unit, [.. points[tag.Ordinal]]))];

    private static List<HistoryPoint> Folded(List<HistoryPoint> series)
    {
        var folded = new List<HistoryPoint>(series.Count);
        for (int i = 0; i < series.Count; i += 4)
        {
            var block = series.Slice(i, Math.Min(4, series.Count - i));
            if (block.Exists(p => p.Quality == Quality.Bad)) folded.AddRange(block);
            else folded.AddRange(new[] { block.MinBy(p => p.Value), block.MaxBy(p => p.Value) }.Distinct().OrderBy(p => p.Time));
        }

        // A tag that fails with every other sample cannot be folded without losing gaps: its oldest half goes.
        return folded.Count < series.Count ? folded : series.Slice(series.Count / 2, series.Count - series.Count / 2);
    }
}
