using System.Collections.Immutable;
using Crm.Contracts;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Plant.Tags;

namespace Crm.Host.Service;

/// <summary>Gathers scans until a frame is due. Observing a scan allocates nothing; only <see cref="Take"/> builds a message. Controller thread.</summary>
public sealed class FrameFolder
{
    private readonly RigDefinition rig;
    private readonly double[] low, high;
    private readonly Queue<EventSeen> events = new();
    private PlantFrame? last;
    private long dropped;

    public FrameFolder(RigDefinition rig)
    {
        this.rig = rig;
        low = new double[rig.Tags.Length];
        high = new double[rig.Tags.Length];
        Clear();
    }

    public void Observe(PlantFrame frame)
    {
        last = frame;
        var readings = frame.Image.Readings;
        for (int i = 0; i < readings.Length; i++)
        {
            if (readings[i].IsBad) continue;
            double value = readings[i].Value;
            if (value < low[i]) low[i] = value;
            if (value > high[i]) high[i] = value;
        }
    }

    public void Observe(EventSeen happened)
    {
        events.Enqueue(happened);
        if (events.Count <= FoldedFrame.MostEvents) return;
        events.Dequeue();
        dropped++;
    }

    /// <summary>The frame of everything observed since the last one; null before the first scan.</summary>
    public FoldedFrame? Take(DateTimeOffset at, double pace, double asked, string paceReason)
    {
        if (last is not { } frame) return null;
        var image = frame.Image;
        var values = new double?[image.Count];
        var spreads = ImmutableArray.CreateBuilder<Spread>();
        var why = ImmutableArray.CreateBuilder<BadValue>();
        for (int i = 0; i < values.Length; i++)
        {
            ref readonly var reading = ref image[i];
            if (reading.Quality != Quality.Good) why.Add(new BadValue(i, Words.Of(reading.Reason), DeviceStatus.Shown(DeviceStatus.Of(reading)).OpcUa));
            if (reading.IsBad || !double.IsFinite(reading.Value)) continue;
            int digits = Math.Min(rig.Tags[i].Decimals + 1, 6);
            values[i] = Math.Round(reading.Value, digits) + 0.0;
            if (low[i] < reading.Value || high[i] > reading.Value) spreads.Add(new Spread(i, Math.Round(low[i], digits), Math.Round(high[i], digits)));
        }

        var message = new FrameMessage(
            "frame", frame.Scan, Math.Round(frame.Now.TotalSeconds, 3), at, pace, asked, paceReason,
            values,
            string.Create(values.Length, image, static (text, seen) => { for (int i = 0; i < text.Length; i++) text[i] = (char)('0' + (int)seen[i].Quality); }),
            why.ToImmutable(),
            spreads.ToImmutable(),
            [.. rig.Outputs.Select(o => Math.Round(frame.Plan.Values[o.Ordinal], 3))],
            string.Concat(frame.Outputs.Select(o => (char)('0' + (int)o.Source))),
            string.Concat(frame.Outputs.Select(o => o.InManual ? '1' : '0')),
            [.. frame.Loops.Select(l => l.Running || l.ProcessValueBad ? Number(l.Setpoint) : null)],
            string.Concat(frame.Loops.Select(l => l.ProcessValueBad ? '2' : l.Running ? '1' : '0')),
            string.Concat(frame.Loops.Select(l => (char)('0' + (int)l.Mode))),
            [.. events],
            dropped);
        Clear();
        return new FoldedFrame(message);
    }

    private void Clear()
    {
        Array.Fill(low, double.PositiveInfinity);
        Array.Fill(high, double.NegativeInfinity);
        events.Clear();
        dropped = 0;
    }

    private static double? Number(double value) => double.IsFinite(value) ? Math.Round(value, 3) : null;
}
