using System.Collections.Immutable;
using Crm.Plant.Expressions;
using Crm.Plant.Phases;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Plant.Tags;

namespace Crm.Plant.Alarms;

/// <summary>
/// Judges every alarm on the image of a scan: raises, clears, suppresses by design, ends shelving (ALM-02 … ALM-18). Compiled once, all
/// memory is in the <see cref="ScanState"/>. Nothing is allocated while nothing changes.
/// </summary>
internal sealed partial class AlarmJudge
{
    private readonly RigDefinition rig;
    private readonly ImmutableArray<AlarmDefinition> alarms;
    private readonly LimitTest[] raising;
    private readonly LimitTest[] holding;
    private readonly SuppressionRules rules;
    private readonly int[] groupOf;
    private readonly int processAlarms;
    private readonly int lastInstrument;
    private readonly int asideAlarm;

    public AlarmJudge(RigDefinition rig)
    {
        this.rig = rig;
        alarms = rig.Alarms;
        raising = [.. alarms.Select(a => new LimitTest(a.Condition))];
        holding = [.. alarms.Select((a, i) => a.Hold is null || ReferenceEquals(a.Hold, a.Condition) ? raising[i] : new LimitTest(a.Hold))];
        rules = new SuppressionRules(rig);
        string[] groups = [.. AlarmGroups.Of(rig)];
        if (groups.Length > AlarmGroups.Most) throw new ArgumentException($"{groups.Length} first-out groups, {AlarmGroups.Most} at most");
        groupOf = [.. alarms.Select(a => Array.IndexOf(groups, a.Group))];
        processAlarms = alarms.TakeWhile(a => !a.IsGenerated).Count();
        asideAlarm = alarms.FirstOrDefault(a => a.Kind == AlarmKind.SetAside)?.Ordinal ?? -1;
        lastInstrument = asideAlarm >= 0 ? asideAlarm : alarms.Length;
    }

    public void Judge(ScanState state)
    {
        var round = new Round(state, state.TagBad.AsSpan().Contains(true));
        if (round.AnyBad) rules.FindLostDevices(state);
        for (int i = 0; i < processAlarms; i++) JudgeOne(ref round, i);
        if (round.AnyBad || state.Alarms.InstrumentsStir) JudgeInstruments(ref round);
        if (asideAlarm >= 0) JudgeOne(ref round, asideAlarm);
        round.Finish(alarms, rules);
        state.Alarms.Metrics.Advance(state.Now);
    }

    public string SuppressionText(int alarm, int rule) => rules.Text(alarm, rule);

    private void JudgeInstruments(ref Round round)
    {
        bool stir = false;
        for (int i = processAlarms; i < lastInstrument; i++)
        {
            JudgeOne(ref round, i);
            stir |= round.Memory.Turning[i] || round.Status[i] is not { State: AlarmState.Normal, Stands: false, Rule: 0 };
        }

        round.Memory.InstrumentsStir = stir;
    }

    private void JudgeOne(ref Round round, int i)
    {
        ref readonly AlarmStatus was = ref round.Status[i];
        LimitAnswer answer = Ask(round.State, alarms[i], was.Stands);
        int rule = rules.InForce(round.State, i, was.Rule, answer, round.AnyBad);
        if (rule != was.Rule) SetRule(ref round, i, rule);
        if (IsTurned(round.State, i, answer, round.Status[i].Stands)) Turn(ref round, i);
        if (round.Status[i].State is AlarmState.AcknowledgedActive or AlarmState.Shelved) JudgeTimes(ref round, i);
    }

    private LimitAnswer Ask(ScanState state, AlarmDefinition alarm, bool stands) => alarm.Kind switch
    {
        AlarmKind.Instrument => rules.IsFaulty(state, alarm) ? LimitAnswer.True : LimitAnswer.False,
        AlarmKind.Device => rules.IsLost(state, alarm) ? LimitAnswer.True : LimitAnswer.False,
        AlarmKind.Unmoved => StandsStill(state, alarm),
        AlarmKind.SetAside => state.Overrides.OverShift ? LimitAnswer.True : LimitAnswer.False,
        AlarmKind.Held => state.Units[alarm.Unit].State is PhaseState.Holding or PhaseState.Held ? LimitAnswer.True : LimitAnswer.False,
        AlarmKind.Tripped => rules.IsTripped(state, alarm),
        _ => (stands ? holding : raising)[alarm.Ordinal].Ask(state.Scope.Image, state.AlarmScope),
    };

    private static LimitAnswer StandsStill(ScanState state, AlarmDefinition alarm)
    {
        AlarmMemory memory = state.Alarms;
        int i = alarm.Ordinal;
        AlarmStillness still = alarm.Stillness;
        ref readonly Reading reading = ref state.Scope.Image[still.Tag];
        bool watched = still.Output < 0 || state.Last[still.Output] > still.Above;
        if (reading.IsBad || !watched)
        {
            memory.StillFrom[i] = double.NaN;
            return reading.IsBad ? LimitAnswer.Bad : LimitAnswer.False;
        }

        if (!(Math.Abs(reading.Value - memory.StillFrom[i]) < still.By))
        {
            memory.StillFrom[i] = reading.Value;
            memory.StillSince[i] = state.Now;
        }

        return state.Now - memory.StillSince[i] >= still.Within ? LimitAnswer.True : LimitAnswer.False;
    }

