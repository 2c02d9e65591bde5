namespace Crm.Actors.Kernel;

internal enum ControlKind : byte
{
    Start,
    Stop,

    /// <summary>A child escalated its failure.</summary>
    Fail,
    Timer,
    Watch,
    Unwatch,
    Terminated,
    ChildStopped,
}

/// <summary>
/// What the kernel tells an actor about its life. Obeyed before waiting messages, in the actor's own turn. Bounded by protocol: one per
/// child, watch and timer.
/// </summary>
/// <param name="Other">The id of the child, watcher or watched actor.</param>
internal sealed record Control(ControlKind Kind, int Other = 0, long Timer = 0, Exception? Failure = null, string Path = "")
{
    public static readonly Control Start = new(ControlKind.Start);
    public static readonly Control Stop = new(ControlKind.Stop);
}
