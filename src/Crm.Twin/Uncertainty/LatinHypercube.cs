using System.Collections.Immutable;
using Crm.Plant.Twins;
using MathNet.Numerics.Distributions;

namespace Crm.Twin.Uncertainty;

/// <summary>
/// Draws the members of an ensemble: every parameter's distribution is cut into as many strata of equal probability as there are members and
/// each stratum is used once, in an order of its own (McKay, Beckman, Conover 1979), so that few members cover each parameter evenly.
/// </summary>
public static class LatinHypercube
{
    /// <summary>A normal spread is cut at three standard deviations.</summary>
    private const double Cut = 3;

    /// <returns>Multipliers by member, in the order of the parameters.</returns>
    public static ImmutableArray<ImmutableArray<double>> Draw(ImmutableArray<UncertainParameter> parameters, int members, int seed)
    {
        var random = new Random(seed);
        double[][] columns = [.. parameters.Select(parameter => Column(parameter, members, random))];
        return [.. Enumerable.Range(0, members).Select(m => columns.Select(column => column[m]).ToImmutableArray())];
    }

    private static double[] Column(UncertainParameter parameter, int members, Random random)
    {
        double[] drawn = new double[members];
        for (int i = 0; i < members; i++) drawn[i] = Multiplier(parameter, (i + random.NextDouble()) / members);
        random.Shuffle(drawn);
        return drawn;
    }

    /// <param name="probability">0..1: the multiplier below which the parameter lies with that probability.</param>
    public static double Multiplier(UncertainParameter parameter, double probability)
    {
        double z = Math.Clamp(Normal.InvCDF(0, 1, Math.Clamp(probability, 1e-12, 1 - 1e-12)), -Cut, Cut);
        double free = parameter.Kind == SpreadKind.Factor ? Math.Pow(parameter.Size, z) : Math.Max(1 + z * parameter.Size, 0.01);
        return Math.Clamp(free, parameter.Lowest, parameter.Highest);
    }
}
