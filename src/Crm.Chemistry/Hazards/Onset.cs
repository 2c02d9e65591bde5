using System.Collections.Immutable;

namespace Crm.Chemistry.Hazards;

/// <summary>Where things come out of solution, for sums on paper: ideal, from the same rows as the vessels.</summary>
public static class Onset
{
    private static readonly ImmutableDictionary<string, ImmutableArray<(string Hydroxide, double LogK, int Order)>> hydroxides = Hydroxides.Table
        .GroupBy(h => Aqueous.Names[h.Metal].TrimEnd('+', '2', '3'), StringComparer.Ordinal)
        .ToImmutableDictionary(g => g.Key, g => g.Select(h => (Solid.Names[h.Solid], h.LogK, h.Order)).ToImmutableArray(), StringComparer.Ordinal);

    /// <summary>Hydroxides of an element with the pH at which it begins to come out at <paramref name="dissolved"/> mol/L; of iron the ferric and the ferrous.</summary>
    public static IEnumerable<(string Hydroxide, double Ph)> Hydroxide(string element, double dissolved) =>
        dissolved > 0 && hydroxides.TryGetValue(element, out var rows) ? rows.Select(row => (row.Hydroxide, Hydroxides.SaturationPh(row.LogK, row.Order, dissolved))) : [];

    /// <summary>g of anhydrous salt per 100 g of water; null where <c>chemistry/solubility.csv</c> has no row.</summary>
    public static double? Salt(string salt, double celsius) => Solubility.Find(salt) is { } table ? Solubility.At(table, celsius) : null;
}
