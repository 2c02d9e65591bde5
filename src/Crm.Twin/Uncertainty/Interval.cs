using MathNet.Numerics.Statistics;

namespace Crm.Twin.Uncertainty;

/// <summary>What an ensemble says of one figure: nine members of ten lie between <paramref name="Low"/> and <paramref name="High"/>.</summary>
public readonly record struct Interval(double Low, double Median, double High)
{
    /// <summary>5, 50 and 95 % quantiles; NaN when there is nothing.</summary>
    public static Interval Of(IReadOnlyCollection<double> values) => values.Count == 0
        ? new(double.NaN, double.NaN, double.NaN)
        : new(Quantile(values, 0.05), Quantile(values, 0.5), Quantile(values, 0.95));

    private static double Quantile(IEnumerable<double> values, double share) => values.QuantileCustom(share, QuantileDefinition.R7);
}

/// <summary>Shares of members.</summary>
public static class Shares
{
    /// <summary>Wilson's interval of a share, 95 %.</summary>
    public static (double Low, double High) Wilson(int hits, int of)
    {
        if (of == 0) return (0, 1);
        const double Z = 1.959964;
        double p = (double)hits / of, middle = p + Z * Z / (2 * of), width = Z * Math.Sqrt(p * (1 - p) / of + Z * Z / (4.0 * of * of)), whole = 1 + Z * Z / of;
        return (Math.Max(0, (middle - width) / whole), Math.Min(1, (middle + width) / whole));
    }
}
