using System.Collections.Immutable;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Records;

namespace Crm.Plant.UnitOperations.Running;

public static partial class PhaseRunner
{
    /// <summary>What the state the run is in now does in this scan, and its demands.</summary>
    private static PhaseRun Work(PhaseRun run, CheckOutcome checks, in RunnerInputs inputs, ImmutableArray<PhaseRefusal>.Builder refused)
    {
        if (run.State == PhaseState.Starting) run = Advance(run, [], true, TimeSpan.Zero, inputs, refused);
        switch (run.State)
        {
            case PhaseState.Running or PhaseState.Pausing:
                return Run(run, checks, inputs, refused);
            case PhaseState.Idle:
                return Standing(run, inputs);
            case PhaseState.Paused:
                return AtRest(run, inputs) with { Doing = "paused: " + run.Reason };
            case PhaseState.Completing or PhaseState.Complete:
                return AtRest(run, inputs);
            default:
                return ByTable(run, run.State, inputs);
        }
    }

    private static PhaseRun Run(PhaseRun run, CheckOutcome checks, in RunnerInputs inputs, ImmutableArray<PhaseRefusal>.Builder refused)
    {
        int first = inputs.Demands.Count;
        PhaseStep step = checks.FeedsPause is { } why
            ? Waiting(run, why, inputs)
            : run.Operation!.Step(Context(run, inputs, inputs.Demands, inputs.Events), run.Memory!);
        run = run with { Memory = step.Memory, Doing = step.Doing, Progress = step.Progress, FeedsPaused = checks.FeedsPause is not null };

        var requests = ImmutableArray.CreateBuilder<PhaseRequest>(0);
        bool ends = checks.Ends || step.Verdict == PhaseVerdict.Done;
        if (step.Verdict == PhaseVerdict.Fault)
        {
            PhaseChecks noted = StepConditions.Fault(run, run.Checks, inputs, step.Fault ?? "fault", requests, out bool continues);
            run = run with { Checks = noted };
            ends |= continues;
        }

        if (ManualOutputs.Lost(inputs, first) is >= 0 and var lost)
        {
            run = run with { LostOutput = lost };
            requests.Add(new PhaseRequest(PhaseCommand.Hold, $"{inputs.Rig.Outputs[lost].Name} was taken in manual"));
        }

        if (TrippedOutputs.Taken(run.Unit, inputs, first) is { } taken) requests.Add(new PhaseRequest(PhaseCommand.Hold, taken));

        bool running = run.State == PhaseState.Running;
        // Where its work is done it can be paused too: past its last pause point there is no other.
        ends = running ? ends && StepConditions.LongEnough(run, inputs) : step.AtPausePoint || step.Verdict == PhaseVerdict.Done;
        if (requests.Count > 0 || ends) run = Advance(run, requests.ToArray(), ends, TimeSpan.Zero, inputs, refused);
        return Settled(run, first, inputs);
    }

    /// <summary>The demands made stay if the run is still running, otherwise the new state's take their place in the same scan.</summary>
    private static PhaseRun Settled(PhaseRun run, int first, in RunnerInputs inputs)
    {
        run = Stands(run, StandingDemands.Covered(run.Standing, run.Unit, inputs.Rig, inputs.Image));
        if (run.State is PhaseState.Running or PhaseState.Pausing)
        {
            run = Stands(run, StandingDemands.Over(run.Standing, inputs.Demands, first, inputs.Rig));
            StandingDemands.Add(run.Standing, inputs.Demands, first, inputs.Image.Scan);
            return run;
        }

        if (run.State is PhaseState.Completing or PhaseState.Paused)
            run = Stands(run, StandingDemands.Over(run.Standing, inputs.Demands, first, inputs.Rig));
        inputs.Demands.RemoveRange(first, inputs.Demands.Count - first);
        return run.State is PhaseState.Completing or PhaseState.Paused ? AtRest(run, inputs) : ByTable(run, run.State, inputs);
    }

    // Mostly nothing changes, and a run is not copied in every scan for that.
    private static PhaseRun Stands(PhaseRun run, ImmutableArray<Demand> standing) => standing == run.Standing ? run : run with { Standing = standing };

