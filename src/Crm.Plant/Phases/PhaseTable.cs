using System.Collections.Immutable;

namespace Crm.Plant.Phases;

/// <summary>
/// The one transition table of ISA-88 (table A: the classic states with STARTING and COMPLETING). A cell is the next state or a refusal
/// (S88-03); the machine, the faceplate's enabled buttons and the refusal texts all read this table.
/// </summary>
public static class PhaseTable
{
    public const int States = 14;

    /// <summary>Commands without <see cref="PhaseCommand.None"/>.</summary>
    public const int Commands = 8;

    private const PhaseState No = (PhaseState)255;

    // Columns: START, PAUSE, RESUME, HOLD, RESTART, STOP, ABORT, RESET.
    private static readonly PhaseState[][] Next =
    [
        /* Idle       */ [PhaseState.Starting, No, No, No, No, No, No, No],
        /* Starting   */ [No, No, No, PhaseState.Holding, No, PhaseState.Stopping, PhaseState.Aborting, No],
        /* Running    */ [No, PhaseState.Pausing, No, PhaseState.Holding, No, PhaseState.Stopping, PhaseState.Aborting, No],
        /* Completing */ [No, No, No, No, No, PhaseState.Stopping, PhaseState.Aborting, No],
        /* Complete   */ [No, No, No, No, No, No, No, PhaseState.Idle],
        /* Pausing    */ [No, No, No, PhaseState.Holding, No, PhaseState.Stopping, PhaseState.Aborting, No],
        /* Paused     */ [No, No, PhaseState.Running, PhaseState.Holding, No, PhaseState.Stopping, PhaseState.Aborting, No],
        /* Holding    */ [No, No, No, No, No, PhaseState.Stopping, PhaseState.Aborting, No],
        /* Held       */ [No, No, No, No, PhaseState.Restarting, PhaseState.Stopping, PhaseState.Aborting, No],
        /* Restarting */ [No, No, No, PhaseState.Holding, No, PhaseState.Stopping, PhaseState.Aborting, No],
        /* Stopping   */ [No, No, No, No, No, No, PhaseState.Aborting, No],
        /* Stopped    */ [No, No, No, No, No, No, PhaseState.Aborting, PhaseState.Idle],
        /* Aborting   */ [No, No, No, No, No, No, No, No],
        /* Aborted    */ [No, No, No, No, No, No, No, PhaseState.Idle],
    ];

    // By command, S88-09. RESTART and RESUME share a rank: of the two the first to arrive wins.
    private static readonly ImmutableArray<int> Rank = [0, 2, 4, 3, 5, 3, 6, 7, 1];

    /// <summary>State a command leads to, or null when it is refused in that state. <see cref="PhaseCommand.None"/> leads nowhere.</summary>
    public static PhaseState? Target(PhaseState state, PhaseCommand command)
    {
        if (command == PhaseCommand.None) return null;
        PhaseState next = Next[(int)state][(int)command - 1];
        return next == No ? null : next;
    }

    /// <summary>State that follows when the logic of a state has ended by itself; null for states that only a command leaves.</summary>
    public static PhaseState? End(PhaseState state) => state switch
    {
        PhaseState.Starting => PhaseState.Running,
        PhaseState.Running => PhaseState.Completing,
        PhaseState.Completing => PhaseState.Complete,
        PhaseState.Pausing => PhaseState.Paused,
        PhaseState.Holding => PhaseState.Held,
        PhaseState.Restarting => PhaseState.Running,
        PhaseState.Stopping => PhaseState.Stopped,
        PhaseState.Aborting => PhaseState.Aborted,
        _ => null,
    };

    /// <summary>What follows when an -ING state outlasts its limit (S88-23); ABORTING ends by itself instead.</summary>
    public static PhaseCommand Escalation(PhaseState state) => state switch
    {
        PhaseState.Starting or PhaseState.Pausing or PhaseState.Restarting => PhaseCommand.Hold,
        PhaseState.Holding or PhaseState.Completing => PhaseCommand.Stop,
        PhaseState.Stopping => PhaseCommand.Abort,
        _ => PhaseCommand.None,
    };

    public static bool IsTransient(PhaseState state) => state != PhaseState.Running && End(state) is not null;

    /// <summary>States that only RESET leaves towards a new START.</summary>
    public static bool IsTerminal(PhaseState state) => state is PhaseState.Complete or PhaseState.Stopped or PhaseState.Aborted;

    /// <summary>True from START to the terminal state.</summary>
    public static bool IsActive(PhaseState state) => state != PhaseState.Idle && !IsTerminal(state);

    /// <summary>Commands that are legal now: bit <c>1 &lt;&lt; (int)command</c>.</summary>
    public static int EnabledCommands(PhaseState state, bool canPause = true)
    {
        int mask = 0;
        for (int c = 1; c <= Commands; c++)
            if (Target(state, (PhaseCommand)c) is not null && (canPause || c != (int)PhaseCommand.Pause)) mask |= 1 << c;
        return mask;
    }

    /// <summary>Rank of a command when several coincide; the highest wins (S88-09).</summary>
    public static int Priority(PhaseCommand command) => Rank[(int)command];

    /// <summary>The stronger of two commands; the first one when they are equal.</summary>
    public static PhaseCommand Stronger(PhaseCommand one, PhaseCommand other) => Priority(other) > Priority(one) ? other : one;

    /// <summary>Why a command is refused in a state, with what would be accepted.</summary>
    public static string Refusal(PhaseState state, PhaseCommand command)
    {
        var accepted = Enum.GetValues<PhaseState>().Where(s => Target(s, command) is not null).Select(Word);
        return $"{Word(command)} refused in {Word(state)}: accepted in {string.Join(", ", accepted)}";
    }

    /// <summary>The word as the standard writes it.</summary>
    public static string Word(PhaseState state) => state.ToString().ToUpperInvariant();

    /// <summary>The word as the standard writes it.</summary>
    public static string Word(PhaseCommand command) => command.ToString().ToUpperInvariant();
}
