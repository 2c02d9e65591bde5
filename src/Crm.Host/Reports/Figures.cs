using System.Globalization;
using Crm.Plant.Lots;

namespace Crm.Host.Reports;

/// <summary>How numbers are written in the report: as many digits as their uncertainty supports, U = 2 u beside them.</summary>
internal static class Figures
{
    public const string Unknown = "–";

    /// <summary><c>98.4 ± 2.1</c>: two digits of the expanded uncertainty, the value to the same place.</summary>
    public static string PlusMinus(Measured measured, double scale = 1)
    {
        double value = measured.Value * scale, expanded = Math.Abs(measured.Expanded * scale);
        if (!double.IsFinite(value)) return Unknown;
        if (!double.IsFinite(expanded) || expanded <= 0) return Significant(value, 4);
        int places = Places(expanded);
        return $"{Fixed(value, places)} ± {Fixed(expanded, places)}";
    }

    /// <summary>At most two places: less than that of a percent is nothing anyone acts on.</summary>
    public static string Percent(Measured fraction)
    {
        double percent = 100 * fraction.Value, expanded = 100 * Math.Abs(fraction.Expanded);
        if (!double.IsFinite(percent)) return Unknown;
        if (percent > 0 && percent + expanded < 0.01) return "< 0.01 %";
        if (!double.IsFinite(expanded) || expanded <= 0) return Significant(percent, 4) + " %";
        int places = Math.Min(2, Places(expanded));
        return $"{Fixed(percent, places)} ± {(places == 2 && expanded < 0.01 ? "0.01" : Fixed(expanded, places))} %";
    }

    public static string Percent(double? fraction, int places = 1) => fraction is { } f && double.IsFinite(f) ? Fixed(100 * f, places) + " %" : Unknown;

    public static string Litres(double? volume) => volume is { } v ? Fixed(v, 1) + " L" : Unknown;

    public static string Fixed(double value, int places)
    {
        string text = value.ToString("F" + places.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return text.StartsWith('-') && !text.AsSpan().ContainsAnyInRange('1', '9') ? text[1..] : text.Replace('-', '−');
    }

    public static string Significant(double value, int digits)
    {
        if (!double.IsFinite(value)) return Unknown;
        int places = value == 0 ? 0 : Math.Clamp(digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 9);
        string text = Fixed(value, places);
        return text.Contains('.') ? text.TrimEnd('0').TrimEnd('.') : text;
    }

    /// <summary>Plant time as <c>26:05 h</c>.</summary>
    public static string Clock(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}");

    public static string Length(TimeSpan time) =>
        time.TotalMinutes < 1 ? Significant(time.TotalSeconds, 2) + " s"
        : time.TotalHours < 1 ? Fixed(time.TotalMinutes, 0) + " min"
        : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes:00} min");

    /// <summary>A drawing coordinate.</summary>
    public static string At(double coordinate) => coordinate.ToString("0.#", CultureInfo.InvariantCulture);

    private static int Places(double expanded) => Math.Clamp(1 - (int)Math.Floor(Math.Log10(expanded)), 0, 6);
}
