using System.Globalization;

namespace Crm.Plant.Quantities;

/// <summary>How a plant time is written wherever a person reads it.</summary>
public static class PlantClock
{
    /// <summary>Hours, minutes and seconds since the start of the run: <c>26:03:09</c>.</summary>
    public static string Text(TimeSpan at) => string.Create(CultureInfo.InvariantCulture, $"{(int)at.TotalHours}:{at.Minutes:00}:{at.Seconds:00}");
}
