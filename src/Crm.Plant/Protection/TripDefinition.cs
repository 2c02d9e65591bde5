using System.Collections.Immutable;
using Crm.Plant.Expressions;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;

namespace Crm.Plant.Protection;

/// <summary>What a cause does when one of its inputs is bad (SAF-08). The default is <see cref="Trip"/>.</summary>
public enum BadInput
{
    Trip,
    UseLastGoodFor,
    Ignore,
}

/// <summary>One cause: a condition on tags with its own delay.</summary>
/// <param name="Text">As written in the rig file; shown as the first-out.</param>
public sealed record CauseDefinition(string Text, Expression Condition, TimeSpan Delay, BadInput WhenBad, TimeSpan LastGoodFor);

/// <summary>One effect: an output and the value protection forces it to.</summary>
public readonly record struct EffectDefinition(int Output, SafeValue Value);

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
    bool Latch);

/// <summary>Needed to start: START of the named operations on a unit is refused while it is false (SAF-01).</summary>
/// <param name="Operations">Unit operations it guards; empty means all.</param>
public sealed record PermissiveDefinition(string Unit, ImmutableArray<string> Operations, string Text, Expression Condition);
