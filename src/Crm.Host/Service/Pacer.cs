namespace Crm.Host.Service;

/// <summary>
/// Says when the next scan is due on the wall clock for a pace of plant time. A late scan slips: plant time falls behind, no scan is
/// dropped and nothing lapses. Not thread-safe.
/// </summary>
public sealed class Pacer
{
    public const double Slowest = 1, Fastest = 60;

    /// <summary>Later than this and the plan is laid anew from now.</summary>
    private static readonly TimeSpan MostLate = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan LongestAwake = TimeSpan.FromMilliseconds(2);

    private readonly TimeSpan period;
    private TimeSpan due;

    /// <param name="period">Plant time between scans.</param>
    /// <param name="wall">Wall time now, monotonic.</param>
    public Pacer(TimeSpan period, TimeSpan wall)
    {
        this.period = period;
        due = wall;
    }

    /// <summary>Plant seconds per wall second, 1 to 60.</summary>
    public double Pace { get; private set; } = Slowest;

    /// <summary>Wall time by which plant time has slipped in all.</summary>
    public TimeSpan Slipped { get; private set; }

    /// <summary>How late the scan was that <see cref="Take"/> gave last.</summary>
    public TimeSpan Late { get; private set; }

    public void Set(double pace, TimeSpan wall)
    {
        double next = Math.Clamp(pace, Slowest, Fastest);
        if (next == Pace) return;
        Pace = next;
        due = wall + period / Pace;
    }

    /// <summary>True once for every scan that is due at <paramref name="wall"/>.</summary>
    public bool Take(TimeSpan wall)
    {
        if (due > wall) return false;
        Late = wall - due;
        if (Late > MostLate)
        {
            Slipped += Late;
            due = wall;
        }

        due += period / Pace;
        return true;
    }

    /// <summary>After plant time was moved otherwise (fast-forward, skip): the next scan is due one period from now.</summary>
    public void Resume(TimeSpan wall) => due = wall + period / Pace;

    /// <summary>Time to wait before the next scan; never negative. Zero a little before it is due: that time is to be spent awake.</summary>
    public TimeSpan Wait(TimeSpan wall)
    {
        var wait = due - wall - Awake;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    /// <summary>A timed wait ends a millisecond or two late while others want the processor; 2 % of the time at most are spent awake to make up for it.</summary>
    private TimeSpan Awake => period / Pace / 50 is var share && share < LongestAwake ? share : LongestAwake;
}
