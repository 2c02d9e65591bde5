using Crm.Chemistry.Properties;

namespace Crm.Chemistry.Crystallisation;

/// <summary>
/// Growth on a wall that is hotter or colder than the liquor: the crystal's own law at the temperature of the wall, one face of it, on the part of the wall that holds what touches it. Retrograde salts
/// deposit on heaters, the others on chilled walls; what the liquor there does not saturate dissolves again.
/// </summary>
public static class WallDeposit
{
    /// <summary>Part of the wall that crystals hold to.</summary>
    private static readonly double Holding = LawConstants.Of("wall scale", "holding");

    private static readonly ConstantTable Table = ConstantTable.Read("wall-scale.csv");

    /// <summary>Solids that are known to scale heaters or to crust chilled walls: <c>chemistry/wall-scale.csv</c>.</summary>
    public static readonly int[] Solids = [.. Table.Rows.Select(Read)];

    /// <summary>m/s at sigma 1 and -1, by solid, of what is no crystal product: second order in sigma, and linear.</summary>
    private static readonly double[] Growth = Own("growth"), Dissolution = Own("dissolution");

    private static double[] Own(string column)
    {
        double[] own = new double[Solid.Count];
        for (int i = 0; i < Solids.Length; i++) own[Solids[i]] = Table.Rows[i].Number(column, 0);
        return own;
    }

    private static int Read(ConstantRow row)
    {
        int solid = row.Index("solid", Solid.Names, "solid of chemistry/solids.csv");
        if ((CrystalKinetics.Of(solid) is null) != row.Has("growth") || row.Has("growth") != row.Has("dissolution")) throw row.Wrong("growth and dissolution stand here, or the solid has a row in chemistry/crystal-kinetics.csv; not both");
        return solid;
    }

    /// <summary>m/s of thickness; negative dissolves.</summary>
    public static double Rate(int solid, double wall, double sigma)
    {
        double rate = CrystalKinetics.Of(solid) is { } k
            ? sigma > 0 ? k.GrowthAt(wall, sigma) : k.DissolutionAt(wall) * sigma
            : sigma > 0 ? Growth[solid] * sigma * sigma : Dissolution[solid] * sigma;
        return 0.5 * rate * (sigma > 0 ? Holding : 1);
    }
}
