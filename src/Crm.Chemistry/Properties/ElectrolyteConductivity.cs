using System.Collections.Immutable;
using Crm.Chemistry.Numerics;

namespace Crm.Chemistry.Properties;

/// <summary>A quadratic in the temperature, degC.</summary>
public readonly record struct Quadratic(double Square, double Linear, double Constant)
{
    public double At(double celsius) => (Square * celsius + Linear) * celsius + Constant;
}

/// <summary>Molar conductivity of one salt: multiplier (L - A q / (1 + B q)), q the root of the molality, mS kg/(cm mol).</summary>
public readonly record struct ConductivityLaw(Quadratic L, Quadratic A, double B, double Multiplier)
{
    public double At(double root, double celsius) => Multiplier * (L.At(celsius) - A.At(celsius) * root / (1 + B * root));
}

/// <summary>A salt of the table.</summary>
/// <param name="IonicFactor">Ionic strength of 1 mol/kg of the fully dissociated salt.</param>
public sealed record ConductivityData(ConductivityLaw Law, double IonicFactor);

/// <summary>
/// Conductivity of electrolyte solutions: McCleskey, J. Chem. Eng. Data 56 (2011) 317; 5 to 90 degC, up to about 1 mol/kg. Mixtures take
/// each salt at the molality at which it alone has the mixture's ionic strength: good to about 5 %.
/// </summary>
public static class ElectrolyteConductivity
{
    public static ImmutableSortedDictionary<string, ConductivityData> Salts { get; } = Load();

    /// <summary>mS/cm.</summary>
    /// <param name="salts">Law, ionic factor and molality of each salt.</param>
    public static double Of(IReadOnlyList<(ConductivityLaw Law, double IonicFactor, double Molality)> salts, double celsius)
    {
        double ionic = salts.Sum(s => s.IonicFactor * s.Molality), sum = 0;
        foreach (var (law, factor, molality) in salts) sum += molality * law.At(Math.Sqrt(ionic / factor), celsius);
        return sum >= 0 ? sum : throw new NoSolutionException($"the conductivity law turns negative at an ionic strength of {ionic:G4} mol/kg: far outside its range");
    }

    private static ImmutableSortedDictionary<string, ConductivityData> Load()
    {
        var table = ConstantTable.Read("conductivity-mccleskey-2011.csv");
        return table.Rows.ToImmutableSortedDictionary(row => row.Text("salt"), row => new ConductivityData(
            new(new(row.Number("l2"), row.Number("l1"), row.Number("l0")),
                new(row.Number("a2"), row.Number("a1"), row.Number("a0")), row.Number("b"), row.Number("multiplier")),
            row.Number("ionic_factor")), StringComparer.Ordinal);
    }
}
