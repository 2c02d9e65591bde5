using Crm.Plant.Tags;

namespace Crm.Plant.Procedure;

/// <summary>
/// The recent past of one tag for a function of time. Samples once per second, more rarely for windows longer than an hour, so that it
/// never holds more than <see cref="MostSamples"/>. A window that is not full, or has a bad reading in it, has no slope and no average,
/// and is neither a plateau nor stable.
/// </summary>
public sealed class HistoryWindow
{
    public const int MostSamples = 3601;

    /// <summary>A plateau is a movement of less than this part of the tag's span over the window.</summary>
    private const double PlateauFraction = 0.01;

    private readonly Slot slot;
    private readonly double span;
    private readonly TimeSpan interval;
    private readonly double[] ring;
    private int next;
    private int filled;
    private TimeSpan due;

    /// <summary>Over <see cref="ring"/>: of its good samples, and how many are bad. Looked for again only when the lowest or highest has left.</summary>
    private double lowest = double.PositiveInfinity, highest = double.NegativeInfinity;
    private int bad;

    public HistoryWindow(Slot slot, TagDefinition tag)
    {
        this.slot = slot;
        span = tag.High - tag.Low;
        double seconds = Math.Max(1, Math.Ceiling(slot.Over.TotalSeconds / (MostSamples - 1)));
        interval = TimeSpan.FromSeconds(seconds);
        ring = new double[(int)Math.Floor(slot.Over.TotalSeconds / seconds) + 1];
        due = TimeSpan.MinValue;
    }

    private HistoryWindow(HistoryWindow from)
    {
        slot = from.slot;
        span = from.span;
        interval = from.interval;
        ring = (double[])from.ring.Clone();
        next = from.next;
        filled = from.filled;
        due = from.due;
        (lowest, highest, bad) = (from.lowest, from.highest, from.bad);
    }

    public int Slot => slot.Number;

    public HistoryWindow Fork() => new(this);

    /// <summary>Takes the reading in when the next sample is due.</summary>
    public void Sample(Image image)
    {
        if (image.Now < due) return;
        due = image.Now + interval;
        ref readonly Reading reading = ref image[slot.Tag];
        double left = ring[next], value = reading.IsBad ? double.NaN : reading.Value;
        ring[next] = value;
        if (filled == ring.Length && double.IsNaN(left)) bad--;
        if (double.IsNaN(value)) bad++;
        Fold(value);
        if (filled == ring.Length && (left <= lowest || left >= highest)) FindExtremes();
        next = (next + 1) % ring.Length;
        filled = Math.Min(filled + 1, ring.Length);
    }

    public Reading Value(TimeSpan now)
    {
        bool isJudgement = slot.Function is "plateau" or "stable";
        if (filled < ring.Length) return isJudgement ? Reading.Good(0, now) : Reading.Bad(Reason.NeverRead, now);
        double value = slot.Function switch
        {
            "plateau" => Spread() < PlateauFraction * span ? 1 : 0,
            "stable" => Spread() <= 2 * slot.Parameter ? 1 : 0,
            "slope" => SlopePerMinute(),
            _ => Average(),
        };
        if (isJudgement) return Reading.Good(value, now);
        return double.IsFinite(value) ? Reading.Good(value, now) : Reading.Bad(Reason.NoAnswer, now);
    }

    /// <summary>Highest minus lowest; not a number when any sample was bad, which compares false.</summary>
    private double Spread() => bad > 0 ? double.NaN : highest - lowest;

    private void FindExtremes()
    {
        (lowest, highest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (double v in ring) Fold(v);
    }

    // A bad sample compares false with everything.
    private void Fold(double value)
    {
        if (value < lowest) lowest = value;
        if (value > highest) highest = value;
    }

    private double Average()
    {
        double sum = 0;
        foreach (double v in ring) sum += v;
        return sum / ring.Length;
    }

    /// <summary>Least squares over the window, tag units per minute.</summary>
    private double SlopePerMinute()
    {
        int n = ring.Length;
        if (n < 2) return 0;
        double middle = (n - 1) / 2.0, up = 0, down = 0;
        for (int i = 0; i < n; i++)
        {
            double t = i - middle;
            up += t * ring[(next + i) % n];
            down += t * t;
        }

        return up / down / interval.TotalMinutes;
    }
}
