namespace Crm.Actors.Kernel;

/// <summary>Counters of rare events, safe to raise from any thread.</summary>
internal struct Tally
{
    public long Undeliverable;
    public long DroppedNewest;
    public long DroppedOldest;
    public long LateReplies;
    public long Refused;
    public long Failures;
    public long Restarts;
    public long MergedTicks;
    public long ObserverFailures;

    public void Count(DeadLetterReason reason)
    {
        switch (reason)
        {
            case DeadLetterReason.NoSuchActor: Interlocked.Increment(ref Undeliverable); break;
            case DeadLetterReason.DroppedNewest: Interlocked.Increment(ref DroppedNewest); break;
            case DeadLetterReason.DroppedOldest: Interlocked.Increment(ref DroppedOldest); break;
            case DeadLetterReason.LateReply: Interlocked.Increment(ref LateReplies); break;
        }
    }

    public readonly ActorCounters Read() => new(
        Undeliverable, DroppedNewest, DroppedOldest, LateReplies, Refused, Failures, Restarts, MergedTicks, ObserverFailures);
}
