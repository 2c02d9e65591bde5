using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Crm.Plant.Phases;

/// <summary>State of one phase with its three clocks. A value: copying it is forking it.</summary>
/// <param name="InState">Time in the present state.</param>
/// <param name="Active">Time spent RUNNING since START.</param>
/// <param name="Contact">Time since START in every state: chemistry goes on in HELD.</param>
/// <param name="Wall">As contact, and the time the controller was away.</param>
/// <param name="NotConfirmed">ABORTED was reached by time-out: the plant has not confirmed its abort values (S88-23).</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PhaseStatus(PhaseState State, TimeSpan InState, TimeSpan Active, TimeSpan Contact, TimeSpan Wall, bool NotConfirmed = false)
{
    public static readonly PhaseStatus Idle = new(PhaseState.Idle, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);
}

/// <summary>A command and who gave it (a person, <c>recipe</c>, <c>protection leach-overheat</c>).</summary>
public readonly record struct PhaseRequest(PhaseCommand Command, string By);

/// <summary>Why a phase changed its state.</summary>
public enum PassageCause : byte
{
    Command,

    /// <summary>The logic of the state ended.</summary>
    End,

    /// <summary>An -ING state outlasted its limit.</summary>
    TimeOut,

    /// <summary>It was held longer than declared.</summary>
    LongestHold,

    /// <summary>The controller was away and comes back (S88-22).</summary>
    CameBack,
}

/// <summary>One change of state, logged even when the state was empty.</summary>
/// <param name="Command">Command that was followed; none for an end.</param>
/// <param name="By">Who gave the command; empty otherwise.</param>
public readonly record struct PhasePassage(PhaseState From, PhaseState To, PassageCause Cause, PhaseCommand Command, string By)
{
    public override string ToString() => $"{PhaseTable.Word(From)} to {PhaseTable.Word(To)}: " + Cause switch
    {
        PassageCause.Command => $"{PhaseTable.Word(Command)} by {By}",
        PassageCause.End => "end condition",
        PassageCause.TimeOut => "time limit of the state",
        PassageCause.LongestHold => "longest hold",
        _ => "controller came back",
    };
}

/// <summary>A command that changed nothing, and why (S88-04).</summary>
public readonly record struct PhaseRefusal(PhaseRequest Request, string Reason);

/// <summary>What one scan did to a phase: at most one passage.</summary>
public readonly record struct PhaseAdvance(PhaseStatus Status, PhasePassage? Passage, ImmutableArray<PhaseRefusal> Refused);
