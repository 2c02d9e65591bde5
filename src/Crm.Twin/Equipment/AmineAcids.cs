using Crm.Chemistry;

namespace Crm.Twin.Equipment;

/// <summary>
/// What a tertiary amine salt takes up as a neutral acid: decavanadate, the germanium tartrate of one tartaric acid (Ge(OH)4 + H2C4H4O6, its waters left in the phase), and iron with two.
/// </summary>
/// <param name="Load">Component of the organic.</param>
/// <param name="Metal">Component of the liquor.</param>
/// <param name="Tartrates">mol of tartrate that come with a mol of metal.</param>
/// <param name="Protons">mol that come with it.</param>
/// <param name="Amine">mol of amine that a mol of load holds.</param>
/// <param name="Heat">J/mol given off on uptake.</param>
internal sealed record AmineAcid(int Load, int Metal, double Tartrates, double Protons, double Amine, double Heat)
{
    public static readonly AmineAcid Vanadium = new(Organic.HVO3, Aqueous.VO3, 0, 1, Of("amine per vanadium"), Of("vanadium heat")),
        Germanium = new(Organic.GermaniumTartrate, Aqueous.Germanate, 1, 2, Of("amine per germanium"), Of("tartrate heat")),
        Iron = new(Organic.IronTartrate, Aqueous.Fe3, 2, 1, Of("amine per iron"), Of("tartrate heat"));

    public static readonly AmineAcid[] All = [Vanadium, Germanium, Iron];

    private static readonly double Complexes = Of("complexes"), AcidHalf = Of("acid half");

    public static double Of(string constant) => LawConstants.Of("amine extraction", constant);

    /// <summary>Share of the metal that is an anion the amine takes; 1 where no tartrate is needed.</summary>
    /// <param name="tartrate">mol/L in the liquor, bound and free.</param>
    public double Anion(double tartrate, double ph)
    {
        if (Tartrates == 0) return 1;
        double acid = Math.Pow(10, -ph) / AcidHalf;
        return Math.Max(0, tartrate) / (Math.Max(0, tartrate) + Complexes) / (1 + acid * acid);
    }
}

/// <summary>Amine that several acids share, at a given pH: each goes by its distribution ratio, which the free amine salt scales.</summary>
internal static class AmineShare
{
    private const int Iterations = 40;

    /// <summary>
    /// mol of amine that no acid holds: the root of F + sum of a s F T / (1 + s F) = amine, which rises and bends down, so that Newton's steps from zero come up to it from below.
    /// </summary>
    /// <param name="slopes">Load over what is left in the liquor, mol a mol, for each mol of free amine.</param>
    /// <param name="totals">mol of each acid in both phases.</param>
    public static double Free(double amine, ReadOnlySpan<AmineAcid> acids, ReadOnlySpan<double> slopes, ReadOnlySpan<double> totals)
    {
        double free = 0;
        for (int i = 0; i < Iterations; i++)
        {
            double value = free - amine, slope = 1;
            for (int k = 0; k < acids.Length; k++)
            {
                double reach = 1 + slopes[k] * free, most = acids[k].Amine * slopes[k] * totals[k];
                value += most * free / reach;
                slope += most / (reach * reach);
            }
            double step = value / slope;
            free -= step;
            if (Math.Abs(step) <= 1e-14 * amine) break;
        }
        return Math.Max(0, free);
    }

    /// <summary>mol of an acid in the organic.</summary>
    public static double Loaded(double slope, double free, double total) => total * slope * free / (1 + slope * free);
}
