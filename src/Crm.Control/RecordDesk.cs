using Crm.Plant.Ports;
using Crm.Plant.Records;

namespace Crm.Control;

/// <summary>
/// Keeps events until they are durable. A transaction that failed was taken back whole, so everything since the last commit is
/// written again. Holds at most <see cref="MostWaiting"/> events; beyond that the oldest are lost and counted.
/// </summary>
public sealed class RecordDesk
{
    public const int MostWaiting = 10_000;

    private readonly IJournal journal;
    private readonly List<BatchEvent> waiting;

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

    public bool IsClear => waiting.Count == 0;

    public RecordDesk Fork(IJournal other) => new(other, [.. waiting], Lost);

    public void Add(BatchEvent happened)
    {
        if (waiting.Count >= MostWaiting)
        {
            waiting.RemoveAt(0);
            Lost++;
        }

        waiting.Add(happened);
    }

    /// <returns>Null when everything is durable; else why not.</returns>
    public string? Write()
    {
        if (waiting.Count == 0) return null;
        try
        {
            foreach (BatchEvent happened in waiting) journal.Append(happened);
            journal.Commit();
            waiting.Clear();
            return null;
        }
        catch (JournalFaultException fault)
        {
            return fault.Message;
        }
    }
}
