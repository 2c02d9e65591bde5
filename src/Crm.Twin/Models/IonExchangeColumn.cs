using Crm.Chemistry.Numerics;

namespace Crm.Twin.Models;

/// <summary>Size of the beds. SI.</summary>
/// <param name="Volume">m3 of all columns together.</param>
public readonly record struct BedSize(double Volume, double Depth, int Columns)
{
    public double Diameter => Math.Sqrt(4 * Volume / (Math.PI * Depth * Columns));

    /// <param name="serviceRate">Bed volumes per hour.</param>
    public static double VolumeFor(double flow, double serviceRate) => 3600 * flow / serviceRate;
}

/// <summary>
/// Constant-pattern front of a Langmuir isotherm with film diffusion: watertap-org/watertap watertap/unit_models/ion_exchange_0D.py.
/// </summary>
/// <param name="InverseSeparation">Below 1 the isotherm is favourable and the front keeps its shape.</param>
/// <param name="Capacity">eq per kg of resin.</param>
/// <param name="TransferUnits">Of the film over the bed.</param>
public sealed record LangmuirFront(double InverseSeparation, double Capacity, double TransferUnits)
{
    /// <summary>Breakthrough c/c0 at a dimensionless time, solved for ln(c / (1 - c)) so that both tails keep their digits.</summary>
    /// <exception cref="NoSolutionException">Separation of exactly 1: there is no constant pattern.</exception>
    public double Breakthrough(double time)
    {
        double la = InverseSeparation;
        if (la == 1) throw new NoSolutionException("a linear isotherm (inverse separation 1) has no constant-pattern front");
        double target = (TransferUnits * (time - 1) - 1) * (1 - la);
        double reach = Math.Abs(target) / Math.Min(la, 1) + 10;
        double logit = Bracket.Root(t => la * Softplus(t) - Softplus(-t) - target, -reach, reach, "breakthrough of the column");
        return 1 / (1 + Math.Exp(-logit));
    }

    /// <summary>eq per kg of resin in equilibrium with a ratio c/c0.</summary>
    public double Loading(double ratio) => Capacity * ratio / (InverseSeparation * (1 - ratio) + ratio);

    /// <summary>Sherwood correlation 2.4 e^0.66 Re^0.34 Sc^0.33 and the transfer units over the bed.</summary>
    public static double UnitsOf(double velocity, double kinematicViscosity, double diffusivity, double diameter, double porosity, double depth)
    {
        double reynolds = velocity * diameter / kinematicViscosity, schmidt = kinematicViscosity / diffusivity;
        double sherwood = 2.4 * Math.Pow(porosity, 0.66) * Math.Pow(reynolds, 0.34) * Math.Pow(schmidt, 0.33);
        return sherwood * diffusivity / diameter * 6 * (1 - porosity) / diameter * depth / velocity;
    }

    private static double Softplus(double t) => t > 0 ? t + Math.Log(1 + Math.Exp(-t)) : Math.Log(1 + Math.Exp(t));
}

/// <summary>
/// Clark breakthrough curve with a Freundlich isotherm, fixed by one point of the curve: same source, after Croll et al. 2023.
/// </summary>
/// <param name="FreundlichN">Above 1.</param>
/// <param name="HalfVolumes">Bed volumes at c/c0 = 0.5.</param>
/// <param name="Depth">m.</param>
/// <param name="Velocity">m/s.</param>
public sealed record ClarkCurve(double FreundlichN, double HalfVolumes, double Depth, double Velocity, double Slope)
{
    /// <summary>Through half breakthrough and one more point.</summary>
    /// <exception cref="NoSolutionException">The two points do not make a rising curve.</exception>
    public static ClarkCurve Through(double n, double half, double volumes, double ratio, double depth, double velocity)
    {
        double slope = Steps(n, ratio) / (half - volumes);
        if (!(slope > 0) || !double.IsFinite(slope)) throw new NoSolutionException("the point and half breakthrough make no rising curve: a ratio below 0.5 comes before half breakthrough, one above after");
        return new(n, half, depth, velocity, slope);
    }

    /// <summary>1/s.</summary>
    public double RateConstant => Slope * HalfVolumes * Velocity / (Depth * (FreundlichN - 1));

    /// <summary>s until the effluent reaches a ratio.</summary>
    public double Time(double ratio) => Seconds(HalfVolumes - Steps(FreundlichN, ratio) / Slope);

    public double Seconds(double bedVolumes) => bedVolumes * Depth / Velocity;

    /// <summary>Mean effluent ratio until <paramref name="last"/>: trapezoids from the origin over equal steps of the ratio from <paramref name="first"/>.</summary>
    public double MeanRatio(double first, double last, int trapezoids)
    {
        double sum = 0, time = 0, ratio = 0;
        for (int k = 1; k <= trapezoids; k++)
        {
            double next = first + (k - 1) * (last - first) / (trapezoids - 1), at = Time(next);
            sum += (at - time) * (next + ratio) / 2;
            (time, ratio) = (at, next);
        }
        return sum / time;
    }

    /// <summary>ln(((1/c)^(n-1) - 1) / (2^(n-1) - 1)), exact for n close to 1 as well.</summary>
    private static double Steps(double n, double ratio) => Math.Log(Precise.ExpM1(-(n - 1) * Math.Log(ratio)) / Precise.ExpM1((n - 1) * Math.Log(2)));
}
