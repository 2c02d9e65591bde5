using Crm.Plant.Loops;
using Crm.Plant.Scan;

namespace Crm.Control;

/// <summary>Something a person wants of one loop.</summary>
/// <param name="Loop">Dotted name, <c>leach.temperature_loop</c>.</param>
public abstract record LoopCommand(long Id, string By, string Loop) : OperatorCommand(Id, By)
{
    internal abstract ScanCommand Order(int loop);
}

/// <summary>Target mode: OOS, MAN, AUTO, CAS or RCAS; the latter two give the loop back to the loop above or to the units.</summary>
public sealed record SetLoopMode(long Id, string By, string Loop, LoopMode Mode) : LoopCommand(Id, By, Loop)
{
    internal override ScanCommand Order(int loop) => ScanCommand.SetLoopMode(Id, loop, Mode, By);
}

/// <summary>A person's setpoint, in AUTO.</summary>
/// <param name="Value">In the unit of the process value.</param>
public sealed record SetLoopSetpoint(long Id, string By, string Loop, double Value) : LoopCommand(Id, By, Loop)
{
    internal override ScanCommand Order(int loop) => ScanCommand.ToLoop(Id, ScanCommandKind.SetLoopSetpoint, loop, By, Value);
}

/// <summary>A person's controller output, in MAN.</summary>
/// <param name="Percent">Of controller output; below 0 is cooling in a heat/cool split.</param>
public sealed record SetLoopOutput(long Id, string By, string Loop, double Percent) : LoopCommand(Id, By, Loop)
{
    internal override ScanCommand Order(int loop) => ScanCommand.ToLoop(Id, ScanCommandKind.SetLoopOutput, loop, By, Percent);
}

public sealed record SwitchFeedForward(long Id, string By, string Loop, bool On) : LoopCommand(Id, By, Loop)
{
    internal override ScanCommand Order(int loop) => ScanCommand.ToLoop(Id, ScanCommandKind.SwitchFeedForward, loop, By, On ? 1 : 0);
}

/// <summary>Starts the relay tests on a loop that controls. What they find waits for <see cref="ApplyTuning"/> (PID-17, PID-19).</summary>
public sealed record StartAutotune(long Id, string By, string Loop) : LoopCommand(Id, By, Loop)
{
    internal override ScanCommand Order(int loop) => ScanCommand.ToLoop(Id, ScanCommandKind.StartAutotune, loop, By);
}

public sealed record AbortAutotune(long Id, string By, string Loop) : LoopCommand(Id, By, Loop)
{
    internal override ScanCommand Order(int loop) => ScanCommand.ToLoop(Id, ScanCommandKind.AbortAutotune, loop, By);
}

/// <summary>Parameters a person brings; they wait for <see cref="ApplyTuning"/> like those of an autotune.</summary>
public sealed record ProposeTuning(long Id, string By, string Loop, LoopTuning Tuning) : LoopCommand(Id, By, Loop)
{
    internal override ScanCommand Order(int loop) => ScanCommand.ProposeTuning(Id, loop, Tuning, By);
}

/// <summary>Uses the proposed parameters; those in use are kept.</summary>
public sealed record ApplyTuning(long Id, string By, string Loop) : LoopCommand(Id, By, Loop)
{
    internal override ScanCommand Order(int loop) => ScanCommand.ToLoop(Id, ScanCommandKind.ApplyTuning, loop, By);
}

/// <summary>Uses the parameters of before the last change again.</summary>
public sealed record RestoreTuning(long Id, string By, string Loop) : LoopCommand(Id, By, Loop)
{
    internal override ScanCommand Order(int loop) => ScanCommand.ToLoop(Id, ScanCommandKind.RestoreTuning, loop, By);
}
