using System.Collections.Immutable;
using Crm.Host.Runs;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Store.History;

namespace Crm.Host.Checkpoints;

/// <summary>What a run has told so far: its events, its history and the totals of its meters.</summary>
internal sealed class RunSoFar
{
    private readonly HistoryRecorder recorder;
    private readonly IHistorySink written;

    /// <param name="written">Gets every kept sample too; a checkpoint only refers to it.</param>
    public RunSoFar(RigDefinition rig, IHistorySink written)
    {
        this.written = written;
        History = new MemoryHistory(rig);
        Totals = new UtilityTotals(rig);
        recorder = new HistoryRecorder(rig, written, History);
    }

    /// <summary>Of all batches of the rig, in order.</summary>
    public List<BatchEvent> Events { get; } = [];

    public MemoryHistory History { get; }

    public UtilityTotals Totals { get; }

    /// <summary>What changes while the batches run, in a fixed order.</summary>
    public ImmutableArray<object> Owned => [Events, History, Totals, recorder];

    /// <summary>What they refer to and a checkpoint does not hold.</summary>
    public ImmutableArray<object> Fixtures => [written];

    public void Observe(PlantFrame frame)
    {
        recorder.Record(frame.Image, frame.Plan);
        Totals.Observe(frame);
    }

    /// <summary>Keeps the last value of every channel.</summary>
    public void Finish() => recorder.Finish();
}
