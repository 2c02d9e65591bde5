using System.Collections.Immutable;

namespace Crm.Twin.Fitting;

/// <summary>What was done to a plant and what it answered: enough to do the same to a twin.</summary>
/// <param name="End">Plant time of the last row.</param>
/// <param name="Moves">Outputs as driven, in order of time.</param>
/// <param name="Tracks">Tags as read.</param>
/// <param name="Acts">Manual work, in order of time.</param>
public sealed record Recording(TimeSpan End, ImmutableArray<OutputMove> Moves, ImmutableArray<TagTrack> Tracks, ImmutableArray<HandAct> Acts);

/// <param name="Output">Ordinal.</param>
public readonly record struct OutputMove(TimeSpan At, int Output, double Value);

public enum HandActKind
{
    Charge,

    /// <summary>Cake, crystals or liquor taken out as a lot.</summary>
    TakeOut,
    Sample,

    /// <summary>Lots brought to where a material is drawn from.</summary>
    Supply,
}

/// <param name="Material">Feed material, <c>lot:name</c>, or the lot that was made.</param>
/// <param name="Mass">kg; not used for what is taken out, which is all of it.</param>
public sealed record HandAct(TimeSpan At, HandActKind Kind, string Place, string Material, double Mass)
{
    /// <summary>Lots that are drawn from.</summary>
    public ImmutableArray<string> Lots { get; init; } = [];
}

/// <summary>The good readings of one tag as they were kept, in order of time. What lay between two of them nobody knows: only that it was within the deadband.</summary>
/// <param name="Tag">Ordinal.</param>
public sealed record TagTrack(int Tag, ImmutableArray<double> Seconds, ImmutableArray<double> Values)
{
    /// <summary>NaN where none was kept.</summary>
    public double At(double second) => Seconds.BinarySearch(second) is var at and >= 0 ? Values[at] : double.NaN;

    /// <summary>Times at which it was kept within a window, at least so far apart, s.</summary>
    public IEnumerable<double> Times(double from, double to, double apart)
    {
        double next = from;
        foreach (double second in Seconds.Where(s => s >= from && s <= to))
        {
            if (second < next) continue;
            next = second + apart;
            yield return second;
        }
    }

    /// <summary>Largest less smallest value up to a time.</summary>
    public double Range(double until)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (int i = 0; i < Values.Length && Seconds[i] <= until; i++) (low, high) = (Math.Min(low, Values[i]), Math.Max(high, Values[i]));
        return high >= low ? high - low : 0;
    }
}
