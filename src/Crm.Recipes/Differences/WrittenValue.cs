using Crm.Plant.Quantities;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Differences;

/// <summary>Values as they are written, and when two of them mean the same.</summary>
internal static class WrittenValue
{
    private const double Rounding = 1e-9;

    /// <summary>On one line: <c>a, b</c> for a list, <c>key value, key value</c> for a group.</summary>
    public static string Words(YamlNode node) => node switch
    {
        YamlScalar scalar => string.Join(' ', scalar.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
        YamlSequence list => string.Join(", ", list.Items.Select(Words)),
        YamlMapping map => string.Join(", ", map.Entries.Select(e => $"{e.Key.Text} {Words(e.Value)}".TrimEnd())),
        _ => "",
    };

    /// <summary>The same words, or the same quantity or range in another unit: 90 min is 1.5 h.</summary>
    public static bool Same(string a, string b)
    {
        if (a == b) return true;
        if (QuantityText.Parse(a, out Quantity first, out _) == QuantityProblem.None && QuantityText.Parse(b, out Quantity second, out _) == QuantityProblem.None)
            return Same(first, second);
        return QuantityText.ParseRange(a, out QuantityRange one, out _) == QuantityProblem.None && QuantityText.ParseRange(b, out QuantityRange other, out _) == QuantityProblem.None
            && Same(new Quantity(one.Low, one.Unit), new Quantity(other.Low, other.Unit)) && Same(new Quantity(one.High, one.Unit), new Quantity(other.High, other.Unit));
    }

    private static bool Same(Quantity a, Quantity b) => b.In(a.Unit) is { } value && Math.Abs(value - a.Value) <= Rounding * Math.Max(Math.Abs(a.Value), Math.Abs(value));
}
