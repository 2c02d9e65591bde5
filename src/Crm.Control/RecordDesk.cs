using Crm.Plant.Ports;
using Crm.Plant.Records;

namespace Crm.Control;

/// <summary>How far the record has got.</summary>
/// <param name="Pending">Handed over and not durable yet.</param>
/// <param name="Fault">Why it cannot be written; null when it can.</param>
public readonly record struct RecordAnswer(bool Pending, string? Fault)
{
    public bool IsDurable => !Pending && Fault is null;
}

/// <summary>
/// Keeps events until they are durable. A transaction that failed was taken back whole, so everything since the last commit is
/// written again; one that does not answer is waited for, and counts as failed after <see cref="StalledAfter"/>. Holds at most
/// <see cref="MostWaiting"/> events; beyond that the oldest are lost and counted. Never waits.
/// </summary>
public sealed class RecordDesk
{
    public const int MostWaiting = 10_000;

    /// <summary>A disk that has not answered for this long is stalled, in plant time.</summary>
    public static readonly TimeSpan StalledAfter = TimeSpan.FromSeconds(2);

    private readonly IJournal journal;
    private readonly List<BatchEvent> waiting;
    private int handed;
    private TimeSpan handedAt;

    public RecordDesk(IJournal journal)
        : this(journal, [], 0)
    {
    }

    private RecordDesk(IJournal journal, List<BatchEvent> waiting, long lost)
    {
        this.journal = journal;
        this.waiting = waiting;
        Lost = lost;
    }

    public long Lost { get; private set; }

    /// <summary>Events that are not durable yet.</summary>
    public int Waiting => waiting.Count;

    public bool IsClear => waiting.Count == 0;

    /// <summary>A copy that writes everything not durable yet to another journal.</summary>
    public RecordDesk Fork(IJournal other) => new(other, [.. waiting], Lost) { Fault = Fault };

    public void Add(BatchEvent happened)
    {
        if (waiting.Count >= MostWaiting)
        {
            waiting.RemoveAt(0);
            handed = Math.Max(0, handed - 1);
            Lost++;
        }

        waiting.Add(happened);
    }

    /// <summary>On record before it is true: what cannot be written is not kept, so that it is not written later either.</summary>
    /// <param name="now">As of <see cref="Write"/>.</param>
    public RecordAnswer Enter(BatchEvent happened, TimeSpan now)
    {
        Add(happened);
        RecordAnswer answer = Write(now);
        if (answer.Fault is not null) waiting.RemoveAt(waiting.Count - 1);
        return answer;
    }

    /// <summary>Why the last attempt that ended failed; null when it did not. One that is under way says nothing yet.</summary>
    public string? Fault { get; private set; }

    /// <param name="now">Plant time; only measures how long the journal has not answered.</param>
    public RecordAnswer Write(TimeSpan now)
    {
        RecordAnswer answer = TryWrite(now);
        if (answer.Fault is not null || !answer.Pending) Fault = answer.Fault;
        return answer;
    }

    private RecordAnswer TryWrite(TimeSpan now)
    {
        try
        {
            if (handed > 0 && !Settle()) return now - handedAt > StalledAfter ? new RecordAnswer(true, Silence(now)) : new RecordAnswer(true, null);
            if (waiting.Count == 0) return default;
            foreach (BatchEvent happened in waiting) journal.Append(happened);
            journal.Commit();
            handed = waiting.Count;
            handedAt = now;
            return new RecordAnswer(!Settle(), null);
        }
        catch (JournalFaultException fault)
        {
            handed = 0;
            return new RecordAnswer(false, fault.Message);
        }
    }

    private bool Settle()
    {
        if (!journal.IsDurable) return false;
        Fault = null;
        waiting.RemoveRange(0, handed);
        handed = 0;
        return true;
    }

    private string Silence(TimeSpan now) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"it has not answered for {(now - handedAt).TotalSeconds:0} s");
}
