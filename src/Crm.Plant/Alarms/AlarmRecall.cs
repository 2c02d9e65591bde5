using Crm.Plant.Records;
using Crm.Plant.Rigs;

namespace Crm.Plant.Alarms;

/// <summary>
/// Walks a record and brings the alarms back as they stood: acknowledged, latched, shelved for the rest of the time, out of service, first
/// out taken, figures counted (ALM-22). What was suppressed by design is judged anew.
/// </summary>
internal sealed class AlarmRecall(RigDefinition rig, AlarmMemory memory)
{
    private readonly Dictionary<string, int> ordinals = rig.Alarms.ToDictionary(a => a.Id, a => a.Ordinal, StringComparer.Ordinal);
    private readonly AlarmStatus[] status = (AlarmStatus[])memory.Status.Clone();

    public void Take(BatchEvent happened)
    {
        if (AlarmFacts.ResetGroup(happened) is { } group) FreeFirstOut(group);
        if (!ordinals.TryGetValue(happened.Subject, out int i) || AlarmFacts.After(happened, status[i]) is not { } after) return;
        if (after.IsActive && !status[i].IsActive) memory.Metrics.Raised(i, happened.At);
        else if (status[i].IsActive && !after.IsActive) memory.Metrics.Returned(i, happened.At);
        status[i] = after;
    }

    public void End(TimeSpan now)
    {
        for (int i = 0; i < status.Length; i++)
            if (status[i].State == AlarmState.Suppressed) status[i] = status[i] with { State = status[i].Latched ? AlarmState.LatchedUnacknowledged : AlarmState.Normal };
        string[] groups = [.. AlarmGroups.Of(rig)];
        foreach (AlarmDefinition alarm in rig.Alarms)
            if (status[alarm.Ordinal].IsFirstOut && Array.IndexOf(groups, alarm.Group) is >= 0 and int taken) memory.FirstOuts |= 1UL << taken;
        memory.Status = status;
        memory.InstrumentsStir = true;
        memory.Metrics.Advance(now);
    }

    private void FreeFirstOut(string group)
    {
        foreach (AlarmDefinition alarm in rig.Alarms)
            if (alarm.Group == group) status[alarm.Ordinal] = status[alarm.Ordinal] with { IsFirstOut = false };
    }
}
