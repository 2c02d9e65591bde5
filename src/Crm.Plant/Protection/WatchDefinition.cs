using System.Collections.Immutable;
using Crm.Plant.Expressions;
using Crm.Plant.Loops;
using Crm.Plant.Tags;

namespace Crm.Plant.Protection;

/// <summary>A cause that looks back in time: runaway checks (SAF-28) and dosing guards (SAF-29). Amounts are in the unit of the tag.</summary>
public abstract record WatchDefinition
{
    /// <summary>Every tag ordinal the watch reads.</summary>
    public abstract ImmutableArray<int> Tags { get; }
}

public enum ChangeKind : byte
{
    Rises,
    Falls,

    /// <summary>Rose by less than the amount over a whole window: heat without effect.</summary>
    RisesLessThan,
}

/// <summary>A tag changes by an amount within a time. The window begins anew whenever a gate of the cause closes.</summary>
public sealed record ChangeWatch(int Tag, ChangeKind Kind, double Amount, TimeSpan Within) : WatchDefinition
{
    public override ImmutableArray<int> Tags => [Tag];
}

/// <summary>A drum scale has fallen by an amount in all since a condition was last true (an empty vessel: a new batch). A full drum set down counts nothing.</summary>
/// <param name="Band">Smallest fall that is counted: what noise cannot make.</param>
public sealed record TotalWatch(int Scale, double Amount, Expression Since, double Band) : WatchDefinition
{
    public override ImmutableArray<int> Tags => [.. Since.Tags.Append(Scale).Distinct().Order()];
}

/// <summary>True from a dose of at least <paramref name="Least"/> until it has been mixed in for <paramref name="Mixing"/>.</summary>
public sealed record MixingWatch(int Scale, double Least, TimeSpan Mixing, double Band) : WatchDefinition
{
    public override ImmutableArray<int> Tags => [Scale];
}

/// <summary>A running loop is off its setpoint by more than <paramref name="OffBy"/>; what is beyond that, summed over time while it comes no nearer, reaches <paramref name="Sum"/>.</summary>
/// <param name="Sum">Unit of the process value times s.</param>
public sealed record ErrorWatch(int Loop, int ProcessValue, double OffBy, double Sum) : WatchDefinition
{
    /// <summary>An error that the loop cannot act on does not count; null: every one does.</summary>
    public LoopReach? Reach { get; init; }

    /// <summary>The instruments that the loop controls by, where they are several.</summary>
    public VotedValue? Voted { get; init; }

    public override ImmutableArray<int> Tags => Voted?.Tags ?? [ProcessValue];

    public Reading Measured(Image image) => Voted?.Of(image) ?? image[ProcessValue];
}

/// <summary>One dose of a level balance.</summary>
/// <param name="Density">kg/L.</param>
public readonly record struct DoseTerm(int Scale, double Density, double Band);

/// <summary>What the drum scales gave and what the level gained differ by more than <paramref name="Tolerance"/> L within a time: a hose beside the vessel, or an inflow nobody asked for.</summary>
public sealed record BalanceWatch(int Level, ImmutableArray<DoseTerm> Doses, double Tolerance, TimeSpan Within) : WatchDefinition
{
    public override ImmutableArray<int> Tags => [.. Doses.Select(d => d.Scale).Append(Level).Distinct().Order()];
}
