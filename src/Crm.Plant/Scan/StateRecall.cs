using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Alarms;
using Crm.Plant.Loops;
using Crm.Plant.Protection;
using Crm.Plant.Records;
using Crm.Plant.Rigs;

namespace Crm.Plant.Scan;

/// <summary>
/// Walks the record of a rig and brings back what people had set and what alarms were, after the controller was lost (ALM-22): alarm states,
/// bypasses and substitutions for the rest of their time, days of proof tests, loop modes and tunings, the protection that was accepted.
/// What drove an output is not brought back: a force ends, an output in manual stays with the person only where it was at rest.
/// </summary>
internal sealed class StateRecall(RigDefinition rig, ScanState state)
{
    private readonly AlarmRecall alarms = new(rig, state.Alarms);
    private readonly List<OverrideStatus> overrides = [];
    private readonly SortedDictionary<int, (double Value, string By)> manual = [];
    private TimeSpan last;

    /// <summary>First words of the facts that are taken.</summary>
    private static readonly string[] prefixes = ["alarm.", "override.", "loop.mode", "proof_test", ManualKey, "protection_sha256", "hard_wired"];

    public static bool Concerns(BatchEvent happened) =>
        happened.Data.Keys.Any(k => Array.Exists(prefixes, p => k.StartsWith(p, StringComparison.Ordinal)));

    public void Take(BatchEvent happened)
    {
        // The clock began anew: what goes on was stated again behind it, and an end in the time of before means nothing any more.
        if (happened.At < last)
        {
            overrides.Clear();
            alarms.ClockBegins();
        }

        last = happened.At;
        alarms.Take(happened);
        TakeOverride(happened);
        TakeManual(happened);
        if (rig.Loop(happened.Subject) is >= 0 and int loop) LoopFacts.Recall(happened, ref state.Loops[loop]);
        if (Commissioning.TickedBy(rig, happened) is var (ticked, tick)) state.Trips.HardWired = state.Trips.HardWired.SetItem(ticked, tick);
        if (ProofTests.DoneOn(rig, happened) is { } done) state.Trips.ProofDone[done.Trip] = done.Day;
    }

    /// <param name="commissioned">Checksum of the protection that the last batch ran with; empty when none is known.</param>
    /// <param name="present">Checksum of the rig's own.</param>
    /// <param name="shift">What is added to times of the record to make them times of the clock that goes on.</param>
    public void End(TimeSpan now, TimeSpan shift, string commissioned, string present)
    {
        alarms.End(now, shift);
        bool changed = commissioned.Length > 0 && commissioned != present;
        if (changed) state.Trips.AwaitAcceptance(commissioned);
        var kept = ImmutableArray.CreateBuilder<OverrideStatus>();
        foreach (OverrideStatus was in overrides)
        {
            OverrideStatus entry = was with { Since = was.Since + shift, Until = was.Until + shift };
            bool lives = entry.Kind != OverrideKind.ForcedOutput && entry.Until > now && !(changed && entry.IsOfTrip) && kept.Count < OverrideMemory.Most;
            if (lives) kept.Add(entry);
            else state.Overrides.Lost.Add(entry);
        }

        state.Overrides.Set(kept.ToImmutable());
        foreach ((int output, (double value, string _)) in manual)
            if (value == rig.Outputs[output].Trip.Value && !rig.Outputs[output].Trip.Keep) state.Manual[output] = value;
        if (shift != TimeSpan.Zero) StateAgain(changed ? "" : commissioned);
    }

