using System.Collections.Immutable;
using Crm.Chemistry.Numerics;

namespace Crm.Chemistry.Equilibrium;

/// <summary>A weak acid by its fully deprotonated form.</summary>
/// <param name="Total">mol/L in the sample.</param>
/// <param name="Log10Beta">Cumulative constants for adding 1, 2, … protons.</param>
public sealed record WeakAcid(double Total, double BaseCharge, ImmutableArray<double> Log10Beta)
{
    /// <summary>Mean charge at a pH, from the shares of its forms; scaled so that nothing overflows.</summary>
    public double MeanCharge(double ph)
    {
        double largest = 0;
        for (int k = 1; k <= Log10Beta.Length; k++) largest = Math.Max(largest, Log10Beta[k - 1] - k * ph);
        double sum = Math.Pow(10, -largest), charge = BaseCharge * sum;
        for (int k = 1; k <= Log10Beta.Length; k++)
        {
            double weight = Math.Pow(10, Log10Beta[k - 1] - k * ph - largest);
            sum += weight;
            charge += (BaseCharge + k) * weight;
        }
        return charge / sum;
    }
}

/// <summary>Charge balance of a closed beaker; ideal, 25 degC unless the constants say otherwise, volumes add up.</summary>
/// <param name="Kw">Ion product of water, mol2/L2.</param>
/// <param name="StrongCharge">Equivalents of fully dissociated cations minus anions in the sample, mol/L.</param>
public sealed record Titration(double Kw, double StrongCharge, ImmutableArray<WeakAcid> Acids)
{
    public const double LowestPh = -2, HighestPh = 16;

    /// <summary>pH after <paramref name="added"/> volumes of titrant per volume of sample.</summary>
    /// <param name="titrantCharge">mol/L of the titrant's strong ion: positive for a base, negative for an acid.</param>
    /// <exception cref="NoSolutionException">The pH lies outside -2 to 16.</exception>
    public double Ph(double added, double titrantCharge)
    {
        double dilution = 1 / (1 + added), strong = dilution * (StrongCharge + titrantCharge * added);
        return Bracket.Root(ph => -Charge(ph, dilution, strong), LowestPh, HighestPh, "pH of the charge balance");
    }

    private double Charge(double ph, double dilution, double strong)
    {
        double h = Math.Pow(10, -ph), sum = h - Kw / h + strong;
        foreach (var acid in Acids) sum += dilution * acid.Total * acid.MeanCharge(ph);
        return sum;
    }
}
