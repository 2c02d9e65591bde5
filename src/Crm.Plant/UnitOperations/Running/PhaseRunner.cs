using System.Collections.Immutable;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Plant.UnitOperations.Running;

/// <summary>
/// Runs one phase at a time on one unit: the ISA-88 machine, the unit operation, the step's conditions and the unit's phase-state table,
/// combined into a pure function of (run, requests, picture).
/// </summary>
public static partial class PhaseRunner
{
    /// <summary>Holding, stopping and aborting last at least this long: outputs have taken their values, scales have come to rest.</summary>
    private static readonly TimeSpan ComesToRest = TimeSpan.FromSeconds(1);

    /// <summary>RESTARTING lasts at least this long, with the feeds locked.</summary>
    private static readonly TimeSpan Jog = TimeSpan.FromSeconds(5);

    /// <summary>Share of its speed at which an agitator counts as turning again.</summary>
    private const double TurningAgain = 0.5;

    /// <summary>A unit that nothing has run on.</summary>
    public static PhaseRun Idle(UnitDefinition unit) => new(
        unit, null, null, PhaseRun.NoArguments, null, PhaseStatus.Idle, null, PhaseChecks.None, [], null, "", double.NaN, "", false, true);

    /// <summary>
    /// Puts a phase on a unit, ready for START. What stood on the unit (setpoints, agitator) stays.
    /// </summary>
    /// <param name="arguments">Bound, with defaults filled in.</param>
    /// <exception cref="InvalidOperationException">A phase is still active on the unit.</exception>
    public static PhaseRun Load(
        PhaseRun run, PhaseNode node, IUnitOperation operation, ImmutableSortedDictionary<string, Argument> arguments, HoldRule? hold)
    {
        if (PhaseTable.IsActive(run.State)) throw new InvalidOperationException($"{run.Unit.Name} still runs {run.StepId}");
        return Idle(run.Unit) with
        {
            Node = node,
            Operation = operation,
            Arguments = arguments,
            Hold = hold,
            Checks = PhaseChecks.For(node),
            Standing = run.State is PhaseState.Stopped or PhaseState.Aborted ? [] : run.Standing,
            Between = run.Between,
            Column = run.Column,
            InColumn = run.InColumn,
            CameTo = run.CameTo,
            Reason = run.Between is null ? "" : run.Reason,
            Doing = "ready",
        };
    }

    /// <summary>
    /// A phase whose controller was away: HELD (S88-22). The operation goes on from what it recorded (a dose from its scale); without a
    /// record RESTART begins it anew, which is refused for what is not safe to repeat.
    /// </summary>
    /// <param name="recorded">Events of this step since its START, in order.</param>
    public static PhaseRun ComeBack(PhaseRun loaded, in PhaseStatus status, TimeSpan away, IReadOnlyList<BatchEvent> recorded)
    {
        PhaseAdvance back = PhaseMachine.ComeBack(status, away);
        PhaseMemory? memory = loaded.Operation!.Recover(recorded);
        return loaded with { Status = back.Status, Reason = "controller came back", Doing = "held: controller came back", Memory = memory, Accounted = false, AgitationLost = true };
    }

    /// <summary>What stood on a unit when its controller was lost, with a phase on it or between two.</summary>
    /// <param name="energised">Outputs of the last picture of the record.</param>
    /// <param name="setpoints">Setpoints of the last picture, by loop.</param>
    public static PhaseRun Recall(PhaseRun run, IReadOnlyDictionary<int, double> energised, IReadOnlyDictionary<int, double> setpoints, RigDefinition rig) =>
        run with { Standing = StandingDemands.WithSetpoints(StandingDemands.Recalled(run, energised, rig), run.Unit, setpoints, rig) };

