using System.Collections.Immutable;
using Crm.Actors;
using Crm.Plant.Phases;
using Crm.Plant.Ports;
using Crm.Plant.Procedure;
using Crm.Plant.Protection;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Plant.Tags;

namespace Crm.Control;

/// <summary>
/// Layer 4: walks the procedure. What moves the plant towards safe is sent first and recorded after; everything else is recorded, and
/// durable, before it is sent. A record that cannot be written holds the batch and stops nothing that protects.
/// </summary>
internal sealed partial class BatchActor(
    RigDefinition rig,
    ScanCore core,
    BatchOnRig batch,
    Func<ImmutableArray<ActorRef<UnitMessage>>> units,
    ActorRef<RigMessage> rigActor,
    ActorRef<DeskMessage> desk) : Actor<BatchMessage>
{
    private static readonly TimeSpan RetryRecordEvery = TimeSpan.FromSeconds(10);

    private readonly BatchEffects effects = new();
    private readonly BatchMemory memory = batch.Memory;

    private ProcedureInterpreter Interpreter => batch.Interpreter;

    /// <summary>A batch controller that throws leaves the units without a procedure: the rig trips, latched (DESIGN section 7).</summary>
    public override void Receive(BatchMessage message, ActorContext<BatchMessage> context)
    {
        try
        {
            Handle(message, context);
        }
        catch (Exception fault)
        {
            effects.Clear();
            context.Tell(rigActor, new ControllerFailed($"batch {memory.Id}", $"{fault.GetType().Name}: {fault.Message}"));
        }
    }

    /// <exception cref="NotSupportedException">Always: a journal cannot be copied; a fork of the plant gets one of its own.</exception>
    public override Actor<BatchMessage> Fork() => throw new NotSupportedException("a journal cannot be copied; fork the plant with one of its own");

    private void Handle(BatchMessage message, ActorContext<BatchMessage> context)
    {
        switch (message)
        {
            case BatchFrame frame:
                Scan(frame.Frame, context);
                break;
            case PhaseReported reported:
                Interpreter.Report(memory.State, reported.Report, memory.Image, effects);
                if (reported.Report.State is PhaseState.Running or PhaseState.Complete) memory.PictureDue = Sooner(memory.PictureDue, memory.Image.Now + PlantPicture.AfterChange);
                break;
            case Happened happened:
                foreach (BatchEvent one in happened.Events) Keep(one);
                break;
            case BatchOrder order:
                memory.Reply = Reply(order.Id, Command(order));
                break;
            case ProcedureOrder order:
                memory.Reply = Reply(order.Command.Id, Obey(order.Command, context));
                break;
            case UnitRestart restart:
                memory.Reply = Reply(restart.Id, Interpreter.RestartUnit(memory.State, restart.Unit, restart.By, memory.Image, effects));
                break;
            case PromptAnswered answered:
                memory.Reply = Reply(answered.Id, Interpreter.Answer(memory.State, answered.Answer, memory.Image, effects, answered.Lot));
                break;
            case ResultsCame came:
                memory.Reply = Reply(came.Id, Interpreter.Result(memory.State, came.Report, memory.Image, effects));
                break;
            default:
                Allocated(message);
                break;
        }

        CarryOut(context);
        GiveBack(context);
        TellOfMaterial(context);
    }

    private void Scan(PlantFrame frame, ActorContext<BatchMessage> context)
    {
        memory.Frame = frame;
        memory.Image = frame.Image;
        foreach (ScanEvent happened in frame.Events)
        {
            // What happened to the plant the desk puts on record; the batch remembers what led to where it stands.
            if (ScanRecord.Of(rig, frame, happened) is { } plant) memory.Story.Add(plant, memory.State.Status);
            else if (DemandNote(frame, happened) is { } one) Keep(one);
        }

        FollowTrips(frame);
        if (memory.State.Status is PhaseState.Running or PhaseState.Held && frame.Now >= memory.PictureDue) TakePicture(frame);
        Interpreter.Scan(memory.State, frame.Image, effects);
        TellValues(context);
        CarryOut(context);
        if (memory.Forward.Count > 0) SendForward(context);
        if (!memory.Record.Desk.IsClear && frame.Now >= memory.RetryAt) WriteRecord();
        // A hold that the record made goes out in this scan, not in the next one.
        CarryOut(context);
    }

    private CommandVerdict Obey(OperatorCommand command, ActorContext<BatchMessage> context)
    {
        StepRevision? steps = command is ReviewRevision { Accept: true } ? memory.State.Proposed?.Steps : null;
        CommandVerdict verdict = Interpreter.Obey(memory.State, command, memory.Image, effects);
        if (steps is null || !verdict.Accepted) return verdict;
        batch.Revise(steps);
        context.Tell(desk, new NotNeeded(memory.Number, [], Interpreter.Claims.StillNeeded(memory.State)));
        return verdict;
    }

    private BatchEvent? DemandNote(PlantFrame frame, in ScanEvent happened)
    {
        int unit = memory.Demands.UnitOf(happened);
        bool concerns = unit >= 0 && !memory.State.IsOver && memory.State.HasUsed(unit);
        return concerns ? memory.Demands.Of(unit, frame, happened) : null;
    }

    private static TimeSpan Sooner(TimeSpan one, TimeSpan other) => one < other ? one : other;

    /// <summary>For whoever comes back after this controller was lost.</summary>
    private void TakePicture(PlantFrame frame)
    {
        memory.PictureDue = frame.Now + PlantPicture.Every;
        Keep(PlantPicture.Of(rig, memory.State, frame));
    }

    /// <summary>Protection commands a unit of this batch that is between two phases.</summary>
    private void FollowTrips(PlantFrame frame)
    {
        if (memory.State.Status is not (PhaseState.Running or PhaseState.Restarting)) return;
        for (int unit = 0; unit < rig.Units.Length; unit++)
        {
            PhaseCommand command = frame.UnitCommands[unit];
            if (command == PhaseCommand.None || !memory.State.Owns(unit) || memory.State.HasPhaseOn(unit)) continue;
            string why = core.WhyTripped(frame, unit) ?? "protection";
            Interpreter.UnitTripped(memory.State, rig.Units[unit].Name, command, why, frame.Image, effects);
        }
    }

    private CommandVerdict Command(BatchOrder order)
    {
        if (order.Command is PhaseCommand.Start or PhaseCommand.Restart) memory.Record.Desk.Write(memory.Image.Now);
        if (Obstacle.Sentence(batch.Chain.OfBatch(memory, order.Command)) is not { } why)
        {
            CommandVerdict verdict = Interpreter.Command(memory.State, order.Command, order.By, order.Reason, memory.Image, effects);
            if (verdict.Accepted && order.Command == PhaseCommand.Start) effects.Events.Add(Commissioned());
            return verdict;
        }

        effects.Events.Add(new BatchEvent(
            memory.Image.Now, memory.Image.Scan, BatchEventKind.CommandRefused, "batch", $"{PhaseTable.Word(order.Command)} refused: {why}", order.By, BatchEvent.NoData));
        return CommandVerdict.Refused(why);
    }

    /// <summary>With which protection the batch runs (SAF-32).</summary>
    private BatchEvent Commissioned() => new(
        memory.Image.Now, memory.Image.Scan, BatchEventKind.Note, ProtectionChange.Subject, $"the batch runs with protection {ProtectionChange.Short(core.ProtectionChecksum)}",
        "controller", ProtectionChange.Facts(core.ProtectionChecksum));

    private void TellValues(ActorContext<BatchMessage> context)
    {
        if (memory.State.Values == memory.Told) return;
        memory.Told = memory.State.Values;
        var message = new BatchValuesChanged(memory.Told);
        foreach (ActiveStep step in memory.State.Steps)
            if (Interpreter.Tree[step.Node] is PhaseNode phase) context.Tell(units()[rig.Unit(phase.Unit)], message);
    }

    private void CarryOut(ActorContext<BatchMessage> context)
    {
        if (effects.IsEmpty) return;
        Send(effects.TowardsSafe, context);
        // What waits for its record must not start behind a hold.
        if (effects.TowardsSafe.Count > 0 && memory.Forward.Count > 0) DropForward();
        foreach (BatchEvent happened in effects.Events) Keep(happened);
        foreach (AllocationOrder order in effects.Allocation) context.Tell(desk, new Ordered(memory.Number, order));
        if (effects.Forward.Count > 0)
        {
            memory.Forward.AddRange(effects.Forward);
            SendForward(context);
        }

        effects.Clear();
        if (memory.State.IsOver && memory.Frame?.Now >= memory.RetryAt) WriteRecord();
    }

    /// <summary>What makes the plant do something new goes out once its record is durable; a record that fails takes it back.</summary>
    private void SendForward(ActorContext<BatchMessage> context)
    {
        RecordAnswer answer = memory.Record.Desk.Write(memory.Image.Now);
        if (answer.Fault is { } fault) TakeBack(fault, context);
        else if (!answer.Pending)
        {
            Send(memory.Forward, context);
            memory.Forward.Clear();
        }
    }

    private void DropForward()
    {
        Interpreter.TakeBack(memory.State, memory.Forward, memory.Image);
        memory.Forward.Clear();
    }

    private void TakeBack(string fault, ActorContext<BatchMessage> context)
    {
        memory.RetryAt = memory.Image.Now + RetryRecordEvery;
        var after = new BatchEffects();
        Interpreter.RecordFailed(memory.State, fault, memory.Image, memory.Forward, after);
        memory.Forward.Clear();
        Send(after.TowardsSafe, context);
        foreach (BatchEvent happened in after.Events) Keep(happened);
    }

    /// <summary>One commit per scan for what only tells (DESIGN section 8).</summary>
    private void WriteRecord()
    {
        if (memory.Record.Desk.Write(memory.Image.Now).Fault is not { } fault) return;
        memory.RetryAt = memory.Image.Now + RetryRecordEvery;
        Interpreter.Hold(memory.State, $"the record cannot be written: {fault}", "journal", memory.Image, effects);
    }

    private void Send(List<BatchEffect> list, ActorContext<BatchMessage> context)
    {
        foreach (BatchEffect effect in list)
        {
            UnitMessage message = effect switch
            {
                StartPhase start => new PhaseStart(start.Phase, start.Arguments, memory.State.Values, start.Hold, batch.Recipe.Slots, memory.Frame),
                CommandUnit command => new UnitOrder(command.Command, command.Reason),
                _ => throw new InvalidOperationException($"no message for {effect}"),
            };
            context.Tell(units()[rig.Unit(effect.Unit)], message);
        }
    }

    private void Keep(BatchEvent happened)
    {
        happened = WithLot(happened) with { Batch = memory.Id };
        memory.Story.Add(happened, memory.State.Status);
        foreach (BatchEvent one in Shared(happened)) memory.Record.Keep(one);
        if (TellsOfMaterial(happened)) told.Add(happened);
    }

    private static CommandReply Reply(long id, CommandVerdict verdict) =>
        new(id, verdict.Accepted ? ReplyKind.Accepted : ReplyKind.Refused, verdict.Reason);
}
