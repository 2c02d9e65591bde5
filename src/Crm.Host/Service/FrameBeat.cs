namespace Crm.Host.Service;

/// <summary>
/// Says when a frame is due: together with the scan that fills it, so that no client is served while the next scan is due, and ten a
/// second at most. While no scan comes the last one is told again, so that pages know the controller by its voice. Not thread-safe.
/// </summary>
public sealed class FrameBeat
{
    /// <summary>Wall time between two frames at least; a scan of 100 ms may come a little before its time.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromMilliseconds(90);

    /// <summary>Wall time between two frames at most; a page that hears nothing for 1.5 s says that the controller is gone.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromMilliseconds(500);

    private TimeSpan last = TimeSpan.MinValue / 2;

    /// <summary>The next <see cref="Take"/> is true, whatever the time.</summary>
    public void Force() => last = TimeSpan.MinValue / 2;

    /// <summary>True once for every frame that is due at <paramref name="wall"/>.</summary>
    /// <param name="isWithScan">A scan was made just now; one that is too early for a frame goes with a later scan.</param>
    public bool Take(TimeSpan wall, bool isWithScan)
    {
        if (wall - last < (isWithScan ? Least : Most)) return false;
        last = wall;
        return true;
    }

    /// <summary>Time until a frame is due though no scan comes.</summary>
    public TimeSpan Wait(TimeSpan wall) => last + Most > wall ? last + Most - wall : TimeSpan.Zero;
}
