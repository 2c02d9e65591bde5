namespace Crm.Hmi.Pages;

/// <summary>Plant time as people read it.</summary>
public static class Times
{
    /// <param name="seconds">Since the start of the controller's plant time.</param>
    public static string Clock(double seconds)
    {
        var time = TimeSpan.FromSeconds(Math.Max(0, seconds));
        return time.Days > 0 ? $"{time.Days} d {time.Hours:00}:{time.Minutes:00}:{time.Seconds:00}" : $"{time.Hours:00}:{time.Minutes:00}:{time.Seconds:00}";
    }
}
