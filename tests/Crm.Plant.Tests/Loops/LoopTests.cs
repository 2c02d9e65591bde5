using Crm.Plant.Loops;
using Crm.Plant.Outputs;
using Crm.Plant.Protection;
using Crm.Plant.Scan;
using Crm.Plant.Tests.Scan;
using Xunit;

namespace Crm.Plant.Tests.Loops;

/// <summary>A heated and cooled vessel's temperature loop.</summary>
public sealed class LoopTests
{
    private readonly RigSketch sketch = new();
    private readonly int temperature;
    private readonly int trigger;
    private readonly int heater;
    private readonly int cooling;
    private int loop = -1;

    public LoopTests()
    {
        temperature = sketch.Tag("temperature");
        trigger = sketch.Tag("trigger");
        heater = sketch.Output("heater", lapseAfter: 10);
        cooling = sketch.Output("cooling", lapseAfter: 10);
        sketch.Trip("hot", false, [RigSketch.Cause("trigger", new Above(trigger, 1))], [new EffectDefinition(heater, SafeValue.At(0))]);
    }

    private ScanRun Split(double? setpointRate = null, double gain = 4, double ti = 600, double b = 0.5)
    {
        loop = sketch.Loop("loop", temperature, gain, ti, 0, -100, 100, setpointRate, b, new SplitLeg(heater, 0, 100, 0, 100), new SplitLeg(cooling, 0, -100, 0, 100));
        return new ScanRun(sketch.Build());
    }

    private void Hold(ScanRun run, double setpoint, int scans)
    {
        for (int i = 0; i < scans; i++)
        {
            run.DemandLoop(loop, setpoint);
            run.Step();
        }
    }

    [Fact]
    public void Split_range_is_monotone_and_never_heats_and_cools_at_once_PID13()
    {
        var heat = new SplitLeg(0, 0, 100, 0, 100);
        var cool = new SplitLeg(1, 0, -100, 0, 100);
        double last = double.NegativeInfinity;
        for (double percent = -120; percent <= 120; percent += 0.25)
        {
            double h = SplitRange.Value(heat, percent);
            double c = SplitRange.Value(cool, percent);
            Assert.True(h == 0 || c == 0);
            Assert.True(h - c >= last);
            Assert.InRange(h, 0, 100);
            Assert.InRange(c, 0, 100);
            last = h - c;
            if (Math.Abs(percent) <= 100) Assert.Equal(percent, SplitRange.Back(heat, h) + SplitRange.Back(cool, c), 9);
        }
    }

    [Fact]
    public void A_bad_process_value_takes_the_outputs_to_zero_and_it_comes_back_without_a_bump_NE10()
    {
        ScanRun run = Split();
        run.Set(temperature, 20);
        Hold(run, 60, 200);
        Assert.True(run[heater] > 2);
        run.SetBad(temperature);
        Hold(run, 60, 1);
        Assert.Equal((0.0, 0.0), (run[heater], run[cooling]));
        Assert.True(run.Told(ScanEventKind.LoopLost));
        Assert.True(run.Frame.Loops[loop].ProcessValueBad);
        Hold(run, 60, 20);
        Assert.False(run.Told(ScanEventKind.LoopLost));
        run.Set(temperature, 20);
        Hold(run, 60, 1);
        Assert.True(run.Told(ScanEventKind.LoopBack));
        Assert.Equal(0, run[heater], 9);
        Hold(run, 60, 10);
        Assert.True(run[heater] > 0);
    }

    [Fact]
    public void Setpoint_ramps_from_the_process_value_at_the_declared_rate_PID10()
    {
        ScanRun run = Split(setpointRate: 0.05);
        run.Set(temperature, 20);
        Hold(run, 60, 1);
        Assert.Equal(20.005, run.Frame.Loops[loop].Setpoint, 9);
        Assert.Equal(60, run.Frame.Loops[loop].Target);
        Hold(run, 60, 199);
        Assert.Equal(21, run.Frame.Loops[loop].Setpoint, 6);
    }

    [Fact]
    public void A_setpoint_of_NaN_keeps_the_one_it_has()
    {
        ScanRun run = Split();
        run.Set(temperature, 20);
        Hold(run, double.NaN, 1);
        Assert.Equal(20, run.Frame.Loops[loop].Setpoint);
        Hold(run, 60, 1);
        Hold(run, double.NaN, 5);
        Assert.Equal(60, run.Frame.Loops[loop].Setpoint);
        run.Step(200);
        Assert.False(run.Frame.Loops[loop].Running);
        Hold(run, double.NaN, 1);
        Assert.Equal(60, run.Frame.Loops[loop].Setpoint);
    }

