using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Quantities;
using Crm.Recipes.Diagnostics;

namespace Crm.Recipes.Yaml;

/// <summary>Reads scalars; what is wrong goes to the findings.</summary>
internal static class Values
{
    public static readonly ImmutableArray<(string Word, bool Value)> Truths = [("true", true), ("false", false), ("yes", true), ("no", false)];

    public static string? Text(YamlNode node, Findings findings, string key)
    {
        if (node is YamlScalar { Text.Length: > 0 } scalar) return scalar.Text;
        findings.Add(node, DiagnosticCodes.KindWrong, $"'{key}' is {node.Kind}", "expected a text or value");
        return null;
    }

    public static T Choice<T>(YamlNode node, Findings findings, string key, ImmutableArray<(string Word, T Value)> choices, T otherwise)
    {
        if (Text(node, findings, key) is not { } text) return otherwise;
        foreach ((string word, T value) in choices)
        {
            if (word == text) return value;
        }

        string known = string.Join(", ", choices.Select(c => c.Word));
        findings.Add(node, DiagnosticCodes.ChoiceUnknown, $"'{key}' cannot be '{text}'", $"expected one of: {known}");
        return otherwise;
    }

    /// <param name="bare">True when a number without unit is meant in <paramref name="unit"/>.</param>
    public static double Quantity(YamlNode node, Findings findings, string key, Unit unit, double low, double high, bool bare)
    {
        if (Text(node, findings, key) is not { } text) return StandIn(low);
        QuantityProblem problem = QuantityText.Parse(text, out Quantity quantity, out string symbol);
        if (problem == QuantityProblem.NotANumber)
        {
            findings.Add(node, DiagnosticCodes.NumberWrong, $"'{key}: {text}' is not a number", $"expected {Example(unit)}");
            return StandIn(low);
        }

        if (problem == QuantityProblem.UnknownUnit)
        {
            UnknownUnit(node, findings, symbol, unit);
            return StandIn(low);
        }

        if (InUnit(node, findings, key, quantity, unit, bare) is not { } value) return StandIn(low);
        if (value >= low && value <= high) return value;
        findings.Add(
            node, DiagnosticCodes.ValueRange, $"'{key}: {text}' is outside what is possible",
            "expected " + Bounds(low, high, unit));
        return StandIn(low);
    }

    public static TimeSpan Duration(YamlNode node, Findings findings, string key)
    {
        if (node is YamlScalar { Text: var written } && DurationText.TryParse(written, out TimeSpan several)) return several;
        double seconds = Quantity(node, findings, key, Units.Of("s"), 0, 366 * 86400.0, bare: false);
        return TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));
    }

    public static (double Low, double High) Range(YamlNode node, Findings findings, string key, Unit unit, bool ascending = true, bool bare = true)
    {
        if (Text(node, findings, key) is not { } text) return (0, 1);
        QuantityProblem problem = QuantityText.ParseRange(text, out QuantityRange range, out string symbol);
        if (problem == QuantityProblem.UnknownUnit) UnknownUnit(node, findings, symbol, unit);
        else if (problem != QuantityProblem.None)
            findings.Add(
                node, DiagnosticCodes.RangeWrong, $"'{key}: {text}' is not a range",
                $"expected low..high, for example '0..100{(unit.Symbol.Length == 0 ? "" : " " + unit.Symbol)}'");
        if (problem != QuantityProblem.None) return (0, 1);
        if (InUnit(node, findings, key, new Quantity(range.Low, range.Unit), unit, bare) is not { } low) return (0, 1);
        double high = InUnit(node, findings, key, new Quantity(range.High, range.Unit), unit, bare)!.Value;
        if (!ascending || low < high) return (low, high);
        findings.Add(node, DiagnosticCodes.RangeOrder, $"the range '{text}' runs backwards or has no width", "write the lower end first");
        return (0, 1);
    }

    public static double? InUnit(YamlNode node, Findings findings, string key, Quantity quantity, Unit unit, bool bare)
    {
        // A bare number is meant in the unit asked for; only a written unit is converted (50 of a percent is not 50 of one).
        if (quantity.Unit == Unit.One && unit != Unit.One)
        {
            if (bare || unit.TakesBareNumbers) return quantity.Value;
            findings.Add(node, DiagnosticCodes.UnitMissing, $"'{key}: {quantity}' has no unit", $"write '{quantity} {unit.Symbol}'");
            return null;
        }

        if (quantity.In(unit) is { } value) return value;
        findings.Add(node, DiagnosticCodes.UnitMismatch, $"'{key}: {quantity}' cannot be expressed in {unit}", $"expected {Example(unit)}");
        return null;
    }

    public static void UnknownUnit(YamlNode node, Findings findings, string symbol, Unit expected) =>
        findings.Add(node, DiagnosticCodes.UnitUnknown, $"'{symbol}' is no unit", UnitRemedy(symbol, expected));

    public static string UnitRemedy(string symbol, Unit expected) =>
        expected.Symbol.Length > 0 ? $"expected {expected.Symbol} or a unit that converts to it" : Nearest.Suggest(symbol, Units.Symbols);

    public static string Bounds(double low, double high, Unit unit)
    {
        string symbol = unit.Symbol.Length == 0 ? "" : " " + unit.Symbol;
        if (double.IsNegativeInfinity(low)) return "at most " + Plain(high) + symbol;
        return double.IsPositiveInfinity(high) ? "at least " + Plain(low) + symbol : Plain(low) + ".." + Plain(high) + symbol;
    }

    public static string Plain(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>A value that does no harm after a mistake; the object built with it is never handed out.</summary>
    public static double StandIn(double low) => double.IsFinite(low) ? low : 0;

    private static string Example(Unit unit) => unit.TakesBareNumbers ? "a number" : $"a number and a unit, for example '1 {unit.Symbol}'";
}