    /// <summary>Feeds off, and what the operation keeps while it waits; it does not step.</summary>
    private static PhaseStep Waiting(PhaseRun run, string why, in RunnerInputs inputs)
    {
        StandingDemands.FeedsOff(run.Unit, inputs.Rig, inputs.Demands, inputs.Image.Scan);
        string? fault = run.Operation!.Wait(Context(run, inputs, inputs.Demands, inputs.Events), run.Memory!);
        return fault is null
            ? new PhaseStep(run.Memory!, PhaseVerdict.Continue, "feeds paused: " + why, run.Progress)
            : new PhaseStep(run.Memory!, PhaseVerdict.Fault, "feeds paused: " + why, run.Progress, fault);
    }

    /// <summary>Feeds off and everything else as it stands.</summary>
    private static PhaseRun AtRest(PhaseRun run, in RunnerInputs inputs)
    {
        bool between = !PhaseTable.IsActive(run.State);
        if (between && StandingDemands.IsEmptyVessel(run.Unit, inputs.Rig, inputs.Image)) run = Stands(run, []);
        else if (between) run = Stands(run, StandingDemands.Covered(run.Standing, run.Unit, inputs.Rig, inputs.Image));
        int first = inputs.Demands.Count;
        StandingDemands.FeedsOff(run.Unit, inputs.Rig, inputs.Demands, inputs.Image.Scan);
        StandingDemands.Add(run.Standing, inputs.Demands, first, inputs.Image.Scan);
        return run;
    }

    private static PhaseRun ByTable(PhaseRun run, PhaseState state, in RunnerInputs inputs)
    {
        if (PhaseStateTable.Column(state) < 0) return run;
        int first = inputs.Demands.Count;
        NoteEnds(run, inputs);
        run = run with { Column = state, InColumn = run.Column == state ? run.InColumn + inputs.Elapsed : TimeSpan.Zero };
        StandingDemands.Table(run, state, inputs.Demands, inputs.Image.Scan);
        if (state == PhaseState.Holding && run.LostOutput >= 0) ManualOutputs.LeaveWithPerson(inputs, first, run.LostOutput);
        if (state == PhaseState.Restarting) RestartProcedure.Jog(run, inputs, first);
        string doing = state == PhaseState.Restarting && run.Restart is not null ? RestartProcedure.Doing(run) : $"{state.ToString().ToLowerInvariant()}: {run.Reason}";
        return run with { Doing = doing, FeedsPaused = false };
    }

    /// <summary>On record: cells of the column that ruled until now whose time is over with this scan. A line or membrane has been flushed.</summary>
    private static void NoteEnds(PhaseRun run, in RunnerInputs inputs)
    {
        if (run.Column is not { } state) return;
        foreach (StateRow row in run.Unit.States.Rows)
        {
            StateCell cell = row.Cells[PhaseStateTable.Column(state)];
            if (!cell.IsTimed || run.InColumn >= cell.For || run.InColumn + inputs.Elapsed < cell.For) continue;
            string output = inputs.Rig.Outputs[row.Output].Name;
            Record(run, inputs, BatchEventKind.Note, $"{output} at {cell.Value} for {cell.For.TotalSeconds.F("0")} s while {state.ToString().ToLowerInvariant()}, now {cell.Then}", run.Reason, null);
        }
    }

    /// <summary>
    /// No phase is active: what stands goes on. HOLD, STOP and ABORT put the unit under its phase-state table all the same; RESTART and RESET
    /// lift that.
    /// </summary>
    private static RunnerResult StepBetween(PhaseRun run, ReadOnlySpan<PhaseRequest> requests, in RunnerInputs inputs)
    {
        var refused = ImmutableArray.CreateBuilder<PhaseRefusal>(0);
        PhaseState? before = Rules(run);
        PhaseState? forced = Column(inputs.Protection);
        if (Severity(forced) > Severity(before)) run = Put(run, forced!.Value, inputs.Protection, inputs.ProtectionCause, inputs);
        foreach (PhaseRequest request in requests) run = CommandBetween(run, request, inputs, refused);
        if (PhaseTable.IsActive(run.State))
            return new RunnerResult(Work(run, new CheckOutcome(run.Checks, [], false, null), inputs, refused), refused.ToImmutable());
        if (Rules(run) is not { } state) return new RunnerResult(Standing(run, inputs), refused.ToImmutable());
        // The first scan is the -ING state of the table, so that it takes effect at once and also over manual.
        return new RunnerResult(ByTable(run, state == before ? state : Entering(state), inputs), refused.ToImmutable());
    }

