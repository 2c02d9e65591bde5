using System.Globalization;

namespace Crm.Plant.Quantities;

/// <summary>How a plant time is written wherever a person reads it.</summary>
public static class PlantClock
{
    /// <summary>Hours, minutes and seconds since the start of the run: <c>26:03:09</c>.</summary>
    public static string Text(TimeSpan at) => string.Create(CultureInfo.InvariantCulture, $"{(int)at.TotalHours}:{at.Minutes:00}:{at.Seconds:00}");

    /// <summary>How long something lasts, in the unit a person would say: <c>2.5 h</c>, <c>40 min</c>, <c>3 s</c>.</summary>
    public static string Length(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.##} h")
        : time.TotalMinutes >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0.##} min") : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s");
}
