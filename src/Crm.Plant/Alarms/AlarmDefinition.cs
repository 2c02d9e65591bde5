using System.Collections.Immutable;
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

/// <summary>What an alarm looks at.</summary>
public enum AlarmKind
{
    /// <summary>A condition on tags.</summary>
    Limit,

    /// <summary>Distance of a loop's process value from its working setpoint.</summary>
    Deviation,

    /// <summary>A tag that stands still although it should move.</summary>
    Unmoved,

    /// <summary>A unit is held and waits for a person.</summary>
    Held,

    /// <summary>A row of the protection matrix has tripped by a cause of its own.</summary>
    Tripped,

    /// <summary>The tag itself is bad (ALM-16). Made by <see cref="InstrumentAlarms"/>.</summary>
    Instrument,

    /// <summary>Every tag of a bus is bad (ALM-17). Made by <see cref="InstrumentAlarms"/>.</summary>
    Device,

    /// <summary>Protection stood set aside at the change of shift and still does (SAF-15). Made by <see cref="InstrumentAlarms"/>.</summary>
    SetAside,
}

/// <summary>The one value an alarm is about, for lists and records (ALM-10).</summary>
/// <param name="Tag">Tag ordinal, -1 where the condition has no single tag.</param>
/// <param name="Limit">In <paramref name="Unit"/>; NaN where there is none.</param>
/// <param name="Unit">Unit of value and limit.</param>
public readonly record struct AlarmSubject(int Tag, double Limit, string Unit)
{
    public static readonly AlarmSubject None = new(-1, double.NaN, "");
}

/// <summary>
/// A tag that must move: <paramref name="By"/> in its own unit within <paramref name="Within"/>, all the time or while an output is above a value.
/// </summary>
/// <param name="Output">Output ordinal, or -1: all the time.</param>
/// <param name="Above">In the output's unit.</param>
public readonly record struct AlarmStillness(int Tag, double By, TimeSpan Within, int Output, double Above);

/// <summary>An alarm exists only if it names cause, consequence, response and time to respond (ALM-01).</summary>
/// <param name="Condition">True raises it. For a deviation a <see cref="SlotValue"/> is the loop of that ordinal: process value minus working setpoint.</param>
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
    TimeSpan TimeToRespond)
{
    public AlarmKind Kind { get; init; }

    /// <summary>Likely cause, for the person who answers.</summary>
    public string Cause { get; init; } = "";

    /// <summary>The condition in words.</summary>
    public string ConditionText { get; init; } = "";

    public AlarmSubject Subject { get; init; } = AlarmSubject.None;

    /// <summary>Holds an active alarm: <see cref="Condition"/> with its limits moved by the deadbands; null: the condition itself (ALM-11).</summary>
    public Expression? Hold { get; init; }

    /// <summary>In the unit of <see cref="Subject"/>; 0: none.</summary>
    public double Deadband { get; init; }

    /// <summary>An acknowledged alarm that is still active after this is unacknowledged again (ALM-12); null: never.</summary>
    public TimeSpan? ReAlarm { get; init; }

    /// <summary>Stays until a person resets it after the condition has gone (ALM-05).</summary>
    public bool Latch { get; init; }

    /// <summary>First-out group (ALM-13); empty: none.</summary>
    public string Group { get; init; } = "";

    /// <summary>Suppression by design; the first rule that is true is the one that is named (ALM-08).</summary>
    public ImmutableArray<AlarmSuppression> Suppressions { get; init; } = [];

    /// <summary>Only for <see cref="AlarmKind.Unmoved"/>.</summary>
    public AlarmStillness Stillness { get; init; }

    /// <summary>Unit ordinal of a <see cref="AlarmKind.Held"/> alarm; else -1.</summary>
    public int Unit { get; init; } = -1;

    /// <summary>Trip ordinal of a <see cref="AlarmKind.Tripped"/> alarm; else -1.</summary>
    public int Trip { get; init; } = -1;

    /// <summary>Bus of a <see cref="AlarmKind.Device"/> alarm.</summary>
    public string Bus { get; init; } = "";

    /// <summary>True for the alarms that follow from the instrument list instead of standing in the rig file.</summary>
    public bool IsGenerated => Kind is AlarmKind.Instrument or AlarmKind.Device or AlarmKind.SetAside;
}
