using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Protection;
using Crm.Plant.Scan;
using Crm.Plant.Tests.Scan;
using Xunit;

namespace Crm.Plant.Tests.Protection;

public sealed class TripTests
{
    private readonly int temperature;
    private readonly int level;
    private readonly int acid;
    private readonly int cooling;
    private readonly int agitator;
    private readonly int unit;
    private readonly int hot;
    private readonly int full;
    private readonly RigSketch sketch = new();

    public TripTests()
    {
        unit = sketch.Unit("leach");
        temperature = sketch.Tag("leach.temperature");
        level = sketch.Tag("leach.level");
        acid = sketch.Output("leach.acid", lapseAfter: 60, rate: 1);
        cooling = sketch.Output("leach.cooling", lapseAfter: 60, trip: SafeValue.At(50));
        agitator = sketch.Output("leach.agitator", 0, 400, SafeValue.KeepLast, SafeValue.KeepLast, 60, unit: "rpm");
        hot = sketch.Trip(
            "hot",
            latch: true,
            [RigSketch.Cause("temperature > 85", new Above(temperature, 85)), RigSketch.Cause("level > 38", new Above(level, 38), delay: 2)],
            [new(acid, SafeValue.At(0)), new(cooling, SafeValue.At(100)), new(agitator, SafeValue.KeepLast)],
            PhaseCommand.Hold,
            "leach");
        full = sketch.Trip("full", latch: false, [RigSketch.Cause("level > 36", new Above(level, 36))], [new(acid, SafeValue.At(0)), new(cooling, SafeValue.At(30))]);
    }

    private ScanRun Run(bool reset = true) => new(sketch.Build(), reset);

    private void Drive(ScanRun run, int scans)
    {
        for (int i = 0; i < scans; i++)
        {
            run.Demand(acid, 80);
            run.Demand(cooling, 10);
            run.Demand(agitator, 200);
            run.Step();
        }
    }

    [Fact]
    public void Starts_tripped_and_only_a_reset_frees_it_SAF04()
    {
        ScanRun run = Run(reset: false);
        Drive(run, 50);
        Assert.True(run.Frame.RigTrip.IsTripped);
        Assert.False(run.Frame.RigTrip.Fault);
        Assert.Equal(TripPhase.ReadyToReset, run.Frame.Trips[hot].Phase);
        Assert.Equal(TripPhase.Normal, run.Frame.Trips[full].Phase);
        Assert.Equal([0, 50, 0], run.Frame.Plan.Values);
        Assert.Equal(PhaseCommand.None, run.Frame.UnitCommand(unit));
        Assert.Contains("start-up", run.Core.WhyTripped(run.Frame, unit), StringComparison.Ordinal);
        Assert.True(run.Do(id => ScanCommand.ResetRig(id, "p")).Accepted);
        Assert.Equal(100, run[cooling]);
        Assert.Contains("start-up", run.Core.WhyForced(run.Frame, acid), StringComparison.Ordinal);
        Assert.True(run.Do(id => ScanCommand.ResetTrip(id, hot, "p")).Accepted);
        Assert.Null(run.Core.WhyTripped(run.Frame, unit));
        Drive(run, 1);
        Assert.Equal(10, run[cooling]);
        Assert.Equal(200, run[agitator]);
    }

    [Fact]
    public void Trips_in_the_scan_of_the_cause_latches_and_waits_for_a_deliberate_reset_SAF05()
    {
        ScanRun run = Run();
        Drive(run, 100);
        Assert.Equal([10.0, 10, 200], run.Frame.Plan.Values.Select(v => Math.Round(v, 6)));
        run.Set(temperature, 86);
        Drive(run, 1);
        Assert.Equal([0, 100, 200], run.Frame.Plan.Values);
        Assert.Equal(TripPhase.Tripped, run.Frame.Trips[hot].Phase);
        Assert.Equal(PhaseCommand.Hold, run.Frame.UnitCommand(unit));
        Assert.True(run.Told(ScanEventKind.Tripped));
        CommandOutcome refused = run.Do(id => ScanCommand.ResetTrip(id, hot, "p"));
        Assert.False(refused.Accepted);
        Assert.Contains("temperature > 85", refused.Text, StringComparison.Ordinal);
        run.Set(temperature, 40);
        Drive(run, 1000);
        Assert.Equal(TripPhase.ReadyToReset, run.Frame.Trips[hot].Phase);
        Assert.Equal(0, run[acid]);
        Assert.True(run.Do(id => ScanCommand.ResetTrip(id, hot, "p")).Accepted);
        Assert.Equal(PhaseCommand.None, run.Frame.UnitCommand(unit));
        Assert.True(run.Told(ScanEventKind.TripReset));
        Assert.False(run.Do(id => ScanCommand.ResetTrip(id, hot, "p")).Accepted);
    }

