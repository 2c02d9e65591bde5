namespace Crm.Chemistry.Crystallisation;

/// <summary>
/// Growth on a wall that is hotter or colder than the liquor: the crystal's own law at the temperature of the wall, one face of it, on the part of the wall that holds what touches it. Retrograde salts
/// deposit on heaters, the others on chilled walls; what the liquor there does not saturate dissolves again.
/// </summary>
public static class WallDeposit
{
    /// <summary>Part of the wall that crystals hold to [G].</summary>
    private const double Holding = 0.02;

    /// <summary>Gypsum: second order in sigma, m/s at sigma 1, and dissolution, m/s at sigma -1 [G].</summary>
    private const double GypsumGrowth = 3e-9, GypsumDissolution = 3e-8;

    /// <summary>Solids that are known to scale heaters or to crust chilled walls.</summary>
    public static readonly int[] Solids = [Solid.Li2CO3, Solid.MnSO4H2O, Solid.Gypsum, Solid.Mirabilite];

    /// <summary>m/s of thickness; negative dissolves.</summary>
    public static double Rate(int solid, double wall, double sigma)
    {
        double rate = CrystalKinetics.Of(solid) is { } k
            ? sigma > 0 ? k.GrowthAt(wall, sigma) : k.DissolutionAt(wall) * sigma
            : sigma > 0 ? GypsumGrowth * sigma * sigma : GypsumDissolution * sigma;
        return 0.5 * rate * (sigma > 0 ? Holding : 1);
    }
}
