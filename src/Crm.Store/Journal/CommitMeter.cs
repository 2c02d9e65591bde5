using System.Diagnostics;

namespace Crm.Store.Journal;

/// <summary>How long it takes until entries are on the disk. Written by the journal's thread, read by any; each number is whole by itself.</summary>
public sealed class CommitMeter
{
    private long entries, faults;

    public Durations Took { get; } = new(0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1);

    public long Entries => Volatile.Read(ref entries);

    /// <summary>Commits that failed.</summary>
    public long Faults => Volatile.Read(ref faults);

    internal void Committed(long took, long added)
    {
        Took.Add(TimeSpan.FromSeconds(took / (double)Stopwatch.Frequency));
        entries += added;
    }

    internal void Failed() => faults++;
}