    [Theory]
    [InlineData(19, false)]
    [InlineData(20, false)]
    [InlineData(21, true)]
    public void A_cause_must_stand_for_its_delay(int scansTrue, bool trips)
    {
        ScanRun run = Run();
        run.Set(level, 39);
        run.Step(scansTrue);
        Assert.Equal(trips ? TripPhase.Tripped : TripPhase.Delaying, run.Frame.Trips[hot].Phase);
        run.Set(level, 10);
        run.Step();
        Assert.Equal(trips ? TripPhase.ReadyToReset : TripPhase.Normal, run.Frame.Trips[hot].Phase);
    }

    [Fact]
    public void First_out_is_the_set_of_the_first_scan_and_stays_SAF06_ALM13()
    {
        ScanRun run = Run();
        run.Set(level, 39);
        run.Step(10);
        run.Set(temperature, 90);
        run.Step();
        Assert.Equal(0b01UL, run.Frame.Trips[hot].FirstOut);
        run.Step(30);
        Assert.Equal(0b11UL, run.Frame.Trips[hot].Active);
        Assert.Equal("temperature > 85", run.Frame.Trips[hot].FirstOutText(run.Rig.Trips[hot]));

        ScanRun both = Run();
        both.Set(level, 39);
        both.Step(20);
        both.Set(temperature, 90);
        both.Step();
        Assert.Equal(0b11UL, both.Frame.Trips[hot].FirstOut);
    }

    [Fact]
    public void A_cause_whose_delay_runs_stands_against_a_reset_SAF05()
    {
        ScanRun run = Run();
        run.Set(temperature, 90);
        run.Step();
        run.Set(temperature, 40);
        run.Set(level, 39);
        run.Step();
        CommandOutcome refused = run.Do(id => ScanCommand.ResetTrip(id, hot, "p"));
        Assert.False(refused.Accepted);
        Assert.Contains("level > 38", refused.Text, StringComparison.Ordinal);
        run.Set(level, 10);
        Assert.True(run.Do(id => ScanCommand.ResetTrip(id, hot, "p")).Accepted);
    }

    [Fact]
    public void An_unlatched_row_clears_itself()
    {
        ScanRun run = Run();
        run.Set(level, 37);
        Drive(run, 3);
        Assert.Equal(30, run[cooling]);
        run.Set(level, 35);
        Drive(run, 1);
        Assert.Equal(10, run[cooling]);
        Assert.True(run.Told(ScanEventKind.TripCleared));
    }

    [Fact]
    public void The_row_written_first_wins_an_output()
    {
        ScanRun run = Run();
        run.Set(level, 39);
        Drive(run, 5);
        Assert.Equal(30, run[cooling]);
        Drive(run, 30);
        Assert.Equal(100, run[cooling]);
    }

    [Theory]
    [InlineData(BadInput.Trip, 1, true)]
    [InlineData(BadInput.UseLastGoodFor, 10, false)]
    [InlineData(BadInput.UseLastGoodFor, 12, true)]
    [InlineData(BadInput.Ignore, 1000, false)]
    public void A_bad_input_does_what_is_declared_SAF08(BadInput bad, int scansBad, bool trips)
    {
        var one = new RigSketch();
        int tag = one.Tag("t");
        one.Trip("row", true, [RigSketch.Cause("t > 5", new Above(tag, 5), 0, bad, lastGoodFor: 1)], []);
        var run = new ScanRun(one.Build());
        run.SetBad(tag);
        run.Step(scansBad);
        Assert.Equal(trips, run.Frame.Trips[0].IsTripped);
    }

