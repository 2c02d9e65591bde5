using Crm.Plant.Outputs;
using Crm.Plant.Ports;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Scenarios.Tests;

/// <summary>Every device of a rig behind one bus: pins that hold what was written, and instruments that read what a test sets.</summary>
internal sealed class FakeDevices : IBus
{
    private readonly RigDefinition rig;
    private readonly double[] pins;
    private readonly double[] values;
    private long exchanges;

    public FakeDevices(RigDefinition rig, ReadOnlySpan<double> values)
    {
        this.rig = rig;
        this.values = values.ToArray();
        pins = new double[rig.Outputs.Length];
    }

    public string Name => "all";

    /// <summary>Plant time of the next exchange.</summary>
    public TimeSpan Now { get; set; }

    public double Pin(int output) => pins[output];

    public void Set(int tag, double value) => values[tag] = Math.Clamp(value, rig.Tags[tag].Low, rig.Tags[tag].High);

    public double Reads(int tag) => values[tag];

    public void Exchange(OutputPlan plan, Span<Reading> readings)
    {
        for (int o = 0; o < pins.Length; o++) pins[o] = plan.Values[o];
        exchanges++;
        for (int t = 0; t < readings.Length; t++) readings[t] = Reading.Good(Live(rig.Tags[t], values[t]), Now);
    }

    /// <summary>A live instrument never reads exactly the same for long; what moves here is far below anything that is judged.</summary>
    private double Live(TagDefinition tag, double value) => tag.IsSwitch || value <= tag.Low || value >= tag.High ? value : value + (exchanges % 3) * 1e-7 * (tag.High - tag.Low);
}
