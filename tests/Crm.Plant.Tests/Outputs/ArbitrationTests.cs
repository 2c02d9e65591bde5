using Crm.Plant.Loops;
using Crm.Plant.Outputs;
using Crm.Plant.Scan;
using Crm.Plant.Tests.Scan;
using Xunit;

namespace Crm.Plant.Tests.Outputs;

public sealed class ArbitrationTests
{
    private readonly RigSketch sketch = new();
    private readonly int tag;
    private readonly int pump;
    private readonly int slow;
    private readonly int stirrer;
    private readonly int valve;
    private readonly int loop;
    private readonly int loopOut;
    private readonly ScanRun run;

    public ArbitrationTests()
    {
        sketch.Unit("unit");
        tag = sketch.Tag("t");
        pump = sketch.Output("pump", lapseAfter: 1);
        slow = sketch.Output("slow", lapseAfter: 1, rate: 10);
        stirrer = sketch.Output("stirrer", 0, 400, lapse: SafeValue.KeepLast, lapseAfter: 60);
        valve = sketch.Output("valve", 0, 1, unit: "on/off", lapseAfter: 5);
        loopOut = sketch.Output("heater", lapseAfter: 1);
        loop = sketch.Loop("loop", tag, 2, 100, 0, 0, 100, null, 1, new SplitLeg(loopOut, 0, 100, 0, 100));
        sketch.Trip("trip", false, [RigSketch.Cause("t > 100", new Above(tag, 100))], [new(pump, SafeValue.At(5)), new(slow, SafeValue.At(90))]);
        run = new ScanRun(sketch.Build());
    }

    [Theory]
    [InlineData(false, false, false, 0, OutputSource.Lapse)]
    [InlineData(false, false, true, 40, OutputSource.Demand)]
    [InlineData(false, true, false, 60, OutputSource.Manual)]
    [InlineData(false, true, true, 60, OutputSource.Manual)]
    [InlineData(true, false, false, 5, OutputSource.Protection)]
    [InlineData(true, false, true, 5, OutputSource.Protection)]
    [InlineData(true, true, false, 5, OutputSource.Protection)]
    [InlineData(true, true, true, 5, OutputSource.Protection)]
    public void Protection_beats_manual_beats_demand_beats_lapse_SAF19(bool trip, bool manual, bool demand, double expected, OutputSource source)
    {
        if (manual) run.Do(id => ScanCommand.TakeManual(id, pump, 60, "p"));
        if (demand) run.Demand(pump, 40);
        if (trip) run.Set(tag, 101);
        run.Step();
        Assert.Equal(expected, run[pump]);
        Assert.Equal(source, run.Frame.Outputs[pump].Source);
        Assert.Equal(manual, run.Frame.Outputs[pump].InManual);
    }

    [Fact]
    public void A_demand_takes_effect_at_the_next_scan_and_a_missing_one_keeps_the_last_until_it_lapses()
    {
        run.Demand(pump, 40);
        Assert.Equal(0, run[pump]);
        run.Step();
        Assert.Equal(40, run[pump]);
        run.Step(10);
        Assert.Equal(40, run[pump]);
        Assert.Equal(10, run.Frame.Demands.Late);
        run.Step();
        Assert.Equal(0, run[pump]);
        Assert.True(run.Told(ScanEventKind.DemandLapsed));
        Assert.Equal(1, run.Frame.Demands.Lapsed);
        run.Step(10);
        Assert.Equal((10, 1), (run.Frame.Demands.Late, run.Frame.Demands.Lapsed));
    }

    [Fact]
    public void A_renewed_demand_never_lapses()
    {
        for (int i = 0; i < 200; i++)
        {
            run.Demand(pump, 40);
            run.Step();
            Assert.Equal(40, run[pump]);
        }

        Assert.Equal(default, run.Frame.Demands);
    }

