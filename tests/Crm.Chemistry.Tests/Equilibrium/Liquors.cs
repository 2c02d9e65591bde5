using System.Collections.Immutable;
using Crm.Chemistry.Equilibrium;

namespace Crm.Chemistry.Tests.Equilibrium;

/// <summary>A liquor with everything the recipes meet: rounded literature constants at 25 degC, good enough to try the solver on.</summary>
internal static class Liquors
{
    public static readonly ImmutableArray<string> Basis = ["H+", "Na+", "SO4-2", "CO3-2", "F-", "PO4-3", "NH4+", "C2O4-2", "Ca+2", "Mg+2", "Ni+2", "Al+3", "Fe+3", "H2VO4-"];

    private static readonly ImmutableArray<double> Charges = [1, 1, -2, -2, -1, -3, 1, -2, 2, 2, 2, 3, 3, -1];

    public static AqueousSystem Of(ActivityModel activity) => new(Basis, Charges, Formed, Solids, -14, activity);

    private static readonly ImmutableArray<FormedSpecies> Formed =
    [
        Species("HSO4-", 1.988, -1, ("H+", 1), ("SO4-2", 1)), Species("NaSO4-", 0.73, -1, ("Na+", 1), ("SO4-2", 1)), Species("CaSO4", 2.3, 0, ("Ca+2", 1), ("SO4-2", 1)),
        Species("HCO3-", 10.329, -1, ("H+", 1), ("CO3-2", 1)), Species("CO2", 16.681, 0, ("H+", 2), ("CO3-2", 1)), Species("HF", 3.18, 0, ("H+", 1), ("F-", 1)),
        Species("HF2-", 3.75, -1, ("H+", 1), ("F-", 2)), Species("HPO4-2", 12.375, -2, ("H+", 1), ("PO4-3", 1)), Species("H2PO4-", 19.573, -1, ("H+", 2), ("PO4-3", 1)),
        Species("H3PO4", 21.721, 0, ("H+", 3), ("PO4-3", 1)), Species("NH3", -9.244, 0, ("NH4+", 1), ("H+", -1)), Species("HC2O4-", 4.266, -1, ("H+", 1), ("C2O4-2", 1)),
        Species("H2C2O4", 5.518, 0, ("H+", 2), ("C2O4-2", 1)), Species("AlOH+2", -4.997, 2, ("Al+3", 1), ("H+", -1)), Species("Al(OH)4-", -22.688, -1, ("Al+3", 1), ("H+", -4)),
        Species("AlF+2", 7.0, 2, ("Al+3", 1), ("F-", 1)), Species("AlF2+", 12.6, 1, ("Al+3", 1), ("F-", 2)), Species("AlF6-3", 20.6, -3, ("Al+3", 1), ("F-", 6)),
        Species("FeOH+2", -2.187, 2, ("Fe+3", 1), ("H+", -1)), Species("Fe(OH)4-", -21.588, -1, ("Fe+3", 1), ("H+", -4)), Species("Fe2(OH)2+4", -2.854, 4, ("Fe+3", 2), ("H+", -2)),
        Species("FeC2O4+", 9.2, 1, ("Fe+3", 1), ("C2O4-2", 1)), Species("NiSO4", 2.3, 0, ("Ni+2", 1), ("SO4-2", 1)), Species("NiNH3+2", -6.45, 2, ("Ni+2", 1), ("NH4+", 1), ("H+", -1)),
        Species("Ni(OH)3-", -29.991, -1, ("Ni+2", 1), ("H+", -3)), Species("VO2+", 7.3, 1, ("H2VO4-", 1), ("H+", 2)), Species("HVO4-2", -8.6, -2, ("H2VO4-", 1), ("H+", -1)),
        Species("V4O12-4", 8.64, -4, ("H2VO4-", 4)), Species("HV10O28-5", 57.0924, -5, ("H2VO4-", 10), ("H+", 5)), Species("H2V10O28-4", 62.3, -4, ("H2VO4-", 10), ("H+", 6)),
    ];

    private static readonly ImmutableArray<PureSolid> Solids =
    [
        Solid("Fe(OH)3 amorphous", 3.191, ("Fe+3", 1), ("H+", -3)), Solid("FeOOH", 0.5, ("Fe+3", 1), ("H+", -3)), Solid("Al(OH)3", 10.8, ("Al+3", 1), ("H+", -3)),
        Solid("Ni(OH)2", 12.794, ("Ni+2", 1), ("H+", -2)), Solid("Mg(OH)2", 16.844, ("Mg+2", 1), ("H+", -2)), Solid("Ca(OH)2", 22.804, ("Ca+2", 1), ("H+", -2)),
        Solid("gypsum", -4.58, ("Ca+2", 1), ("SO4-2", 1)), Solid("calcite", -8.48, ("Ca+2", 1), ("CO3-2", 1)), Solid("CaF2", -10.5, ("Ca+2", 1), ("F-", 2)),
        Solid("CaC2O4", -8.7, ("Ca+2", 1), ("C2O4-2", 1)), Solid("struvite", -13.26, ("Mg+2", 1), ("NH4+", 1), ("PO4-3", 1)), Solid("MgHPO4", -18.175, ("Mg+2", 1), ("H+", 1), ("PO4-3", 1)),
        Solid("NH4VO3", -4.61, ("NH4+", 1), ("H2VO4-", 1)), Solid("NiCO3", -6.87, ("Ni+2", 1), ("CO3-2", 1)), Solid("hydroxyapatite", -44.3, ("Ca+2", 5), ("PO4-3", 3), ("H+", -1)),
    ];

    private static FormedSpecies Species(string name, double log10K, double charge, params (string Basis, double Count)[] formation) => new(name, Row(formation), log10K, charge);

    private static PureSolid Solid(string name, double log10Ksp, params (string Basis, double Count)[] formation) => new(name, Row(formation), log10Ksp);

    private static ImmutableArray<double> Row((string Basis, double Count)[] formation)
    {
        double[] row = new double[Basis.Length];
        foreach (var (name, count) in formation) row[Basis.IndexOf(name)] += count;
        return [.. row];
    }
}