    private bool IsTurned(ScanState state, int i, LimitAnswer answer, bool stands)
    {
        AlarmMemory memory = state.Alarms;
        if (answer == LimitAnswer.Bad || answer == LimitAnswer.True == stands)
        {
            memory.Turning[i] = false;
            return false;
        }

        if (!memory.Turning[i]) memory.TurningSince[i] = state.Now;
        memory.Turning[i] = true;
        return state.Now - memory.TurningSince[i] >= (stands ? alarms[i].OffDelay : alarms[i].OnDelay);
    }

    private void Turn(ref Round round, int i)
    {
        round.Memory.Turning[i] = false;
        AlarmStatus was = round.Status[i];
        round.Set(i, was with { Stands = !was.Stands });
        AlarmEvent happened = !was.Stands ? AlarmEvent.Raise : alarms[i].Latch ? AlarmEvent.ReturnLatching : AlarmEvent.Return;
        Apply(ref round, i, happened, "", "");
        if (was.Stands && round.Status[i] is { State: AlarmState.Shelved, Absence.OneShot: true }) Apply(ref round, i, AlarmEvent.Unshelve, "", "one-shot: returned");
    }

    private void SetRule(ref Round round, int i, int rule)
    {
        AlarmStatus was = round.Status[i];
        // What stood while it meant nothing must stand for its on-delay again: a start would otherwise be greeted by every alarm of the rest.
        bool afresh = rule == 0 && was.State == AlarmState.Suppressed;
        if (afresh) round.Memory.Turning[i] = false;
        round.Set(i, was with { Rule = rule, Stands = was.Stands && !afresh });
        if (was.Rule == 0) Apply(ref round, i, AlarmEvent.Suppress, "", rules.Text(i, rule));
        else if (rule == 0) Apply(ref round, i, AlarmEvent.Release, "", "");
    }

    private void JudgeTimes(ref Round round, int i)
    {
        ref readonly AlarmStatus status = ref round.Status[i];
        if (status is { State: AlarmState.Shelved, Absence.Until: { } until } && round.State.Now >= until)
            Apply(ref round, i, AlarmEvent.Unshelve, "", "shelving ended by time");
        else if (status.State == AlarmState.AcknowledgedActive && alarms[i].ReAlarm is { } again && round.State.Now - status.Since >= again)
            Apply(ref round, i, AlarmEvent.ReAlarm, "", "still active: acknowledge again");
    }

    /// <summary>The one place where an alarm changes its state.</summary>
    private void Apply(ref Round round, int i, AlarmEvent happened, string by, string comment)
    {
        AlarmStatus was = round.Status[i];
        AlarmCell cell = AlarmTable.Cell(was.State, happened);
        if (cell.Move is AlarmMove.Stay or AlarmMove.Refuse) return;
        AlarmState to = cell.Move == AlarmMove.Go ? cell.To : Dictated(was);
        AlarmStatus next = was with { State = to, Since = round.State.Now, Absence = to is AlarmState.Shelved or AlarmState.OutOfService ? was.Absence : null };
        if (happened == AlarmEvent.Reset) next = next with { Latched = false };
        bool annunciated = to == AlarmState.UnacknowledgedActive;
        if (annunciated) next = Annunciated(ref round, i, next, !was.IsActive);
        round.Set(i, next);
        Count(round.State, i, was, next, happened);
        round.Tell(alarms[i], was.State, next, happened, by, comment);
    }

    private static AlarmState Dictated(in AlarmStatus was)
    {
        if (was.Rule != 0) return AlarmState.Suppressed;
        if (was.Stands) return AlarmState.UnacknowledgedActive;
        return was.Latched ? AlarmState.LatchedUnacknowledged : AlarmState.Normal;
    }

    private AlarmStatus Annunciated(ref Round round, int i, in AlarmStatus next, bool isNew)
    {
        AlarmStatus raised = next with { Occurrence = next.Occurrence + 1, Latched = alarms[i].Latch };
        if (!isNew) return raised;
        raised = raised with { RaisedAt = round.State.Now };
        if (groupOf[i] < 0) return raised;
        ulong group = 1UL << groupOf[i];
        if ((round.Memory.FirstOuts & group) != 0) return raised;
        round.FirstOuts |= group;
        return raised with { IsFirstOut = true };
    }

    private static void Count(ScanState state, int i, in AlarmStatus was, in AlarmStatus next, AlarmEvent happened)
    {
        AlarmMetrics metrics = state.Alarms.Metrics;
        if (next.IsActive && !was.IsActive) metrics.Raised(i, state.Now);
        else if (was.IsActive && !next.IsActive) metrics.Returned(i, state.Now);
        if (happened == AlarmEvent.Acknowledge) metrics.Acknowledged(state.Now - was.RaisedAt);
        if (next.State == AlarmState.Shelved) metrics.Shelved();
        if (next.State == AlarmState.OutOfService) metrics.TakenOutOfService();
        state.Alarms.Meter.Changed(i, was, next, state.Now, metrics.LastTenMinutes);
    }
}
