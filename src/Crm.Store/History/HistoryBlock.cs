using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Crm.Plant.Tags;

namespace Crm.Store.History;

/// <summary>What a stretch of samples of one channel comes to. Times in s; values that are not a number: nothing good, or it ends in a gap.</summary>
internal readonly record struct HistorySummary(double Begin, double End, double First, double Low, double High, double Last);

/// <summary>A sample in a file. Ticks of the file's own time; <see cref="Why"/> is the quality in the two highest bits and the reason in the others.</summary>
internal readonly record struct StoredSample(long At, double Value, byte Why)
{
    public static StoredSample Of(long at, in Reading reading) =>
        new(at, reading.IsBad ? double.NaN : reading.Value, (byte)(((int)reading.Quality << 6) | ((int)reading.Reason & 0x3F)));

    public int Quality => Why >> 6;

    public int Reason => Why & 0x3F;
}

/// <summary>
/// Samples of one channel that lie together in the file: times since the first one in steps of 0.1 ms, values, qualities, each in a row
/// (little-endian, as every machine this runs on).
/// </summary>
internal static class HistoryBlock
{
    public const int Size = 512;

    private const long TicksPerStep = TimeSpan.TicksPerMillisecond / 10;

    /// <summary>What a time since the first sample can tell.</summary>
    public const long Longest = uint.MaxValue * TicksPerStep;

    private const int BytesPerSample = sizeof(uint) + sizeof(double) + sizeof(byte);

    public static byte[] Write(ReadOnlySpan<StoredSample> samples)
    {
        byte[] bytes = new byte[samples.Length * BytesPerSample];
        var times = MemoryMarshal.Cast<byte, uint>(bytes.AsSpan(0, samples.Length * sizeof(uint)));
        var values = MemoryMarshal.Cast<byte, double>(bytes.AsSpan(times.Length * sizeof(uint), samples.Length * sizeof(double)));
        var why = bytes.AsSpan(samples.Length * (sizeof(uint) + sizeof(double)));
        for (int i = 0; i < samples.Length; i++)
        {
            times[i] = (uint)((samples[i].At - samples[0].At) / TicksPerStep);
            values[i] = samples[i].Value;
            why[i] = samples[i].Why;
        }

        return bytes;
    }

    /// <param name="begin">Time of the first sample, ticks of plant time.</param>
    // Optimised from the first call: a page of trends runs it millions of times.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fold(ReadOnlySpan<byte> bytes, long begin, ColumnFolder into)
    {
        int count = bytes.Length / BytesPerSample;
        var times = MemoryMarshal.Cast<byte, uint>(bytes[..(count * sizeof(uint))]);
        var values = MemoryMarshal.Cast<byte, double>(bytes.Slice(count * sizeof(uint), count * sizeof(double)));
        for (int i = 0; i < count; i++)
        {
            double at = (begin + times[i] * TicksPerStep) / (double)TimeSpan.TicksPerSecond;
            if (at >= into.End) return;
            into.Add(at, values[i]);
        }
    }

    /// <returns>Lowest and highest of the good ones, and the first of them; not a number when none is.</returns>
    public static (double First, double Low, double High) Extremes(ReadOnlySpan<StoredSample> samples)
    {
        double first = double.NaN, low = double.NaN, high = double.NaN;
        foreach (var sample in samples)
        {
            if (double.IsNaN(sample.Value)) continue;
            (first, low, high) = double.IsNaN(low)
                ? (sample.Value, sample.Value, sample.Value)
                : (first, Math.Min(low, sample.Value), Math.Max(high, sample.Value));
        }

        return (first, low, high);
    }
}
