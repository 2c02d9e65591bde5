using Crm.Chemistry.Numerics;

namespace Crm.Twin.Models;

/// <summary>
/// Continuous mixed-suspension mixed-product crystalliser, size-independent growth, clear feed: Randolph and Larson, Theory of
/// Particulate Processes. SI.
/// </summary>
/// <param name="Growth">m/s.</param>
/// <param name="Residence">s.</param>
/// <param name="ShapeFactor">Volume of a crystal over the cube of its size.</param>
public sealed record Msmpr(double Growth, double Residence, double CrystalDensity, double ShapeFactor)
{
    /// <summary>Dimensionless size below which half of the mass lies, about 3.672.</summary>
    public static double MedianSize { get; } = Bracket.Root(z => MassBelow(z) - 0.5, 0, 20, "median size");

    /// <summary>m.</summary>
    public double CharacteristicSize => Growth * Residence;

    public double MassMean => 4 * CharacteristicSize;

    public double MassMedian => MedianSize * CharacteristicSize;

    /// <summary>Crystals of size zero, 1/m4, for a magma density in kg/m3.</summary>
    public double NucleusDensity(double magma) => magma / (6 * ShapeFactor * CrystalDensity * Math.Pow(CharacteristicSize, 4));

    /// <summary>1/(m3 s).</summary>
    public double NucleationRate(double magma) => NucleusDensity(magma) * Growth;

    /// <summary>Share of the mass in crystals smaller than <paramref name="size"/>, m.</summary>
    public double MassBelowSize(double size) => MassBelow(size / CharacteristicSize);

    /// <summary>1 - exp(-z) (1 + z + z2/2 + z3/6); for small z the tail of the exponential series, which does not cancel.</summary>
    private static double MassBelow(double z)
    {
        if (z > 0.5) return 1 - Math.Exp(-z) * (1 + z * (1 + z * (0.5 + z / 6)));
        double term = z * z * z * z / 24, sum = 0;
        for (int k = 5; k < 30; k++)
        {
            sum += term;
            term *= z / k;
        }
        return Math.Exp(-z) * sum;
    }
}
