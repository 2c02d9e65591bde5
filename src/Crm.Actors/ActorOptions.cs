namespace Crm.Actors;

/// <summary>What happens to a message for a full mailbox. Every case is counted.</summary>
public enum Overflow
{
    /// <summary>The sender's <c>Tell</c> throws <see cref="MailboxFullException"/>.</summary>
    Fail,

    /// <summary>The message just told becomes a dead letter.</summary>
    DropNewest,

    /// <summary>The message that waited longest becomes a dead letter and the new one is accepted.</summary>
    DropOldest,
}

/// <summary>How an actor is run and supervised, chosen by whoever spawns it.</summary>
public sealed record ActorOptions
{
    public static readonly ActorOptions Default = new();

    private readonly int _capacity = 1024;

    /// <summary>Most messages waiting, 1 or more. Terminated messages (at most one per watch) are accepted beyond it.</summary>
    public int Capacity
    {
        get => _capacity;
        init => _capacity = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(Capacity), value, "must be 1 or more");
    }

    public Overflow Overflow { get; init; } = Overflow.Fail;

    public Supervision Supervision { get; init; } = Supervision.Stop;

    /// <summary>A thread of its own, for an actor that waits on a device. Ignored by the deterministic system.</summary>
    public bool Pinned { get; init; }
}
