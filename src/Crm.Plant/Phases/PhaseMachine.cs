using System.Collections.Immutable;

namespace Crm.Plant.Phases;

/// <summary>
/// The ISA-88 machine of one phase: a pure function from (status, requests, end condition, elapsed) to the next status. It knows the
/// limits of its unit's phase-state table; it knows nothing of outputs.
/// </summary>
/// <param name="TransientLimit">Limit on every -ING state; expiry escalates (S88-23).</param>
/// <param name="AfterLongestHold">Command after <paramref name="LongestHold"/> in HELD: stop or abort; none stays held.</param>
/// <param name="CanPause">False when the operation declares no pause point (S88-06).</param>
public sealed record PhaseMachine(TimeSpan TransientLimit, TimeSpan LongestHold, PhaseCommand AfterLongestHold, bool CanPause)
{
    public static PhaseMachine For(PhaseStateTable table, bool canPause) =>
        new(table.TransientLimit, table.LongestHold, table.AfterLongestHold, canPause);

    /// <summary>One scan.</summary>
    /// <param name="requests">Commands that arrived since the scan before; the strongest wins, the others are refused (S88-09).</param>
    /// <param name="ended">
    /// The logic of the present state has ended: in RUNNING the verdict done, in PAUSING a pause point reached, in HOLDING, RESTARTING,
    /// STOPPING and ABORTING the table's values reached. Ignored in states that only a command leaves.
    /// </param>
    /// <param name="elapsed">Time since the scan before.</param>
    public PhaseAdvance Advance(in PhaseStatus status, ReadOnlySpan<PhaseRequest> requests, bool ended, TimeSpan elapsed)
    {
        PhaseStatus aged = Age(status, elapsed);
        var refused = ImmutableArray<PhaseRefusal>.Empty;
        if (Winner(requests, out PhaseRequest winner))
        {
            refused = Losers(requests, winner);
            string? why = WhyNot(aged.State, winner.Command);
            if (why is null) return Follow(aged, winner.Command, PassageCause.Command, winner.By, refused);
            refused = refused.Add(new PhaseRefusal(winner, why));
        }

        if (ended && PhaseTable.End(aged.State) is { } end) return Go(aged, end, PassageCause.End, PhaseCommand.None, "", refused);
        return TimeOut(aged, refused);
    }

    /// <summary>Reason why a command is refused in a state; null when it is accepted.</summary>
    public string? WhyNot(PhaseState state, PhaseCommand command)
    {
        if (command == PhaseCommand.None) return "no command";
        if (PhaseTable.Target(state, command) is null) return PhaseTable.Refusal(state, command);
        return command == PhaseCommand.Pause && !CanPause ? "PAUSE refused: this operation has no pause point" : null;
    }

    /// <summary>Commands that are legal now: bit <c>1 &lt;&lt; (int)command</c>.</summary>
    public int EnabledCommands(PhaseState state) => PhaseTable.EnabledCommands(state, CanPause);

    /// <summary>
    /// The phase after its controller was away: HELD, never running (S88-22); what was already on its way to stopped or aborted goes on
    /// there. The absence counts on the wall clock.
    /// </summary>
    public static PhaseAdvance ComeBack(in PhaseStatus status, TimeSpan away)
    {
        if (!PhaseTable.IsActive(status.State)) return new PhaseAdvance(status, null, []);
        PhaseStatus later = status with { Wall = status.Wall + away };
        if (later.State is PhaseState.Held or PhaseState.Stopping or PhaseState.Aborting) return new PhaseAdvance(later, null, []);
        return Go(later, PhaseState.Held, PassageCause.CameBack, PhaseCommand.None, "", []);
    }

    private static PhaseStatus Age(in PhaseStatus status, TimeSpan elapsed)
    {
        if (status.State == PhaseState.Idle) return status;
        return status with
        {
            InState = status.InState + elapsed,
            Active = status.State == PhaseState.Running ? status.Active + elapsed : status.Active,
            Contact = status.Contact + elapsed,
            Wall = status.Wall + elapsed,
        };
    }

    private PhaseAdvance TimeOut(in PhaseStatus aged, ImmutableArray<PhaseRefusal> refused)
    {
        if (aged.State == PhaseState.Held && AfterLongestHold != PhaseCommand.None && aged.InState >= LongestHold)
            return Follow(aged, AfterLongestHold, PassageCause.LongestHold, "", refused);
        if (!PhaseTable.IsTransient(aged.State) || aged.InState < TransientLimit) return new PhaseAdvance(aged, null, refused);
        if (aged.State == PhaseState.Aborting)
            return Go(aged with { NotConfirmed = true }, PhaseState.Aborted, PassageCause.TimeOut, PhaseCommand.None, "", refused);
        return Follow(aged, PhaseTable.Escalation(aged.State), PassageCause.TimeOut, "", refused);
    }

    private static PhaseAdvance Follow(
        in PhaseStatus status, PhaseCommand command, PassageCause cause, string by, ImmutableArray<PhaseRefusal> refused)
    {
        PhaseState? target = PhaseTable.Target(status.State, command);
        return target is { } to ? Go(status, to, cause, command, by, refused) : new PhaseAdvance(status, null, refused);
    }

    private static PhaseAdvance Go(
        in PhaseStatus status, PhaseState to, PassageCause cause, PhaseCommand command, string by, ImmutableArray<PhaseRefusal> refused)
    {
        var passage = new PhasePassage(status.State, to, cause, command, by);
        PhaseStatus next = to == PhaseState.Idle ? PhaseStatus.Idle : status with { State = to, InState = TimeSpan.Zero };
        return new PhaseAdvance(next, passage, refused);
    }

    private static bool Winner(ReadOnlySpan<PhaseRequest> requests, out PhaseRequest winner)
    {
        winner = default;
        foreach (PhaseRequest request in requests)
            if (PhaseTable.Priority(request.Command) > PhaseTable.Priority(winner.Command)) winner = request;
        return winner.Command != PhaseCommand.None;
    }

    private static ImmutableArray<PhaseRefusal> Losers(ReadOnlySpan<PhaseRequest> requests, PhaseRequest winner)
    {
        if (requests.Length == 1) return [];
        var losers = ImmutableArray.CreateBuilder<PhaseRefusal>(0);
        bool won = false;
        foreach (PhaseRequest request in requests)
        {
            if (!won && request == winner) won = true;
            else if (request.Command != PhaseCommand.None)
                losers.Add(new PhaseRefusal(request, $"{PhaseTable.Word(request.Command)} gave way to {PhaseTable.Word(winner.Command)} of the same scan"));
        }

        return losers.ToImmutable();
    }
}