    /// <summary>The column of the table that rules a unit without an active phase; null when none does.</summary>
    private static PhaseState? Rules(PhaseRun run) =>
        run.Between ?? (run.State is PhaseState.Stopped or PhaseState.Aborted ? run.State : null);

    private static PhaseRun Standing(PhaseRun run, in RunnerInputs inputs)
    {
        if (run.State != PhaseState.Complete && run.Standing.Length == 0) return run;
        int first = inputs.Demands.Count;
        run = AtRest(run, inputs);
        if (TrippedOutputs.Taken(run.Unit, inputs, first) is not { } taken) return run;
        inputs.Demands.RemoveRange(first, inputs.Demands.Count - first);
        return ByTable(Put(run, PhaseState.Held, PhaseCommand.Hold, taken, inputs), PhaseState.Holding, inputs);
    }

    private static PhaseRun CommandBetween(PhaseRun run, PhaseRequest request, in RunnerInputs inputs, ImmutableArray<PhaseRefusal>.Builder refused)
    {
        if (WhyNotBetween(run, request, inputs) is { } why)
        {
            Refuse(run, new PhaseRefusal(request, why), inputs, refused);
            return run;
        }

        if (Column(request.Command) is { } state && PhaseTable.Target(run.State, request.Command) is null)
            return Severity(state) > Severity(Rules(run)) ? Put(run, state, request.Command, request.By, inputs) : run;
        if (run.Between is not { } ruled || !Lifts(request.Command, ruled)) return Advance(run, [request], false, inputs.Elapsed, inputs, refused);

        Record(run, inputs, BatchEventKind.Command, $"{run.Unit.Name}: {PhaseTable.Word(request.Command)}, no phase active", request.By, null);
        run = run with { Between = null, Reason = "", Standing = ruled == PhaseState.Held ? run.Standing : [] };
        bool resets = request.Command == PhaseCommand.Reset && PhaseTable.IsTerminal(run.State);
        return resets ? Advance(run, [request], false, inputs.Elapsed, inputs, refused) : run;
    }

    private static string? WhyNotBetween(PhaseRun run, PhaseRequest request, in RunnerInputs inputs) => request.Command switch
    {
        PhaseCommand.Start when run.Node is null => $"{run.Unit.Name} has no phase to start",
        PhaseCommand.Start when inputs.WhyNot is { } blocked => blocked,
        PhaseCommand.Start when Rules(run) is { } state => $"{run.Unit.Name} is {PhaseTable.Word(state)}: {run.Reason}",
        PhaseCommand.Start when run.State == PhaseState.Idle => "START gave way to a stronger command of the same scan",
        PhaseCommand.Restart or PhaseCommand.Resume when run.Between is not null => inputs.WhyNot,
        _ => null,
    };

    private static PhaseRun Put(PhaseRun run, PhaseState state, PhaseCommand command, string cause, in RunnerInputs inputs)
    {
        Record(run, inputs, BatchEventKind.Command, $"{run.Unit.Name}: {PhaseTable.Word(command)}, no phase active", cause, null);
        ImmutableArray<Demand> cameTo = state == PhaseState.Held ? StandingDemands.CameTo(run, inputs) : run.CameTo;
        return run with { Between = state, Reason = cause, CameTo = cameTo };
    }

    private static PhaseState? Column(PhaseCommand command) => command switch
    {
        PhaseCommand.Hold => PhaseState.Held,
        PhaseCommand.Stop => PhaseState.Stopped,
        PhaseCommand.Abort => PhaseState.Aborted,
        _ => null,
    };

    private static PhaseState Entering(PhaseState state) => state switch
    {
        PhaseState.Held => PhaseState.Holding,
        PhaseState.Stopped => PhaseState.Stopping,
        _ => PhaseState.Aborting,
    };

    private static int Severity(PhaseState? state) => state switch
    {
        PhaseState.Held => 1,
        PhaseState.Stopped => 2,
        PhaseState.Aborted => 3,
        _ => 0,
    };

    private static bool Lifts(PhaseCommand command, PhaseState ruled) =>
        command == PhaseCommand.Reset || (command is PhaseCommand.Restart or PhaseCommand.Resume && ruled == PhaseState.Held);
}
