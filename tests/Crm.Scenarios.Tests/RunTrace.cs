using Crm.Plant.Records;

namespace Crm.Scenarios.Tests;

/// <summary>What a run did: its events in words and a hash over every pin of every scan.</summary>
internal sealed class RunTrace
{
    public static readonly TimeSpan Length = TimeSpan.FromHours(6);

    private ulong hash = 14695981039346656037UL;

    public ulong PinHash => hash;

    public IReadOnlyList<string> Events { get; private set; } = [];

    public void Add(LithiumPlant plant)
    {
        for (int i = 0; i < LithiumPlant.Rig.Outputs.Length; i++)
            hash = (hash ^ (ulong)BitConverter.DoubleToInt64Bits(plant.Pin(i))) * 1099511628211UL;
    }

    public void Take(IEnumerable<BatchEvent> events) => Events = [.. events.Where(e => e.At <= Length).Select(Words)];

    public static RunTrace Of(long seed, TimeSpan length)
    {
        var trace = new RunTrace();
        var plant = new LithiumPlant(seed);
        plant.RunTo(length, trace.Add);
        trace.Take(plant.Events);
        return trace;
    }

    private static string Words(BatchEvent e) =>
        $"{e.At} {e.Scan} {e.Kind} {e.Subject}: {e.Text} ({e.Cause}) {string.Join(" ", e.Data.Select(d => $"{d.Key}={d.Value}"))}";
}
