using System.Collections.Immutable;
using Crm.Plant.Alarms;
using Crm.Plant.Lots;
using Crm.Plant.Materials;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Protection;
using Crm.Plant.Scan;

namespace Crm.Control;

/// <summary>A step in progress, in words for a screen.</summary>
/// <param name="Unit">Empty for steps without a unit.</param>
/// <param name="Doing">What it does now: <c>dosing 1.32 of 3.10 kg</c>, or what it waits for.</param>
/// <param name="Progress">0 to 1; not a number when it cannot be told.</param>
/// <param name="Since">Plant time it was entered.</param>
public sealed record StepView(
    string Id, string Label, string Unit, string Operation, PhaseState State, string Doing, double Progress, string Reason, TimeSpan Since);

/// <summary>A unit and what it takes.</summary>
/// <param name="Step">Path of the phase on it, or of the last one; empty when there was none.</param>
/// <param name="Between">Column of the phase-state table that rules while no phase is active; null for none.</param>
/// <param name="Enabled">Commands it takes now: bit <c>1 &lt;&lt; (int)command</c>. Why not the others: <see cref="PlantController.Against(string, PhaseCommand)"/>.</param>
public sealed record UnitView(string Unit, string Step, PhaseState State, PhaseState? Between, string Reason, string Doing, int Enabled)
{
    public ProcedureMode Mode { get; init; }

    /// <summary>What runs on it goes on until its feed is gone, and may be finished before.</summary>
    public bool RunsOn { get; init; }

    public bool MayFinish { get; init; }

    public bool Takes(PhaseCommand command) => (Enabled & (1 << (int)command)) != 0;
}

/// <param name="Decision">Null: not decided yet.</param>
public sealed record DecisionView(string Step, StepDecision? Decision);

/// <summary>An open prompt.</summary>
/// <param name="Asked">kg asked for; not a number when none.</param>
public sealed record PromptView(PromptNode Prompt, double Asked, TimeSpan Since)
{
    /// <summary>What was refused and what could be charged instead; null when nothing was.</summary>
    public ChargeOffer? Refused { get; init; }

    /// <summary>How often it was refused.</summary>
    public int Attempts { get; init; }

    /// <summary>What a person may choose; empty when there is nothing to choose.</summary>
    public ImmutableArray<ChargeChoice> Choices => Refused is not { } offer ? []
        : Prompt.Kind == PromptKind.Choose ? ProcedureInterpreter.Choices(offer)
        : offer.Refusal.MayBeAccepted ? [ChargeChoice.Accept] : [];
}

/// <summary>An alarm that is active, latched or not acknowledged.</summary>
public sealed record AlarmView(AlarmDefinition Definition, AlarmStatus Status);

/// <summary>An alarm that is shelved, suppressed by design or out of service.</summary>
/// <param name="Why">The rule, or the person's reason.</param>
public sealed record AbsentAlarm(AlarmDefinition Definition, AlarmStatus Status, string Why);

/// <summary>A row of the matrix that is tripped.</summary>
public sealed record TripView(TripDefinition Definition, TripStatus Status, string FirstOut);

/// <summary>What calls for a person at the rig.</summary>
/// <param name="Batch">Whose prompts, samples and presence; alarms and trips are the plant's.</param>
public sealed record Calls(
    string Batch,
    ImmutableArray<AlarmView> Alarms,
    ImmutableArray<TripView> Trips,
    RigTripStatus RigTrip,
    ImmutableArray<PromptView> Prompts,
    ImmutableArray<PendingSample> Samples,
    TimeSpan? PresenceDue);

/// <summary>The state of plant and batch between two scans.</summary>
/// <param name="Frame">Null before the first scan.</param>
public sealed record PlantSnapshot(
    TimeSpan Now,
    long Scan,
    PhaseState Batch,
    string Reason,
    ImmutableArray<StepView> Steps,
    ImmutableArray<StepView> Waiting,
    ImmutableArray<PromptView> Prompts,
    ImmutableArray<PendingSample> Samples,
    ImmutableArray<Lot> Lots,
    ImmutableArray<AlarmView> Alarms,
    ImmutableArray<TripView> Trips,
    RigTripStatus RigTrip,
    PlantFrame? Frame)
{
    /// <summary>Name of the batch.</summary>
    public string Id { get; init; } = "";

    /// <summary>Bypasses, forces and substitutions in force (SAF-15).</summary>
    public ImmutableArray<OverrideStatus> Overrides { get; init; } = [];

    /// <summary>Commands the batch takes now: bit <c>1 &lt;&lt; (int)command</c>. Why not the others: <see cref="PlantController.Against(PhaseCommand)"/>.</summary>
    public int Enabled { get; init; }

    /// <summary>Units this batch has come to, in rig order.</summary>
    public ImmutableArray<UnitView> Units { get; init; } = [];

    public ProcedureMode Mode { get; init; }

    /// <summary>When presence must be confirmed at the latest; null when nothing runs attended only.</summary>
    public TimeSpan? PresenceDue { get; init; }

    /// <summary>Who was last known to be at the rig, and when; empty and null: nobody yet.</summary>
    public string PresentBy { get; init; } = "";

    public TimeSpan? PresentAt { get; init; }

    /// <summary>Paths of the phases that run or wait and run attended only.</summary>
    public ImmutableArray<string> Attended { get; init; } = [];

    /// <summary>Adjustable formula values as the batch has them now.</summary>
    public ImmutableArray<FormulaParameter> Adjustable { get; init; } = [];

    /// <summary>A change of the formula that waits for its review; null when none does.</summary>
    public BatchRevision? Proposed { get; init; }

    /// <summary>Mode of every unit for this batch, by ordinal.</summary>
    public ImmutableArray<ProcedureMode> UnitModes { get; init; } = [];

    /// <summary>Phases that wait, or waited, for a person's decision before RESTART.</summary>
    public ImmutableArray<DecisionView> Decisions { get; init; } = [];

    /// <summary>What stands against RESTART of a held batch; empty when nothing does or it is not held.</summary>
    public ImmutableArray<Obstacle> AgainstRestart { get; init; } = [];

    public bool Takes(PhaseCommand command) => (Enabled & (1 << (int)command)) != 0;
}
