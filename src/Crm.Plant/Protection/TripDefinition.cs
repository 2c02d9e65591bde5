using System.Collections.Immutable;
using Crm.Plant.Expressions;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;

namespace Crm.Plant.Protection;

/// <summary>What a cause does when one of its inputs is bad (SAF-08). The default is <see cref="Trip"/>.</summary>
public enum BadInput
{
    Trip,
    UseLastGoodFor,

    /// <summary>The last good answer counts without limit of time; trips when there never was one.</summary>
    UseValue,
    Ignore,
}

/// <summary>How a row may be treated (SAF-16).</summary>
public enum TripClass : byte
{
    /// <summary>Guards people. Never bypassed, always latched.</summary>
    Safety,

    /// <summary>Guards equipment and surroundings. Never bypassed, always latched. What a row is that does not say.</summary>
    Protective,

    /// <summary>Guards product and procedure: may be bypassed where the row declares it, and may clear itself.</summary>
    Process,
}

/// <summary>True while the plan of the scan before drives an output within a range.</summary>
public readonly record struct OutputGate(int Output, double Low, double High);

/// <summary>One cause: a condition on tags, a vote of channels or a watch over time, with its own delay.</summary>
/// <param name="Text">As written in the rig file; shown as the first-out.</param>
public sealed record CauseDefinition(string Text, Expression Condition, TimeSpan Delay, BadInput WhenBad, TimeSpan LastGoodFor)
{
    /// <summary>Several channels that vote instead of one condition (SAF-11); null for none.</summary>
    public VoterDefinition? Voter { get; init; }

    /// <summary>A watch over time instead of a condition (SAF-28, SAF-29); null for none.</summary>
    public WatchDefinition? Watch { get; init; }

    /// <summary>Judged only while every gate is open; a closed one is a known false.</summary>
    public ImmutableArray<OutputGate> Gates { get; init; } = [];

    /// <summary>Every tag ordinal that the cause is judged by, in order.</summary>
    public ImmutableArray<int> Tags => Watch?.Tags ?? (Voter is { } voter ? [.. voter.Channels.SelectMany(c => c.Condition.Tags).Distinct().Order()] : Condition.Tags);

    /// <summary>A cause that tripped stands until it has been false for so long.</summary>
    public TimeSpan ClearDelay { get; init; }
}

/// <summary>One effect: an output and the value protection forces it to.</summary>
/// <param name="Justified">Why the value differs from the one the output falls to without power (SAF-18); empty when it does not.</param>
public readonly record struct EffectDefinition(int Output, SafeValue Value, string Justified = "");

/// <summary>When and how long protection may be set aside (SAF-13, SAF-14, SAF-15).</summary>
/// <param name="Permit">Must be true to begin; null: always.</param>
/// <param name="Until">A start-up override ends when this comes true; null: by time only.</param>
public sealed record OverrideRule(Condition? Permit, TimeSpan Longest, Condition? Until)
{
    /// <summary>Longest bypass, force or substitution for maintenance, whatever a row says (SAF-15).</summary>
    public static readonly TimeSpan LongestMaintenance = TimeSpan.FromHours(4);

    /// <summary>Longest start-up override.</summary>
    public static readonly TimeSpan LongestStartUp = TimeSpan.FromMinutes(15);
}

/// <summary>The time a row has, and what it needs (SAF-10): its budget is at most half of the process safety time.</summary>
/// <param name="Process">From the cause to harm, when nothing acts.</param>
/// <param name="Sensor">Lag of the instrument.</param>
/// <param name="Actuator">From the pin to the effect in the process.</param>
public sealed record SafetyTime(TimeSpan Process, TimeSpan Sensor, TimeSpan Actuator);

/// <summary>A proof test of a row: how, how often, and when it was last done (SAF-30).</summary>
public sealed record ProofTest(string How, TimeSpan Every, DateOnly Last);

/// <summary>One row of the cause-and-effect matrix: any cause drives all effects; latched ones wait for a deliberate reset (SAF-02, SAF-05).</summary>
/// <param name="Command">What the units named in <paramref name="Units"/> are commanded besides: none, hold, stop or abort.</param>
public sealed record TripDefinition(
    int Ordinal,
    string Id,
    string Why,
    ImmutableArray<CauseDefinition> Causes,
    ImmutableArray<EffectDefinition> Effects,
    ImmutableArray<string> Units,
    PhaseCommand Command,
    bool Latch)
{
    public TripClass Class { get; init; } = TripClass.Protective;

    /// <summary>A reset is only taken while this is true (SAF-03); null: always.</summary>
    public Condition? ResetPermit { get; init; }

    /// <summary>Null: the row cannot be bypassed.</summary>
    public OverrideRule? Bypass { get; init; }

    /// <summary>Null: the row has no start-up override.</summary>
    public OverrideRule? StartUp { get; init; }

    public SafetyTime? Time { get; init; }

    public ProofTest? Proof { get; init; }
}

/// <summary>Needed to start: START of the named operations on a unit is refused while it is false (SAF-01).</summary>
/// <param name="Operations">Unit operations it guards; empty means all.</param>
public sealed record PermissiveDefinition(string Unit, ImmutableArray<string> Operations, string Text, Expression Condition);
