namespace Crm.Plant.Phases;

/// <summary>States of a procedural element, ISA-88 with STARTING and COMPLETING added (table A of the standards reference).</summary>
public enum PhaseState : byte
{
    Idle,
    Starting,
    Running,
    Completing,
    Complete,
    Pausing,
    Paused,
    Holding,
    Held,
    Restarting,
    Stopping,
    Stopped,
    Aborting,
    Aborted,
}

/// <summary>Commands to a procedural element. <see cref="None"/> is no command, not a ninth one.</summary>
public enum PhaseCommand : byte
{
    None = 0,
    Start,
    Pause,
    Resume,
    Hold,
    Restart,
    Stop,
    Abort,
    Reset,
}
