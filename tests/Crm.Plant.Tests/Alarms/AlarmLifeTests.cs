using Crm.Plant.Alarms;
using Crm.Plant.Loops;
using Crm.Plant.Permissions;
using Crm.Plant.Phases;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Plant.Tests.Scan;
using Xunit;

namespace Crm.Plant.Tests.Alarms;

/// <summary>Latching, shelving, service, suppression, first-out and record of alarms, at the scan.</summary>
public sealed class AlarmLifeTests
{
    private static readonly ScanCommand Hour = Shelving("sensor drifts, recalibration tomorrow", TimeSpan.FromHours(1));

    private readonly RigSketch sketch = new();
    private readonly int tag;
    private ScanRun run = null!;

    public AlarmLifeTests() => tag = sketch.Tag("t");

    private AlarmStatus Alarm => run.Frame.Alarms[0];

    private void Begin(Func<AlarmDefinition, AlarmDefinition>? more = null)
    {
        sketch.Alarm("a", new Above(tag, 50), 0, 0, a => (more ?? (x => x))(a with { Priority = AlarmPriority.Low, Subject = new AlarmSubject(tag, 50, "degC") }));
        run = new ScanRun(sketch.Build());
    }

    private void At(double value, int scans = 1)
    {
        run.Set(tag, value);
        run.Step(scans);
    }

    private static ScanCommand Shelving(string reason, TimeSpan time) => ScanCommand.ToAlarm(0, ScanCommandKind.ShelveAlarm, 0, "ana") with { Reason = reason, For = time };

    private CommandOutcome Do(ScanCommandKind kind, int alarm = 0, PersonRole roles = ScanRun.EveryRole) =>
        Do(ScanCommand.ToAlarm(0, kind, alarm, "ana") with { Roles = roles });

    private CommandOutcome Do(ScanCommand order) =>
        run.Do(id => order with { Id = id, Roles = order.Roles == default ? ScanRun.EveryRole : order.Roles });

    private CommandOutcome Acknowledge() => run.Do(id => ScanCommand.Acknowledge(id, 0, Alarm.Occurrence, "ana"));

