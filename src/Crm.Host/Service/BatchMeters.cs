using Crm.Host.Runs;
using Crm.Plant.Phases;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;

namespace Crm.Host.Service;

/// <summary>
/// Water and electricity of each batch of a served rig from its START to its end, noted as <c>crm run</c> notes them. The meters count for the whole rig: batches that ran
/// side by side have no totals of their own. Controller thread.
/// </summary>
internal sealed class BatchMeters(RigDefinition rig)
{
    /// <summary>Plant time between two notes of where the counting stands: what a lost controller loses of a flow that was integrated.</summary>
    private static readonly TimeSpan every = TimeSpan.FromHours(1);

    /// <summary>Between START and the first note, so that every meter has been read.</summary>
    private static readonly TimeSpan settled = TimeSpan.FromSeconds(1);

    /// <summary>After a note that the record did not take.</summary>
    private static readonly TimeSpan again = TimeSpan.FromMinutes(1);

    private readonly SortedDictionary<string, Count> counts = new(StringComparer.Ordinal);

    /// <summary>What happened; a batch that begins is counted from here.</summary>
    public void Hear(BatchEvent happened)
    {
        if (happened.Kind != BatchEventKind.BatchState || !Enum.TryParse(happened.Data.GetValueOrDefault("state", ""), true, out PhaseState state)) return;
        bool isOver = state is PhaseState.Complete or PhaseState.Stopped or PhaseState.Aborted;
        if (counts.TryGetValue(happened.Batch, out var known))
        {
            if (isOver && known.Ended is null) known.Due = (known.Ended = happened.At).Value + UtilityTotals.AfterEnd;
        }
        else if (!isOver && state != PhaseState.Idle)
        {
            counts[happened.Batch] = new Count(new UtilityTotals(rig), happened.At + settled);
            MarkSideBySide();
        }
    }

    /// <summary>Once per scan.</summary>
    public void Observe(PlantFrame frame)
    {
        foreach (var count in counts.Values) count.Totals?.Observe(frame);
    }

    /// <summary>What is due goes to the record: the totals of a batch that is over, else where the counting stands.</summary>
    /// <param name="write">False when the record did not take it.</param>
    public void Note(TimeSpan now, long scan, Func<BatchEvent, bool> write)
    {
        string over = "";
        foreach (var (batch, count) in counts)
        {
            if (now < count.Due || count is { Totals: null, Ended: null }) continue;
            if (!write(count.Said(now, scan) with { Batch = batch })) count.Due = now + again;
            else if (count.Ended is null) count.Due = now + every;
            else over = batch;
        }

        if (over.Length > 0) counts.Remove(over);
    }

    /// <summary>The service stops: what is counted is noted now.</summary>
    public void NoteAll(TimeSpan now, long scan, Func<BatchEvent, bool> write)
    {
        foreach (var count in counts.Values) count.Due = now;
        Note(now, scan, write);
    }

    /// <summary>What the meters have counted for a batch that runs alone, as its totals will be noted; null when it has none of its own, or is over.</summary>
    public BatchEvent? SoFar(string batch, TimeSpan now, long scan) =>
        counts.TryGetValue(batch, out var count) && count is { Ended: null, IsAlone: true, Totals: { } totals } ? totals.Note(now, scan) with { Batch = batch } : null;

    /// <summary>The record of a lost controller, event by event: a batch whose begin was noted is counted on.</summary>
    public void Recall(BatchEvent happened)
    {
        Hear(happened);
        if (!counts.TryGetValue(happened.Batch, out var count)) return;
        if (happened.Subject == UtilityTotals.Subject && count.Ended is not null) counts.Remove(happened.Batch);
        else if (count.Totals?.GoOn(happened) == true) count.IsKnown = true;
    }

    /// <summary>After <see cref="Recall"/>: what no note tells the beginning of has no totals; what was over then is not counted any more.</summary>
    public void GoOn()
    {
        foreach (string over in counts.Where(c => c.Value.Ended is not null).Select(c => c.Key).ToArray()) counts.Remove(over);
        foreach (var count in counts.Values.Where(c => !c.IsKnown)) count.Totals = null;
    }

    /// <summary>The run that a checkpoint was taken from has counted for its one batch.</summary>
    public void Adopt(UtilityTotals soFar)
    {
        if (counts.Count == 1) counts.Values.First().Totals = soFar;
    }

    /// <summary>A batch that is over and awaits its note ran before, not beside.</summary>
    private void MarkSideBySide()
    {
        if (counts.Values.Count(c => c.Ended is null) < 2) return;
        foreach (var count in counts.Values.Where(c => c.Ended is null)) count.IsAlone = false;
    }

    /// <param name="due">When the next note is.</param>
    private sealed class Count(UtilityTotals totals, TimeSpan due)
    {
        /// <summary>Null: the beginning was not noted.</summary>
        public UtilityTotals? Totals { get; set; } = totals;

        public TimeSpan Due { get; set; } = due;

        public TimeSpan? Ended { get; set; }

        public bool IsAlone { get; set; } = true;

        public bool IsKnown { get; set; }

        public BatchEvent Said(TimeSpan now, long scan)
        {
            if (Totals is null) return Without(now, scan, "Meters: their readings at the start of the batch are not on record, so there are no totals of water and electricity");
            if (Ended is null) return Totals.SoFar(now, scan);
            return IsAlone ? Totals.Note(now, scan) : Without(now, scan, "Meters: other batches ran beside this one and the meters count for all of them, so there are no totals of water and electricity of its own");
        }

        private static BatchEvent Without(TimeSpan now, long scan, string why) => new(now, scan, BatchEventKind.Note, UtilityTotals.Subject, why, "meters", BatchEvent.NoData);
    }
}
