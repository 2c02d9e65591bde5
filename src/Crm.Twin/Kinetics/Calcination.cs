using Crm.Chemistry;
using Crm.Chemistry.Crystallisation;

namespace Crm.Twin.Kinetics;

/// <summary>What falls apart on hot trays, by the rows of <c>chemistry/rates.csv</c> of law calcination: solids as they are, salts of the liquor once it has dried.</summary>
internal static class Calcination
{
    public const string Law = "calcination";

    /// <summary>mol of water left in what counts as dry.</summary>
    public const double Dry = 1e-3;

    private static readonly Rate[] OfSolids = [.. RateConstants.All.Where(r => r.Law == Law && Taken(r.Reaction) >= 0)];

    private static readonly Rate[] OfResidue = [.. RateConstants.All.Where(r => r.Law == Law && Taken(r.Reaction) < 0)];

    /// <param name="dry">Whether the salts of the liquor are bare.</param>
    /// <returns>Heat given off, J.</returns>
    public static double Step(Mixture m, double dt, bool dry, double[] gas)
    {
        double heat = 0;
        foreach (Rate row in OfSolids)
        {
            int solid = Taken(row.Reaction);
            double present = m.Solid[solid];
            if (present <= 0) continue;
            heat += Run(row, m, dt, gas);
            Free(m, (present - m.Solid[solid]) / present);
            CrystalSizes.Keep(m, solid, m.Solid[solid] / present);
        }
        if (!dry) return heat;
        foreach (Rate row in OfResidue) heat += Run(row, m, dt, gas);
        return heat;
    }

    private static double Run(Rate row, Mixture m, double dt, double[] gas)
    {
        double left = row.Reaction.Limit(m);
        if (left <= 1e-12) return 0;
        double rate = row.Constant.PerSecond * Arrhenius.Ratio(row.Constant.Energy, row.Constant.Celsius, m.Temperature);
        return row.Reaction.Heat * row.Reaction.Apply(m, gas, left * (1 - Math.Exp(-rate * dt)));
    }

    /// <summary>The solid that falls apart; -1: none.</summary>
    private static int Taken(Reaction reaction)
    {
        foreach (Term t in reaction.Solids)
        {
            if (t.Mol < 0) return t.Species;
        }
        return -1;
    }

    /// <summary>Liquor shut in the crystals comes free as they fall apart.</summary>
    private static void Free(Mixture m, double part)
    {
        for (int i = 0; i < Aqueous.Count; i++)
        {
            double freed = m.Occluded[i] * part;
            m.Occluded[i] -= freed;
            m.Aq[i] += freed;
        }
    }
}