    [Fact]
    public void A_note_goes_on_record_with_the_acknowledgement()
    {
        Begin(a => a);
        At(60);
        Assert.True(run.Do(id => ScanCommand.Acknowledge(id, 0, Alarm.Occurrence, "ana") with { Reason = "jacket valve stuck, freed by hand" }).Accepted);
        var told = run.Frame.Events.Last(e => e.Kind == ScanEventKind.AlarmAcknowledged);
        Assert.Equal("ana", told.By);
        Assert.EndsWith(": jacket valve stuck, freed by hand", told.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_latched_alarm_stays_until_it_is_acknowledged_and_reset_ALM05()
    {
        Begin(a => a with { Latch = true });
        At(60);
        Assert.False(Do(ScanCommandKind.ResetAlarm).Accepted);
        At(40);
        Assert.Equal(AlarmState.LatchedUnacknowledged, Alarm.State);
        Assert.True(Acknowledge().Accepted);
        run.Step(1000);
        Assert.Equal(AlarmState.LatchedAcknowledged, Alarm.State);
        Assert.True(Do(ScanCommandKind.ResetAlarm).Accepted);
        Assert.Equal(AlarmState.Normal, Alarm.State);
    }

    [Fact]
    public void A_latch_survives_shelving_ALM05()
    {
        Begin(a => a with { Latch = true });
        At(60);
        Do(Hour);
        At(40);
        Assert.True(Do(ScanCommandKind.UnshelveAlarm).Accepted);
        Assert.Equal(AlarmState.LatchedUnacknowledged, Alarm.State);
    }

    [Fact]
    public void An_acknowledged_alarm_comes_again_after_the_re_alarm_time_ALM12()
    {
        Begin(a => a with { ReAlarm = TimeSpan.FromSeconds(30) });
        At(60);
        Acknowledge();
        run.Step(299);
        Assert.Equal(AlarmState.AcknowledgedActive, Alarm.State);
        run.Step();
        Assert.Equal((AlarmState.UnacknowledgedActive, 2L), (Alarm.State, Alarm.Occurrence));
    }

    [Theory]
    [InlineData(AlarmPriority.Low, 480, true)]
    [InlineData(AlarmPriority.Low, 481, false)]
    [InlineData(AlarmPriority.Medium, 120, true)]
    [InlineData(AlarmPriority.Medium, 121, false)]
    [InlineData(AlarmPriority.High, 30, true)]
    [InlineData(AlarmPriority.High, 31, false)]
    [InlineData(AlarmPriority.Critical, 1, false)]
    public void The_longest_shelving_follows_from_the_priority_ALM07(AlarmPriority priority, int minutes, bool allowed)
    {
        Begin(a => a with { Priority = priority });
        CommandOutcome outcome = Do(Shelving("why", TimeSpan.FromMinutes(minutes)));
        Assert.Equal(allowed, outcome.Accepted);
        Assert.Equal(allowed ? AlarmState.Shelved : AlarmState.Normal, Alarm.State);
        Assert.Equal(allowed ? 0 : 1, run.State.AlarmMetrics.Run.RefusedSuppressions);
    }

    [Theory]
    [InlineData("", 60)]
    [InlineData("  ", 60)]
    [InlineData("why", 0)]
    [InlineData("why", -1)]
    public void Shelving_needs_a_reason_and_an_end_ALM06(string reason, int seconds)
    {
        Begin();
        At(60);
        AlarmStatus before = Alarm;
        CommandOutcome outcome = Do(Shelving(reason, TimeSpan.FromSeconds(seconds)));
        Assert.False(outcome.Accepted);
        Assert.StartsWith("a ", outcome.Text, StringComparison.Ordinal);
        Assert.Equal(before, Alarm);
    }

    [Fact]
    public void Shelving_ends_by_itself_and_what_stands_is_new_ALM06()
    {
        Begin();
        At(60);
        Assert.True(Do(Shelving("why", TimeSpan.FromMinutes(1))).Accepted);
        Assert.Equal(("ana", "why"), (Alarm.Absence!.By, Alarm.Absence.Reason));
        run.Step(599);
        Assert.Equal(AlarmState.Shelved, Alarm.State);
        run.Step();
        Assert.Equal((AlarmState.UnacknowledgedActive, 2L), (Alarm.State, Alarm.Occurrence));
        Assert.Null(Alarm.Absence);
    }

    [Fact]
    public void A_one_shot_ends_with_the_return_a_timed_one_does_not_ALM06()
    {
        Begin();
        At(60);
        Do(Hour);
        At(40);
        Assert.Equal(AlarmState.Shelved, Alarm.State);
        Do(ScanCommandKind.UnshelveAlarm);
        At(60);
        Do(Hour with { OneShot = true });
        At(40);
        Assert.Equal(AlarmState.Normal, Alarm.State);
        Assert.Equal(2, Alarm.Shelvings);
    }

    [Theory]
    [InlineData(PersonRole.Operator, "why", "WO-7", false)]
    [InlineData(PersonRole.Maintenance, "", "WO-7", false)]
    [InlineData(PersonRole.Maintenance, "why", " ", false)]
    [InlineData(PersonRole.Maintenance, "why", "WO-7", true)]
    public void Out_of_service_needs_role_reason_and_reference_and_never_ends_by_itself_ALM09(PersonRole role, string reason, string reference, bool allowed)
    {
        Begin();
        Assert.Equal(allowed, Do(ScanCommand.ToAlarm(0, ScanCommandKind.TakeAlarmOutOfService, 0, "ana") with { Reason = reason, Reference = reference, Roles = role }).Accepted);
        At(60, 100);
        Assert.Equal(allowed ? AlarmState.OutOfService : AlarmState.UnacknowledgedActive, Alarm.State);
        if (!allowed) return;
        run.State.AlarmMetrics.Advance(TimeSpan.FromDays(2));
        Assert.Contains("is for maintenance", Do(ScanCommandKind.ReturnAlarmToService, roles: PersonRole.Engineer).Text, StringComparison.Ordinal);
        Assert.True(Do(ScanCommandKind.ReturnAlarmToService, roles: PersonRole.Maintenance).Accepted);
        Assert.Equal(AlarmState.UnacknowledgedActive, Alarm.State);
    }

    [Fact]
    public void A_rule_of_each_kind_suppresses_and_is_named_ALM08()
    {
        int other = sketch.Tag("other");
        int unit = sketch.Unit("leach");
        sketch.Trip("parent", false, [RigSketch.Cause("other high", new Above(other, 50))], []);
        int heater = sketch.Output("heater", lapseAfter: 10);
        sketch.Loop("leach.loop", tag, 1, 10, 0, 0, 100, null, 1, new SplitLeg(heater, 0, 100, 0, 100));
        AlarmSuppression[] rules =
        [
            new(SuppressionKind.UnitIdle, "no phase on leach", unit, [], null, default),
            new(SuppressionKind.PhaseNotRunning, "leach is not running dose", unit, ["dose"], null, default),
            new(SuppressionKind.Trip, "trip parent", 0, [], null, default),
            new(SuppressionKind.Condition, "other high", -1, [], new Above(other, 70), default),
            new(SuppressionKind.LoopIdle, "loop off", 0, [], null, default),
            new(SuppressionKind.StartUp, "start-up", -1, [], null, default),
        ];
        foreach (AlarmSuppression rule in rules) sketch.Alarm(rule.Text, new Above(tag, 50), 0, 0, a => a with { Suppressions = [rule] });
        run = new ScanRun(sketch.Build(), reset: false);
        At(60, 310);
        Assert.Equal(AlarmState.Suppressed, run.Frame.Alarms[5].State);
        run.Do(id => ScanCommand.ResetAll(id, "ana"));
        run.Step();
        Assert.Equal([true, true, false, false, true, false], run.Frame.Alarms.Select(a => a.State == AlarmState.Suppressed));
        Assert.All(run.Frame.Alarms.Select((a, i) => (a, i)).Where(p => p.a.Rule > 0), p => Assert.Equal(rules[p.i].Text, run.Core.SuppressionText(p.i, p.a.Rule)));
        run.State.Report(unit, new UnitActivity(PhaseState.Held, "dose"));
        run.DemandLoop(0, 60);
        run.Set(other, 80);
        run.Step(3);
        Assert.Equal([false, true, true, true, false, false], run.Frame.Alarms.Select(a => a.State == AlarmState.Suppressed));
        run.State.Report(unit, new UnitActivity(PhaseState.Running, "dose"));
        run.Step();
        Assert.Equal(AlarmState.UnacknowledgedActive, run.Frame.Alarms[1].State);
    }

    [Fact]
    public void A_rule_can_go_on_for_a_while_after_it_has_ended()
    {
        int unit = sketch.Unit("leach");
        Begin(a => a with { Suppressions = [new(SuppressionKind.PhaseNotRunning, "not running", unit, [], null, TimeSpan.FromSeconds(5))] });
        At(60);
        run.State.Report(unit, new UnitActivity(PhaseState.Running, "dose"));
        run.Step(49);
        Assert.Equal(AlarmState.Suppressed, Alarm.State);
        run.Step(2);
        Assert.Equal(AlarmState.UnacknowledgedActive, Alarm.State);
    }

    [Fact]
    public void What_stood_while_suppressed_must_stand_for_its_delay_again_ALM08()
    {
        int unit = sketch.Unit("leach");
        Begin(a => a with { OnDelay = TimeSpan.FromSeconds(5), Suppressions = [new(SuppressionKind.PhaseNotRunning, "not running", unit, [], null, default)] });
        At(60, 1000);
        run.State.Report(unit, new UnitActivity(PhaseState.Running, "dose"));
        run.Step(50);
        Assert.Equal(AlarmState.Normal, Alarm.State);
        run.Step();
        Assert.Equal(AlarmState.UnacknowledgedActive, Alarm.State);
    }

    [Fact]
    public void The_first_of_a_group_is_marked_until_the_first_out_is_reset_ALM13()
    {
        int[] tags = [sketch.Tag("t1"), sketch.Tag("t2"), sketch.Tag("t3"), sketch.Tag("t4")];
        foreach (int t in tags) sketch.Alarm("alarm" + t, new Above(t, 50), 0, 0, a => a with { Group = "g" });
        run = new ScanRun(sketch.Build());
        bool[] First() => [.. run.Frame.Alarms.Select(a => a.IsFirstOut)];
        run.Set(tags[1], 60);
        run.Set(tags[2], 60);
        run.Step();
        run.Set(tags[0], 60);
        run.Step();
        Assert.Equal([false, true, true, false], First());
        run.Set(tags[1], 40);
        run.Set(tags[2], 40);
        run.Step(10);
        run.Set(tags[1], 60);
        run.Step();
        Assert.Equal([false, true, true, false], First());
        AlarmState[] before = [.. run.Frame.Alarms.Select(a => a.State)];
        Assert.True(Do(ScanCommandKind.ResetFirstOut).Accepted);
        Assert.Equal(before, run.Frame.Alarms.Select(a => a.State));
        Assert.Equal([false, false, false, false], First());
        Assert.False(Do(ScanCommandKind.ResetFirstOut).Accepted);
        run.Set(tags[3], 60);
        run.Step();
        Assert.Equal([false, false, false, true], First());
    }

    [Fact]
    public void A_deadband_holds_an_alarm_in_the_noise_ALM11()
    {
        var random = new Random(7);
        sketch.Alarm("bare", new Above(tag, 50), 0, 0);
        Begin(a => a with { Hold = new Above(tag, 48) });
        for (int i = 0; i < 2000; i++) At(50 + random.NextDouble() * 1.8 - 0.9);
        Assert.True(run.Frame.Alarms[0].Occurrence > 100);
        Assert.Equal(1, run.Frame.Alarms[1].Occurrence);
    }

    [Fact]
    public void Every_transition_carries_what_the_record_asks_ALM10()
    {
        Begin();
        At(61.5);
        ScanEvent raised = run.Frame.Events.Single(e => e.Kind == ScanEventKind.AlarmRaised);
        Assert.Equal(new AlarmTransition(AlarmState.Normal, AlarmState.UnacknowledgedActive, AlarmEvent.Raise, 1, 61.5, "") { Status = Alarm }, raised.Alarm);
        Do(Hour);
        ScanEvent shelved = run.Frame.Events.Single(e => e.Alarm is not null);
        Assert.Equal(("ana", AlarmState.Shelved), (shelved.By, shelved.Alarm!.To));
        Assert.Contains(Hour.Reason, shelved.Alarm.Comment, StringComparison.Ordinal);
    }

    [Fact]
    public void Alarms_of_one_scan_are_told_in_the_order_of_the_list_ALM24()
    {
        int[] tags = [.. Enumerable.Range(0, 20).Select(i => sketch.Tag("x" + i))];
        foreach (int t in tags) sketch.Alarm("alarm" + t, new Above(t, 50));
        run = new ScanRun(sketch.Build());
        foreach (int t in tags.Reverse()) run.Set(t, 60);
        run.Step();
        Assert.Equal(Enumerable.Range(0, 20), run.Frame.Events.Where(e => e.Kind == ScanEventKind.AlarmRaised).Select(e => e.Target));
    }

    [Fact]
    public void A_tag_that_must_move_is_told_when_it_stands_still()
    {
        int output = sketch.Output("pump");
        sketch.Alarm("still", new Above(tag, 1e9), 0, 0, a => a with { Kind = AlarmKind.Unmoved, Stillness = new(tag, 1, TimeSpan.FromSeconds(10), output, 20) });
        run = new ScanRun(sketch.Build());
        void Pump(double value, double tagFrom, double perScan, int scans)
        {
            for (int i = 0; i < scans; i++)
            {
                run.Demand(output, value);
                At(tagFrom + perScan * i);
            }
        }

        Pump(0, 5, 0, 300);
        Assert.Equal(AlarmState.Normal, Alarm.State);
        Pump(50, 5, -0.02, 300);
        Assert.Equal(AlarmState.Normal, Alarm.State);
        Pump(50, -1, 0, 40);
        Assert.Equal(AlarmState.Normal, Alarm.State);
        Pump(50, -1, 0, 100);
        Assert.Equal(AlarmState.UnacknowledgedActive, Alarm.State);
        Pump(0, -1, 0, 5);
        Assert.Equal(AlarmState.ReturnedUnacknowledged, Alarm.State);
    }

    [Fact]
    public void A_held_unit_is_an_alarm()
    {
        int unit = sketch.Unit("leach");
        Begin(a => a with { Kind = AlarmKind.Held, Unit = unit });
        run.State.Report(unit, new UnitActivity(PhaseState.Held, "dose"));
        run.Step();
        Assert.Equal(AlarmState.UnacknowledgedActive, Alarm.State);
    }
}
