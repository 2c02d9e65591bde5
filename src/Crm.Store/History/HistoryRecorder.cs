using System.Runtime.CompilerServices;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Store.History;

/// <summary>Where kept samples go. Samples come in order of time, within one time in order of tag.</summary>
public interface IHistorySink
{
    /// <param name="tag">Tag ordinal.</param>
    /// <param name="reading">A bad one is the beginning of a gap; its value means nothing.</param>
    void Keep(TimeSpan at, int tag, in Reading reading);

    /// <summary>Everything kept so far reaches the file.</summary>
    void Flush();
}

/// <summary>
/// History by exception (rule 3.10): a sample is kept when it has moved by the tag's deadband, when the longest interval is over, or
/// when its quality changed. A bad stretch is one bad sample at its beginning: a gap, never an interpolation. Called once per scan.
/// </summary>
public sealed class HistoryRecorder
{
    private readonly IHistorySink[] sinks;
    private readonly Rule[] rules;
    private readonly Last[] last;
    private Image? latest;

    public HistoryRecorder(RigDefinition rig, params IHistorySink[] sinks)
    {
        this.sinks = sinks;
        rules = [.. rig.Tags.Select(tag => new Rule(tag.Keep.Deadband, tag.Keep.AtLeastEvery.Ticks))];
        last = new Last[rules.Length];
    }

    // Optimised from the first call: it is the hottest loop beside the scan.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Record(Image image)
    {
        latest = image;
        long now = image.Now.Ticks;
        var readings = image.Readings;
        int count = Math.Min(readings.Length, rules.Length);
        for (int tag = 0; tag < count; tag++)
        {
            if (IsNews(in readings[tag], in rules[tag], in last[tag], now)) Keep(image.Now, tag, in readings[tag]);
        }
    }

    /// <summary>Keeps the last value of every tag, so that each line reaches the end of the run, and flushes.</summary>
    public void Finish()
    {
        if (latest is { } image)
        {
            for (int tag = 0; tag < Math.Min(image.Count, rules.Length); tag++)
            {
                if (last[tag].At < image.Now.Ticks && !image[tag].IsBad) Keep(image.Now, tag, in image[tag]);
            }
        }

        foreach (var sink in sinks) sink.Flush();
    }

    private static bool IsNews(in Reading reading, in Rule rule, in Last last, long now)
    {
        if (!last.Known || reading.Quality != last.Quality) return true;
        if (reading.Quality == Quality.Bad) return reading.Reason != last.Reason;
        double moved = Math.Abs(reading.Value - last.Value);
        return (moved >= rule.Deadband && moved > 0) || (rule.AtLeastEvery > 0 && now - last.At >= rule.AtLeastEvery);
    }

    private void Keep(TimeSpan at, int tag, in Reading reading)
    {
        last[tag] = new(true, reading.Value, reading.Quality, reading.Reason, at.Ticks);
        foreach (var sink in sinks) sink.Keep(at, tag, in reading);
    }

    private readonly record struct Rule(double Deadband, long AtLeastEvery);

    private readonly record struct Last(bool Known, double Value, Quality Quality, Reason Reason, long At);
}