    /// <summary>One scan.</summary>
    /// <param name="requests">Commands of persons and of the procedure since the scan before.</param>
    public static RunnerResult Step(PhaseRun run, ReadOnlySpan<PhaseRequest> requests, in RunnerInputs inputs)
    {
        if (!PhaseTable.IsActive(run.State) && !Starts(run, requests, inputs)) return StepBetween(run, requests, inputs);
        if (run.State == PhaseState.Completing && Asks(requests, PhaseCommand.Hold)) return StepBetween(Completed(run, inputs), requests, inputs);

        var refused = ImmutableArray.CreateBuilder<PhaseRefusal>(0);
        CheckOutcome checks = PhaseTable.IsActive(run.State)
            ? StepConditions.Evaluate(run, inputs)
            : new CheckOutcome(run.Checks, [], false, null);
        if (!ReferenceEquals(checks.Checks, run.Checks)) run = run with { Checks = checks.Checks };
        run = RestartProcedure.Advance(RestartProcedure.Watch(run, inputs), inputs, out string? accumulated);
        ImmutableArray<PhaseRequest> all = Gather(run, requests, checks.Requests, inputs, refused);
        if (accumulated is not null) all = all.Add(new PhaseRequest(PhaseCommand.Hold, accumulated));
        bool ended = HasEnded(run, inputs);
        bool ran = run.State is PhaseState.Running or PhaseState.Pausing;
        run = Advance(run.Between is null ? run : run with { Between = null }, all.AsSpan(), ended, inputs.Elapsed, inputs, refused);
        // The conditions of the step have not been looked at yet in the scan that enters RUNNING: no feed before they have.
        run = Work(run, ran ? checks : checks with { FeedsPause = "starting" }, inputs, refused);
        return new RunnerResult(run, refused.ToImmutable());
    }

    /// <summary>
    /// HOLD means nothing to a phase that is COMPLETING (S88 table A), but much to its unit: the phase completes in this scan and the unit
    /// goes to its HELD column as it does between phases.
    /// </summary>
    private static PhaseRun Completed(PhaseRun run, in RunnerInputs inputs) =>
        Advance(run, [], true, inputs.Elapsed, inputs, ImmutableArray.CreateBuilder<PhaseRefusal>(0));

    private static bool Asks(ReadOnlySpan<PhaseRequest> requests, PhaseCommand command)
    {
        foreach (PhaseRequest request in requests)
            if (request.Command == command) return true;
        return false;
    }

    /// <summary>Everything that the unit asked for is let go; its outputs lapse. For the end of a batch.</summary>
    public static PhaseRun Release(PhaseRun run) => PhaseTable.IsActive(run.State)
        ? throw new InvalidOperationException($"{run.Unit.Name} still runs {run.StepId}")
        : Idle(run.Unit);

    /// <summary>A START that nothing stands against. A hold between phases is lifted by it: the procedure does not start phases while it is held.</summary>
    private static bool Starts(PhaseRun run, ReadOnlySpan<PhaseRequest> requests, in RunnerInputs inputs)
    {
        bool free = run.Between is null or PhaseState.Held && inputs.WhyNot is null;
        if (run.State != PhaseState.Idle || run.Node is null || !free) return false;
        bool starts = false;
        foreach (PhaseRequest request in requests)
        {
            if (request.Command == PhaseCommand.Start) starts = true;
            if (request.Command is PhaseCommand.Hold or PhaseCommand.Stop or PhaseCommand.Abort) return false;
        }

        return starts;
    }