    /// <summary>A record of its own begins: what goes on stands in it too, in the times of its clock.</summary>
    private void StateAgain(string protection)
    {
        const string goesOn = "as before the restart";
        foreach (AlarmDefinition alarm in rig.Alarms)
        {
            AlarmStatus status = state.Alarms.Status[alarm.Ordinal];
            if (status is { State: AlarmState.Normal, Latched: false }) continue;
            AlarmEvent cause = status.State == AlarmState.Shelved ? AlarmEvent.Shelve : status.State == AlarmState.OutOfService ? AlarmEvent.TakeOutOfService : AlarmEvent.Raise;
            var transition = new AlarmTransition(status.State, status.State, cause, status.Occurrence, double.NaN, goesOn) { Status = status };
            Say(new ScanEvent(ScanEventKind.AlarmChanged, alarm.Ordinal, alarm.Id, $"{alarm.Id} {AlarmTable.Word(status.State)}, {goesOn}", status.Absence?.By ?? "") { Alarm = transition });
        }

        foreach (OverrideStatus entry in state.Overrides.Active)
        {
            string name = OverrideWords.Name(rig, entry);
            Say(new ScanEvent(ScanEventKind.OverrideSet, entry.Target, name, $"{name}: {entry.Kind} by {entry.By} goes on {goesOn}: {entry.Reason}", entry.By) { Facts = OverrideFacts.Set(entry) });
        }

        foreach (LoopDefinition loop in rig.Loops)
            if (LoopFacts.Of(state.Loops[loop.Ordinal]) is var facts && !facts.SequenceEqual(LoopFacts.Of(LoopMemory.Fresh(rig.Loops)[loop.Ordinal])))
                Say(new ScanEvent(ScanEventKind.LoopTuned, loop.Ordinal, loop.Name, $"{loop.Name}: mode and tuning {goesOn}") { Facts = facts });
        foreach (TripDefinition row in rig.Trips)
            if (state.Trips.ProofDone[row.Ordinal] is > 0 and int day)
                Say(new ScanEvent(ScanEventKind.ProofTestDone, row.Ordinal, row.Id, $"{row.Id}: proof test of before the restart") { Facts = ProofTests.Facts(DateOnly.FromDayNumber(day)) });
        foreach (HardWiredProtection wired in rig.HardWired)
            if (state.Trips.HardWired[wired.Ordinal] is { IsTicked: true } tick)
                Say(new ScanEvent(ScanEventKind.HardWiredTicked, wired.Ordinal, wired.Name, $"{wired.Name}: seen to work before the restart", tick.By) { Facts = Commissioning.Facts(wired, tick) });
        foreach (int output in manual.Keys.Where(o => !double.IsNaN(state.Manual[o])))
            Say(new ScanEvent(ScanEventKind.ManualTaken, output, rig.Outputs[output].Name, $"{rig.Outputs[output].Name} in manual, {goesOn}", manual[output].By) { Facts = Manual(state.Manual[output]) });
        if (protection.Length > 0) Say(new ScanEvent(ScanEventKind.ProtectionAccepted, -1, ProtectionChange.Subject, $"the protection is that of the last batch, {ProtectionChange.Short(protection)}") { Facts = ProtectionChange.Facts(protection) });
    }

    private void Say(in ScanEvent stands) => state.Standing.Add(stands);

    private void TakeOverride(BatchEvent happened)
    {
        if (OverrideFacts.SetBy(rig, happened) is { } set)
        {
            // Stated again after a restart: there is one of a kind on a target.
            overrides.RemoveAll(o => o.Kind == set.Kind && o.Target == set.Target);
            overrides.Add(set);
        }
        else if (OverrideFacts.EndedBy(rig, happened) is var (kind, target)) overrides.RemoveAll(o => o.Kind == kind && o.Target == target);
    }

    private void TakeManual(BatchEvent happened)
    {
        if (!happened.Data.TryGetValue(ManualKey, out string? text) || rig.Output(happened.Subject) is not (>= 0 and int output)) return;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)) manual[output] = (value, happened.Cause);
        else manual.Remove(output);
    }

    private const string ManualKey = "manual";

    /// <summary>An output in manual at a value, or given back (not a number), as facts of the record.</summary>
    public static ImmutableSortedDictionary<string, string> Manual(double value) =>
        BatchEvent.NoData.Add(ManualKey, double.IsNaN(value) ? "returned" : value.ToString("R", CultureInfo.InvariantCulture));
}
