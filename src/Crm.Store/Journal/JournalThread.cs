using Crm.Plant.Ports;
using Crm.Plant.Records;

namespace Crm.Store.Journal;

/// <summary>
/// A journal with a thread of its own, so that a scan never waits for a disk: a commit hands over what was appended, and
/// <see cref="IsDurable"/> tells when it is on the disk. One caller; what was not handed over is at most one scan's events.
/// </summary>
public sealed class JournalThread : IJournal, IDisposable
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(5);

    private readonly IJournal journal;
    private readonly Lock gate = new();
    private readonly AutoResetEvent handed = new(false);
    private readonly Thread thread;
    private List<BatchEvent> appended = [];
    private Queue<BatchEvent[]> waiting = new();
    private string? fault;
    private bool isWriting, isClosing;

    public JournalThread(IJournal journal)
    {
        this.journal = journal;
        thread = new Thread(Run) { Name = "journal", IsBackground = true };
        thread.Start();
    }

    /// <summary>Whether everything committed is on the disk. A transaction that failed is told once, here.</summary>
    public bool IsDurable
    {
        get
        {
            lock (gate)
            {
                if (fault is { } why)
                {
                    fault = null;
                    throw new JournalFaultException(why);
                }

                return !isWriting && waiting.Count == 0;
            }
        }
    }

    /// <summary>Commits that wait for the disk.</summary>
    public int Waiting
    {
        get
        {
            lock (gate) return waiting.Count + (isWriting ? 1 : 0);
        }
    }

    public void Append(BatchEvent happened) => appended.Add(happened);

    public void Commit()
    {
        if (appended.Count == 0) return;
        lock (gate) waiting.Enqueue([.. appended]);
        appended = [];
        handed.Set();
    }

    /// <summary>Writes what was handed over, then ends; the journal behind it stays open.</summary>
    /// <returns>False when the disk did not answer in time.</returns>
    public bool Close()
    {
        lock (gate) isClosing = true;
        handed.Set();
        return thread.Join(patience);
    }

    public void Dispose()
    {
        if (Close()) handed.Dispose();
    }

    private void Run()
    {
        while (true)
        {
            BatchEvent[]? next = Take(out bool ends);
            if (next is not null) Write(next);
            else if (ends) return;
            else handed.WaitOne();
        }
    }

    private BatchEvent[]? Take(out bool ends)
    {
        lock (gate)
        {
            isWriting = waiting.TryDequeue(out BatchEvent[]? next);
            ends = isClosing;
            return next;
        }
    }

    /// <summary>A transaction that fails takes along what was handed over behind it: the caller writes all of it again, in order.</summary>
    private void Write(BatchEvent[] events)
    {
        try
        {
            foreach (BatchEvent happened in events) journal.Append(happened);
            journal.Commit();
        }
        catch (Exception failure)
        {
            lock (gate)
            {
                fault = failure.Message;
                waiting = new Queue<BatchEvent[]>();
            }
        }
    }
}
