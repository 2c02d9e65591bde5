using Crm.Chemistry;

namespace Crm.Twin.Kinetics;

/// <summary>How the kinetics advance reactions.</summary>
internal static class Rates
{
    /// <summary>Runs a reaction by an extent, mol, and returns the heat it gives off, J.</summary>
    public static double Run(Reaction reaction, Mixture m, double[] gas, double extent) => extent <= 0 ? 0 : reaction.Heat * reaction.Apply(m, gas, extent);

    /// <summary>A first-order step that cannot overshoot: x = a (1 - exp(-x/a)).</summary>
    public static double Bounded(double wanted, double available) => available <= 0 ? 0 : available * (1 - Math.Exp(-wanted / available));
}
