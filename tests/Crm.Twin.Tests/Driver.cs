using Crm.Plant.Outputs;
using Crm.Plant.Ports;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Twin.Tests;

/// <summary>Drives pins by name at a fixed exchange period, with a crude thermostat per vessel; no controllers.</summary>
internal sealed class Driver
{
    private readonly OutputPlan[] plan = new OutputPlan[1];
    private readonly SortedDictionary<string, double> thermostats = new(StringComparer.Ordinal);
    private readonly TimeSpan period;
    private readonly double[] values;

    public Driver(RigDefinition rig, IPlantModel plant, double period = 1, TimeSpan start = default)
    {
        Rig = rig;
        Now = start;
        Plant = plant;
        this.period = TimeSpan.FromSeconds(period);
        values = new double[rig.Outputs.Length];
        Readings = new Reading[rig.Tags.Length];
        foreach (string on in new[] { "scrubber.fan", "ventilation.fan", "nitrogen.valve" }) Set(on, 1);
        Set("cooling_water.pump", 100);
        Step();
    }

    public RigDefinition Rig { get; }

    public IPlantModel Plant { get; }

    public TimeSpan Now { get; private set; }

    public Reading[] Readings { get; }

    public double this[string tag] => Readings[Rig.Tag(tag)].Value;

    public void Set(string output, double value) => values[Rig.Output(output)] = value;

    /// <summary>NaN switches the thermostat off.</summary>
    public void Hold(string unit, double celsius)
    {
        thermostats[unit] = celsius;
        if (!double.IsNaN(celsius)) return;
        Set(unit + ".heater", 0);
        Set(unit + ".cooling", 0);
    }

    public void Run(double seconds) => Until(() => false, seconds);

    /// <returns>Seconds it took; <paramref name="most"/> when the condition never came.</returns>
    public double Until(Func<bool> done, double most)
    {
        TimeSpan start = Now;
        while ((Now - start).TotalSeconds < most && !done()) Step();
        return (Now - start).TotalSeconds;
    }

    public void Step()
    {
        foreach ((string unit, double celsius) in thermostats) Thermostat(unit, celsius);
        Now += period;
        Plant.AdvanceTo(Now);
        plan[0] = new OutputPlan(0, Now, Now + TimeSpan.FromSeconds(5), values);
        foreach (BusDefinition bus in Rig.Buses) Plant.Bus(bus.Name).Exchange(plan[0], Readings);
    }

    private void Thermostat(string unit, double celsius)
    {
        if (double.IsNaN(celsius)) return;
        double error = celsius - this[unit + ".temperature"];
        Set(unit + ".heater", Math.Clamp(20 * error, 0, 100));
        Set(unit + ".cooling", Math.Clamp(-20 * error, 0, 100));
    }
}
