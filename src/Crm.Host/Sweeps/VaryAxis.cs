using System.Collections.Immutable;
using System.Globalization;
using Crm.Host.CommandLine;

namespace Crm.Host.Sweeps;

/// <summary>One formula value that is varied, and what it is set to.</summary>
/// <param name="Values">As <c>--set</c> takes them, in the order they were asked for.</param>
public sealed record VaryAxis(string Name, ImmutableArray<string> Values)
{
    private const int Most = 1000;
    private const string Expected = "expected name=low..high/n or name=a,b,c with the unit once at the end, for example --vary leach_time=60..180min/5";

    /// <exception cref="UsageException">The words say no axis.</exception>
    public static VaryAxis Parse(string text)
    {
        int at = text.IndexOf('=');
        if (at <= 0 || at == text.Length - 1) throw new UsageException($"--vary {text}: {Expected}");
        string name = text[..at].Trim(), what = text[(at + 1)..].Trim();
        int dots = what.IndexOf("..", StringComparison.Ordinal);
        ImmutableArray<string> values = dots >= 0 ? Spread(text, what[..dots], what[(dots + 2)..]) : Listed(text, what.Split(','));
        if (values.Distinct(StringComparer.Ordinal).Count() != values.Length) throw new UsageException($"--vary {text}: a value stands there twice");
        return new VaryAxis(name, values);
    }

    /// <summary>The number of a value of this axis, for drawing.</summary>
    public double Number(int value) => Split(Values[value], Values[value]).Number;

    /// <summary>Unit of the values; empty for plain numbers.</summary>
    public string Unit => Split(Values[0], Values[0]).Unit;

    private static ImmutableArray<string> Spread(string text, string from, string rest)
    {
        int slash = rest.LastIndexOf('/');
        if (slash < 0 || !int.TryParse(rest[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count is < 2 or > Most)
            throw new UsageException($"--vary {text}: how many values? {Expected}; 2 to {Most} of them");
        (double high, string unit) = Split(text, rest[..slash]);
        (double low, string own) = Split(text, from);
        if (own.Length > 0 && own != unit) throw new UsageException($"--vary {text}: from {own} to {unit}: write both ends in one unit");
        return [.. Enumerable.Range(0, count).Select(i => With(low + (high - low) * i / (count - 1), unit))];
    }

    private static ImmutableArray<string> Listed(string text, string[] parts)
    {
        if (parts.Length < 2) throw new UsageException($"--vary {text}: one value alone is --set; {Expected}");
        if (parts.Length > Most) throw new UsageException($"--vary {text}: {parts.Length} values, {Most} at most");
        string unit = Split(text, parts[^1]).Unit;
        return [.. parts.Select(p => Split(text, p)).Select(p => With(p.Number, p.Unit.Length > 0 ? p.Unit : unit))];
    }

    /// <summary>Number and unit of <c>1.5 x stoichiometric</c>.</summary>
    private static (double Number, string Unit) Split(string text, string value)
    {
        string trimmed = value.Trim();
        int end = 0;
        while (end < trimmed.Length && (char.IsAsciiDigit(trimmed[end]) || trimmed[end] is '.' or '-' or '+')) end++;
        return double.TryParse(trimmed[..end], NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? (number, trimmed[end..].Trim())
            : throw new UsageException($"--vary {text}: '{trimmed}' is no number; {Expected}");
    }

    // Twelve digits: 1.1 and not 1.1000000000000001.
    private static string With(double number, string unit) => $"{number.ToString("G12", CultureInfo.InvariantCulture)} {unit}".TrimEnd();
}
