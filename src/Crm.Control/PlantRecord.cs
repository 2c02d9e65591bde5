using Crm.Plant.Ports;
using Crm.Plant.Records;

namespace Crm.Control;

/// <summary>The one record of a plant: everything its controllers keep, whichever batch it belongs to, in one order.</summary>
public sealed class PlantRecord(RecordDesk desk)
{
    public RecordDesk Desk { get; } = desk;

    /// <summary>Events since the composition last took them for its observers; taken after every run to idle.</summary>
    public List<BatchEvent> News { get; } = [];

    public RefusalNotes Refusals { get; private init; } = new();

    public void Keep(BatchEvent happened)
    {
        if (happened.Kind != BatchEventKind.CommandRefused || Refusals.IsTold(happened.At)) Write(happened);
    }

    /// <summary>Once a scan: refusals that were too many to be told one by one.</summary>
    public void Scan(TimeSpan now, long scan)
    {
        if (Refusals.Due(now, scan) is { } unsaid) Write(unsaid);
    }

    private void Write(BatchEvent happened)
    {
        Desk.Add(happened);
        News.Add(happened);
    }

    /// <summary>A copy that writes to another journal; its observers stay behind.</summary>
    public PlantRecord Fork(IJournal journal) => new(Desk.Fork(journal)) { Refusals = Refusals.Fork() };
}
