using Crm.Host.Checkpoints;
using Crm.Host.Runs;
using Crm.Plant.Records;
using Crm.Plant.Tags;
using Crm.Store.History;

namespace Crm.Host.Service;

public sealed partial class RigCore
{
    /// <summary>Begins on the twin at a checkpoint: record, story and trends are those of the run it was taken from.</summary>
    /// <exception cref="CommandLine.UsageException">The file does not fit; says what to do.</exception>
    public void Begin(string checkpoint, RunInputs inputs)
    {
        var soFar = new RunSoFar(Rig, new Unwritten());
        CheckpointFile.Restore(checkpoint, inputs, twin ?? throw new InvalidOperationException("a checkpoint is for a twin"), journal, soFar, static _ => { });
        foreach (BatchEvent happened in soFar.Events.Take(soFar.Events.Count - Plant.Unwritten)) journal.Append(happened);
        journal.Commit();
        soFar.Events.ForEach(Tell);
        meters.Adopt(soFar.Totals);
        soFar.History.CopyTo(History);
    }

    /// <summary>The text of the history stays with the run it belongs to.</summary>
    private sealed class Unwritten : IHistorySink
    {
        public void Keep(TimeSpan at, int channel, in Reading reading)
        {
        }

        public void Flush()
        {
        }
    }
}
