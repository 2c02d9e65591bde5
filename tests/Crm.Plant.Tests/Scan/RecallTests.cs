using System.Collections.Immutable;
using Crm.Plant.Alarms;
using Crm.Plant.Loops;
using Crm.Plant.Outputs;
using Crm.Plant.Procedure;
using Crm.Plant.Protection;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Plant.Tags;
using Xunit;

namespace Crm.Plant.Tests.Scan;

/// <summary>
/// The controller is lost and comes back from its record: alarms, bypasses, proof tests, loop modes and tunings stand as they stood, by name
/// and not by number (ALM-22, SAF-15, SAF-30, SAF-32, PID-19).
/// </summary>
public sealed class RecallTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly List<BatchEvent> record = [];
    private readonly RigSketch sketch = new();
    private readonly int t, level, pump, valve, row, low, latched, grouped;

    public RecallTests()
    {
        t = sketch.Tag("t");
        level = sketch.Tag("level");
        pump = sketch.Output("pump", lapseAfter: 3600);
        valve = sketch.Output("valve", lapseAfter: 3600);
        row = sketch.Trip("row", true, [RigSketch.Cause("t > 5", new Above(t, 5)), RigSketch.Cause("level > 9", new Above(level, 9))], [new EffectDefinition(pump, SafeValue.At(0))]);
        sketch.Change(row, r => r with
        {
            Class = TripClass.Process,
            Bypass = new OverrideRule(null, TimeSpan.FromHours(1), null),
            Proof = new ProofTest("lift the float", TimeSpan.FromDays(90), new DateOnly(2026, 1, 1)),
        });
        low = sketch.Alarm("low", new Above(t, 3), 0, 0, a => a with { Priority = AlarmPriority.Low });
        latched = sketch.Alarm("latched", new Above(level, 3), 0, 0, a => a with { Latch = true });
        grouped = sketch.Alarm("grouped", new Above(level, 4), 0, 0, a => a with { Group = "g" });
        sketch.Loop("loop", level, 2, 60, 0, 0, 100, null, 1, new SplitLeg(valve, 0, 100, 0, 100));
    }

    /// <summary>The run before, written down as a record writes it.</summary>
    private ScanRun Run(RigDefinition rig) => new(rig);

    private void Write(ScanRun run)
    {
        foreach (ScanEvent happened in run.Frame.Events)
        {
            ImmutableSortedDictionary<string, string> data = happened.Alarm is { } transition
                ? AlarmFacts.Of(run.Rig, run.Rig.Alarms[happened.Target], transition)
                : happened.Facts ?? BatchEvent.NoData;
            BatchEventKind kind = happened.Kind == ScanEventKind.AlarmRaised ? BatchEventKind.AlarmRaised : BatchEventKind.Command;
            record.Add(new BatchEvent(run.Now, run.Frame.Scan, kind, happened.Subject, happened.Text, happened.By.Length > 0 ? happened.By : "scan", data));
        }
    }

    private CommandOutcome Do(ScanRun run, Func<long, ScanCommand> make)
    {
        CommandOutcome outcome = run.Do(make);
        Write(run);
        return outcome;
    }

    private void Step(ScanRun run, int times = 1)
    {
        for (int i = 0; i < times; i++)
        {
            run.Step();
            Write(run);
        }
    }

    private ScanRun ComeBack(ScanRun from, TimeSpan away, RigDefinition? rig = null)
    {
        var back = new ScanRun(rig ?? from.Rig, reset: false) { Now = from.Now + away };
        back.Core.Recall(back.State, record, back.Now);
        for (int tag = 0; tag < from.Rig.Tags.Length; tag++) back.Set(tag, from.Frame.Image[tag].Value);
        back.Step();
        Write(back);
        return back;
    }

    [Fact]
    public void Acknowledged_latched_shelved_out_of_service_and_first_out_stand_as_they_stood_ALM22()
    {
        ScanRun run = Run(sketch.Build());
        run.Set(t, 4);
        run.Set(level, 5);
        Step(run);
        Do(run, id => ScanCommand.Acknowledge(id, latched, run.Frame.Alarms[latched].Occurrence, "ana"));
        Do(run, id => ScanCommand.ToAlarm(id, ScanCommandKind.ShelveAlarm, low, "ana") with { Reason = "sensor drifts", For = TimeSpan.FromMinutes(30), OneShot = true });
        Do(run, id => ScanCommand.ToAlarm(id, ScanCommandKind.TakeAlarmOutOfService, grouped, "max") with { Reason = "float is replaced", Reference = "WO-7" });
        ImmutableArray<AlarmStatus> before = run.Frame.Alarms;
        Assert.True(before[latched].IsActive);

        ScanRun back = ComeBack(run, 10 * Minute);
        for (int i = 0; i < before.Length; i++)
        {
            AlarmStatus was = before[i], now = back.Frame.Alarms[i];
            Assert.Equal((was.State, was.Occurrence, was.RaisedAt, was.Latched, was.Shelvings), (now.State, now.Occurrence, now.RaisedAt, now.Latched, now.Shelvings));
            Assert.Equal(was.Absence, now.Absence);
        }

        Assert.DoesNotContain(back.Frame.Events, e => e.Kind == ScanEventKind.AlarmRaised);
        // An acknowledgement of an older occurrence still means nothing, and the shelf ends in the time of before.
        TimeSpan end = before[low].Absence!.Until!.Value;
        while (back.Now < end) back.Step();
        Assert.Equal(AlarmState.UnacknowledgedActive, back.Frame.Alarms[low].State);
        Assert.Equal(before[low].Occurrence + 1, back.Frame.Alarms[low].Occurrence);
        Assert.Equal(AlarmState.OutOfService, back.Frame.Alarms[grouped].State);
    }

    [Fact]
    public void An_alarm_that_went_while_nobody_looked_returns_and_waits_for_its_acknowledgement()
    {
        ScanRun run = Run(sketch.Build());
        run.Set(t, 4);
        run.Set(level, 5);
        Step(run);
        Assert.True(run.Frame.Alarms[grouped].IsFirstOut);
        run.Set(t, 1);
        run.Set(level, 1);
        run.Step();
        ScanRun back = ComeBack(run, Minute);
        Assert.Equal(AlarmState.ReturnedUnacknowledged, back.Frame.Alarms[low].State);
        Assert.Equal(AlarmState.LatchedUnacknowledged, back.Frame.Alarms[latched].State);
        Assert.True(back.Frame.Alarms[grouped].IsFirstOut);
        Assert.True(Do(back, id => ScanCommand.ToAlarm(id, ScanCommandKind.ResetFirstOut, grouped, "ana")).Accepted);
        ScanRun again = ComeBack(back, Minute);
        Assert.False(again.Frame.Alarms[grouped].IsFirstOut);
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(25, false)]
    public void A_bypass_goes_on_for_the_rest_of_its_time_and_no_longer_SAF13(double minutesAway, bool lives)
    {
        ScanRun run = Run(sketch.Build());
        Step(run);
        Assert.True(Do(run, id => ScanCommand.Bypass(id, row, 0, -1, 20 * Minute, "anna", "electrode is changed")).Accepted);
        OverrideStatus before = run.Frame.Overrides[0];
        ScanRun back = ComeBack(run, minutesAway * Minute);
        if (!lives)
        {
            Assert.Empty(back.Frame.Overrides);
            Assert.Contains(back.Frame.Events, e => e.Kind == ScanEventKind.OverrideEnded && e.Text.Contains("controller was lost", StringComparison.Ordinal));
            return;
        }

        Assert.Equal(before with { Since = run.Now }, Assert.Single(back.Frame.Overrides));
        back.Do(id => ScanCommand.ResetAll(id, "anna"));
        back.Set(t, 6);
        back.Step();
        Assert.False(back.Frame.Trips[row].IsTripped);
        while (back.Now < before.Until) back.Step();
        back.Step();
        Assert.True(back.Frame.Trips[row].IsTripped);
    }

    [Fact]
    public void A_force_ends_and_a_manual_output_stays_only_at_rest_SAF07()
    {
        ScanRun run = Run(sketch.Build());
        Step(run);
        Assert.True(Do(run, id => ScanCommand.ForceOutput(id, pump, 40, 20 * Minute, "anna", "stroke test")).Accepted);
        Assert.True(Do(run, id => ScanCommand.TakeManual(id, valve, 0, "anna")).Accepted);
        ScanRun back = ComeBack(run, Minute);
        Assert.Empty(back.Frame.Overrides);
        Assert.False(back.Frame.Outputs[pump].InManual);
        Assert.True(back.Frame.Outputs[valve].InManual);
        Do(run, id => ScanCommand.TakeManual(id, valve, 30, "anna"));
        Assert.False(ComeBack(run, Minute).Frame.Outputs[valve].InManual);
    }

    [Fact]
    public void Mode_setpoint_and_both_tunings_of_a_loop_and_the_day_of_a_proof_test_are_kept()
    {
        ScanRun run = Run(sketch.Build());
        var better = new LoopTuning(3.3, 81.5, 0, 0.7);
        Do(run, id => ScanCommand.SetDay(id, new DateOnly(2026, 11, 1), "clock"));
        Do(run, id => ScanCommand.ProofTested(id, row, "anna", "trips at 5.1"));
        Do(run, id => ScanCommand.ProposeTuning(id, 0, better, "anna"));
        Do(run, id => ScanCommand.ToLoop(id, ScanCommandKind.ApplyTuning, 0, "anna"));
        Do(run, id => ScanCommand.SetLoopMode(id, 0, LoopMode.Automatic, "anna"));
        Do(run, id => ScanCommand.ToLoop(id, ScanCommandKind.SetLoopSetpoint, 0, "anna", 7.25));
        ScanRun back = ComeBack(run, Minute);
        LoopDetail loop = back.Core.LoopDetail(back.State, 0);
        Assert.Equal(better, loop.Tuning);
        Assert.Equal(run.Rig.Loops[0].Tuning, loop.OldTuning);
        Assert.Equal(LoopMode.Automatic, back.Frame.Loops[0].TargetMode);
        back.Do(id => ScanCommand.ResetAll(id, "anna"));
        back.DemandLoop(0, 1);
        back.Step();
        Assert.Equal(7.25, back.Frame.Loops[0].Target);
        back.Do(id => ScanCommand.SetDay(id, new DateOnly(2026, 12, 1), "clock"));
        Assert.False(back.Told(ScanEventKind.ProofTestOverdue));
        back.Do(id => ScanCommand.SetDay(id, new DateOnly(2027, 3, 1), "clock"));
        Assert.True(back.Told(ScanEventKind.ProofTestOverdue));
    }

    [Fact]
    public void A_changed_protection_keeps_the_rig_tripped_until_a_named_person_accepts_it_with_a_reason_SAF32()
    {
        ScanRun run = Run(sketch.Build());
        Step(run);
        record.Add(new BatchEvent(run.Now, 2, BatchEventKind.Note, ProtectionChange.Subject, "", "controller", ProtectionChange.Facts(run.Core.ProtectionChecksum)));
        Assert.True(Do(run, id => ScanCommand.Bypass(id, row, 0, -1, 30 * Minute, "anna", "electrode is changed")).Accepted);
        sketch.Change(row, r => r with { Bypass = r.Bypass! with { Longest = TimeSpan.FromMinutes(59) } });

        ScanRun same = ComeBack(run, Minute);
        Assert.True(same.Do(id => ScanCommand.ResetAll(id, "anna")).Accepted);

        ScanRun back = ComeBack(run, Minute, sketch.Build());
        Assert.Empty(back.Frame.Overrides);
        Assert.Contains("protection", back.Frame.RigTrip.Why, StringComparison.Ordinal);
        CommandOutcome refused = back.Do(id => ScanCommand.ResetAll(id, "anna"));
        Assert.False(refused.Accepted);
        Assert.Contains("accept it first", refused.Text, StringComparison.Ordinal);
        Assert.False(back.Do(id => ScanCommand.ResetRig(id, "anna")).Accepted);
        Assert.False(back.Do(id => ScanCommand.AcceptProtection(id, "", "longer bypass")).Accepted);
        Assert.False(back.Do(id => ScanCommand.AcceptProtection(id, "anna", " ")).Accepted);
        Assert.True(back.Frame.RigTrip.IsTripped);
        Assert.True(Do(back, id => ScanCommand.AcceptProtection(id, "anna", "longer bypass agreed")).Accepted);
        Assert.True(back.Do(id => ScanCommand.ResetAll(id, "anna")).Accepted);
        Assert.False(back.Frame.RigTrip.IsTripped);
        // Accepted is accepted: the next start asks no more.
        Assert.True(ComeBack(back, Minute).Do(id => ScanCommand.ResetAll(id, "anna")).Accepted);
    }

    /// <summary>A service that begins a new batch has a clock that begins at nought: what stood goes on for the rest of its time, life after life.</summary>
    [Fact]
    public void Life_after_life_with_a_new_clock_each_what_stood_stands_for_the_rest_of_its_time_ALM22_SAF15()
    {
        ScanRun run = Run(sketch.Build());
        run.Set(t, 4);
        run.Set(level, 5);
        Step(run, 600);
        Do(run, id => ScanCommand.ToAlarm(id, ScanCommandKind.ShelveAlarm, low, "ana") with { Reason = "sensor drifts", For = TimeSpan.FromMinutes(60) });
        Do(run, id => ScanCommand.ToAlarm(id, ScanCommandKind.TakeAlarmOutOfService, grouped, "max") with { Reason = "float is replaced", Reference = "WO-7" });
        Assert.True(Do(run, id => ScanCommand.Bypass(id, row, 0, -1, 60 * Minute, "anna", "electrode is changed")).Accepted);
        Do(run, id => ScanCommand.ProposeTuning(id, 0, new LoopTuning(3.3, 81.5, 0, 0.7), "anna"));
        Do(run, id => ScanCommand.ToLoop(id, ScanCommandKind.ApplyTuning, 0, "anna"));
        record.Add(new BatchEvent(run.Now, 2, BatchEventKind.Note, ProtectionChange.Subject, "", "controller", ProtectionChange.Facts(run.Core.ProtectionChecksum)));
        for (int life = 1; life <= 3; life++)
        {
            var back = new ScanRun(run.Rig, reset: false);
            back.Core.Recall(back.State, [.. record.Where(ScanCore.Recalls)], TimeSpan.Zero, 10 * Minute);
            back.Set(t, 4);
            back.Set(level, 5);
            back.Step();
            Write(back);
            Assert.Equal(AlarmState.Shelved, back.Frame.Alarms[low].State);
            Assert.Equal("ana", back.Frame.Alarms[low].Absence!.By);
            Assert.Equal(60 - 10 * life, (back.Frame.Alarms[low].Absence!.Until!.Value - back.Now).TotalMinutes, 0.1);
            Assert.Equal(AlarmState.OutOfService, back.Frame.Alarms[grouped].State);
            Assert.Equal(60 - 10 * life, (Assert.Single(back.Frame.Overrides).Until - back.Now).TotalMinutes, 0.1);
            Assert.Equal(3.3, back.Core.LoopDetail(back.State, 0).Tuning.Gain);
            Assert.True(back.Do(id => ScanCommand.ResetAll(id, "anna")).Accepted);
        }
    }

    [Fact]
    public void A_record_in_which_nothing_was_set_changes_nothing()
    {
        ScanRun run = Run(sketch.Build());
        Step(run, 3);
        ScanRun back = ComeBack(run, Minute), fresh = new(run.Rig, reset: false) { Now = back.Now - run.Rig.ScanPeriod };
        fresh.Step();
        Assert.Equal(fresh.Frame.Alarms, back.Frame.Alarms);
        Assert.Equal(fresh.Frame.Plan.Values, back.Frame.Plan.Values);
        Assert.Equal(fresh.Frame.RigTrip, back.Frame.RigTrip);
    }
}
