using Crm.Plant.Loops;
using Crm.Plant.Loops.Tuning;
using Crm.Plant.Tests.Scan;

namespace Crm.Plant.Tests.Loops;

/// <summary>One loop on any benchmark process through the whole scan; the controller output is the actuator value.</summary>
public sealed class BenchmarkLoop
{
    private readonly double period;
    private readonly BenchmarkPlant plant;

    public BenchmarkLoop(PlantModel model, LoopTuning tuning, double period, double low = -1000, double high = 1000, Func<LoopDefinition, LoopDefinition>? change = null)
    {
        this.period = period;
        plant = new BenchmarkPlant(model, period);
        var sketch = new RigSketch { Period = TimeSpan.FromSeconds(period) };
        int tag = sketch.Tag("pv");
        sketch.Output("u", low, high, lapseAfter: 1);
        int loop = sketch.Loop(
            "loop", tag, tuning.Gain, tuning.IntegralTime, tuning.DerivativeTime, low, high, null, tuning.SetpointWeight, new SplitLeg(0, low, high, low, high));
        sketch.Change(loop, l => l with { DerivativeWeight = tuning.DerivativeWeight, DerivativeFilter = tuning.DerivativeFilter });
        if (change is not null) sketch.Change(loop, change);
        Run = new ScanRun(sketch.Build());
    }

    public ScanRun Run { get; }

    public double ProcessValue => plant.Value;

    public double Load { get; set; }

    /// <summary>Steps on; gives time since the call and process value as the controller saw it to <paramref name="look"/>.</summary>
    public void Go(double duration, double setpoint, Action<double, double>? look = null)
    {
        int scans = (int)Math.Round(duration / period);
        for (int i = 0; i < scans; i++)
        {
            Run.Set(0, plant.Value);
            Run.DemandLoop(0, setpoint);
            Run.Step();
            look?.Invoke(i * period, plant.Value);
            plant.Move(Run[0] + Load);
        }
    }

    public (double Integral, double Absolute, double Peak) LoadStep(double duration)
    {
        Go(1, 0);
        Load = 1;
        double integral = 0, absolute = 0, peak = 0;
        Go(duration, 0, (_, y) =>
        {
            integral += y * period;
            absolute += Math.Abs(y) * period;
            peak = Math.Max(peak, y);
        });
        return (integral, absolute, peak);
    }

    public (double Absolute, double Overshoot) SetpointStep(double duration)
    {
        Go(1, 0);
        double absolute = 0, peak = 0;
        Go(duration, 1, (_, y) =>
        {
            absolute += Math.Abs(1 - y) * period;
            peak = Math.Max(peak, y);
        });
        return (absolute, 100 * (peak - 1));
    }
}
