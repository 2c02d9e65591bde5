using Crm.Plant.Ports;
using Crm.Plant.Records;

namespace Crm.Scenarios.Tests;

/// <summary>A record in memory; durable is what was committed.</summary>
internal sealed class MemoryJournal : IJournal
{
    private readonly List<BatchEvent> open = [];

    public List<BatchEvent> Durable { get; } = [];

    public void Append(BatchEvent happened) => open.Add(happened);

    public void Commit()
    {
        Durable.AddRange(open);
        open.Clear();
    }
}

/// <summary>A disk that is full from the start.</summary>
internal sealed class FullJournal : IJournal
{
    public void Append(BatchEvent happened) => throw new JournalFaultException("disk full");

    public void Commit() => throw new JournalFaultException("disk full");
}

/// <summary>A disk that takes everything and never answers.</summary>
internal sealed class StalledJournal : IJournal
{
    public bool IsDurable => false;

    public void Append(BatchEvent happened)
    {
    }

    public void Commit()
    {
    }
}
