namespace Crm.Actors;

/// <summary>Why a message was not handled.</summary>
public enum DeadLetterReason
{
    /// <summary>The actor stopped, or never was.</summary>
    NoSuchActor,

    /// <summary>Full mailbox with <see cref="Overflow.DropNewest"/>.</summary>
    DroppedNewest,

    /// <summary>Full mailbox with <see cref="Overflow.DropOldest"/>.</summary>
    DroppedOldest,

    /// <summary>The reply to an <c>Ask</c> that was answered or timed out before.</summary>
    LateReply,
}

/// <summary>A message that reached nobody.</summary>
public readonly record struct DeadLetter(int ActorId, string Path, object? Message, DeadLetterReason Reason);

/// <summary>An actor threw.</summary>
/// <param name="Message">The message that was being handled; null for a start, a stop or a failure escalated by a child.</param>
/// <param name="Decision">What supervision decided.</param>
/// <param name="BackOff">The wait before the restart; zero for the other decisions.</param>
public readonly record struct ActorFailure(
    int ActorId, string Path, Exception Exception, object? Message, Directive Decision, TimeSpan BackOff);

/// <summary>A watched actor is gone, with all its children.</summary>
/// <param name="Failure">Null when it stopped in good order, or had stopped before it was watched.</param>
public readonly record struct Terminated(int ActorId, string Path, Exception? Failure);

/// <summary>
/// Told of what went wrong, for the log. Must not throw (what it throws is counted and dropped); the threaded system calls it from
/// any of its threads.
/// </summary>
public interface IActorObserver
{
    void DeadLetter(in DeadLetter letter);

    void Failed(in ActorFailure failure);
}

/// <summary>Counts since the system was made.</summary>
/// <param name="Undeliverable">Dead letters to actors that stopped or never were.</param>
/// <param name="LateReplies">Dead letters to an expired <c>Ask</c>.</param>
/// <param name="Refused">Tells that threw <see cref="MailboxFullException"/>.</param>
/// <param name="MergedTicks">Periodic ticks that found the tick before still waiting.</param>
/// <param name="ObserverFailures">Exceptions thrown by the observer.</param>
public readonly record struct ActorCounters(
    long Undeliverable,
    long DroppedNewest,
    long DroppedOldest,
    long LateReplies,
    long Refused,
    long Failures,
    long Restarts,
    long MergedTicks,
    long ObserverFailures)
{
    public long DeadLetters => Undeliverable + DroppedNewest + DroppedOldest + LateReplies;
}
