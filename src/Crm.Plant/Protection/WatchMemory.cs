namespace Crm.Plant.Protection;

/// <summary>What one watch remembers: a window of samples, and sums of what drum scales gave.</summary>
internal sealed class WatchMemory
{
    /// <summary>Samples that cover a window.</summary>
    public const int Slots = 60;

    private readonly double[] window = new double[Slots + 1];
    private int next;

    public WatchMemory(int[] tags, int scales)
    {
        Tags = tags;
        Scales = new ScaleFall[scales];
    }

    private WatchMemory(WatchMemory other)
    {
        Tags = other.Tags;
        window = (double[])other.window.Clone();
        next = other.next;
        Count = other.Count;
        NextSample = other.NextSample;
        Lowest = other.Lowest;
        Highest = other.Highest;
        Sum = other.Sum;
        LastAt = other.LastAt;
        Begun = other.Begun;
        Mark = other.Mark;
        Scales = (ScaleFall[])other.Scales.Clone();
    }

    /// <summary>Every tag the watch reads; worked out once.</summary>
    public int[] Tags { get; }

    public int Count { get; private set; }

    public bool IsFull => Count == window.Length;

    public TimeSpan NextSample { get; private set; }

    public double Lowest { get; private set; }

    public double Highest { get; private set; }

    public double Oldest => window[IsFull ? next : 0];

    public double Sum { get; set; }

    public TimeSpan LastAt { get; set; }

    public bool Begun { get; set; }

    /// <summary>Process value from which a loop's approach is counted.</summary>
    public double Mark { get; set; }

    public ScaleFall[] Scales { get; }

    public WatchMemory Fork() => new(this);

    public void BeginAnew()
    {
        Count = 0;
        next = 0;
    }

    /// <summary>Takes a sample when one is due.</summary>
    public void Sample(double value, TimeSpan now, TimeSpan within)
    {
        if (Count > 0 && now < NextSample) return;
        NextSample = now + within / Slots;
        window[next] = value;
        next = (next + 1) % window.Length;
        if (Count < window.Length) Count++;
        Lowest = value;
        Highest = value;
        for (int i = 0; i < Count; i++)
        {
            Lowest = Math.Min(Lowest, window[i]);
            Highest = Math.Max(Highest, window[i]);
        }
    }
}

/// <summary>How much a drum scale has fallen, noise and drum changes left out.</summary>
internal struct ScaleFall
{
    /// <summary>A rise of so many bands is a drum set down or topped up.</summary>
    private const double DrumBands = 5;

    private bool begun;
    private double reference;

    /// <summary>kg since <see cref="Restart"/>.</summary>
    public double Total { get; private set; }

    public void Restart() => Total = 0;

    /// <returns>kg that it fell just now; 0 within the band.</returns>
    public double Take(double value, double band)
    {
        if (!begun || value > reference + DrumBands * band)
        {
            begun = true;
            reference = value;
            return 0;
        }

        double fell = reference - value;
        if (fell < band) return 0;
        reference = value;
        Total += fell;
        return fell;
    }
}
