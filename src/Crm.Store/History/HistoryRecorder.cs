using System.Runtime.CompilerServices;
using Crm.Plant.Outputs;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Store.History;

/// <summary>Where kept samples go. Samples come in order of time, within one time in order of tag.</summary>
public interface IHistorySink
{
    /// <param name="channel">See <see cref="HistoryChannel"/>.</param>
    /// <param name="reading">A bad one is the beginning of a gap; its value means nothing.</param>
    void Keep(TimeSpan at, int channel, in Reading reading);

    /// <summary>Everything kept so far reaches the file.</summary>
    void Flush();
}

/// <summary>
/// History by exception (rule 3.10): a sample is kept when it has moved by the tag's deadband, when the longest interval is over, or
/// when its quality changed; an output also when it goes to 0. A bad stretch is one bad sample at its beginning: a gap, never an interpolation. Called once per scan.
/// </summary>
public sealed class HistoryRecorder
{
    private readonly IHistorySink[] sinks;
    private readonly Rule[] rules;
    private readonly Last[] last;
    private readonly int tags;
    private Image? latest;
    private OutputPlan? driven;

    public HistoryRecorder(RigDefinition rig, params IHistorySink[] sinks)
    {
        this.sinks = sinks;
        tags = rig.Tags.Length;
        rules = [.. HistoryChannel.Of(rig).Select(channel => new Rule(channel.Keep.Deadband, channel.Keep.AtLeastEvery.Ticks))];
        last = new Last[rules.Length];
    }

    // Optimised from the first call: it is the hottest loop beside the scan.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Record(Image image, OutputPlan plan)
    {
        (latest, driven) = (image, plan);
        long now = image.Now.Ticks;
        var readings = image.Readings;
        for (int tag = 0; tag < tags; tag++)
        {
            if (IsNews(in readings[tag], in rules[tag], in last[tag], now)) Keep(image.Now, tag, in readings[tag]);
        }

        double[] values = plan.Values;
        for (int output = 0; output < values.Length; output++)
        {
            ref readonly Last kept = ref last[tags + output];
            ref readonly Rule rule = ref rules[tags + output];
            double value = values[output];
            if (kept.Known && (value == kept.Value || (Math.Abs(value - kept.Value) < rule.Deadband && value != 0)) && now - kept.At < rule.AtLeastEvery) continue;
            Reading reading = Reading.Good(value, image.Now);
            Keep(image.Now, tags + output, in reading);
        }
    }

    /// <summary>Keeps the last value of every channel, so that each line reaches the end of the run, and flushes.</summary>
    public void Finish()
    {
        if (latest is { } image && driven is { } plan)
        {
            for (int channel = 0; channel < last.Length; channel++)
            {
                Reading reading = channel < tags ? image[channel] : Reading.Good(plan.Values[channel - tags], image.Now);
                if (last[channel].At < image.Now.Ticks && !reading.IsBad) Keep(image.Now, channel, in reading);
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

    private void Keep(TimeSpan at, int channel, in Reading reading)
    {
        last[channel] = new(true, reading.Value, reading.Quality, reading.Reason, at.Ticks);
        foreach (var sink in sinks) sink.Keep(at, channel, in reading);
    }

    private readonly record struct Rule(double Deadband, long AtLeastEvery);

    private readonly record struct Last(bool Known, double Value, Quality Quality, Reason Reason, long At);
}
