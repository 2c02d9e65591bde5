using Crm.Chemistry.Equilibrium;

namespace Crm.Chemistry;

/// <summary>One acid or base of the liquor beside sulfate, carbonate and fluoride, in one mixture's conditional constants.</summary>
/// <param name="Gains">Weights per h of the forms with one and two protons more than the basis component.</param>
/// <param name="Loses">Weight times h of the form with one proton less.</param>
internal readonly record struct Protolyte(double Gains1, double Gains2, double Loses)
{
    /// <summary>Protons per mol of component beyond the basis, and its derivative to ln h.</summary>
    public (double Mean, double Slope) Bound(double h)
    {
        double one = Gains1 * h, two = Gains2 * h * h, less = Loses / h, all = 1 + one + two + less;
        double mean = (one + 2 * two - less) / all;
        return (mean, (one + 4 * two + less) / all - mean * mean);
    }

    /// <summary>Part of the total that is the basis component itself.</summary>
    public double Share(double h) => 1 / (1 + Gains1 * h + Gains2 * h * h + Loses / h);
}

/// <summary>Germanic and arsenious acid, oxalate and tartrate: what they take from or give to the proton balance. 25 degC constants.</summary>
internal static class Protolytes
{
    private static readonly int[] Neutral = [Aqueous.Germanate, Aqueous.Arsenite];
    private static readonly double[] Acidity = [Power("GeO(OH)3-"), Power("H2AsO3-")];
    private static readonly int[] Divalent = [Aqueous.Oxalate, Aqueous.Tartrate];
    private static readonly double[] First = [Power("HC2O4-"), Power("HC4H4O6-")], Second = [Power("H2C2O4"), Power("H2C4H4O6")];

    public static bool Any(Mixture m)
    {
        foreach (int i in Neutral) if (m.Aq[i] > 0) return true;
        foreach (int i in Divalent) if (m.Aq[i] > 0) return true;
        return false;
    }

    /// <summary>The forms of one of the components.</summary>
    public static Protolyte Of(int component, in Constants k)
    {
        int acid = Array.IndexOf(Neutral, component), anion = Array.IndexOf(Divalent, component);
        return acid >= 0 ? new(0, 0, Acidity[acid] / (k.Gamma1 * k.Gamma1)) : new(First[anion] * k.Gamma2, Second[anion] * k.Gamma2 * k.Gamma1 * k.Gamma1, 0);
    }

    /// <summary>Adds their bound protons, mol/kg, and the slope to ln h.</summary>
    public static void Add(Mixture m, double water, in Constants k, double h, ref double value, ref double slope)
    {
        foreach (int i in Neutral) Add(m.Aq[i] / water, i, k, h, ref value, ref slope);
        foreach (int i in Divalent) Add(m.Aq[i] / water, i, k, h, ref value, ref slope);
    }

    private static void Add(double molal, int component, in Constants k, double h, ref double value, ref double slope)
    {
        if (molal <= 0) return;
        (double mean, double steep) = Of(component, k).Bound(h);
        value += molal * mean;
        slope += molal * steep;
    }

    private static double Power(string species) => Math.Pow(10, AqueousLibrary.Species[species].Constant.Log10K);
}
