using System.Collections.Immutable;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Plant.Tags;

namespace Crm.Plant.Alarms;

/// <summary>Raises, clears and acknowledges alarms (ALM-02, ALM-11).</summary>
internal sealed class AlarmJudge(RigDefinition rig)
{
    private readonly ImmutableArray<AlarmDefinition> alarms = rig.Alarms;

    public void Judge(ScanState state)
    {
        AlarmStatus[]? changed = null;
        for (int i = 0; i < alarms.Length; i++)
        {
            if (!Turns(alarms[i], state, i)) continue;
            changed ??= (AlarmStatus[])state.Alarms.Status.Clone();
            changed[i] = Turn(state, alarms[i], changed[i]);
        }

        if (changed is not null) state.Alarms.Status = changed;
    }

    /// <summary>Acknowledges one occurrence.</summary>
    /// <returns>Null when done, else why not.</returns>
    public string? Acknowledge(ScanState state, int ordinal, long occurrence, string by)
    {
        if (ordinal < 0 || ordinal >= alarms.Length) return $"there is no alarm {ordinal}";
        AlarmStatus was = state.Alarms.Status[ordinal];
        string id = alarms[ordinal].Id;
        if (was.Occurrence != occurrence) return $"{id}: occurrence {occurrence} is not the present one, {was.Occurrence} is";
        AlarmState next = was.State switch
        {
            AlarmState.UnacknowledgedActive => AlarmState.AcknowledgedActive,
            AlarmState.ReturnedUnacknowledged => AlarmState.Normal,
            _ => was.State,
        };
        if (next == was.State) return $"{id} waits for no acknowledgement";
        var changed = (AlarmStatus[])state.Alarms.Status.Clone();
        changed[ordinal] = was with { State = next, Since = state.Now };
        state.Alarms.Status = changed;
        state.Tell(ScanEventKind.AlarmAcknowledged, ordinal, id, $"{id} acknowledged", by);
        return null;
    }

    // A bad input neither raises nor clears: the instrument's own event speaks (ALM-16).
    private static bool Turns(AlarmDefinition alarm, ScanState state, int i)
    {
        AlarmMemory memory = state.Alarms;
        Reading answer = alarm.Condition.Evaluate(state.Scope);
        bool active = memory.Status[i].IsActive;
        if (answer.IsBad || double.IsNaN(answer.Value) || answer.Value != 0 == active)
        {
            memory.Turning[i] = false;
            return false;
        }

        if (!memory.Turning[i]) memory.TurningSince[i] = state.Now;
        memory.Turning[i] = true;
        return state.Now - memory.TurningSince[i] >= (active ? alarm.OffDelay : alarm.OnDelay);
    }

    private static AlarmStatus Turn(ScanState state, AlarmDefinition alarm, in AlarmStatus was)
    {
        state.Alarms.Turning[alarm.Ordinal] = false;
        if (!was.IsActive)
        {
            state.Tell(ScanEventKind.AlarmRaised, alarm.Ordinal, alarm.Id, alarm.Text);
            return new AlarmStatus(AlarmState.UnacknowledgedActive, was.Occurrence + 1, state.Now);
        }

        state.Tell(ScanEventKind.AlarmCleared, alarm.Ordinal, alarm.Id, alarm.Text);
        AlarmState next = was.State == AlarmState.UnacknowledgedActive ? AlarmState.ReturnedUnacknowledged : AlarmState.Normal;
        return was with { State = next, Since = state.Now };
    }
}