    [Fact]
    public void A_silent_input_trips_when_it_goes_stale_SAF08()
    {
        ScanRun run = Run();
        run.Silence(temperature);
        run.Step(20);
        Assert.False(run.Frame.Trips[hot].IsTripped);
        run.Step(1);
        Assert.True(run.Frame.Trips[hot].IsTripped);
    }

    [Fact]
    public void The_strongest_command_of_all_tripped_rows_reaches_the_unit()
    {
        sketch.Trip("gas", true, [RigSketch.Cause("t > 95", new Above(temperature, 95))], [], PhaseCommand.Abort, "leach");
        sketch.Trip("late", true, [RigSketch.Cause("t > 98", new Above(temperature, 98))], [], PhaseCommand.Stop, "leach");
        ScanRun run = Run();
        run.Set(temperature, 90);
        Assert.Equal(PhaseCommand.Hold, run.Step().UnitCommand(unit));
        run.Set(temperature, 96);
        Assert.Equal(PhaseCommand.Abort, run.Step().UnitCommand(unit));
        run.Set(temperature, 99);
        Assert.Equal(PhaseCommand.Abort, run.Step().UnitCommand(unit));
    }

    [Fact]
    public void A_fault_of_the_scan_trips_everything_latched_and_aborts_the_units_SAF31()
    {
        sketch.Alarm("bug", new Broken(level, 100));
        ScanRun run = Run();
        Drive(run, 20);
        run.Set(level, 101);
        Drive(run, 1);
        Assert.True(run.Frame.RigTrip.Fault);
        Assert.Contains("broken on purpose", run.Frame.RigTrip.Why, StringComparison.Ordinal);
        Assert.Equal([0, 50, 200], run.Frame.Plan.Values);
        Assert.Equal(PhaseCommand.Abort, run.Frame.UnitCommand(unit));
        Assert.True(run.Told(ScanEventKind.RigTripped));
        Drive(run, 5);
        Assert.False(run.Told(ScanEventKind.RigTripped));
        run.Set(level, 10);
        Drive(run, 10);
        Assert.Equal([0, 50, 200], run.Frame.Plan.Values);
        Assert.Equal(PhaseCommand.Abort, run.Frame.UnitCommand(unit));
        Assert.True(run.Do(id => ScanCommand.ResetAll(id, "p")).Accepted);
        Drive(run, 1);
        Assert.Equal(10, run[cooling]);
    }

    [Fact]
    public void A_trip_from_outside_takes_effect_at_the_next_scan()
    {
        ScanRun run = Run();
        Drive(run, 5);
        run.State.TripRig("bus actor gone");
        Drive(run, 1);
        Assert.Equal(50, run[cooling]);
        Assert.True(run.Told(ScanEventKind.RigTripped));
    }

    [Fact]
    public void Reset_never_starts_anything_SAF05()
    {
        ScanRun run = Run(reset: false);
        run.Step(5);
        run.Do(id => ScanCommand.ResetAll(id, "p"));
        Assert.Equal([0, 0, 0], run.Frame.Plan.Values);
    }

    [Fact]
    public void Permissives_say_why_not_SAF01()
    {
        int fan = sketch.Tag("scrubber.fan");
        sketch.Permissive("leach", "scrubber fan running", new Above(fan, 0.5), "dose", "heat");
        sketch.Permissive("leach", "level above 5 L", new Above(level, 5));
        ScanRun run = Run();
        Assert.Equal("needs scrubber fan running; needs level above 5 L", run.Core.WhyNot(run.Frame, unit, "dose"));
        Assert.Equal("needs level above 5 L", run.Core.WhyNot(run.Frame, unit, "agitate"));
        run.Set(level, 10);
        run.Step();
        Assert.Null(run.Core.WhyNot(run.Frame, unit, "agitate"));
        run.SetBad(fan);
        run.Step();
        Assert.Equal("scrubber fan running cannot be judged: scrubber.fan is bad (no answer)", run.Core.WhyNot(run.Frame, unit, "heat"));
        run.Set(temperature, 90);
        run.Step();
        Assert.StartsWith("hot tripped by temperature > 85, which still stands", run.Core.WhyNot(run.Frame, unit, "agitate"), StringComparison.Ordinal);
    }
}
