using System.Diagnostics;

namespace Crm.Host.Service;

/// <summary>How long scans take and how late they are. Written by the controller thread, read by the metrics; each number is whole by itself.</summary>
public sealed class ScanMeter
{
    /// <summary>Upper ends of the histogram's buckets, s.</summary>
    public static readonly double[] Buckets = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1];

    private readonly long[] counts = new long[Buckets.Length + 1];
    private long scans, ticks, overruns, lateTicks, latestTicks;

    public long Scans => Volatile.Read(ref scans);

    public double Seconds => Volatile.Read(ref ticks) / (double)Stopwatch.Frequency;

    /// <summary>Scans that took longer than the time to the next one.</summary>
    public long Overruns => Volatile.Read(ref overruns);

    public double LateSeconds => Volatile.Read(ref lateTicks) / (double)TimeSpan.TicksPerSecond;

    /// <summary>The latest a scan has been, s.</summary>
    public double MostLate => Volatile.Read(ref latestTicks) / (double)TimeSpan.TicksPerSecond;

    public long CountUpTo(int bucket)
    {
        long sum = 0;
        for (int i = 0; i <= bucket; i++) sum += Volatile.Read(ref counts[i]);
        return sum;
    }

    /// <param name="took">Stopwatch ticks.</param>
    /// <param name="allowed">Wall time to the next scan.</param>
    public void Scanned(long took, TimeSpan allowed, TimeSpan late)
    {
        double seconds = took / (double)Stopwatch.Frequency;
        int bucket = 0;
        while (bucket < Buckets.Length && seconds > Buckets[bucket]) bucket++;
        counts[bucket]++;
        scans++;
        ticks += took;
        lateTicks += late.Ticks;
        if (late.Ticks > latestTicks) latestTicks = late.Ticks;
        if (seconds > allowed.TotalSeconds) overruns++;
    }
}
