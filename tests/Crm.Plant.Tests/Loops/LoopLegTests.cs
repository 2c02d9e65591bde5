using Crm.Plant.Loops;
using Crm.Plant.Outputs;
using Crm.Plant.Tests.Scan;
using Xunit;

namespace Crm.Plant.Tests.Loops;

/// <summary>Split range with gap, overlap and curves, relays by time, pH by titration curve (PID-13, PID-14, PID-22), sampling rule (PID-21).</summary>
public sealed class LoopLegTests
{
    private static readonly Characteristic equalPercentage = new([new(0, 0), new(25, 8), new(50, 20), new(75, 42), new(100, 100)]);

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(5, -5, false)]
    [InlineData(-10, 10, true)]
    [InlineData(0, 0, true)]
    [InlineData(10, -10, true)]
    public void Heat_less_cool_rises_with_the_output_whatever_gap_overlap_or_curve_PID13(double heatFrom, double coolFrom, bool curved)
    {
        var heat = new SplitLeg(0, heatFrom, 100, 0, 100);
        var cool = new SplitLeg(1, coolFrom, -100, 0, 100) { Curve = curved ? equalPercentage : null };
        double last = double.NegativeInfinity;
        for (double percent = -120; percent <= 120; percent += 0.25)
        {
            double h = SplitRange.Value(heat, percent), c = SplitRange.Value(cool, percent);
            Assert.True(h - c >= last - 1e-9);
            if (coolFrom <= heatFrom) Assert.True(h == 0 || c == 0);
            if (percent <= coolFrom && percent >= -100) Assert.Equal(percent, SplitRange.Back(cool, c), 9);
            last = h - c;
        }

        Assert.Equal((100.0, 100.0), (SplitRange.Value(heat, 100), SplitRange.Value(cool, -100)));
    }

    [Theory]
    [InlineData(0.08)]
    [InlineData(0.37)]
    [InlineData(0.5)]
    [InlineData(0.91)]
    public void A_relay_heater_gives_the_share_the_loop_asks_and_is_off_when_nobody_asks_PID14(double share)
    {
        var sketch = new RigSketch();
        int pv = sketch.Tag("pv");
        int relay = sketch.Output("relay", 0, 1, lapseAfter: 2, unit: "on/off");
        sketch.Loop("loop", pv, 1, 0, 0, 0, 100, null, 1, new SplitLeg(relay, 0, 100, 0, 1) { Cycle = new RelayCycle(10, 0.5, 0.5) });
        var run = new ScanRun(sketch.Build());
        run.Set(pv, 50 - 100 * share);
        double on = 0;
        const int Scans = 60_000;
        // A loop without integral action begins where the actuator stands; that fades in minutes.
        for (int i = 0; i < Scans; i++) Hold(run, 50);
        for (int i = 0; i < Scans; i++)
        {
            Hold(run, 50);
            on += run[relay];
        }

        Assert.Equal(share, on / Scans, 0.005);
        run.Step(60);
        Assert.Equal(0, run[relay]);
    }

    [Fact]
    public void The_integral_rests_below_the_least_stroke_of_a_pump_while_the_error_is_small_PID22()
    {
        var sketch = new RigSketch();
        int ph = sketch.Tag("ph", unit: "pH");
        int pump = sketch.Output("pump", lapseAfter: 2);
        sketch.Loop("loop", ph, 20, 30, 0, 0, 100, null, 1, new SplitLeg(pump, 0, 100, 0, 100) { Least = 0.05 });
        sketch.Change(0, l => l with { FreezeWithin = 0.1 });
        var run = new ScanRun(sketch.Build());
        run.Set(ph, 6.95);
        for (int i = 0; i < 3000; i++) Hold(run, 7);
        Assert.Equal(0, run[pump]);
        Assert.True((run.Frame.Loops[0].Flags & LoopFlags.Frozen) != 0);
        Assert.InRange(run.Frame.Loops[0].Output, 1e-6, 5);
        run.Set(ph, 6.7);
        for (int i = 0; i < 100; i++) Hold(run, 7);
        Assert.True(run[pump] >= 5);
    }

    // Strong acid with strong base: pH from the excess of base, mol per vessel; one pump, which cannot take base back.
    [Fact]
    public void The_titration_curve_brings_a_strong_acid_to_7_without_shooting_over_PID22()
    {
        var points = new List<CharacteristicPoint>();
        foreach (double x in (double[])[-1, -0.3, -0.1, -0.03, -0.01, -0.003, -0.001, 0, 0.001, 0.003, 0.01, 0.03, 0.1, 1]) points.Add(new(Ph(x), x));
        var curve = new Characteristic([.. points]);
        // 100 % = 2 mol/h; both loops begin with the same output.
        double linear = Highest(null, 120.0 / 4);
        double curved = Highest(curve, 120.0 / 0.5);
        Assert.True(curved < 7.6, $"with the curve {curved}");
        Assert.True(linear > 8.5, $"without {linear}");
    }

    [Fact]
    public void Scanning_slower_than_a_tenth_of_the_delay_or_a_twentieth_of_Ti_is_warned_of_PID21()
    {
        var sketch = new RigSketch();
        int pv = sketch.Tag("pv");
        sketch.Output("u");
        sketch.Loop("fast", pv, 1, 1.9, 0, 0, 100, null, 1, new SplitLeg(0, 0, 100, 0, 100));
        sketch.Loop("slow", pv, 1, 2, 0, 0, 100, null, 1, new SplitLeg(0, 0, 100, 0, 100));
        sketch.Loop("delayed", pv, 1, 60, 0, 0, 100, null, 1, new SplitLeg(0, 0, 100, 0, 100));
        sketch.Change(2, l => l with { DeadTime = TimeSpan.FromSeconds(0.9) });
        Assert.Equal(["fast", "delayed"], SamplingRule.Check(sketch.Build()).Select(w => w.Split(' ')[0]));
    }

    private static double Ph(double excess) => 7 + Math.Asinh(excess * 1e4) / Math.Log(10);

    private static double Highest(Characteristic? curve, double gain)
    {
        var sketch = new RigSketch();
        int ph = sketch.Tag("ph", unit: "pH");
        int pump = sketch.Output("pump", lapseAfter: 2);
        sketch.Loop("loop", ph, gain, 0, 0, 0, 100, null, 1, new SplitLeg(pump, 0, 100, 0, 100));
        sketch.Change(0, l => l with { Curve = curve });
        var run = new ScanRun(sketch.Build());
        double excess = -0.5, mixed = -0.5, highest = 0;
        for (int i = 0; i < 40_000; i++)
        {
            run.Set(ph, Ph(mixed));
            Hold(run, 7);
            excess += run[pump] / 100 * 2 / 36_000;
            mixed += (excess - mixed) * 0.1 / 20;
            highest = Math.Max(highest, Ph(mixed));
        }

        return highest;
    }

    private static void Hold(ScanRun run, double setpoint)
    {
        run.DemandLoop(0, setpoint);
        run.Step();
    }
}
