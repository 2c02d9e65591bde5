using System.Globalization;

namespace Crm.Plant.Quantities;

/// <summary>Times as people write them, where several units stand in one: <c>3h15min</c>.</summary>
public static class DurationText
{
    /// <summary>A year.</summary>
    private const double LongestSeconds = 3.2e7;

    /// <summary>Numbers with one of s, min, h, d each, added up: <c>4h</c>, <c>3h15min</c>, <c>1.5 h</c>.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        double seconds = 0;
        ReadOnlySpan<char> left = text.AsSpan().Trim();
        duration = default;
        if (left.IsEmpty) return false;
        while (!left.IsEmpty)
        {
            int digits = Run(left, c => !char.IsAsciiLetter(c));
            int letters = Run(left[digits..], char.IsAsciiLetter);
            double unit = left.Slice(digits, letters) switch { "s" => 1, "min" => 60, "h" => 3600, "d" => 86400, _ => double.NaN };
            if (!double.TryParse(left[..digits], NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out double number)) return false;
            seconds += number * unit;
            left = left[(digits + letters)..];
        }

        if (!(seconds <= LongestSeconds)) return false;
        duration = TimeSpan.FromSeconds(seconds);
        return true;
    }

    private static int Run(ReadOnlySpan<char> text, Func<char, bool> belongs)
    {
        int length = 0;
        while (length < text.Length && belongs(text[length])) length++;
        return length;
    }
}
