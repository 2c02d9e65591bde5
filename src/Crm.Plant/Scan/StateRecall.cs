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

    public void Take(BatchEvent happened)
    {
        // The clock began anew: an end in the time of before means nothing any more.
        if (happened.At < last) overrides.Clear();
        last = happened.At;
        alarms.Take(happened);
        TakeOverride(happened);
        TakeManual(happened);
        if (rig.Loop(happened.Subject) is >= 0 and int loop) LoopFacts.Recall(happened, ref state.Loops[loop]);
        if (ProofTests.DoneOn(rig, happened) is { } done) state.Trips.ProofDone[done.Trip] = done.Day;
    }

    /// <param name="commissioned">Checksum of the protection that the last batch ran with; empty when none is known.</param>
    /// <param name="present">Checksum of the rig's own.</param>
    public void End(TimeSpan now, string commissioned, string present)
    {
        alarms.End(now);
        bool changed = commissioned.Length > 0 && commissioned != present;
        if (changed) state.Trips.AwaitAcceptance(commissioned);
        var kept = ImmutableArray.CreateBuilder<OverrideStatus>();
        foreach (OverrideStatus entry in overrides)
        {
            bool lives = entry.Kind != OverrideKind.ForcedOutput && entry.Until > now && !(changed && entry.IsOfTrip) && kept.Count < OverrideMemory.Most;
            if (lives) kept.Add(entry);
            else state.Overrides.Lost.Add(entry);
        }

        state.Overrides.Set(kept.ToImmutable());
        foreach ((int output, (double value, string _)) in manual)
            if (value == rig.Outputs[output].Trip.Value && !rig.Outputs[output].Trip.Keep) state.Manual[output] = value;
    }

    private void TakeOverride(BatchEvent happened)
    {
        if (OverrideFacts.SetBy(rig, happened) is { } set) overrides.Add(set);
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
