using System.Collections.Immutable;
using Crm.Plant.Alarms;
using Crm.Plant.Scan;

namespace Crm.Control;

/// <summary>Commands to alarms, and the lists beside the alarm list.</summary>
public sealed partial class PlantController
{
    /// <summary>Figures about the alarms, live and per shift and day (ALM-19).</summary>
    public AlarmMetrics AlarmMetrics => rigState.Scan.AlarmMetrics;

    /// <summary>The AlarmMetrics object since its last reset (ALM-20).</summary>
    public AlarmMeterReading AlarmMeter => ScanCore.AlarmMeter(rigState.Scan);

    /// <summary>Alarms that are shelved, suppressed by design or out of service, with the rule or person that did it (ALM-06, ALM-08, ALM-09).</summary>
    public ImmutableArray<AbsentAlarm> AbsentAlarms() => rigState.Frame is not { } frame
        ? []
        : [.. Rig.Alarms.Where(a => frame.Alarms[a.Ordinal].State >= AlarmState.Shelved).Select(a => Absent(a, frame.Alarms[a.Ordinal]))];

    private AbsentAlarm Absent(AlarmDefinition alarm, in AlarmStatus status) =>
        new(alarm, status, status.Absence is { } absence ? $"{absence.Reason} ({absence.By})" : core.SuppressionText(alarm.Ordinal, status.Rule));

    private ScanOrderTo OfAlarm(AlarmCommand command) => new(IndexOf(Rig.Alarms, a => a.Id == command.Alarm), "alarm", command.Order);
}