    [Fact]
    public void A_late_demand_runs_from_the_scan_it_answers()
    {
        long answers = run.State.Scan;
        run.Step(5);
        run.State.Offer(ScanRun.Unit, Demand.Output(pump, 40, answers));
        run.Step();
        Assert.Equal(40, run[pump]);
        run.Step(5);
        Assert.Equal(40, run[pump]);
        run.Step();
        Assert.Equal(0, run[pump]);
    }

    [Fact]
    public void An_older_demand_does_not_overtake_a_newer_one()
    {
        long old = run.State.Scan;
        run.Step();
        run.Demand(pump, 40);
        run.State.Offer(ScanRun.Unit, Demand.Output(pump, 70, old));
        run.Step();
        Assert.Equal(40, run[pump]);
    }

    [Fact]
    public void A_keeping_lapse_stays_where_it_is()
    {
        run.Demand(stirrer, 150);
        run.Step(1000);
        Assert.Equal(150, run[stirrer]);
        Assert.Equal(OutputSource.Lapse, run.Frame.Outputs[stirrer].Source);
    }

    [Fact]
    public void Released_is_not_lapsed()
    {
        run.Demand(pump, 40);
        run.Step();
        run.State.Release(ScanRun.Unit, pump, false);
        run.Step();
        Assert.Equal(0, run[pump]);
        Assert.False(run.Told(ScanEventKind.DemandLapsed));
        Assert.Equal(0, run.Frame.Demands.Lapsed);
    }

    [Fact]
    public void An_output_has_one_owner_while_the_lease_lives_S88_17()
    {
        var other = new Owner("other");
        run.Demand(pump, 40);
        run.Step();
        for (int i = 0; i < 3; i++)
        {
            run.Demand(pump, 40);
            run.State.Offer(other, Demand.Output(pump, 90, run.State.Scan));
            run.Step();
            Assert.Equal(40, run[pump]);
            Assert.Equal(i == 0, run.Told(ScanEventKind.DemandRefused));
        }

        Assert.Equal(3, run.Frame.Demands.Refused);
        run.State.Release(ScanRun.Unit, pump, false);
        run.State.Offer(other, Demand.Output(pump, 90, run.State.Scan));
        run.Step();
        Assert.Equal(90, run[pump]);
    }

    [Fact]
    public void Normal_moves_are_slowed_protection_and_moves_at_once_are_not()
    {
        run.Demand(slow, 50);
        run.Step();
        Assert.Equal(1, run[slow], 9);
        run.Set(tag, 101);
        run.Step();
        Assert.Equal(90, run[slow]);
        run.Set(tag, 0);
        run.Demand(slow, 50);
        run.Step();
        Assert.Equal(89, run[slow], 9);
        run.Demand(slow, 0, atOnce: true);
        run.Step();
        Assert.Equal(0, run[slow]);
    }

    [Fact]
    public void A_lapse_is_not_slowed()
    {
        for (int i = 0; i < 30; i++)
        {
            run.Demand(slow, 50);
            run.Step();
        }

        run.Step(11);
        Assert.Equal(0, run[slow]);
    }

    [Fact]
    public void Manual_keeps_limits_and_is_given_back()
    {
        Assert.False(run.Do(id => ScanCommand.TakeManual(id, pump, 101, "p")).Accepted);
        Assert.False(run.Do(id => ScanCommand.TakeManual(id, pump, double.NaN, "p")).Accepted);
        Assert.False(run.Do(id => ScanCommand.TakeManual(id, 99, 1, "p")).Accepted);
        Assert.False(run.Do(id => ScanCommand.ReturnManual(id, pump, "p")).Accepted);
        Assert.True(run.Do(id => ScanCommand.TakeManual(id, pump, 60, "p")).Accepted);
        run.Step(1000);
        Assert.Equal(60, run[pump]);
        Assert.True(run.Do(id => ScanCommand.ReturnManual(id, pump, "p")).Accepted);
        Assert.Equal(0, run[pump]);
    }

