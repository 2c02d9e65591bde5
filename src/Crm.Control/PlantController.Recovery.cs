using System.Collections.Immutable;
using Crm.Plant.Campaigns;
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
    /// <summary>What a person must know who comes back to the current batch; null until the first scan after it, and when it was not interrupted.</summary>
    public RecoveryAssessment? Assessment => Current.Assessment;

    /// <summary>The same for each batch that was interrupted, by its name.</summary>
    public ImmutableSortedDictionary<string, RecoveryAssessment> Assessments =>
        batches.Where(b => b.Assessment is not null).ToImmutableSortedDictionary(b => b.Id, b => b.Assessment!, StringComparer.Ordinal);

    /// <summary>Everything that happened so far is durable on the record.</summary>
    public bool IsOnRecord => record.Desk.IsClear;

    /// <summary>Why the record cannot be written; null when it can.</summary>
    public string? RecordFault => record.Desk.Fault;

    /// <summary>What did not come from the plant, in the one order of its record; what the disk does not take now is written when it does.</summary>
    public RecordAnswer Note(BatchEvent happened)
    {
        record.Desk.Add(happened);
        return record.Desk.Write(happened.At);
    }

    /// <summary>What is true only when it is on record: a fault keeps nothing of it.</summary>
    public RecordAnswer Enter(BatchEvent happened) => record.Desk.Enter(happened, happened.At);

    /// <summary>Writes what waits; for an orderly end, when no scan does.</summary>
    public RecordAnswer WriteRecord() => record.Desk.Write(rigState.Frame?.Now ?? TimeSpan.Zero);

    /// <summary>Why a command must not be given while the record cannot be written; null when it may. What goes towards safe, gives something back or only tells never waits for a disk.</summary>
    public string? WhyNotUnrecorded(OperatorCommand command) =>
        RecordFault is { } fault && !Unrecorded.MayGo(command) ? Unrecorded.Because(fault) : null;

    /// <summary>As <see cref="Command"/>, but refused while nothing can be put on record: for people, whose acts are acknowledged when they are durable.</summary>
    public CommandReply CommandOnRecord(OperatorCommand command) =>
        WhyNotUnrecorded(command) is { } why ? Refuse(command, "record", why, "command") : Command(command);

    /// <summary>What the current batch has energised and how things stand now, as the record keeps it from time to time; null before the first scan and without a batch.</summary>
    public BatchEvent? Picture() =>
        rigState.Frame is { } frame && BatchState != PhaseState.Idle ? PlantPicture.Of(Rig, Current.State, frame) with { Batch = Current.Id } : null;

    /// <summary>
    /// The plant after its controller was lost, from the record of the interrupted batch. The rig starts tripped as always; the batch is HELD,
    /// never running; every phase that ran waits for a person's <see cref="DecideStep"/>. Scan on with a clock that counts the absence.
    /// </summary>
    /// <param name="record">Durable events of the batch, in order.</param>
    /// <param name="away">Time since the last of them.</param>
    public static PlantController Recover(
        RigDefinition rig, ControlRecipe recipe, IReadOnlyList<IBus> buses, IReadOnlyList<IUnitOperation> operations, IJournal journal,
        IReadOnlyList<BatchEvent> record, TimeSpan away) =>
        Recover(rig, [new PlannedBatch(record.FirstOrDefault(e => e.Batch.Length > 0)?.Batch ?? FirstBatch, recipe, PlannedStart.AtOnce)], buses, operations, journal, record, away);

    /// <summary>Several batches come back, each HELD with the units it had; a batch that was over stays over. A campaign begins no batch until a person lets it go on.</summary>
    /// <param name="planned">Every batch in the record with its frozen recipe and its place in a campaign, in the order they were added.</param>
    public static PlantController Recover(
        RigDefinition rig, IReadOnlyList<PlannedBatch> planned, IReadOnlyList<IBus> buses, IReadOnlyList<IUnitOperation> operations,
        IJournal journal, IReadOnlyList<BatchEvent> record, TimeSpan away)
    {
        var plant = new PlantController(rig, planned, buses, operations, journal, record, away);
        foreach (BatchOnRig batch in plant.batches) plant.ComeBack(batch);
        return plant;
    }

    /// <summary>
    /// What people had set and what alarms were, from the record of the rig before this batch; for a controller that begins with a new batch.
    /// Before the first scan only.
    /// </summary>
    /// <param name="record">Durable events of the rig, in order.</param>
    /// <param name="away">Time since the last of them.</param>
    public void Recall(IReadOnlyList<BatchEvent> record, TimeSpan away) => core.Recall(rigState.Scan, record, TimeSpan.Zero, away);

    /// <summary>Who had what, from the takings and givings on record.</summary>
    private void RecallAllocation(IReadOnlyList<BatchEvent> before)
    {
        foreach (BatchOnRig batch in batches) batch.Interpreter.RecallAllocation(batch.State, batch.Id, [.. batch.RecordBefore]);
        desk.Recall(Rig, [.. batches.Select(b => (b.Id, b.State, b.State.IsOver ? null : b.Interpreter.Claims.StillNeeded(b.State)))], before);
        foreach (UnitState unit in units) unit.Batch = desk.User[unit.Definition.Ordinal];
    }

    private void ComeBack(BatchOnRig batch)
    {
        if (batch.Recovered is not { } back || back.Was == PhaseState.Idle || back.State.IsOver) return;
        ImmutableSortedDictionary<int, double> energised = PlantPicture.Outputs(Rig, batch.RecordBefore);
        ImmutableSortedDictionary<int, double> setpoints = PlantPicture.Setpoints(Rig, batch.RecordBefore);
        foreach ((int output, double value) in energised) rigState.Scan.Recall(Rig, output, value);
        foreach (RecoveredPhase phase in back.Phases) ComeBack(batch, back, phase);
        bool ends = back.State.Status is PhaseState.Stopping or PhaseState.Aborting;
        PhaseCommand stand = back.State.Status switch { PhaseState.Stopping => PhaseCommand.Stop, PhaseState.Aborting => PhaseCommand.Abort, _ => PhaseCommand.Hold };
        foreach (UnitState unit in units)
        {
            int ordinal = unit.Definition.Ordinal;
            if (!(ends ? back.State.HasUsed(ordinal) : back.State.Owns(ordinal))) continue;
            if (!ends) unit.Recall(energised, setpoints, Rig);
            unit.Batch = batch.Number;
            unit.Attends = true;
            rigState.Attending[ordinal] = true;
            // A phase that came back is HELD already.
            if (unit.Run.State != PhaseState.Held || stand != PhaseCommand.Hold) unit.Pending.Add(new PhaseRequest(stand, "controller came back"));
        }

        string state = back.State.Status.ToString().ToLowerInvariant();
        Tell(batch, BatchEventKind.BatchState, batch.Recipe.Id, $"Batch {state}: {back.State.Reason}", BatchEvent.NoData.Add("state", state).Add("reason", back.State.Reason));
    }

    private void ComeBack(BatchOnRig batch, RecoveredBatch back, RecoveredPhase phase)
    {
        UnitState unit = units[Rig.Unit(phase.Phase.Unit)];
        IUnitOperation operation = operations.First(o => o.Description.Name == phase.Phase.Operation);
        unit.ComeBack(phase, operation, back, batch.Recipe.Slots);
        bool mayRepeat = operation.Description.RepeatSafe;
        bool mayResume = mayRepeat || unit.Run.Memory is not null;
        int at = back.State.Steps.FindIndex(s => batch.Interpreter.Tree[s.Node] == phase.Phase);
        back.State.Steps[at] = back.State.Steps[at] with { MayResume = mayResume };
        batch.Interrupted = batch.Interrupted.Add(RecoveryAssessment.Step(phase, mayResume, mayRepeat));
    }

    /// <summary>The first scan reads the instruments: now it can be told what moved.</summary>
    private void Assess()
    {
        foreach (BatchOnRig batch in batches)
        {
            if (batch.Recovered is not { } back || batch.Assessment is not null || batch.Memory.Frame is not { } frame || back.Was == PhaseState.Idle || back.State.IsOver) continue;
            batch.Assessment = RecoveryAssessment.Of(Rig, back, batch.Interrupted, batch.RecordBefore, frame.Image);
            Tell(batch, BatchEventKind.Note, "recovery", batch.Assessment.ToString(), BatchEvent.NoData);
            batch.RecordBefore = [];
        }
    }

    private void Tell(BatchOnRig batch, BatchEventKind kind, string subject, string text, ImmutableSortedDictionary<string, string> data) =>
        Run(batch.Actor, new Happened([Now(kind, subject, text, "controller") with { Data = data }]));
}
