using System.Collections.Immutable;
using Crm.Plant.Outputs;
using Crm.Plant.Ports;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;
using Crm.Twin.Sensors;

namespace Crm.Twin;

/// <summary>One simulated bus; it sees its own outputs and tags only.</summary>
internal sealed class TwinBus : IBus
{
    private readonly TwinPlant plant;
    private long last;

    /// <param name="sensors">The instruments of the given tags.</param>
    public TwinBus(TwinPlant plant, string name, RigDefinition rig, Func<ImmutableArray<int>, SensorBank> sensors)
    {
        this.plant = plant;
        Name = name;
        Outputs = [.. rig.Outputs.Where(o => o.Bus == name).Select(o => o.Ordinal)];
        Sensors = sensors([.. rig.Tags.Where(t => t.Bus == name).Select(t => t.Ordinal)]);
    }

    private TwinBus(TwinBus other, TwinPlant plant)
    {
        this.plant = plant;
        (Name, Outputs, last) = (other.Name, other.Outputs, other.last);
        Sensors = other.Sensors.Copy();
    }

    public string Name { get; }

    public bool IsSimulated => true;

    public ImmutableArray<int> Outputs { get; }

    public SensorBank Sensors { get; }

    public void Exchange(OutputPlan plan, Span<Reading> readings) => plant.Exchange(this, plan, readings);

    /// <summary>Seconds since the exchange before.</summary>
    public double Elapsed(long now)
    {
        double dt = (now - last) / (double)TimeSpan.TicksPerSecond;
        last = now;
        return dt;
    }

    /// <summary>The same bus of a copy of the plant.</summary>
    public TwinBus Of(TwinPlant copy) => new(this, copy);
}
