using Crm.Plant.Alarms;

namespace Crm.Plant.Scan;

/// <summary>What a person can ask of the scan itself; phase commands go to the unit controllers.</summary>
public enum ScanCommandKind : byte
{
    /// <summary>Reset one latched trip; refused while a cause is true (SAF-05). Never starts anything.</summary>
    ResetTrip,

    /// <summary>Reset the rig's own trip (start-up or internal fault).</summary>
    ResetRig,

    /// <summary>Reset the rig's own trip and every latched row whose causes are clear.</summary>
    ResetAll,
    AcknowledgeAlarm,

    /// <summary>Take an output in manual at a value, or change the value.</summary>
    TakeManual,
    ReturnManual,

    /// <summary>Reset a latched alarm whose condition has gone (ALM-05).</summary>
    ResetAlarm,
    ShelveAlarm,
    UnshelveAlarm,
    TakeAlarmOutOfService,
    ReturnAlarmToService,

    /// <summary>Free the first-out group of an alarm (ALM-13).</summary>
    ResetFirstOut,
}

/// <summary>A person's command to the scan: one deliberate act, judged once, at the next scan.</summary>
/// <param name="Id">Names the outcome; a repeated id is the sender's to drop.</param>
/// <param name="Target">Ordinal of trip, alarm or output.</param>
/// <param name="Value">Manual value in the output's unit; unused otherwise.</param>
/// <param name="Occurrence">Alarm occurrence that is acknowledged.</param>
/// <param name="By">Who.</param>
public readonly record struct ScanCommand(long Id, ScanCommandKind Kind, int Target, double Value, long Occurrence, string By)
{
    /// <summary>Reason, time and role of the commands to alarms that need them; else null.</summary>
    public AlarmOrder? Alarm { get; init; }

    public static ScanCommand ResetTrip(long id, int trip, string by) => new(id, ScanCommandKind.ResetTrip, trip, 0, 0, by);

    public static ScanCommand ResetRig(long id, string by) => new(id, ScanCommandKind.ResetRig, -1, 0, 0, by);

    public static ScanCommand ResetAll(long id, string by) => new(id, ScanCommandKind.ResetAll, -1, 0, 0, by);

    public static ScanCommand Acknowledge(long id, int alarm, long occurrence, string by) =>
        new(id, ScanCommandKind.AcknowledgeAlarm, alarm, 0, occurrence, by);

    /// <param name="kind">One of the commands to an alarm.</param>
    public static ScanCommand ToAlarm(long id, ScanCommandKind kind, int alarm, AlarmOrder? order, string by) => new(id, kind, alarm, 0, 0, by) { Alarm = order };

    public static ScanCommand TakeManual(long id, int output, double value, string by) => new(id, ScanCommandKind.TakeManual, output, value, 0, by);

    public static ScanCommand ReturnManual(long id, int output, string by) => new(id, ScanCommandKind.ReturnManual, output, 0, 0, by);
}
