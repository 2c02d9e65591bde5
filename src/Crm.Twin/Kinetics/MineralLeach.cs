using Crm.Chemistry;

namespace Crm.Twin.Kinetics;

/// <summary>
/// Minerals that dissolve first order in what is left, by the rows of <c>chemistry/rates.csv</c> whose law is none of the code: in any liquor, in acid, or with a component that drives them. Salts, lime-bound
/// vanadium and basic oxides of slags are such rows.
/// </summary>
internal static class MineralLeach
{
    private static readonly string[] LawsInCode = [LeachKinetics.Law, ResidueKinetics.Law, Chlorides.Law, Calcination.Law];

    private static readonly Mineral[] Minerals = [.. RateConstants.All.Where(rate => !LawsInCode.Contains(rate.Law)).Select(Mineral.Of)];

    /// <returns>Heat given off, J.</returns>
    public static double Step(Mixture m, in Speciation s, double dt, bool stirred, double[] gas)
    {
        if (m.Water < 1e-3 || !Present(m)) return 0;
        double contact = dt * Rates.Contact(stirred), acid = Rates.Acid(s), heat = 0, reference = double.NaN, drive = 0;
        foreach (Mineral mineral in Minerals)
        {
            double left = m.Solid[mineral.Solid];
            if (left <= 0 || mineral.NeedsAcid && acid <= 0) continue;
            if (mineral.Rate.Celsius != reference)
            {
                reference = mineral.Rate.Celsius;
                drive = Arrhenius.Drive(reference, m.Temperature);
            }
            double rate = mineral.Rate.At(drive) * contact;
            if (mineral.NeedsAcid) rate *= acid;
            else if (mineral.Driver >= 0) rate *= mineral.Rate.Share(Math.Max(0, m.Aq[mineral.Driver]) / m.Water);
            heat += mineral.Reaction.Heat * mineral.Reaction.Apply(m, gas, left / mineral.PerExtent * (1 - Math.Exp(-rate)));
        }
        return heat;
    }

    private static bool Present(Mixture m)
    {
        double sum = 0;
        foreach (Mineral mineral in Minerals) sum += m.Solid[mineral.Solid];
        return sum > 1e-9;
    }

    /// <summary>One row.</summary>
    /// <param name="PerExtent">mol of the solid that one mol of the reaction takes.</param>
    /// <param name="Driver">Component of the liquor; -1: none.</param>
    private sealed record Mineral(Reaction Reaction, int Solid, double PerExtent, bool NeedsAcid, int Driver, RateConstant Rate)
    {
        public static Mineral Of(Rate rate)
        {
            Term[] taken = [.. rate.Reaction.Solids.Where(t => t.Mol < 0)];
            if (taken.Length != 1) throw new ArgumentException($"chemistry/rates.csv: '{rate.Reaction.Name}' of '{rate.Law}' takes {taken.Length} solids: one dissolves");
            return new(rate.Reaction, taken[0].Species, -taken[0].Mol, rate.Driver == RateConstants.Acid, rate.Driver is "" or RateConstants.Acid ? -1 : Aqueous.IndexOf(rate.Driver), rate.Constant);
        }
    }
}
