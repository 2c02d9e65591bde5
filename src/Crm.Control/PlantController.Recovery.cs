using System.Collections.Immutable;
using Crm.Plant.Phases;
using Crm.Plant.Ports;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.UnitOperations;

namespace Crm.Control;

/// <summary>Coming back after the controller was lost.</summary>
public sealed partial class PlantController
{
    private RecoveredBatch? recovered;
    private ImmutableArray<InterruptedStep> interrupted = [];
    private IReadOnlyList<BatchEvent> recordBefore = [];

    /// <summary>Everything that happened so far is durable on the record.</summary>
    public bool IsOnRecord => batch.Record.IsClear;

    /// <summary>Why the record cannot be written; null when it can.</summary>
    public string? RecordFault => batch.Record.Fault;

    /// <summary>What is energised and how things stand now, as the record keeps it from time to time; null before the first scan and without a batch.</summary>
    public BatchEvent? Picture() => rigState.Frame is { } frame && batch.State.Status != PhaseState.Idle ? PlantPicture.Of(Rig, batch.State, frame) : null;

    /// <summary>What a person must know who comes back to an interrupted batch; null until the first scan after it, and without one.</summary>
    public RecoveryAssessment? Assessment { get; private set; }

    /// <summary>
    /// The plant after its controller was lost, from the record of the interrupted batch. The rig starts tripped as always; the batch is HELD,
    /// never running; every phase that ran waits for a person's <see cref="DecideStep"/>. Scan on with a clock that counts the absence.
    /// </summary>
    /// <param name="record">Durable events of the batch, in order.</param>
    /// <param name="away">Time since the last of them.</param>
    public static PlantController Recover(
        RigDefinition rig, ControlRecipe recipe, IReadOnlyList<IBus> buses, IReadOnlyList<IUnitOperation> operations, IJournal journal,
        IReadOnlyList<BatchEvent> record, TimeSpan away)
    {
        var plant = new PlantController(rig, recipe, buses, operations, journal, record, away);
        plant.ComeBack();
        return plant;
    }

    private void ComeBack()
    {
        if (recovered is not { } back || back.Was == PhaseState.Idle || back.State.IsOver) return;
        ImmutableSortedDictionary<int, double> energised = PlantPicture.Outputs(Rig, recordBefore);
        foreach ((int output, double value) in energised) rigState.Scan.Recall(Rig, output, value);
        foreach (RecoveredPhase phase in back.Phases) ComeBack(back, phase);
        bool ends = back.State.Status is PhaseState.Stopping or PhaseState.Aborting;
        PhaseCommand stand = back.State.Status switch { PhaseState.Stopping => PhaseCommand.Stop, PhaseState.Aborting => PhaseCommand.Abort, _ => PhaseCommand.Hold };
        foreach (UnitState unit in units)
        {
            int ordinal = unit.Definition.Ordinal;
            if (!(ends ? back.State.HasUsed(ordinal) : back.State.Owns(ordinal))) continue;
            if (!ends) unit.Recall(energised, Rig);
            unit.Attends = true;
            rigState.Attending[ordinal] = true;
            unit.Pending.Add(new PhaseRequest(stand, "controller came back"));
        }

        Tell(BatchEventKind.BatchState, Recipe.Id, $"Batch {back.State.Status.ToString().ToLowerInvariant()}: {back.State.Reason}", "controller", BatchEvent.NoData
            .Add("state", back.State.Status.ToString().ToLowerInvariant()).Add("reason", back.State.Reason));
    }

    private void ComeBack(RecoveredBatch back, RecoveredPhase phase)
    {
        UnitState unit = units[Rig.Unit(phase.Phase.Unit)];
        IUnitOperation operation = operations.First(o => o.Description.Name == phase.Phase.Operation);
        unit.ComeBack(phase, operation, back);
        bool mayRepeat = operation.Description.RepeatSafe;
        bool mayResume = mayRepeat || unit.Run.Memory is not null;
        int at = back.State.Steps.FindIndex(s => interpreter.Tree[s.Node] == phase.Phase);
        back.State.Steps[at] = back.State.Steps[at] with { MayResume = mayResume };
        interrupted = interrupted.Add(RecoveryAssessment.Step(phase, mayResume, mayRepeat));
    }

    /// <summary>The first scan reads the instruments: now it can be told what moved.</summary>
    private void Assess()
    {
        if (recovered is not { } back || Assessment is not null || batch.Frame is not { } frame || back.Was == PhaseState.Idle || back.State.IsOver) return;
        Assessment = RecoveryAssessment.Of(Rig, back, interrupted, recordBefore, frame.Image);
        Tell(BatchEventKind.Note, "recovery", Assessment.ToString(), "controller", BatchEvent.NoData);
        recordBefore = [];
    }
}
