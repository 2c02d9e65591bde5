using System.Collections.Immutable;
using Crm.Chemistry.Numerics;

namespace Crm.Chemistry.Properties;

/// <summary>Coefficients of one salt in Laliberte's density law.</summary>
public readonly record struct DensityLaw(double C0, double C1, double C2, double C3, double C4)
{
    /// <summary>kg/m3 of the dissolved salt.</summary>
    /// <param name="w">Total mass fraction of all salts, not the salt's own share.</param>
    public double ApparentDensity(double w, double celsius)
    {
        double shift = celsius + C4;
        return (C0 * w + C1) * Math.Exp(1e-6 * shift * shift) / (w + C2 + C3 * celsius);
    }
}

/// <summary>A salt of the table with the range its law was fitted in.</summary>
/// <param name="MolarMass">g/mol, as the source rounds it.</param>
public sealed record DensityData(DensityLaw Law, double MolarMass, double LowCelsius, double HighCelsius, double HighestFraction);

/// <summary>Density of mixed electrolyte solutions: Laliberte, J. Chem. Eng. Data 54 (2009) 1725. Range: the table's, per salt.</summary>
public static class ElectrolyteDensity
{
    public static ImmutableSortedDictionary<string, DensityData> Salts { get; } = Load();

    /// <summary>kg/m3.</summary>
    /// <param name="salts">Law and mass fraction of each salt.</param>
    /// <exception cref="NoSolutionException">The fractions leave no water, or a law gives no density there.</exception>
    public static double Of(IReadOnlyList<(DensityLaw Law, double Fraction)> salts, double celsius)
    {
        double w = salts.Sum(s => s.Fraction);
        if (!(w < 1)) throw new NoSolutionException($"the salts' mass fractions add up to {w:G6}: no water is left");
        double volume = (1 - w) / (1000 * Water.Density(celsius));
        foreach (var (law, fraction) in salts)
        {
            double apparent = law.ApparentDensity(w, celsius);
            if (fraction != 0) volume += fraction / apparent;
        }
        double density = 1 / volume;
        return density > 0 && double.IsFinite(density) ? density : throw new NoSolutionException($"the density law gives no density at {celsius:G6} °C and {w:G6} kg/kg");
    }

    /// <summary>Whether a result rests on extrapolation: outside the fitted temperature, or more salt than was measured.</summary>
    public static bool Extrapolates(string salt, double totalFraction, double celsius) =>
        !Salts.TryGetValue(salt, out var data) || celsius < data.LowCelsius || celsius > data.HighCelsius || totalFraction > data.HighestFraction;

    private static ImmutableSortedDictionary<string, DensityData> Load()
    {
        var table = ConstantTable.Read("density-laliberte-2009.csv");
        return table.Rows.ToImmutableSortedDictionary(row => row.Text("salt"), row => new DensityData(
            new(row.Number("c0"), row.Number("c1"), row.Number("c2"), row.Number("c3"), row.Number("c4")),
            row.Number("molar_mass"), row.Number("t_min"), row.Number("t_max"), row.Number("w_max")), StringComparer.Ordinal);
    }
}
