namespace Crm.Store;

/// <summary>How long something takes, counted in buckets. Written by one thread, read by any; each number is whole by itself.</summary>
/// <param name="buckets">Their upper ends, s, rising.</param>
public sealed class Durations(params double[] buckets)
{
    private readonly long[] counts = new long[buckets.Length + 1];
    private long count;
    private double seconds, most;

    public IReadOnlyList<double> Buckets => buckets;

    public long Count => Volatile.Read(ref count);

    /// <summary>Sum of all.</summary>
    public double Seconds => Volatile.Read(ref seconds);

    /// <summary>The longest, s.</summary>
    public double Most => Volatile.Read(ref most);

    /// <summary>Mean, s; 0 before the first.</summary>
    public double Mean => Seconds / Math.Max(1, Count);

    /// <summary>How many were no longer than the upper end of a bucket.</summary>
    public long CountUpTo(int bucket)
    {
        long sum = 0;
        for (int i = 0; i <= bucket; i++) sum += Volatile.Read(ref counts[i]);
        return sum;
    }

    public void Add(TimeSpan took)
    {
        double one = took.TotalSeconds;
        int bucket = 0;
        while (bucket < buckets.Length && one > buckets[bucket]) bucket++;
        counts[bucket]++;
        count++;
        seconds += one;
        if (one > most) most = one;
    }
}
