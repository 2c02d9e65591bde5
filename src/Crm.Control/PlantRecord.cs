using Crm.Plant.Ports;
using Crm.Plant.Records;

namespace Crm.Control;

/// <summary>The one record of a plant: everything its controllers keep, whichever batch it belongs to, in one order.</summary>
public sealed class PlantRecord(RecordDesk desk)
{
    public RecordDesk Desk { get; } = desk;

    /// <summary>Events since the composition last took them for its observers; taken after every run to idle.</summary>
    public List<BatchEvent> News { get; } = [];

    public void Keep(BatchEvent happened)
    {
        Desk.Add(happened);
        News.Add(happened);
    }

    /// <summary>A copy that writes to another journal; its observers stay behind.</summary>
    public PlantRecord Fork(IJournal journal) => new(Desk.Fork(journal));
}
