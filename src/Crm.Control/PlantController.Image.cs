using System.Collections.Immutable;

namespace Crm.Control;

public sealed partial class PlantController
{
    /// <summary>Events of the record that are not durable yet.</summary>
    public int Unwritten => record.Desk.Waiting;

    /// <summary>All that its actors own and that it remembers between two scans, in a fixed order, for an image of its state. What is on its way to the disk is part of it.</summary>
    /// <exception cref="InvalidOperationException">A batch came back from its record: what it was is not all here.</exception>
    public ImmutableArray<object> Owned => batches.Exists(b => b.Recovered is not null)
        ? throw new InvalidOperationException("a batch that came back from its record after a lost controller cannot be kept as a checkpoint")
        : !campaigns.IsEmpty ? throw new InvalidOperationException("a campaign that a person steers cannot be kept as a checkpoint")
        : [rigState, record, record.Desk, desk, .. units, duties, replies, replyOrder, pending, .. batches.Select(b => b.Memory)];
}
