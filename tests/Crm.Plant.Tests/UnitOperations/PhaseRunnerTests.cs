using System.Collections.Immutable;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Crm.Plant.UnitOperations;
using Crm.Plant.UnitOperations.Running;
using Xunit;

namespace Crm.Plant.Tests.UnitOperations;

/// <summary>The runner: commands act on the scan they arrive in, the table rules outside RUNNING, conditions do what they say.</summary>
public class PhaseRunnerTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static Bench Dosing(Func<PhaseNode, PhaseNode>? change = null) =>
        OperationTests.Make("vessel dose reagent=acid amount=1.5 rate=4 temperature=40 agitator=200", change: change).Start().For(TimeSpan.FromMinutes(2));

    /// <summary>S88-07: the abort values on the scan of the command.</summary>
    [Fact]
    public void Abort_demands_the_abort_values_on_the_same_scan()
    {
        Bench bench = Dosing();
        Assert.True(bench.Demanded("vessel.acid_pump") > 0);
        bench.Step(PhaseCommand.Abort);
        Assert.Equal(PhaseState.Aborting, bench.Run.State);
        Assert.Equal(0, bench.Demanded("vessel.acid_pump"));
        Assert.Equal(0, bench.Demanded("vessel.heater"));
        Assert.Equal(100, bench.Demanded("vessel.cooling"));
        Assert.Equal(ToyRig.HeldSpeed, bench.Demanded("vessel.agitator"));
        Assert.All(bench.Demands, d => Assert.True(d.AtOnce));
        Assert.Null(bench.Setpoint);
        bench.For(TimeSpan.FromSeconds(3));
        Assert.Equal(PhaseState.Aborted, bench.Run.State);
    }

    [Theory]
    [InlineData(PhaseCommand.Hold, PhaseState.Holding, PhaseState.Held)]
    [InlineData(PhaseCommand.Stop, PhaseState.Stopping, PhaseState.Stopped)]
    [InlineData(PhaseCommand.Abort, PhaseState.Aborting, PhaseState.Aborted)]
    public void Feeds_are_off_on_the_scan_of_the_command_and_stay_off(PhaseCommand command, PhaseState entering, PhaseState final)
    {
        Bench bench = Dosing().Step(command);
        Assert.Equal(entering, bench.Run.State);
        for (int i = 0; i < 10; i++, bench.Step())
            foreach (string feed in (string[])["vessel.acid_pump", "vessel.base_pump", "vessel.water_pump", "vessel.feed_pump", "vessel.co2_valve"])
                Assert.Equal(0, bench.Demanded(feed));
        Assert.Equal(final, bench.Run.State);
        Assert.Contains(bench.Events, e => e.Kind == BatchEventKind.PhaseState && e.Cause == "anna");
    }

    /// <summary>S88-05, S88-08: nothing to hold in the phase any more, and the unit must be held all the same.</summary>
    [Fact]
    public void Hold_on_the_scan_of_completing_ends_the_phase_and_holds_its_unit()
    {
        Bench bench = Dosing().Until(b => b.Run.State == PhaseState.Completing, Hour).Step(PhaseCommand.Hold);
        Assert.Equal(PhaseState.Complete, bench.Run.State);
        Assert.Equal(PhaseState.Held, bench.Run.Between);
        Assert.Empty(bench.Refused);
        Assert.Equal(ToyRig.HeldSpeed, bench.Demanded("vessel.agitator"));
        bench.Step(PhaseCommand.Restart);
        Assert.Null(bench.Run.Between);
    }

    /// <summary>S88-09.</summary>
    [Fact]
    public void The_strongest_of_coinciding_commands_wins_and_the_others_are_on_record()
    {
        Bench bench = Dosing().Step(PhaseCommand.Pause, PhaseCommand.Abort, PhaseCommand.Hold);
        Assert.Equal(PhaseState.Aborting, bench.Run.State);
        Assert.Equal(2, bench.Refused.Length);
        Assert.Equal(2, bench.Events.Count(e => e.Kind == BatchEventKind.CommandRefused));
    }

    [Fact]
    public void Restart_brings_the_agitator_back_first_with_the_feeds_locked()
    {
        Bench bench = Dosing().Step(PhaseCommand.Hold).For(TimeSpan.FromSeconds(10));
        bench.Plant.Dead.Add("vessel.agitator");
        bench.Step(PhaseCommand.Restart).For(TimeSpan.FromSeconds(30));
        Assert.Equal(PhaseState.Restarting, bench.Run.State);
        Assert.Equal(0, bench.Demanded("vessel.acid_pump"));
        bench.Plant.Dead.Clear();
        bench.Until(b => b.Run.State == PhaseState.Running, TimeSpan.FromSeconds(10)).For(TimeSpan.FromSeconds(5));
        Assert.True(bench.Demanded("vessel.acid_pump") > 0);
        Assert.Equal(200, bench.Demanded("vessel.agitator"));
        bench.UntilOver(Hour);
        Assert.Equal(PhaseState.Complete, bench.Run.State);
    }

    /// <summary>S88-23: an agitator that does not come back ends the restart in HELD.</summary>
    [Fact]
    public void A_restart_that_does_not_end_is_held_again()
    {
        Bench bench = Dosing().Step(PhaseCommand.Hold).For(TimeSpan.FromSeconds(10));
        bench.Plant.Dead.Add("vessel.agitator");
        bench.Step(PhaseCommand.Restart).Step().UntilOver(Hour);
        Assert.Equal(PhaseState.Held, bench.Run.State);
        Assert.Equal("time limit of the state", bench.Run.Reason);
    }

    [Fact]
    public void The_longest_hold_has_its_consequence()
    {
        Bench bench = Dosing().Step(PhaseCommand.Hold).For(ToyRig.LongestHold + TimeSpan.FromSeconds(10));
        Assert.Equal(PhaseState.Stopped, bench.Run.State);
        Assert.Equal("longest hold", bench.Run.Reason);
    }

    [Fact]
    public void Pause_stops_the_feed_and_keeps_temperature_and_agitation()
    {
        Bench bench = Dosing().Step(PhaseCommand.Pause).Step();
        Assert.Equal(PhaseState.Paused, bench.Run.State);
        Assert.Equal(0, bench.Demanded("vessel.acid_pump"));
        Assert.Equal(200, bench.Demanded("vessel.agitator"));
        Assert.Equal(40, bench.Setpoint);
        bench.Step(PhaseCommand.Resume).For(TimeSpan.FromSeconds(5));
        Assert.True(bench.Demanded("vessel.acid_pump") > 0);
    }

    /// <summary>S88-06.</summary>
    [Fact]
    public void An_operation_without_pause_points_refuses_pause_and_says_so()
    {
        Bench bench = OperationTests.Make("vessel heat to=60").Start().Step(PhaseCommand.Pause);
        Assert.Equal(PhaseState.Running, bench.Run.State);
        Assert.Contains("no pause point", Assert.Single(bench.Refused).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Pause_when_stops_the_feeds_without_leaving_running()
    {
        Bench bench = Dosing(n => n with { PauseWhen = TagTest.Of("vessel.temperature > 50 degC", "vessel.temperature", t => t > 50) });
        bench.Plant["vessel.temperature"] = 55;
        bench.Step();
        Assert.Equal(PhaseState.Running, bench.Run.State);
        Assert.Equal(0, bench.Demanded("vessel.acid_pump"));
        Assert.Equal(200, bench.Demanded("vessel.agitator"));
        Assert.Equal(40, bench.Setpoint);
        Assert.Contains("vessel.temperature > 50 degC", bench.Run.Doing, StringComparison.Ordinal);
        bench.Plant["vessel.temperature"] = 45;
        bench.Step();
        Assert.True(bench.Demanded("vessel.acid_pump") > 0);
    }

    [Fact]
    public void A_while_condition_that_fails_holds_with_its_words()
    {
        Bench bench = Dosing(n => n with { While = [TagTest.Of("vessel.agitator_speed > 50 rpm", "vessel.agitator_speed", s => s > 50)] });
        Assert.True(bench.Demanded("vessel.acid_pump") > 0);
        bench.Plant.Dead.Add("vessel.agitator");
        bench.Step();
        Assert.Equal(PhaseState.Holding, bench.Run.State);
        Assert.Equal(0, bench.Demanded("vessel.acid_pump"));
        Assert.Contains("vessel.agitator_speed > 50 rpm", bench.Run.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_instrument_behind_a_while_condition_holds()
    {
        Bench bench = Dosing(n => n with { While = [TagTest.Of("vessel.ph < 13", "vessel.ph", s => s < 13)] });
        bench.Plant.Bad.Add("vessel.ph");
        bench.Step();
        Assert.Equal(PhaseState.Holding, bench.Run.State);
    }

    [Theory]
    [InlineData(Consequence.Hold, PhaseState.Holding)]
    [InlineData(Consequence.Stop, PhaseState.Stopping)]
    [InlineData(Consequence.Abort, PhaseState.Aborting)]
    [InlineData(Consequence.Pause, PhaseState.Pausing)]
    [InlineData(Consequence.Continue, PhaseState.Completing)]
    [InlineData(Consequence.Ignore, PhaseState.Running)]
    public void A_limit_has_its_consequence_after_its_delay(Consequence then, PhaseState expected)
    {
        var limit = new Limit(TagTest.Of("hot", "vessel.temperature", t => t > 60), TimeSpan.FromSeconds(5), then, "too hot");
        Bench bench = Dosing(n => n with { Limits = [limit] });
        bench.Plant["vessel.temperature"] = 70;
        bench.For(TimeSpan.FromSeconds(5));
        Assert.Equal(PhaseState.Running, bench.Run.State);
        bench.Step();
        if (then == Consequence.Pause) Assert.Contains(bench.Run.State, (PhaseState[])[PhaseState.Pausing, PhaseState.Paused]);
        else Assert.Equal(expected, bench.Run.State);
        bench.For(TimeSpan.FromSeconds(20));
        Assert.Single(bench.Events, e => e.Kind == BatchEventKind.LimitReached);
    }

    [Fact]
    public void Until_ends_not_before_at_least()
    {
        Bench bench = OperationTests.Make("vessel react temperature=40", change: n => n with
        {
            Until = TagTest.Of("warm", "vessel.temperature", t => t > 30),
            AtLeast = new Constant(1200),
        }).Start().UntilOver(Hour);
        Assert.Equal(PhaseState.Complete, bench.Run.State);
        Assert.InRange(bench.Run.Status.Contact.TotalSeconds, 1200, 1210);
    }

    [Theory]
    [InlineData(Consequence.Continue, PhaseState.Complete)]
    [InlineData(Consequence.Hold, PhaseState.Held)]
    public void At_most_has_its_consequence(Consequence then, PhaseState expected)
    {
        Bench bench = OperationTests.Make("vessel react temperature=40", change: n => n with { AtMost = new Constant(600), ThenAtMost = then }).Start().UntilOver(Hour);
        Assert.Equal(expected, bench.Run.State);
        Assert.InRange(bench.Run.Status.Contact.TotalSeconds, 600, 610);
    }

    [Fact]
    public void An_expected_effect_that_does_not_come_is_a_fault_by_name()
    {
        var rises = new Expectation(ToyRig.Rig.Tag("vessel.temperature"), 5, TimeSpan.FromMinutes(5), "vessel.temperature rises 5 K within 5 min");
        Bench warms = OperationTests.Make("vessel react temperature=80", change: n => n with { Expectations = [rises] }).Start().For(TimeSpan.FromMinutes(10));
        Assert.Equal(PhaseState.Running, warms.Run.State);
        var cold = new ToyPlant();
        cold.Dead.Add("vessel.heater");
        Bench bench = OperationTests.Make("vessel react temperature=80", cold, n => n with { Expectations = [rises] }).Start().UntilOver(Hour);
        Assert.Equal(PhaseState.Held, bench.Run.State);
        Assert.Contains("rises 5 K within 5 min", bench.Run.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Setpoint_and_agitator_stand_between_phases_until_the_vessel_is_empty()
    {
        Bench bench = OperationTests.Make("vessel heat to=40 agitator=150").Start().UntilOver(Hour).For(TimeSpan.FromMinutes(1));
        Assert.Equal(PhaseState.Complete, bench.Run.State);
        Assert.Equal((40.0, 150.0), (bench.Setpoint, bench.Demanded("vessel.agitator")));
        IUnitOperation fill = UnitOperationCatalogue.Find("fill")!;
        var arguments = PhaseRun.NoArguments.Add("from", Argument.Of("tank")).Add("to", Argument.Of(25.0));
        bench.Run = PhaseRunner.Load(bench.Run, bench.Run.Node! with { Operation = "fill" }, fill, arguments, null);
        bench.Start().For(TimeSpan.FromSeconds(10));
        Assert.Equal((40.0, 150.0), (bench.Setpoint, bench.Demanded("vessel.agitator")));
        bench.UntilOver(Hour);
        bench.Plant["vessel.level"] = 8;
        bench.Step();
        Assert.Equal((null, 150.0), (bench.Setpoint, bench.Demanded("vessel.agitator")));
        bench.Plant["vessel.level"] = 0.1;
        bench.Step();
        Assert.Null(bench.Setpoint);
        Assert.Null(bench.Demanded("vessel.agitator"));
    }

    [Theory]
    [InlineData(PhaseCommand.Hold, PhaseCommand.Restart)]
    [InlineData(PhaseCommand.Stop, PhaseCommand.Reset)]
    [InlineData(PhaseCommand.Abort, PhaseCommand.Reset)]
    public void Between_phases_the_table_rules_until_it_is_lifted(PhaseCommand command, PhaseCommand lifts)
    {
        Bench bench = OperationTests.Make("vessel heat to=40 agitator=150").Start().UntilOver(Hour).Step(command);
        Assert.Equal(ToyRig.HeldSpeed, bench.Demanded("vessel.agitator"));
        Assert.All(bench.Demands, d => Assert.True(d.AtOnce));
        Assert.Equal(0, bench.Step().Demanded("vessel.heater"));
        bench.Step(lifts);
        Assert.Null(bench.Run.Between);
    }

    [Fact]
    public void Start_is_refused_with_the_reason_while_a_permissive_is_missing()
    {
        Bench bench = OperationTests.Make("vessel heat to=40");
        bench.WhyNot = "scrubber does not run";
        bench.Start();
        Assert.Equal(PhaseState.Idle, bench.Run.State);
        Assert.Equal("scrubber does not run", Assert.Single(bench.Refused).Reason);
        bench.WhyNot = null;
        bench.Start();
        Assert.Equal(PhaseState.Running, bench.Run.State);
    }

    [Fact]
    public void Protection_holds_once_and_nothing_restarts_while_it_stands()
    {
        Bench bench = Dosing();
        bench.Protection = PhaseCommand.Hold;
        bench.WhyNot = "trip stands";
        bench.For(TimeSpan.FromSeconds(20));
        Assert.Equal(PhaseState.Held, bench.Run.State);
        Assert.Equal("protection test", bench.Run.Reason);
        Assert.DoesNotContain(bench.Events, e => e.Kind == BatchEventKind.CommandRefused);
        bench.Step(PhaseCommand.Restart);
        Assert.Equal("trip stands", Assert.Single(bench.Refused).Reason);
        bench.Step(PhaseCommand.Abort);
        Assert.Equal(PhaseState.Aborting, bench.Run.State);
    }

    /// <summary>Rule 3.3: a run can be forked at any instant; both copies go the same way.</summary>
    [Fact]
    public void A_kept_run_is_a_fork()
    {
        Bench bench = Dosing();
        PhaseRun fork = bench.Run;
        bench.Step(PhaseCommand.Abort);
        Assert.Equal(PhaseState.Running, fork.State);
    }
}
