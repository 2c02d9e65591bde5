using Crm.Plant.Expressions;

namespace Crm.Plant.Alarms;

/// <summary>1 critical … 4 low, as on the glyphs of HMI-29.</summary>
public enum AlarmPriority
{
    Critical = 1,
    High = 2,
    Medium = 3,
    Low = 4,
}

/// <summary>An alarm exists only if it names cause, consequence, response and time to respond (ALM-01).</summary>
public sealed record AlarmDefinition(
    int Ordinal,
    string Id,
    string Text,
    Expression Condition,
    TimeSpan OnDelay,
    TimeSpan OffDelay,
    AlarmPriority Priority,
    string Consequence,
    string Response,
    TimeSpan TimeToRespond);
