using System.Collections.Immutable;
using Crm.Plant.Phases;
using Crm.Plant.Records;
using Crm.Plant.UnitOperations;

namespace Crm.Plant.Procedure;

/// <summary>Something the interpreter wants done outside itself.</summary>
public abstract record BatchEffect(string Unit);

/// <summary>Start a phase with its arguments, which are frozen here.</summary>
/// <param name="Hold">The recipe's own rule for a hold of the unit, from the unit procedure around the phase.</param>
public sealed record StartPhase(PhaseNode Phase, ImmutableSortedDictionary<string, Argument> Arguments, HoldRule? Hold) : BatchEffect(Phase.Unit);

/// <summary>A command to whatever the unit is doing. On a unit between phases the phase-state table of the unit rules.</summary>
public sealed record CommandUnit(string Unit, PhaseCommand Command, string Reason) : BatchEffect(Unit);

/// <summary>
/// What one step of the interpreter asks for. <see cref="TowardsSafe"/> is carried out first and recorded after; <see cref="Forward"/> only
/// after <see cref="Events"/> are durable (DESIGN section 2).
/// </summary>
public sealed class BatchEffects
{
    public List<BatchEffect> TowardsSafe { get; } = [];

    public List<BatchEffect> Forward { get; } = [];

    public List<BatchEvent> Events { get; } = [];

    public bool IsEmpty => TowardsSafe.Count == 0 && Forward.Count == 0 && Events.Count == 0;

    public void Clear()
    {
        TowardsSafe.Clear();
        Forward.Clear();
        Events.Clear();
    }
}
