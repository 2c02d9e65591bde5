using Crm.Chemistry;

namespace Crm.Twin.Kinetics;

/// <summary>How the kinetics advance reactions, and what they have in common.</summary>
internal static class Rates
{
    private static readonly double AtRest = LawConstants.Of("leaching", "contact at rest"), HighestPh = LawConstants.Of("leaching", "highest pH"),
        BisulfateShare = LawConstants.Of("leaching", "bisulfate share"), MostAcid = LawConstants.Of("leaching", "most acid");

    /// <summary>Share of the surface that fresh liquor wets: little of a settled bed.</summary>
    public static double Contact(bool stirred) => stirred ? 1 : AtRest;

    /// <summary>What the surface feels of the acid: a root of the free acid, mol/kg, with part of the bisulfate; 0 where there is too little.</summary>
    public static double Acid(in Speciation s) => s.Ph < HighestPh ? Math.Sqrt(Math.Min(s.H + BisulfateShare * s.Bisulfate, MostAcid)) : 0;

    /// <summary>Runs a reaction by an extent, mol, and returns the heat it gives off, J.</summary>
    public static double Run(Reaction reaction, Mixture m, double[] gas, double extent) => extent <= 0 ? 0 : reaction.Heat * reaction.Apply(m, gas, extent);

    /// <summary>A first-order step that cannot overshoot: x = a (1 - exp(-x/a)).</summary>
    public static double Bounded(double wanted, double available) => available <= 0 ? 0 : available * (1 - Math.Exp(-wanted / available));
}
