using System.Collections.Immutable;
using System.Numerics;
using Crm.Plant.Expressions;
using Crm.Plant.Phases;
using Crm.Plant.Protection;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;

namespace Crm.Plant.Alarms;

/// <summary>Which rule of suppression by design holds for an alarm (ALM-08), and which devices are lost (ALM-17).</summary>
internal sealed class SuppressionRules
{
    private readonly ImmutableArray<AlarmDefinition> alarms;
    private readonly LimitTest?[][] conditions;
    private readonly string[] buses;
    private readonly int[][] tagsOfBus;
    private readonly int[][] busesOfAlarm;
    private readonly int[] busOfAlarm;
    private readonly int[][][] tagsOfCause;
    private readonly ImmutableArray<TripDefinition> rows;

    public SuppressionRules(RigDefinition rig)
    {
        alarms = rig.Alarms;
        rows = rig.Trips;
        conditions = [.. alarms.Select(a => a.Suppressions.Select(s => s.Condition is { } c ? new LimitTest(c) : (LimitTest?)null).ToArray())];
        buses = [.. rig.Tags.Select(t => t.Bus).Distinct(StringComparer.Ordinal)];
        tagsOfBus = [.. buses.Select(b => rig.Tags.Where(t => t.Bus == b).Select(t => t.Ordinal).ToArray())];
        busOfAlarm = [.. alarms.Select(a => a.Kind == AlarmKind.Device ? Array.IndexOf(buses, a.Bus) : -1)];
        tagsOfCause = [.. alarms.Select(a => a.Kind == AlarmKind.Tripped ? rig.Trips[a.Trip].Causes.Select(c => c.Tags.ToArray()).ToArray() : [])];
        busesOfAlarm = [.. alarms.Select(a => BusesOf(rig, a))];
    }

    /// <summary>Works out which buses are lost; only needed while a tag is bad.</summary>
    public void FindLostDevices(ScanState state)
    {
        // One tag alone on its bus is its own device.
        for (int b = 0; b < buses.Length; b++) state.BusLost[b] = tagsOfBus[b].Length > 1 && Array.TrueForAll(tagsOfBus[b], t => state.TagBad[t]);
    }

    public static int BusCount(RigDefinition rig) => rig.Tags.Select(t => t.Bus).Distinct(StringComparer.Ordinal).Count();

    public bool IsLost(ScanState state, AlarmDefinition device) => busOfAlarm[device.Ordinal] is >= 0 and var bus && state.TagBad[tagsOfBus[bus][0]] && state.BusLost[bus];

    /// <summary>A bad tag of a lost device is the device's fault, not the instrument's.</summary>
    public bool IsFaulty(ScanState state, AlarmDefinition instrument) =>
        state.TagBad[instrument.Subject.Tag] && !state.BusLost[busesOfAlarm[instrument.Ordinal][0]];

    /// <summary>
    /// A row that tripped because its instruments are bad is their alarm (ALM-16, ALM-17), until they read again and the row still stands. Where several
    /// vote, one that reads is enough to speak.
    /// </summary>
    public LimitAnswer IsTripped(ScanState state, AlarmDefinition alarm)
    {
        TripStatus row = state.Trips.Status[alarm.Trip];
        if (row is not { IsTripped: true, FirstOut: not 0 }) return LimitAnswer.False;
        int[][] causes = tagsOfCause[alarm.Ordinal];
        for (ulong left = row.FirstOut | row.Active; left != 0; left &= left - 1)
            if (!IsBlind(state, rows[alarm.Trip].Causes[BitOperations.TrailingZeroCount(left)], causes[BitOperations.TrailingZeroCount(left)])) return LimitAnswer.True;
        return LimitAnswer.Bad;
    }

    private static bool IsBlind(ScanState state, CauseDefinition cause, int[] tags)
    {
        int bad = 0;
        foreach (int tag in tags)
            if (state.TagBad[tag]) bad++;
        return cause.Voter is null ? bad > 0 : bad == tags.Length;
    }

    /// <returns>The rule in force: 0 none, 1 … the alarm's own, one more for a lost device.</returns>
    public int InForce(ScanState state, int i, int before, LimitAnswer answer, bool anyBad)
    {
        ImmutableArray<AlarmSuppression> own = alarms[i].Suppressions;
        if (anyBad && IsBlinded(state, i, answer)) return own.Length + 1;
        for (int r = 0; r < own.Length; r++)
        {
            if (!Holds(state, own[r], conditions[i][r])) continue;
            state.Alarms.RuleHeldAt[i] = state.Now;
            return r + 1;
        }

        bool lingers = before >= 1 && before <= own.Length && state.Now - state.Alarms.RuleHeldAt[i] < own[before - 1].Afterwards;
        return lingers ? before : 0;
    }

    public string Text(int alarm, int rule)
    {
        ImmutableArray<AlarmSuppression> own = alarms[alarm].Suppressions;
        if (rule == 0) return "";
        return rule <= own.Length ? own[rule - 1].Text : "device lost: " + string.Join(", ", busesOfAlarm[alarm].Select(b => buses[b]));
    }

    private bool IsBlinded(ScanState state, int i, LimitAnswer answer)
    {
        bool dependent = alarms[i].Kind == AlarmKind.Instrument || answer == LimitAnswer.Bad;
        if (!dependent) return false;
        foreach (int bus in busesOfAlarm[i])
            if (state.BusLost[bus]) return true;
        return false;
    }

    private static bool Holds(ScanState state, AlarmSuppression rule, LimitTest? condition) => rule.Kind switch
    {
        SuppressionKind.UnitIdle => state.Now - state.ActiveAt(rule.Target) >= AlarmSuppression.IdleAfter,
        SuppressionKind.StartUp => state.Trips.Rig is { IsTripped: true, Fault: false },
        SuppressionKind.PhaseNotRunning => !IsRunning(state.Units[rule.Target], rule.Operations),
        SuppressionKind.Trip => state.Trips.Status[rule.Target].IsTripped,
        SuppressionKind.LoopIdle => !state.Loops[rule.Target].Running,
        _ => condition!.Value.Ask(state.Scope.Image, state.AlarmScope) == LimitAnswer.True,
    };

    private static bool IsRunning(in UnitActivity unit, ImmutableArray<string> operations)
    {
        if (unit.State != PhaseState.Running) return false;
        foreach (string operation in operations)
            if (operation == unit.Operation) return true;
        return operations.IsEmpty;
    }

    private int[] BusesOf(RigDefinition rig, AlarmDefinition alarm)
    {
        if (alarm.Kind == AlarmKind.Device) return [];
        IEnumerable<int> tags = alarm.Kind == AlarmKind.Tripped ? tagsOfCause[alarm.Ordinal].SelectMany(t => t) : alarm.Kind == AlarmKind.Instrument ? [alarm.Subject.Tag] : alarm.Kind == AlarmKind.Unmoved ? [alarm.Stillness.Tag] : alarm.Condition.Tags;
        return [.. tags.Where(t => t >= 0 && t < rig.Tags.Length).Select(t => Array.IndexOf(buses, rig.Tags[t].Bus)).Distinct()];
    }
}
