using System.Collections.Immutable;
using Crm.Plant.Expressions;
using Crm.Plant.Loops;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Protection;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Plant.UnitOperations.Running;

/// <summary>
/// One unit and the phase on it, or the last phase, or none. Immutable: keeping a reference is forking it. Changed only by
/// <see cref="PhaseRunner"/>.
/// </summary>
/// <param name="Standing">
/// Loop setpoints and agitator speeds the last phases asked for. They stay until another phase changes them or the vessel is empty: what a
/// phase does not mention stays as it was, also between phases.
/// </param>
/// <param name="Between">Column of the phase-state table that rules while no phase is active, after HOLD, STOP or ABORT; null for none.</param>
/// <param name="Doing">What it is doing, in a technician's words.</param>
/// <param name="Progress">0 to 1; NaN when it cannot be told.</param>
/// <param name="Reason">Why it is held, paused, stopped or aborted; empty while all is well.</param>
/// <param name="FeedsPaused">RUNNING with the feeds off, because of pause_when or of conditions that must come true first.</param>
/// <param name="Accounted">The operation's end has been recorded.</param>
/// <param name="Hold">The recipe's own rule for a hold of the unit.</param>
public sealed record PhaseRun(
    UnitDefinition Unit,
    PhaseNode? Node,
    IUnitOperation? Operation,
    ImmutableSortedDictionary<string, Argument> Arguments,
    HoldRule? Hold,
    PhaseStatus Status,
    PhaseMemory? Memory,
    PhaseChecks Checks,
    ImmutableArray<Demand> Standing,
    PhaseState? Between,
    string Doing,
    double Progress,
    string Reason,
    bool FeedsPaused,
    bool Accounted)
{
    public static readonly ImmutableSortedDictionary<string, Argument> NoArguments =
        ImmutableSortedDictionary.Create<string, Argument>(StringComparer.Ordinal);

    /// <summary>Output that a person took from the phase, by ordinal; -1 for none.</summary>
    public int LostOutput { get; init; } = -1;

    /// <summary>The restart in progress where it is more than getting the agitator back.</summary>
    internal RestartCourse? Restart { get; init; }

    /// <summary>The agitator stood still while it should have turned, since the phase last ran.</summary>
    internal bool AgitationLost { get; init; }

    /// <summary>How long the last hold has lasted.</summary>
    internal TimeSpan HeldFor { get; init; }

    /// <summary>Column of the phase-state table that ruled the outputs last; null before any did.</summary>
    internal PhaseState? Column { get; init; }

    /// <summary>How long that column has ruled.</summary>
    internal TimeSpan InColumn { get; init; }

    /// <summary>Setpoints that the loops had come to when the unit was held.</summary>
    internal ImmutableArray<Demand> CameTo { get; init; } = [];

    public PhaseState State => Status.State;

    /// <summary>Path of the step, empty without a phase.</summary>
    public string StepId => Node?.Id ?? "";

    /// <summary>Commands that are legal now: bit <c>1 &lt;&lt; (int)command</c>.</summary>
    public int EnabledCommands => PhaseTable.EnabledCommands(State, CanPause);

    /// <summary>Why the state refuses a command; null when it takes it.</summary>
    public string? WhyNot(PhaseCommand command) => Machine.WhyNot(State, command);

    internal bool CanPause => Operation is { } operation && operation.Description.PausePoints.Length > 0;

    internal PhaseMachine Machine
    {
        get
        {
            PhaseMachine machine = PhaseMachine.For(Unit.States, CanPause);
            if (Hold is not { } rule) return machine;
            PhaseCommand then = PhaseTable.Stronger(machine.AfterLongestHold, Consequences.Command(rule.Then));
            return machine with { LongestHold = rule.AtMost < machine.LongestHold ? rule.AtMost : machine.LongestHold, AfterLongestHold = then };
        }
    }
}

/// <summary>What a phase run sees and may do in one scan.</summary>
/// <param name="Scope">What the step's conditions look at, with the clocks of the run as it stands.</param>
/// <param name="Elapsed">Time since the scan before.</param>
/// <param name="WhyNot">Why START, RESTART and RESUME are refused now (permissives, trips on the unit); null when they are not.</param>
/// <param name="Protection">Command that protection gives the unit; stands as long as the trip does.</param>
/// <param name="ProtectionCause">The trip, for the record: <c>protection leach-overheat</c>.</param>
/// <param name="Demands">Demands are added here.</param>
/// <param name="Events">Events are added here.</param>
public readonly record struct RunnerInputs(
    RigDefinition Rig,
    Image Image,
    IExpressionScope Scope,
    TimeSpan Elapsed,
    string? WhyNot,
    PhaseCommand Protection,
    string ProtectionCause,
    List<Demand> Demands,
    List<BatchEvent> Events)
{
    /// <summary>Who drives the outputs, by ordinal; default when nobody tells.</summary>
    public ImmutableArray<OutputStatus> Outputs { get; init; }

    /// <summary>Values of the last plan, by output; empty when nobody tells.</summary>
    public ReadOnlyMemory<double> Driven { get; init; }

    /// <summary>Loops by ordinal; default when nobody tells.</summary>
    public ImmutableArray<LoopStatus> Loops { get; init; }

    /// <summary>How the rows of the matrix stand, by ordinal; default when nobody tells.</summary>
    public ImmutableArray<TripStatus> Trips { get; init; }
}

/// <param name="Refused">Requests that changed nothing, and why.</param>
public readonly record struct RunnerResult(PhaseRun Run, ImmutableArray<PhaseRefusal> Refused);

internal static class Consequences
{
    /// <summary>The command that a consequence gives the phase; none for ignore and continue.</summary>
    public static PhaseCommand Command(Consequence consequence) => consequence switch
    {
        Consequence.Pause => PhaseCommand.Pause,
        Consequence.Hold => PhaseCommand.Hold,
        Consequence.Stop => PhaseCommand.Stop,
        Consequence.Abort => PhaseCommand.Abort,
        _ => PhaseCommand.None,
    };
}
