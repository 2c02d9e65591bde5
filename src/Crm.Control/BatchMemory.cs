using System.Collections.Immutable;
using Crm.Plant.Procedure;
using Crm.Plant.Scan;
using Crm.Plant.Tags;

namespace Crm.Control;

/// <summary>What the batch actor owns.</summary>
public sealed class BatchMemory
{
    public BatchMemory(int number, string id, BatchState state, PlantRecord record, DemandNotes demands, Image image)
    {
        Number = number;
        Id = id;
        State = state;
        Record = record;
        Demands = demands;
        Image = image;
    }

    /// <summary>Place among the batches of the plant, from 0.</summary>
    public int Number { get; }

    public string Id { get; }

    public BatchState State { get; }

    /// <summary>The plant's record, shared by all its controllers.</summary>
    public PlantRecord Record { get; }

    public DemandNotes Demands { get; }

    /// <summary>The image of the last scan.</summary>
    public Image Image { get; set; }

    public PlantFrame? Frame { get; set; }

    /// <summary>Values as last told to the units.</summary>
    public ImmutableArray<Reading> Told { get; set; } = [];

    /// <summary>When the next picture of the plant is due.</summary>
    public TimeSpan PictureDue { get; set; }

    /// <summary>When a failed record is tried again.</summary>
    public TimeSpan RetryAt { get; set; }

    /// <summary>Asked for and waiting until its record is durable, in order. Bounded by the steps of the procedure.</summary>
    public List<BatchEffect> Forward { get; } = [];

    /// <summary>What led to where the batch stands.</summary>
    public HoldStory Story { get; private init; } = new();

    /// <summary>Answer to the last command.</summary>
    public CommandReply? Reply { get; set; }

    /// <summary>Stock lots that steps draw from, by step.</summary>
    internal ImmutableSortedDictionary<string, string> Lots { get; set; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Shares of the batches in pools, by tank.</summary>
    internal ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, double>> Pools { get; set; } =
        ImmutableSortedDictionary.Create<string, ImmutableSortedDictionary<string, double>>(StringComparer.Ordinal);

    /// <summary>The desk knows that the batch is over.</summary>
    internal bool OverIsTold { get; set; }

    /// <param name="record">The record of the plant's copy.</param>
    public BatchMemory Fork(PlantRecord record)
    {
        var copy = new BatchMemory(Number, Id, State.Fork(), record, Demands.Fork(), Image)
        {
            Frame = Frame,
            Told = Told,
            RetryAt = RetryAt,
            PictureDue = PictureDue,
            Reply = Reply,
            Story = Story.Fork(),
            OverIsTold = OverIsTold,
            Lots = Lots,
            Pools = Pools,
        };
        copy.Forward.AddRange(Forward);
        return copy;
    }
}