    /// <summary>Requests of persons, protection and conditions; what must not start is refused here with the reason.</summary>
    private static ImmutableArray<PhaseRequest> Gather(
        PhaseRun run, ReadOnlySpan<PhaseRequest> requests, ImmutableArray<PhaseRequest> own, in RunnerInputs inputs, ImmutableArray<PhaseRefusal>.Builder refused)
    {
        var all = ImmutableArray.CreateBuilder<PhaseRequest>(0);
        foreach (PhaseRequest request in requests)
        {
            string? why = request.Command switch
            {
                PhaseCommand.Start or PhaseCommand.Restart or PhaseCommand.Resume when inputs.WhyNot is { } blocked => blocked,
                PhaseCommand.Restart when run.Memory is null && !run.Operation!.Description.RepeatSafe =>
                    $"{run.Operation.Description.Label} is never repeated blindly: what was done is not known; skip, stop or abort it",
                _ => null,
            };
            if (why is null) all.Add(request);
            else Refuse(run, new PhaseRefusal(request, why), inputs, refused);
        }

        if (inputs.Protection != PhaseCommand.None && PhaseTable.Target(run.State, inputs.Protection) is not null)
            all.Add(new PhaseRequest(inputs.Protection, inputs.ProtectionCause));
        all.AddRange(own);
        return all.ToImmutable();
    }

    /// <summary>Has the logic of the present -ING state ended? RUNNING and PAUSING are judged by their own step.</summary>
    private static bool HasEnded(PhaseRun run, in RunnerInputs inputs)
    {
        TimeSpan inState = run.Status.InState + inputs.Elapsed;
        return run.State switch
        {
            PhaseState.Starting or PhaseState.Completing => true,
            PhaseState.Holding or PhaseState.Stopping or PhaseState.Aborting =>
                inState >= ComesToRest && StandingDemands.RampsAreOver(run.Unit, run.State, inputs.Driven.Span, inputs.Outputs) && StandingDemands.TimesAreOver(run.Unit, run.State, inState),
            PhaseState.Restarting => inState >= Jog && StandingDemands.TimesAreOver(run.Unit, run.State, inState) && AgitatorIsBack(run, inputs) && run.Restart is null or { Stage: RestartStage.Done },
            _ => false,
        };
    }

    private static bool AgitatorIsBack(PhaseRun run, in RunnerInputs inputs)
    {
        double asked = StandingDemands.AgitatorSpeed(run.Unit, PhaseState.Restarting, run.Standing, inputs.Rig);
        int tag = inputs.Rig.Tag(run.Unit.Name, "agitator_speed");
        return asked <= 0 || tag < 0 || (!inputs.Image[tag].IsBad && inputs.Image[tag].Value >= TurningAgain * asked);
    }

    /// <summary>One step of the machine, with everything that follows from a change of state.</summary>
    private static PhaseRun Advance(
        PhaseRun run, ReadOnlySpan<PhaseRequest> requests, bool ended, TimeSpan elapsed, in RunnerInputs inputs, ImmutableArray<PhaseRefusal>.Builder refused)
    {
        PhaseAdvance advance = run.Machine.Advance(run.Status, requests, ended, elapsed);
        foreach (PhaseRefusal refusal in advance.Refused) Refuse(run, refusal, inputs, refused);
        run = run with { Status = advance.Status };
        return advance.Passage is { } passage ? Passed(run, passage, inputs) : run;
    }

    private static PhaseRun Passed(PhaseRun run, PhasePassage passage, in RunnerInputs inputs)
    {
        string cause = passage.Cause == PassageCause.Command ? passage.By : passage.Cause switch
        {
            PassageCause.End => "recipe",
            PassageCause.TimeOut => "time limit of the state",
            PassageCause.LongestHold => "longest hold",
            _ => "controller came back",
        };
        Record(run, inputs, BatchEventKind.PhaseState, passage.ToString(), cause, passage);
        bool endsBadly = passage.To is PhaseState.Holding or PhaseState.Stopping or PhaseState.Aborting or PhaseState.Pausing;
        if (endsBadly) run = run with { Reason = cause, FeedsPaused = false };
        if (passage.To == PhaseState.Holding && passage.From != PhaseState.Restarting) run = run with { CameTo = StandingDemands.CameTo(run, inputs) };
        if (passage.To is PhaseState.Running or PhaseState.Restarting) run = run with { LostOutput = -1 };
        if (passage.To == PhaseState.Restarting) run = run with { Restart = RestartProcedure.Begin(run) };
        if (passage.To == PhaseState.Running) run = run with { AgitationLost = false, HeldFor = TimeSpan.Zero };
        if (passage.To == PhaseState.Holding) run = run with { AgitationLost = run.AgitationLost || run.Restart is { Stage: not RestartStage.Done } };
        if (passage.To == PhaseState.Running) run = Resumed(run, passage, inputs);
        if (passage.To is PhaseState.Completing or PhaseState.Stopped or PhaseState.Aborted) run = Account(run, inputs);
        if (passage.To is PhaseState.Stopped or PhaseState.Aborted) run = run with { Standing = [] };
        return run;
    }

