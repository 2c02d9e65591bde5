using System.Collections.Concurrent;
using System.Collections.Immutable;
using Crm.Chemistry;
using Crm.Chemistry.Hazards;

namespace Crm.Recipes.ProcessChecks;

/// <summary>kg of substances by name, as materials, reagents and solids write them; and what chemistry knows of each.</summary>
internal static class Substances
{
    public static readonly ImmutableSortedDictionary<string, double> None = ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal);

    /// <summary>Density of a feed liquor that nothing more is told of, kg/L: rather too dense, so that volumes are rather too small.</summary>
    private const double LiquorDensity = 1.25;

    public static ImmutableSortedDictionary<string, double> Plus(this ImmutableSortedDictionary<string, double> some, string name, double amount) =>
        Math.Abs(amount) <= 0 ? some : some.SetItem(name, some.GetValueOrDefault(name) + amount);

    public static ImmutableSortedDictionary<string, double> Plus(this ImmutableSortedDictionary<string, double> some, IEnumerable<KeyValuePair<string, double>> more, double times = 1) =>
        more.Aggregate(some, (sum, m) => sum.Plus(m.Key, m.Value * times));

    public static ImmutableSortedDictionary<string, double> Times(this ImmutableSortedDictionary<string, double> some, double factor) => None.Plus(some, factor);

    /// <summary>What the tables say of a name; asked at every step of every walk.</summary>
    private static readonly ConcurrentDictionary<string, Known> known = new(StringComparer.Ordinal);

    /// <param name="Mass">kg/mol; null for what is no formula.</param>
    /// <param name="Atoms">Of each element in a formula unit.</param>
    private sealed record Known(int Solid, bool Dissolves, double? Mass, ImmutableArray<KeyValuePair<string, double>> Atoms);

    private static Known Of(string name) => known.GetOrAdd(name, Find);

    private static Known Find(string name)
    {
        int solid = Solid.IndexOf(name);
        bool dissolves = Solutes.All.ContainsKey(name) && Onset.Salt(name, 20) is null or > 2;
        if (solid >= 0)
            return new Known(solid, dissolves, Solid.Mass[solid], [.. Chemistry.Elements.Symbols.Select((symbol, e) => KeyValuePair.Create(symbol, Solid.Atoms[solid][e])).Where(a => a.Value > 0)]);
        try
        {
            return new Known(-1, dissolves, MolarMass.Of(name) / 1000, [.. MolarMass.Composition(name)]);
        }
        catch (FormatException)
        {
            return new Known(-1, dissolves, null, []);
        }
    }

    /// <summary>A solid of the tables.</summary>
    public static bool IsSolid(string name) => Of(name).Solid >= 0;

    /// <summary>Goes into solution in water by itself.</summary>
    public static bool DissolvesInWater(string name) => Of(name).Dissolves;

    /// <summary>kg per mol; null for what is no formula.</summary>
    public static double? KilogramsPerMol(string name) => Of(name).Mass;

    /// <summary>mol of each element in some kg of a substance; nothing for what is no formula.</summary>
    public static IEnumerable<KeyValuePair<string, double>> Elements(string name, double kilograms)
    {
        Known found = Of(name);
        if (found.Mass is not { } mass) yield break;
        foreach (var (element, atoms) in found.Atoms) yield return new(element, kilograms / mass * atoms);
    }

    /// <summary>mol of protons that a dissolved reagent gives when it is neutralised: 2 for H2SO4, -1 for NaOH; 0 for salts and what no row tells.</summary>
    public static double Protons(string species)
    {
        if (species is "Ca(OH)2" or "Mg(OH)2") return -2;
        if (!Solutes.All.TryGetValue(species, out Term[]? terms)) return 0;
        bool weak = terms.Any(t => t.Species != Aqueous.H && t.Species != Aqueous.H2O && HazardPairs.ClassesOf(species).IsEmpty);
        return weak ? 0 : terms.Where(t => t.Species == Aqueous.H).Sum(t => t.Mol);
    }

    /// <summary>Litres that a weighed material takes at least.</summary>
    public static double Litres(IEnumerable<KeyValuePair<string, double>> minerals, double kilograms)
    {
        var parts = minerals.ToArray();
        if (parts.Length == 0) return 0;
        if (parts.Any(m => m.Key == "H2O" && m.Value > 0.3)) return kilograms / LiquorDensity;
        return kilograms * parts.Sum(m => Of(m.Key).Solid is >= 0 and var solid ? m.Value / Solid.Density[solid] : 0);
    }
}
