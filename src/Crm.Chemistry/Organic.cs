namespace Crm.Chemistry;

/// <summary>
/// Components of an organic phase, mol. What an extractant has taken up is counted as the neutral acid it holds: vanadium as HVO3 (the amine salt of
/// H2V10O28-4 is 4 amine + 10 HVO3 - 2 H2O, its water left in the phase), amine sulfate as 2 amine + H2SO4.
/// </summary>
public static class Organic
{
    public const int Diluent = 0, Modifier = 1, Amine = 2, HVO3 = 3, H2SO4 = 4, Count = 5;

    /// <summary>Kerosene as dodecane, isodecanol, tri-n-octylamine, then the loads.</summary>
    public static readonly string[] Names = ["kerosene", "isodecanol", "trioctylamine", "HVO3", "H2SO4"];

    private static readonly string[] Formulas = ["C12H26", "C10H22O", "C24H51N", "HVO3", "H2SO4"];

    public static readonly double[][] Atoms = [.. Formulas.Select(Composition.Of)];

    /// <summary>kg/mol.</summary>
    public static readonly double[] Mass = [.. Atoms.Select(Composition.Mass)];

    /// <summary>kg/L of the pure liquids, and what a load adds [G].</summary>
    public static readonly double[] Density = [0.79, 0.84, 0.81, 3.0, 1.9];

    /// <summary>L/mol.</summary>
    public static readonly double[] Volume = [.. Mass.Select((m, i) => m / Density[i])];

    /// <summary>J/(mol K): 2000 J/(kg K), kerosene [G].</summary>
    public static readonly double[] HeatCapacity = [.. Mass.Select(m => m * 2000)];
}
