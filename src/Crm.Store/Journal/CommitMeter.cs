using System.Diagnostics;

namespace Crm.Store.Journal;

/// <summary>How long it takes until entries are on the disk. Written by the journal's thread, read by any; each number is whole by itself.</summary>
public sealed class CommitMeter
{
    /// <summary>Upper ends of the histogram's buckets, s.</summary>
    public static readonly double[] Buckets = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1];

    private readonly long[] counts = new long[Buckets.Length + 1];
    private long commits, entries, ticks, faults;

    public long Commits => Volatile.Read(ref commits);

    public long Entries => Volatile.Read(ref entries);

    /// <summary>Commits that failed.</summary>
    public long Faults => Volatile.Read(ref faults);

    public double Seconds => Volatile.Read(ref ticks) / (double)Stopwatch.Frequency;

    public long CountUpTo(int bucket)
    {
        long sum = 0;
        for (int i = 0; i <= bucket; i++) sum += Volatile.Read(ref counts[i]);
        return sum;
    }

    internal void Committed(long took, long added)
    {
        double seconds = took / (double)Stopwatch.Frequency;
        int bucket = 0;
        while (bucket < Buckets.Length && seconds > Buckets[bucket]) bucket++;
        counts[bucket]++;
        commits++;
        entries += added;
        ticks += took;
    }

    internal void Failed() => faults++;
}
