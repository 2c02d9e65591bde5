using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Lots;
using Crm.Plant.Ports;

namespace Crm.Host.Technician;

/// <summary>
/// What a pilot's scale and laboratory would say of a portion whose truth the twin knows: the truth with a scatter drawn from the seed
/// and the name of the analysis, and the standard uncertainty that goes with it. Stateless: the same sample gives the same result,
/// whenever it is asked for and however the run was forked.
/// </summary>
public sealed class Laboratory(int seed)
{
    /// <summary>Relative standard uncertainty of an ICP-OES result well above its quantification limit [G].</summary>
    public const double RelativeUncertainty = 0.012;

    /// <summary>Relative standard uncertainty where the analyte is most of the material: titration, loss on drying [G].</summary>
    public const double MainComponentUncertainty = 0.003;

    /// <summary>Standard uncertainty near the quantification limit, kg/kg: 0.3 mg/kg for trace impurities [G].</summary>
    public const double FloorUncertainty = 0.3e-6;

    /// <summary>Assay of the main compound by acid-base titration: 0.05 % absolute [G].</summary>
    public const double TitrationUncertainty = 0.0005;

    /// <summary>
    /// Share of the variance that all determinations of one sample have in common (titre, calibration, moisture of the portion): it does not shrink with their number [G].
    /// </summary>
    public const double CommonVariance = 1.0 / 3;

    /// <summary>Up to 2 kg the bench scale (0.1 g), above it the floor scale (2 g); each 0.05 % of the reading besides [G].</summary>
    public static double ScaleUncertainty(double kg) => Math.Sqrt(Math.Pow(kg <= 2 ? 0.0001 : 0.002, 2) + Math.Pow(0.0005 * kg, 2));

    /// <param name="name">Lot or sample and occasion; decides the scatter.</param>
    /// <param name="kg">True mass.</param>
    public Measured Weigh(string name, double kg)
    {
        double u = ScaleUncertainty(kg);
        return new Measured(Math.Max(0, Math.Round(kg + u * Deviate(name + "|mass"), 4)), u);
    }

    /// <summary>Mass fractions of the analytes asked for; an analyte the portion does not contain is reported as near zero with the floor uncertainty.</summary>
    /// <param name="determinations">Whose mean is reported.</param>
    public Assay Analyse(string name, Portion truth, ImmutableArray<string> analytes, int determinations = 1)
    {
        var results = ImmutableSortedDictionary.CreateBuilder<string, Measured>(StringComparer.Ordinal);
        foreach (string analyte in analytes.Order(StringComparer.Ordinal))
        {
            double x = truth.MassFractions.GetValueOrDefault(analyte);
            double u = Uncertainty(analyte, x);
            double reported = Math.Clamp(x + u * Scatter(name + "|" + analyte, determinations), 0, 1);
            results[analyte] = new Measured(reported, u * Math.Sqrt(CommonVariance + (1 - CommonVariance) / determinations));
        }

        return new Assay(results.ToImmutable());
    }

    /// <summary>Deviates of the mean, in standard uncertainties of one determination.</summary>
    private double Scatter(string name, int determinations)
    {
        if (determinations <= 1) return Deviate(name);
        double own = Enumerable.Range(1, determinations).Average(k => Deviate(string.Create(CultureInfo.InvariantCulture, $"{name}|{k}")));
        return Math.Sqrt(CommonVariance) * Deviate(name) + Math.Sqrt(1 - CommonVariance) * own;
    }

    private static double Uncertainty(string analyte, double x)
    {
        if (analyte is "assay" or "LiOH") return TitrationUncertainty;
        double relative = x > 0.5 ? MainComponentUncertainty : RelativeUncertainty;
        return Math.Sqrt(Math.Pow(relative * x, 2) + FloorUncertainty * FloorUncertainty);
    }

    /// <summary>Standard normal deviate from seed and name (SplitMix64 of an FNV-1a hash, Box-Muller), limited to three sigma.</summary>
    private double Deviate(string name)
    {
        ulong hash = 14695981039346656037UL ^ (ulong)(uint)seed;
        foreach (char c in name) hash = (hash ^ c) * 1099511628211UL;
        double u1 = Unit(Mix(hash)), u2 = Unit(Mix(hash + 0x9E3779B97F4A7C15UL));
        return Math.Clamp(Math.Sqrt(-2 * Math.Log(u1)) * Math.Cos(2 * Math.PI * u2), -3, 3);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    private static double Unit(ulong bits) => ((bits >> 11) + 1) * (1.0 / 9007199254740993.0);
}
