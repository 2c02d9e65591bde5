using Crm.Plant.Scan;

namespace Crm.Control;

/// <summary>Something a person wants of one alarm. Judged by the next scan; what is refused changes nothing.</summary>
/// <param name="Alarm">Id of the alarm.</param>
public abstract record AlarmCommand(long Id, string By, string Alarm) : OperatorCommand(Id, By)
{
    internal abstract ScanCommandKind Kind { get; }

    /// <param name="alarm">Ordinal of the alarm.</param>
    internal virtual ScanCommand Order(int alarm) => ScanCommand.ToAlarm(Id, Kind, alarm, By);
}

/// <param name="Occurrence">The occurrence that was seen; a later one stays unacknowledged (ALM-04).</param>
/// <param name="Note">What the person saw or did, for the record; may be empty.</param>
public sealed record AcknowledgeAlarm(long Id, string By, string Alarm, long Occurrence, string Note = "") : AlarmCommand(Id, By, Alarm)
{
    internal override ScanCommandKind Kind => ScanCommandKind.AcknowledgeAlarm;

    internal override ScanCommand Order(int alarm) => ScanCommand.Acknowledge(Id, alarm, Occurrence, By) with { Reason = Note };
}

/// <summary>Resets a latched alarm whose condition has gone.</summary>
public sealed record ResetAlarm(long Id, string By, string Alarm) : AlarmCommand(Id, By, Alarm)
{
    internal override ScanCommandKind Kind => ScanCommandKind.ResetAlarm;
}

/// <summary>Shelves for a time that its priority allows.</summary>
/// <param name="OneShot">Ends with the return of the condition if that is earlier.</param>
public sealed record ShelveAlarm(long Id, string By, string Alarm, TimeSpan For, string Reason, bool OneShot = false) : AlarmCommand(Id, By, Alarm)
{
    internal override ScanCommandKind Kind => ScanCommandKind.ShelveAlarm;

    internal override ScanCommand Order(int alarm) => base.Order(alarm) with { Reason = Reason, For = For, OneShot = OneShot };
}

public sealed record UnshelveAlarm(long Id, string By, string Alarm) : AlarmCommand(Id, By, Alarm)
{
    internal override ScanCommandKind Kind => ScanCommandKind.UnshelveAlarm;
}

/// <param name="Reference">Work order.</param>
public sealed record TakeAlarmOutOfService(long Id, string By, string Alarm, string Reason, string Reference) : AlarmCommand(Id, By, Alarm)
{
    internal override ScanCommandKind Kind => ScanCommandKind.TakeAlarmOutOfService;

    internal override ScanCommand Order(int alarm) => base.Order(alarm) with { Reason = Reason, Reference = Reference };
}

public sealed record ReturnAlarmToService(long Id, string By, string Alarm, string Reason = "") : AlarmCommand(Id, By, Alarm)
{
    internal override ScanCommandKind Kind => ScanCommandKind.ReturnAlarmToService;

    internal override ScanCommand Order(int alarm) => base.Order(alarm) with { Reason = Reason };
}

/// <summary>The Reset of the AlarmMetrics object (ALM-20).</summary>
public sealed record ResetAlarmMeter(long Id, string By) : OperatorCommand(Id, By);

/// <summary>Frees the first-out group of the alarm; clears no alarm.</summary>
public sealed record ResetFirstOut(long Id, string By, string Alarm) : AlarmCommand(Id, By, Alarm)
{
    internal override ScanCommandKind Kind => ScanCommandKind.ResetFirstOut;
}
