using System.Collections.Immutable;
using Crm.Plant.Outputs;
using Crm.Plant.Ports;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Twin;

/// <summary>One simulated bus; it sees its own outputs and tags only.</summary>
internal sealed class TwinBus(TwinPlant plant, string name, RigDefinition rig) : IBus
{
    private long last;

    public string Name { get; } = name;

    public bool IsSimulated => true;

    public ImmutableArray<int> Outputs { get; } = [.. rig.Outputs.Where(o => o.Bus == name).Select(o => o.Ordinal)];

    public ImmutableArray<int> Tags { get; } = [.. rig.Tags.Where(t => t.Bus == name).Select(t => t.Ordinal)];

    public void Exchange(OutputPlan plan, Span<Reading> readings) => plant.Exchange(this, plan, readings);

    /// <summary>Seconds since the exchange before.</summary>
    public double Elapsed(long now)
    {
        double dt = (now - last) / (double)TimeSpan.TicksPerSecond;
        last = now;
        return dt;
    }

    public void TakeFrom(TwinBus other) => last = other.last;
}
