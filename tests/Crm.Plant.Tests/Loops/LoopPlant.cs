using Crm.Plant.Loops;
using Crm.Plant.Tests.Scan;

namespace Crm.Plant.Tests.Loops;

/// <summary>One loop on K e^(-s) / (T s + 1) or K e^(-s) / s, solved exactly between scans; input disturbance added before the delay.</summary>
public sealed class LoopPlant
{
    private readonly double seconds;
    private readonly double lag;
    private readonly double[] delayed;
    private int at;

    /// <param name="lag">T in seconds; 0 is an integrator.</param>
    /// <param name="period">Scan period; the delay of 1 s is a whole number of them.</param>
    public LoopPlant(double lag, double gain, double ti, double td = 0, double period = 0.01, double low = -1000, double high = 1000)
    {
        var sketch = new RigSketch { Period = TimeSpan.FromSeconds(period) };
        int tag = sketch.Tag("pv");
        sketch.Output("u", low, high, lapseAfter: 1);
        sketch.Loop("loop", tag, gain, ti, td, low, high, null, 1, new SplitLeg(0, low, high, low, high));
        seconds = period;
        this.lag = lag;
        delayed = new double[(int)Math.Round(1 / period)];
        Run = new ScanRun(sketch.Build());
    }

    public ScanRun Run { get; }

    public double ProcessValue { get; private set; }

    public double Load { get; set; }

    /// <summary>Steps on; gives time since the call and process value after each scan to <paramref name="look"/>.</summary>
    public void Go(double duration, double setpoint, Action<double, double>? look = null)
    {
        int scans = (int)Math.Round(duration / seconds);
        for (int i = 1; i <= scans; i++)
        {
            Run.Set(0, ProcessValue);
            Run.DemandLoop(0, setpoint);
            Run.Step();
            look?.Invoke((i - 1) * seconds, ProcessValue);
            Move(Run[0] + Load);
        }
    }

    private void Move(double input)
    {
        double arrives = delayed[at];
        delayed[at] = input;
        at = (at + 1) % delayed.Length;
        if (lag == 0) ProcessValue += arrives * seconds;
        else ProcessValue = arrives + (ProcessValue - arrives) * Math.Exp(-seconds / lag);
    }
}
