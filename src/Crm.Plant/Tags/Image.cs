namespace Crm.Plant.Tags;

/// <summary>
/// The unchangeable picture of all readings that one scan decides on, indexed by tag ordinal. Built by the scan from the buses'
/// readings; staleness has already been judged.
/// </summary>
public sealed class Image
{
    private readonly Reading[] readings;

    /// <param name="readings">Taken over, not copied: the caller must not write to it again.</param>
    public Image(long scan, TimeSpan now, Reading[] readings)
    {
        Scan = scan;
        Now = now;
        this.readings = readings;
    }

    /// <summary>Number of the scan this image belongs to, from 1.</summary>
    public long Scan { get; }

    /// <summary>Monotonic plant time of the scan.</summary>
    public TimeSpan Now { get; }

    public int Count => readings.Length;

    public ref readonly Reading this[int tag] => ref readings[tag];

    public ReadOnlySpan<Reading> Readings => readings;
}
