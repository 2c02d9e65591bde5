using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Lots;
using Crm.Plant.Records;

namespace Crm.Plant.Balances;

/// <summary>Reads the numbers of an event: <c>mass_kg</c>, <c>mass_u_kg</c>, <c>element.Li</c>, <c>element.Li.u</c>.</summary>
internal static class EventData
{
    private const string ElementPrefix = "element.";

    // A laboratory reports it beside the fractions; kg/L.
    private const string Density = "density";

    public static double? Number(BatchEvent happened, string key) =>
        happened.Data.TryGetValue(key, out var text)
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
        && double.IsFinite(number)
            ? number
            : null;

    public static string Word(BatchEvent happened, string key, string otherwise) => happened.Data.GetValueOrDefault(key, otherwise);

    public static Measured? Mass(BatchEvent happened) =>
        Number(happened, "mass_kg") is { } mass ? new Measured(mass, Number(happened, "mass_u_kg") ?? 0) : null;

    /// <summary>kg/kg by analyte.</summary>
    public static ImmutableSortedDictionary<string, Measured> MassFractions(BatchEvent happened)
    {
        var found = ImmutableSortedDictionary.CreateBuilder<string, Measured>(StringComparer.Ordinal);
        foreach (string key in happened.Data.Keys)
        {
            if (!key.StartsWith(ElementPrefix, StringComparison.Ordinal)) continue;
            string analyte = key[ElementPrefix.Length..];
            if (analyte.Contains('.') || analyte == Density || Number(happened, key) is not { } fraction) continue;
            found[analyte] = new(fraction, Number(happened, key + ".u") ?? 0);
        }

        return found.ToImmutable();
    }

    public static LotKind Kind(BatchEvent happened, LotKind otherwise) =>
        Enum.TryParse(Word(happened, "kind", ""), ignoreCase: true, out LotKind kind) ? kind : otherwise;
}
