using Crm.Plant.Quantities;
using Crm.Plant.Scan;

namespace Crm.Plant.Alarms;

/// <summary>What people ask. Each answer is null when done, else why not; what is refused changes nothing.</summary>
internal sealed partial class AlarmJudge
{
    public string? Obey(ScanState state, in ScanCommand command)
    {
        int i = command.Target;
        if (i < 0 || i >= alarms.Length) return $"there is no alarm {i}";
        string? why = command.Kind switch
        {
            ScanCommandKind.AcknowledgeAlarm => Acknowledge(state, i, command),
            ScanCommandKind.ResetAlarm => ByPerson(state, i, AlarmEvent.Reset, command.By, ""),
            ScanCommandKind.ShelveAlarm => Shelve(state, i, command),
            ScanCommandKind.UnshelveAlarm => ByPerson(state, i, AlarmEvent.Unshelve, command.By, ""),
            ScanCommandKind.TakeAlarmOutOfService => TakeOutOfService(state, i, command),
            ScanCommandKind.ReturnAlarmToService => ByPerson(state, i, AlarmEvent.ReturnToService, command.By, command.Reason),
            _ => ResetFirstOut(state, i, command.By),
        };
        if (why is null) state.Alarms.InstrumentsStir = true;
        return why is null ? null : $"{alarms[i].Id} {why}";
    }

    /// <summary>The AlarmMetrics object as it stands (ALM-20).</summary>
    public static AlarmMeterReading Meter(ScanState state) => state.Alarms.Meter.Read(state.Now, state.Alarms.Metrics.LastTenMinutes);

    /// <summary>Its Reset, by a person.</summary>
    public static string? ResetMeter(ScanState state, string by)
    {
        AlarmMeterReading last = Meter(state);
        state.Alarms.Meter.Reset(state.Now);
        state.Tell(ScanEventKind.AlarmMeterReset, -1, "alarms", $"alarm metrics begin anew; {last.AlarmCount} alarms since {PlantClock.Text(last.StartTime)}", by);
        return null;
    }

    private string? Acknowledge(ScanState state, int i, in ScanCommand order)
    {
        long present = state.Alarms.Status[i].Occurrence;
        return present == order.Occurrence
            ? ByPerson(state, i, AlarmEvent.Acknowledge, order.By, order.Reason)
            : $"is at occurrence {present}: occurrence {order.Occurrence} is not the present one";
    }

    private string? Shelve(ScanState state, int i, in ScanCommand order)
    {
        if (ShelvingRules.WhyNotShelve(alarms[i].Priority, order) is { } why) return Counted(state, why);
        if (IsRefused(state, i, AlarmEvent.Shelve)) return Counted(state, AlarmTable.Refusal(state.Alarms.Status[i].State, AlarmEvent.Shelve));
        AlarmStatus was = state.Alarms.Status[i];
        var absence = new AlarmAbsence(order.By, order.Reason, "", state.Now, state.Now + order.For, order.OneShot);
        string comment = $"{order.Reason}, for {PlantClock.Length(order.For)}{(order.OneShot ? " or until it returns" : "")}, time {was.Shelvings + 1}";
        Act(state, i, was with { Absence = absence, Shelvings = was.Shelvings + 1 }, AlarmEvent.Shelve, order.By, comment);
        return null;
    }

    private string? TakeOutOfService(ScanState state, int i, in ScanCommand order)
    {
        if (ShelvingRules.WhyNotOutOfService(order) is { } why) return Counted(state, why);
        if (IsRefused(state, i, AlarmEvent.TakeOutOfService)) return AlarmTable.Refusal(state.Alarms.Status[i].State, AlarmEvent.TakeOutOfService);
        var absence = new AlarmAbsence(order.By, order.Reason, order.Reference, state.Now, null, false);
        Act(state, i, state.Alarms.Status[i] with { Absence = absence }, AlarmEvent.TakeOutOfService, order.By, $"{order.Reason} ({order.Reference})");
        return null;
    }

    /// <summary>Frees the group of an alarm for its next first-out; clears no alarm (ISA-18.1 F3A).</summary>
    private string? ResetFirstOut(ScanState state, int i, string by)
    {
        if (groupOf[i] < 0) return "belongs to no first-out group";
        ulong group = 1UL << groupOf[i];
        if ((state.Alarms.FirstOuts & group) == 0) return $"group {alarms[i].Group} has no first-out";
        state.Alarms.FirstOuts &= ~group;
        var changed = (AlarmStatus[])state.Alarms.Status.Clone();
        for (int a = 0; a < changed.Length; a++)
            if (groupOf[a] == groupOf[i]) changed[a] = changed[a] with { IsFirstOut = false };
        state.Alarms.Status = changed;
        state.Tell(ScanEventKind.AlarmChanged, i, alarms[i].Group, $"first-out of group {alarms[i].Group} reset", by, facts: AlarmFacts.OfFirstOutReset(alarms[i].Group));
        return null;
    }

    private string? ByPerson(ScanState state, int i, AlarmEvent asked, string by, string comment)
    {
        AlarmStatus was = state.Alarms.Status[i];
        if (IsRefused(state, i, asked)) return AlarmTable.Refusal(was.State, asked);
        Act(state, i, was, asked, by, comment);
        return null;
    }

    private static bool IsRefused(ScanState state, int i, AlarmEvent asked) => AlarmTable.Cell(state.Alarms.Status[i].State, asked).Move == AlarmMove.Refuse;

    private void Act(ScanState state, int i, in AlarmStatus prepared, AlarmEvent asked, string by, string comment)
    {
        var round = new Round(state, false);
        round.Set(i, prepared);
        Apply(ref round, i, asked, by, comment);
        round.Finish(alarms, rules);
    }

    private static string Counted(ScanState state, string why)
    {
        state.Alarms.Metrics.SuppressionRefused();
        return why;
    }
}
