namespace Crm.Plant.Alarms;

/// <summary>The states of ISA-18.2 (ALM-02).</summary>
public enum AlarmState : byte
{
    Normal,
    UnacknowledgedActive,
    AcknowledgedActive,
    ReturnedUnacknowledged,

    /// <summary>The condition has gone, a person has neither acknowledged nor reset (ALM-05).</summary>
    LatchedUnacknowledged,

    /// <summary>The condition has gone, a person has yet to reset.</summary>
    LatchedAcknowledged,

    /// <summary>By a person, for a time, with a reason (ALM-06).</summary>
    Shelved,

    /// <summary>Suppressed by design: by a rule of the rig file or by a lost device (ALM-08).</summary>
    Suppressed,

    /// <summary>By maintenance, until returned (ALM-09).</summary>
    OutOfService,
}

/// <summary>Who took an alarm out of annunciation, why and until when.</summary>
/// <param name="Reference">Work order of an alarm out of service.</param>
/// <param name="Until">Plant time at which shelving ends by itself; null: out of service, which never ends by itself.</param>
/// <param name="OneShot">Shelving ends with the return of the condition, at the latest at <paramref name="Until"/>.</param>
public sealed record AlarmAbsence(string By, string Reason, string Reference, TimeSpan Since, TimeSpan? Until, bool OneShot);

/// <summary>State of one alarm.</summary>
/// <param name="Occurrence">Counts annunciations from 1; an acknowledgement names the occurrence it means (ALM-04).</param>
/// <param name="Since">Plant time of the last change of <paramref name="State"/>.</param>
public readonly record struct AlarmStatus(AlarmState State, long Occurrence, TimeSpan Since)
{
    /// <summary>The condition stands, delays over. Judged on, whether or not the alarm is annunciated.</summary>
    public bool Stands { get; init; }

    /// <summary>Plant time at which the present or last occurrence was annunciated.</summary>
    public TimeSpan RaisedAt { get; init; }

    /// <summary>Among the first of its group since the last first-out reset (ALM-13).</summary>
    public bool IsFirstOut { get; init; }

    /// <summary>A latching alarm was annunciated and has not been reset; it survives shelving and suppression.</summary>
    public bool Latched { get; init; }

    /// <summary>Rule that is true: 1 … of <see cref="AlarmDefinition.Suppressions"/>, one more: its device is lost; 0: none. Also known while shelved.</summary>
    public int Rule { get; init; }

    /// <summary>Shelved or out of service: who and why; else null.</summary>
    public AlarmAbsence? Absence { get; init; }

    /// <summary>Times it has been shelved (ALM-07).</summary>
    public int Shelvings { get; init; }

    public bool IsActive => State is AlarmState.UnacknowledgedActive or AlarmState.AcknowledgedActive;

    /// <summary>On the list of alarms: active, latched or waiting for an acknowledgement.</summary>
    public bool IsAnnunciated => State is >= AlarmState.UnacknowledgedActive and <= AlarmState.LatchedAcknowledged;

    public bool IsUnacknowledged => State is AlarmState.UnacknowledgedActive or AlarmState.ReturnedUnacknowledged or AlarmState.LatchedUnacknowledged;
}