    [Fact]
    public void Ten_thousand_transfers_from_manual_make_no_bump_PID05()
    {
        var random = new Random(7);
        ScanRun run = Split(gain: 3, ti: 120);
        double setpoint = 50;
        run.Set(temperature, 50);
        Hold(run, setpoint, 10);
        for (int i = 0; i < 10_000; i++)
        {
            int output = random.Next(2) == 0 ? heater : cooling;
            double manual = random.NextDouble() * 100;
            run.Set(temperature, 50 + 4 * random.NextDouble() - 2);
            run.DemandLoop(loop, setpoint);
            run.Do(id => ScanCommand.TakeManual(id, output, manual, "p"));
            Hold(run, setpoint, 1 + random.Next(3));
            double before = run[heater] - run[cooling];
            run.DemandLoop(loop, setpoint);
            run.Do(id => ScanCommand.ReturnManual(id, output, "p"));
            Assert.True(Math.Abs(run[heater] - run[cooling] - before) <= 0.1, $"seed 7, transfer {i}: {before} to {run[heater] - run[cooling]}");
        }
    }

    [Fact]
    public void Taking_over_from_a_direct_demand_starts_where_the_actuator_stands_PID05()
    {
        ScanRun run = Split();
        run.Set(temperature, 40);
        run.Demand(heater, 35);
        run.Step();
        Hold(run, 60, 1);
        Assert.Equal(35, run[heater], 9);
    }

    [Fact]
    public void A_heater_that_protection_holds_off_winds_nothing_up_and_does_not_surge_PID04()
    {
        ScanRun run = Split(gain: 4, ti: 60);
        run.Set(temperature, 40);
        run.Set(trigger, 2);
        Hold(run, 60, 5000);
        Assert.Equal(0, run[heater]);
        run.Set(temperature, 65);
        Hold(run, 60, 300);
        Assert.True(run[cooling] > 5, $"cooling {run[cooling]}");
        run.Set(trigger, 0);
        Hold(run, 60, 1);
        Assert.Equal(0, run[heater]);
    }

    [Fact]
    public void A_rate_limited_actuator_is_followed_PID04()
    {
        var one = new RigSketch();
        int pv = one.Tag("pv");
        int slow = one.Output("slow", rate: 0.5, lapseAfter: 10);
        loop = one.Loop("loop", pv, 5, 2, 0, 0, 100, null, 1, new SplitLeg(slow, 0, 100, 0, 100));
        var run = new ScanRun(one.Build());
        run.Set(pv, 20);
        Hold(run, 60, 100);
        run.Set(pv, 62);
        Hold(run, 60, 20);
        double after = run[slow];
        Hold(run, 60, 10);
        Assert.True(run[slow] < after, $"{run[slow]} after {after}");
    }

    [Fact]
    public void A_long_gap_counts_one_period_PID15()
    {
        ScanRun run = Split(gain: 10, ti: 10, b: 0);
        run.Set(temperature, 50);
        Hold(run, 60, 10);
        double before = run.Frame.Loops[loop].Output;
        ScanRun late = run.Fork();
        var now = run.Now + TimeSpan.FromSeconds(9);
        late.State.Offer(ScanRun.Unit, Demand.Loop(loop, 60, late.State.Scan));
        PlantFrame frame = late.Core.Scan(late.State, now, [run.Frame.Image[0] with { At = now }, run.Frame.Image[1] with { At = now }]);
        Assert.InRange(frame.Loops[loop].Output - before, 0, 2);
        Assert.Equal(1, late.State.Overruns);
    }

    [Fact]
    public void Direct_action_is_a_negative_gain_PID02()
    {
        var one = new RigSketch();
        int pv = one.Tag("pv");
        int valve = one.Output("valve", lapseAfter: 10);
        loop = one.Loop("loop", pv, -5, 20, 0, 0, 100, null, 1, new SplitLeg(valve, 0, 100, 0, 100));
        var run = new ScanRun(one.Build());
        run.Set(pv, 60);
        Hold(run, 50, 50);
        Assert.True(run[valve] > 5);
    }
}
