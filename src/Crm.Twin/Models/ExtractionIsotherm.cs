using Crm.Chemistry.Numerics;

namespace Crm.Twin.Models;

/// <summary>
/// Empirical extraction against pH at phase ratio 1: percent = highest / (1 + exp(-steepness (pH - half))). Parameters such as those of
/// woomir/sx-simulator sx_simulator/config.py.
/// </summary>
/// <param name="Steepness">Per pH unit.</param>
/// <param name="Highest">Percent.</param>
public readonly record struct ExtractionIsotherm(double HalfPh, double Steepness, double Highest)
{
    /// <summary>E / (100 - E), written so that nothing cancels at full extraction.</summary>
    public double DistributionRatio(double ph) => Highest / (100 - Highest + 100 * Math.Exp(-Steepness * (ph - HalfPh)));

    /// <summary>
    /// Share left in the raffinate of a counter-current cascade with clean organic: Kremser, 1 / (1 + e + … + e^N), which is
    /// (e - 1)/(e^(N+1) - 1) without its gap at e = 1.
    /// </summary>
    /// <param name="extractionFactor">Distribution ratio times phase ratio.</param>
    public static double Raffinate(double extractionFactor, int stages)
    {
        double sum = 1;
        for (int k = 0; k < stages; k++) sum = sum * extractionFactor + 1;
        return sum >= 1 ? 1 / sum : throw new NoSolutionException($"the extraction factor {extractionFactor:G6} is not positive");
    }
}
