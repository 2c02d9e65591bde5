using Crm.Chemistry.Equilibrium;
using Crm.Chemistry.Properties;

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

/// <summary>Weak acids of <c>chemistry/protolytes.csv</c>, such as germanic and oxalic: what they take from or give to the proton balance. 25 degC constants.</summary>
internal static class Protolytes
{
    /// <summary>A neutral acid that loses one proton, or a divalent anion that gains two; constants at zero ionic strength.</summary>
    private readonly record struct Acid(int Component, double Loses, double First, double Second);

    private static readonly Acid[] All = Read(ConstantTable.Read("protolytes.csv"));

    /// <summary>Place among <see cref="All"/> by component; -1: none.</summary>
    private static readonly int[] Place = [.. Enumerable.Range(0, Aqueous.Count).Select(c => Array.FindIndex(All, a => a.Component == c))];

    public static bool Any(Mixture m)
    {
        foreach (Acid acid in All)
        {
            if (m.Aq[acid.Component] > 0) return true;
        }
        return false;
    }

    public static bool Has(int component) => Place[component] >= 0;

    /// <summary>The forms of one of the components.</summary>
    public static Protolyte Of(int component, in Constants k) => Of(All[Place[component]], k);

    /// <summary>Adds their bound protons, mol/kg, and the slope to ln h.</summary>
    public static void Add(Mixture m, double water, in Constants k, double h, ref double value, ref double slope)
    {
        foreach (Acid acid in All)
        {
            double molal = m.Aq[acid.Component] / water;
            if (molal <= 0) continue;
            (double mean, double steep) = Of(acid, k).Bound(h);
            value += molal * mean;
            slope += molal * steep;
        }
    }

    private static Protolyte Of(in Acid acid, in Constants k) =>
        acid.Loses > 0 ? new(0, 0, acid.Loses / (k.Gamma1 * k.Gamma1)) : new(acid.First * k.Gamma2, acid.Second * k.Gamma2 * k.Gamma1 * k.Gamma1, 0);

    private static Acid[] Read(ConstantTable table)
    {
        table.Names("component", []);
        return [.. table.Rows.Select(Read)];
    }

    private static Acid Read(ConstantRow row)
    {
        int component = row.Index("component", Aqueous.Names, "component of chemistry/aqueous-components.csv");
        bool neutral = Aqueous.Charge[component] == 0 && row.Has("loses") && !row.Has("gains_one") && !row.Has("gains_two");
        bool divalent = Aqueous.Charge[component] == -2 && row.Has("gains_one") && row.Has("gains_two") && !row.Has("loses");
        if (!neutral && !divalent) throw row.Wrong("either a neutral component with 'loses', or one of charge -2 with 'gains_one' and 'gains_two'");
        return neutral ? new Acid(component, Power(row, "loses"), 0, 0) : new Acid(component, 0, Power(row, "gains_one"), Power(row, "gains_two"));
    }

    private static double Power(ConstantRow row, string column) => AqueousLibrary.Species.TryGetValue(row.Text(column), out LibraryReaction? species)
        ? Math.Pow(10, species.Constant.Log10K)
        : throw row.Wrong($"{column}: chemistry/aqueous-species.csv has no row '{row.Text(column)}'");
}