    [Fact]
    public void Manual_follows_protection_and_starts_nothing_when_the_trip_is_gone_SAF05_SAF09()
    {
        run.Do(id => ScanCommand.TakeManual(id, pump, 60, "p"));
        run.Set(tag, 101);
        run.Step();
        Assert.Equal(5, run[pump]);
        CommandOutcome refused = run.Do(id => ScanCommand.TakeManual(id, pump, 70, "p"));
        Assert.False(refused.Accepted);
        Assert.Contains("held by protection (trip)", refused.Text, StringComparison.Ordinal);
        run.Set(tag, 0);
        run.Step(10);
        Assert.Equal(5, run[pump]);
        Assert.Equal(OutputSource.Manual, run.Frame.Outputs[pump].Source);
    }

    [Fact]
    public void An_owner_can_let_go_of_everything_it_holds()
    {
        run.Demand(pump, 40);
        run.DemandLoop(loop, 50);
        run.Step();
        run.State.ReleaseAll(ScanRun.Unit);
        run.Step();
        Assert.Equal((0.0, 0.0), (run[pump], run[loopOut]));
        Assert.False(run.Frame.Loops[loop].Running);
        Assert.Equal(0, run.Frame.Demands.Lapsed);
    }

    [Fact]
    public void A_move_towards_safe_takes_the_output_back_from_manual_once_S88_08()
    {
        run.Do(id => ScanCommand.TakeManual(id, pump, 60, "p"));
        run.Demand(pump, 0, atOnce: true);
        run.Step();
        Assert.Equal(0, run[pump]);
        Assert.True(run.Told(ScanEventKind.ManualReturned));
        run.Demand(pump, 0, atOnce: true);
        run.Do(id => ScanCommand.TakeManual(id, pump, 20, "p"));
        Assert.Equal(20, run[pump]);
    }

    [Fact]
    public void Of_loop_and_direct_demand_the_newer_wins_and_in_one_scan_the_direct_one()
    {
        run.DemandLoop(loop, 50);
        run.Demand(loopOut, 7);
        run.Step();
        Assert.Equal(7, run[loopOut]);
        run.DemandLoop(loop, 50);
        run.Step();
        Assert.Equal(OutputSource.Loop, run.Frame.Outputs[loopOut].Source);
        run.Demand(loopOut, 9);
        run.Step();
        Assert.Equal(9, run[loopOut]);
    }

    [Fact]
    public void A_loop_nobody_asks_for_lapses_by_its_outputs_rule()
    {
        run.Demand(loopOut, 40);
        run.Step();
        run.DemandLoop(loop, 50);
        run.Step();
        Assert.True(run[loopOut] > 0);
        run.Step(10);
        Assert.True(run.Frame.Loops[loop].Running);
        run.Step();
        Assert.Equal(0, run[loopOut]);
        Assert.True(run.Told(ScanEventKind.DemandLapsed));
        Assert.False(run.Frame.Loops[loop].Running);
    }

    [Theory]
    [InlineData(0.4, 0)]
    [InlineData(0.5, 1)]
    [InlineData(7, 1)]
    [InlineData(-7, 0)]
    public void A_switch_is_on_or_off(double demanded, double expected)
    {
        run.Demand(valve, demanded);
        run.Step();
        Assert.Equal(expected, run[valve]);
    }

    [Fact]
    public void The_plan_holds_for_a_bounded_time_SAF20() =>
        Assert.Equal(run.Now + TimeSpan.FromMilliseconds(500), run.Frame.Plan.ValidUntil);

    [Fact]
    public void A_flood_of_demands_is_refused_and_counted()
    {
        for (int i = 0; i < 10_000; i++) run.Demand(pump, 40);
        run.Step();
        Assert.Equal(40, run[pump]);
        Assert.Equal(10_000 - ScanState.OffersPerTarget * 6, run.Frame.Demands.Refused);
    }
}