    private static PhaseRun Resumed(PhaseRun run, PhasePassage passage, in RunnerInputs inputs)
    {
        PhaseContext context = Context(run, inputs, [], inputs.Events);
        PhaseMemory memory = passage.From is PhaseState.Starting || run.Memory is null
            ? run.Operation!.Begin(context)
            : run.Operation!.Resume(context, run.Memory);
        PhaseChecks checks = passage.From == PhaseState.Starting ? run.Checks : run.Checks.Restarted(run.Status.Active);
        return run with { Memory = memory, Checks = checks, Reason = "", Accounted = false };
    }

    private static PhaseRun Account(PhaseRun run, in RunnerInputs inputs)
    {
        if (run.Accounted || run.Memory is null) return run;
        run.Operation!.End(Context(run, inputs, [], inputs.Events), run.Memory);
        return run with { Accounted = true };
    }

    private static PhaseContext Context(PhaseRun run, in RunnerInputs inputs, List<Demand> demands, List<BatchEvent> events) => new(
        inputs.Rig, run.Unit, run.Arguments, inputs.Image, run.Status.Active, run.Status.Contact, run.Status.Wall, inputs.Elapsed, run.StepId, demands, events)
    {
        Driven = inputs.Driven,
        OffSpecification = run.Node is { DivertWhen: { } divert } && StepConditions.IsTrueOrBlind(divert, inputs) ? divert.Text : null,
    };

    /// <summary>The phase shuts down in an orderly way from the next scan on, as a person has asked; the reason why it cannot, or null.</summary>
    public static string? WhyNotFinish(PhaseRun run) =>
        run.Node is null || !PhaseTable.IsActive(run.State) ? $"nothing runs on {run.Unit.Name}"
        : run.Operation is not { Description.Continuous: true } ? $"{run.StepId} ends when it has done what was asked; what goes on until its feed is gone can be finished before, this can be stopped"
        : run.State != PhaseState.Running || run.Memory is null ? $"{run.StepId} is {PhaseTable.Word(run.State)}; it is finished while it runs"
        : null;

    /// <exception cref="InvalidOperationException">It cannot be finished now.</exception>
    public static PhaseRun Finish(PhaseRun run) =>
        WhyNotFinish(run) is { } why ? throw new InvalidOperationException(why) : run with { Memory = run.Operation!.Finish(run.Memory!) };

    private static void Refuse(PhaseRun run, PhaseRefusal refusal, in RunnerInputs inputs, ImmutableArray<PhaseRefusal>.Builder refused)
    {
        refused.Add(refusal);
        Record(run, inputs, BatchEventKind.CommandRefused, refusal.Reason, refusal.Request.By, null);
    }

    private static void Record(PhaseRun run, in RunnerInputs inputs, BatchEventKind kind, string text, string cause, PhasePassage? passage)
    {
        var data = BatchEvent.NoData.Add("unit", run.Unit.Name);
        if (passage is { } p) data = data.Add("from", PhaseTable.Word(p.From)).Add("to", PhaseTable.Word(p.To));
        string subject = run.StepId.Length > 0 ? run.StepId : run.Unit.Name;
        inputs.Events.Add(new BatchEvent(inputs.Image.Now, inputs.Image.Scan, kind, subject, text, cause, data));
    }
}
