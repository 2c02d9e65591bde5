using System.Collections.Immutable;
using Crm.Actors;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Plant.Tags;
using Crm.Plant.UnitOperations;
using Crm.Plant.UnitOperations.Running;

namespace Crm.Control;

/// <summary>
/// Layer 3: one process unit. Steps its phase once per frame; its demands answer that frame and take effect at the next scan. HOLD, STOP
/// and ABORT do not wait for the next frame: they are stepped at once on the last one, so that their values are out with the next scan.
/// </summary>
public sealed partial class UnitController(
    RigDefinition rig,
    ScanCore core,
    ImmutableArray<IUnitOperation> operations,
    UnitState state,
    ActorRef<RigMessage> rigActor,
    Func<int, ActorRef<BatchMessage>> batches,
    ActorRef<DeskMessage> desk) : Actor<UnitMessage>
{
    private readonly Owner owner = new(state.Definition.Name);
    private readonly int unit = state.Definition.Ordinal;
    private StepScope scope = new(state.Slots, new Image(0, TimeSpan.Zero, []));

    /// <summary>A controller that throws is out of action; the rig trips, latched (DESIGN section 7).</summary>
    public override void Receive(UnitMessage message, ActorContext<UnitMessage> context)
    {
        if (state.HasFailed) return;
        try
        {
            Handle(message, context);
        }
        catch (Exception fault)
        {
            state.HasFailed = true;
            string why = $"{state.Definition.Name} controller failed: {fault.GetType().Name}: {fault.Message}";
            context.Tell(rigActor, new ControllerFailed(state.Definition.Name, why));
            TellBatch(new PhaseReported(new PhaseReport(state.Run.StepId, state.Definition.Name, PhaseState.Aborted, why)), context);
        }
    }

    public override Actor<UnitMessage> Fork() => new UnitController(rig, core, operations, state.Fork(), rigActor, batches, desk);

    private void Handle(UnitMessage message, ActorContext<UnitMessage> context)
    {
        switch (message)
        {
            case UnitFrame { Frame: var frame }:
                TimeSpan elapsed = state.Frame is { } before ? frame.Now - before.Now : rig.ScanPeriod;
                state.Frame = frame;
                if (state.StartIsDue && state.Run.Between is null) RequestStart();
                Step(elapsed, context);
                TellKeptFromStarting(context);
                TellLeft(context);
                break;
            case ServeBatch serve:
                Serve(serve.Batch, context);
                break;
            case LeaveWhenAtRest leave:
                state.Leaves = leave.Batch == state.Batch;
                TellLeft(context);
                break;
            case Stay:
                state.Leaves = false;
                break;
            case PhaseStart start:
                Load(start, context);
                break;
            case UnitOrder order:
                Obey(order, context);
                break;
            case UnitFinish when PhaseRunner.WhyNotFinish(state.Run) is null:
                state.Run = PhaseRunner.Finish(state.Run);
                break;
            case BatchValuesChanged changed:
                state.Values = changed.Values;
                break;
        }
    }

    private void Load(PhaseStart start, ActorContext<UnitMessage> context)
    {
        IUnitOperation operation = operations.First(o => o.Description.Name == start.Phase.Operation);
        state.Run = PhaseRunner.Load(state.Run, start.Phase, operation, start.Arguments, start.Hold);
        state.Values = start.Values;
        state.Slots = start.Slots;
        scope = new StepScope(state.Slots, scope.Image);
        state.Told = PhaseState.Idle;
        state.StartIsDue = true;
        state.Frame = start.Seen ?? state.Frame;
        if (state.Attends) return;
        state.Attends = true;
        context.Tell(rigActor, new Attend(unit, true));
    }

    private void RequestStart()
    {
        state.StartIsDue = false;
        state.Pending.Add(new PhaseRequest(PhaseCommand.Start, "recipe"));
    }

    /// <summary>
    /// Protection or a person put the unit under its phase-state table while no phase was on it. A phase loaded then does not start by
    /// itself: the batch holds and hears why, and RESTART lifts it.
    /// </summary>
    private void TellKeptFromStarting(ActorContext<UnitMessage> context)
    {
        if (!state.StartIsDue || state.Run.Between is not { } ruled) return;
        state.StartIsDue = false;
        Tell(PhaseState.Held, $"{state.Definition.Name} was {PhaseTable.Word(ruled)} before this phase ({state.Run.Reason})", context);
    }

    private void Obey(UnitOrder order, ActorContext<UnitMessage> context)
    {
        bool isSafe = order.Command is PhaseCommand.Hold or PhaseCommand.Stop or PhaseCommand.Abort;
        bool neverRan = state.IsLoaded;
        // A unit that never had a phase has asked for nothing: its outputs are where their lapse rules left them.
        if (state.Frame is null && !neverRan) return;
        if (neverRan && order.Command == PhaseCommand.Restart) state.StartIsDue = true;
        bool lifts = neverRan && order.Command == PhaseCommand.Restart && state.Run.Between is null;
        if (!lifts) state.Pending.Add(new PhaseRequest(Lifting(order.Command, neverRan), order.By));
        if (!isSafe) return;
        if (neverRan)
        {
            state.StartIsDue = false;
            state.Pending.RemoveAll(p => p.Command == PhaseCommand.Start);
        }

        if (state.Frame is not null) Step(TimeSpan.Zero, context);
        if (neverRan) Tell(Ending(order.Command), order.By, context);
    }

    /// <summary>RESTART of a phase that never ran lifts a stop or abort of its unit too; the batch refuses RESTART while a trip stands.</summary>
    private PhaseCommand Lifting(PhaseCommand command, bool neverRan) =>
        neverRan && command == PhaseCommand.Restart && state.Run.Between is (PhaseState.Stopped or PhaseState.Aborted) ? PhaseCommand.Reset : command;

    private static PhaseState Ending(PhaseCommand command) => command switch
    {
        PhaseCommand.Hold => PhaseState.Held,
        PhaseCommand.Stop => PhaseState.Stopped,
        _ => PhaseState.Aborted,
    };

    private void Step(TimeSpan elapsed, ActorContext<UnitMessage> context)
    {
        PlantFrame frame = state.Frame!;
        var demands = new List<Demand>(state.Asked.Count);
        var events = new List<BatchEvent>(0);
        PhaseRequest[] requests = [.. state.Pending];
        state.Pending.Clear();
        PhaseCommand protection = frame.UnitCommands[unit];
        string cause = protection == PhaseCommand.None ? "" : $"protection: {core.WhyTripped(frame, unit)}";
        string? whyNot = requests.Length == 0 ? null : core.WhyNot(frame, unit, state.Run.Node?.Operation ?? "");
        var inputs = new RunnerInputs(rig, frame.Image, Scope(frame.Image), elapsed, whyNot, protection, cause, demands, events) { Outputs = frame.Outputs, Trips = frame.Trips, Loops = frame.Loops, Driven = frame.Plan.Values };
        RunnerResult result = PhaseRunner.Step(state.Run, requests, inputs);
        state.Run = result.Run;
        var activity = new UnitActivity(state.Run.State, state.Run.Node?.Operation);
        if (activity != state.Reported) context.Tell(rigActor, new UnitReported(unit, state.Reported = activity));
        if (demands.Count > 0) context.Tell(rigActor, new Demands(owner, demands));
        if (NoLongerAsked(demands) is { } let) context.Tell(rigActor, new LetGo(owner, let));
        state.Asked = demands;
        if (events.Count > 0) TellBatch(new Happened(events), context);
        Report(result, context);
    }

    /// <summary>What the step before asked for and this one does not; null when there is nothing.</summary>
    private List<Demand>? NoLongerAsked(List<Demand> now)
    {
        List<Demand>? gone = null;
        IReadOnlyList<Demand> before = state.Asked;
        for (int i = 0; i < before.Count; i++)
            if (!Contains(now, before[i])) (gone ??= []).Add(before[i]);
        return gone;
    }

    private static bool Contains(List<Demand> demands, in Demand wanted)
    {
        foreach (Demand demand in demands)
            if (demand.Target == wanted.Target && demand.IsLoop == wanted.IsLoop) return true;
        return false;
    }

    private void Report(RunnerResult result, ActorContext<UnitMessage> context)
    {
        if (state.Run.Node is null) return;
        foreach (PhaseRefusal refusal in result.Refused)
        {
            // A START or RESTART that was refused leaves the phase where it is; the batch must hear why it does not run.
            if (refusal.Request.Command is not (PhaseCommand.Start or PhaseCommand.Restart)) continue;
            if (!state.IsLoaded && state.Run.State != PhaseState.Held) continue;
            state.Told = PhaseState.Idle;
            Tell(PhaseState.Held, refusal.Reason, context);
        }

        if (!state.IsLoaded) Tell(state.Run.State, state.Run.Reason, context);
    }

    private void Tell(PhaseState phase, string reason, ActorContext<UnitMessage> context)
    {
        if (phase == state.Told) return;
        state.Told = phase;
        TellBatch(new PhaseReported(new PhaseReport(state.Run.StepId, state.Definition.Name, phase, reason) { LostOutput = state.Run.LostOutput }), context);
    }

    /// <summary>A unit that serves no batch yet is spoken for by the first.</summary>
    private void TellBatch(BatchMessage message, ActorContext<UnitMessage> context) => context.Tell(batches(Math.Max(0, state.Batch)), message);

    private StepScope Scope(Image image)
    {
        scope.Image = image;
        scope.Values = state.Values;
        scope.Contact = state.Run.Status.Contact;
        scope.Active = state.Run.Status.Active;
        scope.Wall = state.Run.Status.Wall;
        return scope;
    }
}
