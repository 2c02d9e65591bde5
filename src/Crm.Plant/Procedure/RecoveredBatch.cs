using System.Collections.Immutable;
using Crm.Plant.Phases;
using Crm.Plant.Records;
using Crm.Plant.UnitOperations;

namespace Crm.Plant.Procedure;

/// <summary>A phase that ran when its controller was lost.</summary>
/// <param name="Status">State and clocks as the record has them, up to its last entry.</param>
/// <param name="Recorded">Events of the step since its START, in order.</param>
public sealed record RecoveredPhase(
    PhaseNode Phase, ImmutableSortedDictionary<string, Argument> Arguments, HoldRule? Hold, PhaseStatus Status, ImmutableArray<BatchEvent> Recorded);

/// <summary>What the record of an interrupted batch tells of it (S88-22).</summary>
/// <param name="State">Held, with a decision open for every phase in <paramref name="Phases"/>; as it was when it had ended or never begun.</param>
/// <param name="Was">State of the batch at the last entry.</param>
/// <param name="LastRecord">Plant time of the last entry: until then somebody was in charge.</param>
/// <param name="Now">Plant time of the return, by the clock that ran on.</param>
public sealed record RecoveredBatch(BatchState State, PhaseState Was, ImmutableArray<RecoveredPhase> Phases, TimeSpan LastRecord, TimeSpan Now)
{
    public TimeSpan Away => Now - LastRecord;
}
