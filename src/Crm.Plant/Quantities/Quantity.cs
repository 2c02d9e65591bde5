using System.Globalization;

namespace Crm.Plant.Quantities;

/// <summary>A number with its unit.</summary>
public readonly record struct Quantity(double Value, Unit Unit)
{
    /// <summary>Value in another unit, or null when the units do not match.</summary>
    public double? In(Unit target) => Unit.Matches(target) ? Unit.To(target, Value) : null;

    public override string ToString() =>
        Unit.Symbol.Length == 0 ? Value.ToString("0.######", CultureInfo.InvariantCulture) : Value.ToString("0.######", CultureInfo.InvariantCulture) + " " + Unit.Symbol;
}

/// <summary>A closed interval, both ends in one unit.</summary>
public readonly record struct QuantityRange(double Low, double High, Unit Unit);

public enum QuantityProblem
{
    None,
    NotANumber,
    NotARange,
    UnknownUnit,
}

/// <summary>Reads <c>number unit</c> and <c>low..high unit</c>.</summary>
public static class QuantityText
{
    /// <param name="unit">The unit as written, for the message when it is unknown.</param>
    public static QuantityProblem Parse(string text, out Quantity quantity, out string unit)
    {
        quantity = default;
        unit = "";
        ReadOnlySpan<char> trimmed = text.AsSpan().Trim();
        int length = NumberLength(trimmed);
        if (length == 0 || !TryNumber(trimmed[..length], out double value)) return QuantityProblem.NotANumber;
        unit = trimmed[length..].Trim().ToString();
        if (Units.Find(unit) is not { } found) return QuantityProblem.UnknownUnit;
        quantity = new Quantity(value, found);
        return QuantityProblem.None;
    }

    public static QuantityProblem ParseRange(string text, out QuantityRange range, out string unit)
    {
        range = default;
        unit = "";
        int dots = text.IndexOf("..", StringComparison.Ordinal);
        if (dots < 0) return QuantityProblem.NotARange;
        ReadOnlySpan<char> low = text.AsSpan(0, dots).Trim();
        if (NumberLength(low) != low.Length || !TryNumber(low, out double from)) return QuantityProblem.NotARange;
        QuantityProblem problem = Parse(text[(dots + 2)..], out Quantity high, out unit);
        if (problem == QuantityProblem.NotANumber) return QuantityProblem.NotARange;
        range = problem == QuantityProblem.None ? new QuantityRange(from, high.Value, high.Unit) : default;
        return problem;
    }

    /// <summary>Length of the decimal number at the start of the text: sign, digits, fraction, exponent; 0 when there is none.</summary>
    public static int NumberLength(ReadOnlySpan<char> text)
    {
        int at = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        int whole = Digits(text, at);
        if (whole == 0) return 0;
        at += whole;
        if (at < text.Length && text[at] == '.' && Digits(text, at + 1) is > 0 and int fraction) at += 1 + fraction;
        if (at < text.Length && text[at] is 'e' or 'E')
        {
            int sign = at + 1 < text.Length && text[at + 1] is '+' or '-' ? 1 : 0;
            if (Digits(text, at + 1 + sign) is > 0 and int exponent) at += 1 + sign + exponent;
        }

        return at;
    }

    /// <summary>A finite number written with a point.</summary>
    public static bool TryNumber(ReadOnlySpan<char> text, out double value) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value)
        && double.IsFinite(value);

    private static int Digits(ReadOnlySpan<char> text, int from)
    {
        int at = from;
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        return Math.Max(0, at - from);
    }
}
