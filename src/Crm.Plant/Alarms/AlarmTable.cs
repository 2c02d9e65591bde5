namespace Crm.Plant.Alarms;

/// <summary>What can happen to an alarm.</summary>
public enum AlarmEvent : byte
{
    /// <summary>The condition stands, on-delay over.</summary>
    Raise,

    /// <summary>The condition has gone, off-delay over.</summary>
    Return,

    /// <summary>The same for an alarm that latches.</summary>
    ReturnLatching,

    /// <summary>Acknowledged and active for the re-alarm time.</summary>
    ReAlarm,
    Acknowledge,
    Reset,
    Shelve,

    /// <summary>By a person, by time, or because a one-shot has returned.</summary>
    Unshelve,

    /// <summary>A rule of suppression by design has become true.</summary>
    Suppress,

    /// <summary>No such rule is true any more.</summary>
    Release,
    TakeOutOfService,
    ReturnToService,
}

/// <summary>The answer of one cell.</summary>
public enum AlarmMove : byte
{
    /// <summary>To <see cref="AlarmCell.To"/>.</summary>
    Go,

    /// <summary>Nothing changes.</summary>
    Stay,

    /// <summary>A person's command that makes no sense in this state.</summary>
    Refuse,

    /// <summary>To what rules and process dictate: suppressed, active as a new occurrence, latched, or normal.</summary>
    Resume,
}

public readonly record struct AlarmCell(AlarmMove Move, AlarmState To);

/// <summary>The one transition table of alarms, ISA-18.2 / IEC 62682 (ALM-02): every state and event.</summary>
public static class AlarmTable
{
    public const int States = 9;
    public const int Events = 12;

    // N U A R: normal, unacknowledged, acknowledged, returned unacknowledged. L K: latched unacknowledged, acknowledged.
    // S D O: shelved, suppressed by design, out of service.  . stay  x refuse  ? resume.
    // Columns in the order of AlarmEvent: Raise Return ReturnLatching ReAlarm Acknowledge Reset Shelve Unshelve Suppress Release TakeOut ReturnToService.
    private static readonly AlarmCell[][] cells =
    [
        Row("U . . . x x S x D . O x"), // Normal
        Row(". R L . A x S x D . O x"), // UnacknowledgedActive
        Row(". N K U x x S x D . O x"), // AcknowledgedActive
        Row("U . . . N x S x D . O x"), // ReturnedUnacknowledged
        Row("U . . . K R S x D . O x"), // LatchedUnacknowledged
        Row("U . . . x N S x D . O x"), // LatchedAcknowledged
        Row(". . . . x x S ? . . O x"), // Shelved
        Row(". . . . x x S x . ? O x"), // Suppressed
        Row(". . . . x x x x . . x ?"), // OutOfService
    ];

    public static AlarmCell Cell(AlarmState state, AlarmEvent happened) => cells[(int)state][(int)happened];

    /// <summary>Whether a person's event would be obeyed; bit <c>1 &lt;&lt; (int)event</c>.</summary>
    public static int EnabledCommands(AlarmState state)
    {
        int mask = 0;
        for (int e = (int)AlarmEvent.Acknowledge; e < Events; e++)
            if (e is not ((int)AlarmEvent.Suppress or (int)AlarmEvent.Release) && cells[(int)state][e].Move != AlarmMove.Refuse) mask |= 1 << e;
        return mask;
    }

    public static string Word(AlarmState state) => state switch
    {
        AlarmState.UnacknowledgedActive => "active, unacknowledged",
        AlarmState.AcknowledgedActive => "active, acknowledged",
        AlarmState.ReturnedUnacknowledged => "returned, unacknowledged",
        AlarmState.LatchedUnacknowledged => "latched, unacknowledged",
        AlarmState.LatchedAcknowledged => "latched, acknowledged",
        AlarmState.Shelved => "shelved",
        AlarmState.Suppressed => "suppressed by design",
        AlarmState.OutOfService => "out of service",
        _ => "normal",
    };

    /// <summary>Why an event is refused in a state, in words a person can act on.</summary>
    public static string Refusal(AlarmState state, AlarmEvent happened) => happened switch
    {
        AlarmEvent.Acknowledge => $"waits for no acknowledgement: it is {Word(state)}",
        AlarmEvent.Reset when state is AlarmState.UnacknowledgedActive or AlarmState.AcknowledgedActive => "cannot be reset: its condition still stands",
        AlarmEvent.Reset => $"is not latched: it is {Word(state)}",
        AlarmEvent.Unshelve => $"is not shelved: it is {Word(state)}",
        AlarmEvent.ReturnToService => $"is not out of service: it is {Word(state)}",
        AlarmEvent.Shelve => "is out of service: return it first",
        _ => $"is {Word(state)} already",
    };

    private static AlarmCell[] Row(string text) => [.. text.Split(' ').Select(Parse)];

    private static AlarmCell Parse(string cell) => cell switch
    {
        "." => new AlarmCell(AlarmMove.Stay, default),
        "x" => new AlarmCell(AlarmMove.Refuse, default),
        "?" => new AlarmCell(AlarmMove.Resume, default),
        _ => new AlarmCell(AlarmMove.Go, (AlarmState)"NUARLKSDO".IndexOf(cell[0], StringComparison.Ordinal)),
    };
}
