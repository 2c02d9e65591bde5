using Crm.Chemistry.Properties;

namespace Crm.Chemistry;

/// <summary>
/// Components of an organic phase, mol; <c>chemistry/organics.csv</c>. What an extractant has taken up is counted as the neutral acid it holds: vanadium as HVO3 (the amine salt of
/// H2V10O28-4 is 4 amine + 10 HVO3 - 2 H2O, its water left in the phase), amine sulfate as 2 amine + H2SO4, germanium as Ge(OH)4 with one tartaric acid, iron as HFe with two tartrates.
/// </summary>
public static class Organic
{
    public const int Diluent = 0, Modifier = 1, Amine = 2, HVO3 = 3, H2SO4 = 4, GermaniumTartrate = 5, IronTartrate = 6;

    private static readonly ConstantTable Table = ConstantTable.Read("organics.csv");

    /// <summary>Kerosene as dodecane, isodecanol, tri-n-octylamine, then the loads.</summary>
    public static readonly string[] Names = Table.Names("component", ["kerosene", "isodecanol", "trioctylamine", "HVO3", "H2SO4", "germanium tartrate", "iron tartrate"]);

    public static readonly int Count = Names.Length;

    public static readonly double[][] Atoms = [.. Table.Rows.Select(row => row.Atoms("formula"))];

    /// <summary>kg/mol.</summary>
    public static readonly double[] Mass = [.. Atoms.Select(Composition.Mass)];

    /// <summary>kg/L of the pure liquids, and what a load adds.</summary>
    public static readonly double[] Density = [.. Table.Rows.Select(row => row.Number("density"))];

    /// <summary>L/mol.</summary>
    public static readonly double[] Volume = [.. Mass.Select((m, i) => m / Density[i])];

    /// <summary>J/(mol K).</summary>
    public static readonly double[] HeatCapacity = [.. Mass.Select((m, i) => m * Table.Rows[i].Number("heat_capacity"))];
}
