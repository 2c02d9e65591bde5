using System.Collections.Immutable;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Plant.Tags;
using Crm.Plant.UnitOperations;
using Crm.Plant.UnitOperations.Running;

namespace Crm.Control;

/// <summary>What a unit controller owns.</summary>
public sealed class UnitState
{
    public UnitState(UnitDefinition definition)
    {
        Definition = definition;
        Run = PhaseRunner.Idle(definition);
        Pending = [];
    }

    private UnitState(UnitState from)
    {
        Definition = from.Definition;
        Run = from.Run;
        Pending = [.. from.Pending];
        Values = from.Values;
        Frame = from.Frame;
        Told = from.Told;
        StartIsDue = from.StartIsDue;
        Attends = from.Attends;
        HasFailed = from.HasFailed;
        Reported = from.Reported;
        Asked = from.Asked;
        Batch = from.Batch;
        Leaves = from.Leaves;
        Slots = from.Slots;
    }

    public UnitDefinition Definition { get; }

    public PhaseRun Run { get; internal set; }

    /// <summary>What it is doing, in a technician's words.</summary>
    public string Doing => Run.Doing;

    /// <summary>0 to 1; not a number when it cannot be told.</summary>
    public double Progress => Run.Progress;

    /// <summary>Requests for the next scan. Bounded by the commands of one scan; a phase has seven.</summary>
    internal List<PhaseRequest> Pending { get; }

    internal ImmutableArray<Reading> Values { get; set; } = [];

    internal PlantFrame? Frame { get; set; }

    /// <summary>State the batch was told last.</summary>
    internal PhaseState Told { get; set; }

    /// <summary>A phase is loaded and has yet to be started.</summary>
    internal bool StartIsDue { get; set; }

    internal bool Attends { get; set; }

    internal bool HasFailed { get; set; }

    /// <summary>Activity the rig was told last.</summary>
    internal UnitActivity Reported { get; set; }

    /// <summary>Demands of the last step. Replaced, never written to.</summary>
    internal IReadOnlyList<Demand> Asked { get; set; } = [];

    /// <summary>Number of the batch it serves, or served last; -1 for none yet.</summary>
    internal int Batch { get; set; } = -1;

    /// <summary>Its batch does not need it any more; the desk waits for it to stand as declared.</summary>
    internal bool Leaves { get; set; }

    /// <summary>What the named values of its batch are.</summary>
    internal ImmutableArray<Slot> Slots { get; set; } = [];

    /// <summary>A phase is loaded but never ran.</summary>
    internal bool IsLoaded => Run.Node is not null && Run.State == PhaseState.Idle;

    public UnitState Fork() => new(this);

    /// <summary>The phase that ran when the controller was lost is back, HELD.</summary>
    internal void ComeBack(RecoveredPhase phase, IUnitOperation operation, RecoveredBatch back, ImmutableArray<Slot> slots)
    {
        PhaseRun loaded = PhaseRunner.Load(Run, phase.Phase, operation, phase.Arguments, phase.Hold);
        Run = PhaseRunner.ComeBack(loaded, phase.Status, back.Away, phase.Recorded);
        Values = back.State.Values;
        Slots = slots;
        Told = Run.State;
    }

    /// <summary>What stood on it when the controller was lost stands again once a person lifts the hold.</summary>
    internal void Recall(IReadOnlyDictionary<int, double> energised, IReadOnlyDictionary<int, double> setpoints, RigDefinition rig) =>
        Run = PhaseRunner.Recall(Run, energised, setpoints, rig);
}
