using System.Collections.Immutable;
using Crm.Chemistry.Properties;

namespace Crm.Chemistry.Hazards;

/// <summary>Heat that a reagent gives off at most, J per mol of the pure species: a row of <c>chemistry/reagent-heats.csv</c>.</summary>
/// <param name="Dilution">From the pure substance to great dilution.</param>
/// <param name="Mixing">mol of water per mol at which half of it is gone.</param>
/// <param name="Reaction">With all it can meet.</param>
/// <param name="Needs"><c>acid</c> or <c>base</c> must lie in the vessel for the reaction; empty for nothing.</param>
/// <param name="Accumulates">What has not reacted yet can go off by itself.</param>
public sealed record ReagentHeat(string Species, double Dilution, double Mixing, double Reaction, string Needs, bool Accumulates)
{
    private static readonly ImmutableDictionary<string, ReagentHeat> rows = ConstantTable.Read("reagent-heats.csv").Rows.Select(Read).ToImmutableDictionary(r => r.Species, StringComparer.Ordinal);

    /// <summary>Null where nothing is known of the species: it is not judged.</summary>
    public static ReagentHeat? Of(string species) => rows.GetValueOrDefault(species);

    /// <summary>J/mol that is left of the heat of dilution in a bought solution.</summary>
    /// <param name="strength">kg of species per kg.</param>
    /// <param name="molarMass">g/mol of the species.</param>
    public double DilutionFrom(double strength, double molarMass)
    {
        if (!(strength > 0) || strength > 1) return 0;
        double water = (1 - strength) / strength * molarMass / 18.015;
        return Dilution * (1 - water / (water + Mixing));
    }

    private static ReagentHeat Read(ConstantRow row) => new(
        row.Text("species"), row.Number("dilution"), row.Number("mixing"), row.Number("reaction"),
        row.Text("needs") is "" or "acid" or "base" ? row.Text("needs") : throw row.Wrong("needs is 'acid', 'base' or empty"), row.Says("accumulates"));
}
