using Crm.Plant.Phases;

namespace Crm.Plant.Tests.Phases;

/// <summary>
/// The phase machine written a second time, from the words of table A and of S88-06, S88-09 and S88-23 alone, on strings: it shares
/// nothing with <see cref="PhaseTable"/> but the words.
/// </summary>
internal sealed class ReferenceModel(double limit, double longestHold, string afterHold, bool hasPausePoint)
{
    private static readonly string[] Order = ["ABORT", "STOP", "HOLD", "PAUSE", "RESTART|RESUME", "START", "RESET"];

    public string State { get; private set; } = "IDLE";

    public double InState { get; private set; }

    public bool Confirmed { get; private set; } = true;

    /// <returns>Number of commands that changed nothing.</returns>
    public int Step(IReadOnlyList<string> commands, bool logicEnded, double seconds)
    {
        if (State != "IDLE") InState += seconds;
        int refused = commands.Count;
        if (Strongest(commands) is { } strongest && Accepts(strongest))
        {
            Enter(AfterCommand(strongest));
            return refused - 1;
        }

        if (logicEnded && AfterEnd() is { } next) Enter(next);
        else if (State == "HELD" && afterHold != "" && InState >= longestHold) Enter(AfterCommand(afterHold));
        else if (State.EndsWith("ING", StringComparison.Ordinal) && State != "RUNNING" && InState >= limit) Escalate();
        return refused;
    }

    private static string? Strongest(IReadOnlyList<string> commands)
    {
        foreach (string rank in Order)
            foreach (string command in commands)
                if (rank.Split('|').Contains(command)) return command;
        return null;
    }

    private bool Accepts(string command) => command switch
    {
        "START" => State == "IDLE",
        "PAUSE" => State == "RUNNING" && hasPausePoint,
        "RESUME" => State == "PAUSED",
        "HOLD" => State is "STARTING" or "RUNNING" or "PAUSING" or "PAUSED" or "RESTARTING",
        "RESTART" => State == "HELD",
        "STOP" => State is "STARTING" or "RUNNING" or "COMPLETING" or "PAUSING" or "PAUSED" or "HOLDING" or "HELD" or "RESTARTING",
        "ABORT" => State is not ("IDLE" or "COMPLETE" or "ABORTING" or "ABORTED"),
        "RESET" => State is "COMPLETE" or "STOPPED" or "ABORTED",
        _ => false,
    };

    private static string AfterCommand(string command) => command switch
    {
        "START" => "STARTING",
        "PAUSE" => "PAUSING",
        "RESUME" => "RUNNING",
        "HOLD" => "HOLDING",
        "RESTART" => "RESTARTING",
        "STOP" => "STOPPING",
        "ABORT" => "ABORTING",
        _ => "IDLE",
    };

    private string? AfterEnd() => State switch
    {
        "STARTING" or "RESTARTING" => "RUNNING",
        "RUNNING" => "COMPLETING",
        "COMPLETING" => "COMPLETE",
        "PAUSING" => "PAUSED",
        "HOLDING" => "HELD",
        "STOPPING" => "STOPPED",
        "ABORTING" => "ABORTED",
        _ => null,
    };

    /// <summary>HOLDING to STOP, STOPPING to ABORT, ABORTING ends not confirmed; what cannot be held any more is stopped, the rest is held.</summary>
    private void Escalate()
    {
        if (State == "ABORTING")
        {
            Enter("ABORTED");
            Confirmed = false;
            return;
        }

        Enter(State switch
        {
            "HOLDING" or "COMPLETING" => "STOPPING",
            "STOPPING" => "ABORTING",
            _ => "HOLDING",
        });
    }

    private void Enter(string state)
    {
        State = state;
        InState = 0;
        if (state == "IDLE") Confirmed = true;
    }
}
