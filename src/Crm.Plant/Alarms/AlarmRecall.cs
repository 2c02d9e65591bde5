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

    /// <summary>Figures are of one clock.</summary>
    private bool counts = true;

    public void Take(BatchEvent happened)
    {
        if (AlarmFacts.ResetGroup(happened) is { } group) FreeFirstOut(group);
        if (!ordinals.TryGetValue(happened.Subject, out int i) || AlarmFacts.After(happened, status[i]) is not { } after) return;
        if (counts && after.IsActive && !status[i].IsActive) memory.Metrics.Raised(i, happened.At);
        else if (counts && status[i].IsActive && !after.IsActive) memory.Metrics.Returned(i, happened.At);
        status[i] = after;
    }

    /// <summary>The clock began anew: a shelf that was to end in the time of before is over.</summary>
    public void ClockBegins()
    {
        for (int i = 0; i < status.Length; i++)
            if (status[i].State == AlarmState.Shelved) status[i] = status[i] with { State = AlarmState.Normal, Stands = false, Absence = null };
        counts = false;
    }

    /// <param name="shift">Added to every time.</param>
    public void End(TimeSpan now, TimeSpan shift)
    {
        if (shift != TimeSpan.Zero) Shift(shift);
        for (int i = 0; i < status.Length; i++)
            if (status[i].State == AlarmState.Suppressed) status[i] = status[i] with { State = status[i].Latched ? AlarmState.LatchedUnacknowledged : AlarmState.Normal };
        string[] groups = [.. AlarmGroups.Of(rig)];
        foreach (AlarmDefinition alarm in rig.Alarms)
            if (status[alarm.Ordinal].IsFirstOut && Array.IndexOf(groups, alarm.Group) is >= 0 and int taken) memory.FirstOuts |= 1UL << taken;
        memory.Status = status;
        memory.InstrumentsStir = true;
        if (counts && shift == TimeSpan.Zero) memory.Metrics.Advance(now);
        else memory.ForgetFigures(rig);
    }

    private void Shift(TimeSpan shift)
    {
        for (int i = 0; i < status.Length; i++)
        {
            AlarmAbsence? absence = status[i].Absence is { } was ? was with { Since = was.Since + shift, Until = was.Until + shift } : null;
            status[i] = status[i] with { Since = status[i].Since + shift, RaisedAt = status[i].RaisedAt + shift, Absence = absence };
        }
    }

    private void FreeFirstOut(string group)
    {
        foreach (AlarmDefinition alarm in rig.Alarms)
            if (alarm.Group == group) status[alarm.Ordinal] = status[alarm.Ordinal] with { IsFirstOut = false };
    }
}
