using Crm.Plant.Loops;
using Crm.Plant.Outputs;
using Crm.Plant.Scan;
using Crm.Plant.Tests.Scan;
using Xunit;

namespace Crm.Plant.Tests.Loops;

/// <summary>A vessel's temperature loop that sets its jacket's (PID-08).</summary>
public sealed class CascadeTests
{
    private const int Outer = 0;
    private const int Inner = 1;

    private readonly RigSketch sketch = new();
    private readonly int vessel;
    private readonly int jacket;
    private readonly int heater;

    public CascadeTests()
    {
        vessel = sketch.Tag("vessel");
        jacket = sketch.Tag("jacket");
        heater = sketch.Output("heater", lapseAfter: 2);
        sketch.Loop("outer", vessel, 5, 300, 0, 0, 100, null, 1);
        sketch.Loop("inner", jacket, 4, 60, 0, 0, 100, null, 1, new SplitLeg(heater, 0, 100, 0, 100));
        sketch.Change(Outer, l => l with { Cascade = new CascadeLeg(Inner, 0, 100, 10, 130) });
        sketch.Change(Inner, l => l with { SetpointLow = 5, SetpointHigh = 110 });
    }

    private ScanRun Warm()
    {
        var run = new ScanRun(sketch.Build());
        run.Set(vessel, 50);
        run.Set(jacket, 60);
        Hold(run, 55, 20);
        return run;
    }

    private static void Hold(ScanRun run, double setpoint, int scans)
    {
        for (int i = 0; i < scans; i++)
        {
            run.DemandLoop(Outer, setpoint);
            run.Step();
        }
    }

    private static void Mode(ScanRun run, int loop, LoopMode mode, double setpoint = 55)
    {
        run.DemandLoop(Outer, setpoint);
        Assert.True(run.Do(id => ScanCommand.SetLoopMode(id, loop, mode, "p")).Accepted);
    }

    [Fact]
    public void A_demand_on_the_outer_loop_runs_both_and_starts_without_a_bump_PID08()
    {
        ScanRun run = Warm();
        LoopStatus outer = run.Frame.Loops[Outer], inner = run.Frame.Loops[Inner];
        Assert.Equal((LoopMode.RemoteCascade, LoopMode.Cascade), (outer.Mode, inner.Mode));
        Assert.Equal(10 + 1.2 * outer.Output, inner.Setpoint, 9);
        // The outer loop began where the jacket stood.
        Assert.InRange(inner.Setpoint, 60, 61.5);
        Assert.Equal(OutputSource.Loop, run.Frame.Outputs[heater].Source);
        run.Step(30);
        Assert.Equal((LoopMode.Initialising, LoopMode.Initialising), (run.Frame.Loops[Outer].Mode, run.Frame.Loops[Inner].Mode));
        Assert.Equal(0, run[heater]);
    }

    [Fact]
    public void While_the_inner_loop_is_a_persons_the_outer_follows_its_setpoint_and_comes_back_without_a_bump_PID08()
    {
        ScanRun run = Warm();
        Mode(run, Inner, LoopMode.Automatic);
        run.DemandLoop(Outer, 55);
        run.Do(id => ScanCommand.ToLoop(id, ScanCommandKind.SetLoopSetpoint, Inner, "p", 80));
        Hold(run, 55, 5000);
        Assert.Equal(LoopMode.Initialising, run.Frame.Loops[Outer].Mode);
        Assert.Equal((80 - 10) / 1.2, run.Frame.Loops[Outer].Output, 6);
        double before = run[heater];
        Mode(run, Inner, LoopMode.Cascade);
        Assert.Equal(80, run.Frame.Loops[Inner].Setpoint, 0.2);
        Assert.Equal(before, run[heater], 0.1);
        Assert.Equal(LoopMode.RemoteCascade, run.Frame.Loops[Outer].Mode);
    }

    [Fact]
    public void The_outer_loop_does_not_wind_up_against_a_saturated_inner_loop_PID08_PID04()
    {
        ScanRun run = Warm();
        run.Set(jacket, 40);
        Hold(run, 57, 300);
        Assert.Equal(100, run[heater]);
        double stopped = run.Frame.Loops[Outer].Output;
        Assert.True((run.Frame.Loops[Outer].Flags & LoopFlags.Limited) != 0);
        Hold(run, 57, 6000);
        Assert.Equal(stopped, run.Frame.Loops[Outer].Output, 6);
        run.Set(vessel, 92);
        double before = run.Frame.Loops[Inner].Setpoint;
        Hold(run, 57, 1);
        Assert.True(run.Frame.Loops[Inner].Setpoint < before - 20);
    }

    [Fact]
    public void Setpoint_limits_of_the_inner_loop_lead_the_outer_integral_PID08_PID10()
    {
        ScanRun run = Warm();
        Hold(run, 90, 6000);
        Assert.Equal(110, run.Frame.Loops[Inner].Setpoint);
        run.Set(vessel, 91);
        Hold(run, 90, 100);
        Assert.True(run.Frame.Loops[Inner].Setpoint < 108, $"{run.Frame.Loops[Inner].Setpoint}");
    }

    [Fact]
    public void A_direct_demand_on_the_inner_loop_is_obeyed_and_a_bad_jacket_takes_the_heater_off_PID08_NE10()
    {
        ScanRun run = Warm();
        for (int i = 0; i < 50; i++)
        {
            run.DemandLoop(Outer, 55);
            run.DemandLoop(Inner, 30);
            run.Step();
        }

        Assert.Equal((30.0, LoopMode.RemoteCascade), (run.Frame.Loops[Inner].Setpoint, run.Frame.Loops[Inner].Mode));
        Assert.Equal((30 - 10) / 1.2, run.Frame.Loops[Outer].Output, 6);
        Hold(run, 55, 60);
        Assert.Equal(LoopMode.Cascade, run.Frame.Loops[Inner].Mode);
        run.SetBad(jacket);
        Hold(run, 55, 3);
        Assert.Equal(0, run[heater]);
    }

    [Fact]
    public void Abort_takes_both_loops_and_the_output_back_S88_08()
    {
        ScanRun run = Warm();
        Mode(run, Inner, LoopMode.Manual);
        Mode(run, Outer, LoopMode.Automatic);
        run.State.Offer(ScanRun.Unit, new Demand(Outer, true, 20, false, run.State.Scan, true));
        run.Step();
        Assert.Equal((LoopMode.RemoteCascade, LoopMode.Cascade), (run.Frame.Loops[Outer].TargetMode, run.Frame.Loops[Inner].TargetMode));
    }

    [Fact]
    public void A_fork_goes_on_by_itself()
    {
        ScanRun run = Warm();
        ScanRun fork = run.Fork();
        Hold(run, 80, 50);
        Hold(fork, 55, 50);
        Assert.NotEqual(run[heater], fork[heater]);
        ScanRun again = Warm();
        Hold(again, 55, 50);
        Assert.Equal(again[heater], fork[heater]);
    }
}
