namespace Crm.Plant.Alarms;

/// <summary>The four basic states of ISA-18.2 (ALM-02).</summary>
public enum AlarmState : byte
{
    Normal,
    UnacknowledgedActive,
    AcknowledgedActive,
    ReturnedUnacknowledged,
}

/// <summary>State of one alarm.</summary>
/// <param name="Occurrence">Counts raisings from 1; an acknowledgement names the occurrence it means (ALM-04).</param>
/// <param name="Since">Plant time of the last change of <paramref name="State"/>.</param>
public readonly record struct AlarmStatus(AlarmState State, long Occurrence, TimeSpan Since)
{
    public bool IsActive => State is AlarmState.UnacknowledgedActive or AlarmState.AcknowledgedActive;
}
