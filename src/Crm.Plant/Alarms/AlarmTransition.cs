namespace Crm.Plant.Alarms;

/// <summary>One transition of one alarm, for the record (ALM-10). Time, scan and person are in the event that carries it.</summary>
/// <param name="Value">Reading of the alarm's subject in that scan; NaN when bad or none.</param>
/// <param name="Comment">Reason, rule or reference.</param>
public sealed record AlarmTransition(AlarmState From, AlarmState To, AlarmEvent Cause, long Occurrence, double Value, string Comment)
{
    /// <summary>The alarm after it.</summary>
    public AlarmStatus Status { get; init; }
}
