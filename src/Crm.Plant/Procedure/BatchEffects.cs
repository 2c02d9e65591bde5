using System.Collections.Immutable;
using Crm.Plant.Allocation;
using Crm.Plant.Materials;
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

/// <summary>To the allocation desk, on behalf of a step.</summary>
/// <param name="Step">Path of the step.</param>
public abstract record AllocationOrder(string Step)
{
    /// <summary>Of the recipe.</summary>
    public int Priority { get; init; }
}

/// <summary>Units that must be the batch's before the step begins, all of them or none (S88-19).</summary>
/// <param name="Claims">What the batch has or may yet ask for.</param>
public sealed record AskForUnits(string Step, ImmutableSortedSet<string> Units, ImmutableSortedSet<string> Claims) : AllocationOrder(Step);

/// <summary>A share of services for as long as the phase runs.</summary>
public sealed record AskForShare(string Step, ImmutableArray<ResourceNeed> Needs) : AllocationOrder(Step);

/// <summary>The step does not begin after all, or has its share no longer.</summary>
public sealed record GiveBackShare(string Step) : AllocationOrder(Step);

/// <summary>May this material move? Judged before a valve opens.</summary>
public sealed record AskToCharge(string Step, Movement Movement) : AllocationOrder(Step);

/// <summary>The step that was allowed to move material has ended.</summary>
public sealed record ChargeEnded(string Step) : AllocationOrder(Step);

/// <summary>The step that asked for units does not come next any more.</summary>
public sealed record WithdrawUnits(string Step) : AllocationOrder(Step);

/// <summary>
/// What one step of the interpreter asks for. <see cref="TowardsSafe"/> is carried out first and recorded after; <see cref="Forward"/> only
/// after <see cref="Events"/> are durable (DESIGN section 2).
/// </summary>
public sealed class BatchEffects
{
    public List<BatchEffect> TowardsSafe { get; } = [];

    public List<BatchEffect> Forward { get; } = [];

    public List<BatchEvent> Events { get; } = [];

    /// <summary>What is asked of the allocation desk. Moves nothing, so it waits for no record.</summary>
    public List<AllocationOrder> Allocation { get; } = [];

    public bool IsEmpty => TowardsSafe.Count == 0 && Forward.Count == 0 && Events.Count == 0 && Allocation.Count == 0;

    public void Clear()
    {
        TowardsSafe.Clear();
        Forward.Clear();
        Events.Clear();
        Allocation.Clear();
    }
}
