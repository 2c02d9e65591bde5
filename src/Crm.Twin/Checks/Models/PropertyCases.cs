using Crm.Chemistry;
using Crm.Chemistry.Properties;

namespace Crm.Twin.Checks.Models;

internal static class PropertyCases
{
    public static readonly (string Name, Func<CaseInputs, CaseOutputs> Run)[] All =
    [
        ("brine-properties", Brine),
        ("electrolyte-density", Density),
        ("electrolyte-conductivity", Conductivity),
    ];

    private static CaseOutputs Brine(CaseInputs x)
    {
        double[] fractions = x.Numbers("nacl_mass_fraction", 0, Math.BitDecrement(1), "from 0 to below 1");
        double celsius = x.Celsius("temperature_c");
        x.Complete();
        return new CaseOutputs()
            .Add("density_kg_per_m3", fractions.Select(SodiumChlorideBrine.Density)).Add("viscosity_pa_s", fractions.Select(SodiumChlorideBrine.Viscosity))
            .Add("osmotic_coefficient", fractions.Select(SodiumChlorideBrine.OsmoticCoefficient)).Add("molality_mol_per_kg", fractions.Select(SodiumChlorideBrine.Molality))
            .Add("osmotic_pressure_pa", fractions.Select(w => SodiumChlorideBrine.OsmoticPressure(w, celsius))).Add("water_activity", fractions.Select(SodiumChlorideBrine.WaterActivity));
    }

    private static CaseOutputs Density(CaseInputs x)
    {
        double celsius = x.Celsius("temperature_c");
        bool byFraction = x.Has("mass_fraction"), byMolality = x.Has("molality_mol_per_kg");
        if (byFraction == byMolality) x.Refuse("mass_fraction", "give exactly one of mass_fraction and molality_mol_per_kg");
        var amounts = byMolality ? x.Map("molality_mol_per_kg", 0, double.MaxValue, "0 or above", mayBeEmpty: true) : x.Map("mass_fraction", 0, 1, "from 0 to 1", mayBeEmpty: true);
        var given = x.Has("coefficients") ? Coefficients(x) : [];
        string[] salts = [.. amounts.Names];
        DensityLaw[] laws = [.. salts.Select(s => given.TryGetValue(s, out var law) ? law : Known(x, s)?.Law ?? default)];
        double[] masses = [.. salts.Select(s => byMolality ? Known(x, s)?.MolarMass ?? double.NaN : double.NaN)];
        x.Complete();
        double[] numbers = [.. amounts.Entries.Select(a => a.Value)], fractions = byMolality ? Fractions(numbers, masses) : numbers;
        double total = fractions.Sum();
        var outputs = new CaseOutputs()
            .Add("density_kg_per_m3", ElectrolyteDensity.Of([.. laws.Zip(fractions)], celsius))
            .Add("apparent_solute_density_kg_per_m3", salts, laws.Select(l => l.ApparentDensity(total, celsius)))
            .Add("water_density_kg_per_m3", 1000 * Water.Density(celsius));
        foreach (string salt in salts.Where(s => !given.ContainsKey(s) && ElectrolyteDensity.Extrapolates(s, total, celsius)))
        {
            var data = ElectrolyteDensity.Salts[salt];
            outputs.Remark($"extrapolated: the density law of {salt} was fitted from {data.LowCelsius:G4} to {data.HighCelsius:G4} °C and up to {data.HighestFraction:G3} kg/kg");
        }
        return outputs;
    }

    private static double[] Fractions(double[] molalities, double[] molarMasses)
    {
        double[] grams = [.. molalities.Zip(molarMasses, (m, mass) => m * mass)];
        return [.. grams.Select(g => g / (1000 + grams.Sum()))];
    }

    private static DensityData? Known(CaseInputs x, string salt)
    {
        if (ElectrolyteDensity.Salts.TryGetValue(salt, out var data)) return data;
        x.Refuse("coefficients", $"no density coefficients or molar mass are tabulated for {salt}; tabulated: {string.Join(", ", ElectrolyteDensity.Salts.Keys)}");
        return null;
    }

    private static SortedDictionary<string, DensityLaw> Coefficients(CaseInputs x)
    {
        var laws = new SortedDictionary<string, DensityLaw>(StringComparer.Ordinal);
        foreach (var (name, c) in x.Arrays("coefficients", 5)) laws[name] = new DensityLaw(c[0], c[1], c[2], c[3], c[4]);
        return laws;
    }

    private static CaseOutputs Conductivity(CaseInputs x)
    {
        double celsius = x.Bounded("temperature_c", 5, 90, "from 5 to 90 °C, the range of the law");
        var amounts = x.Map("molality_mol_per_kg", 0, double.MaxValue, "0 or above", mayBeEmpty: true);
        var given = new SortedDictionary<string, ConductivityLaw>(StringComparer.Ordinal);
        foreach (var (name, c) in x.Has("coefficients") ? x.Objects("coefficients") : [])
        {
            given[name] = new ConductivityLaw(Quadratic(c, "l"), Quadratic(c, "a"), c.NotNegative("b"), c.NotNegative("multiplier"));
        }
        foreach (string salt in amounts.Names.Where(s => !ElectrolyteConductivity.Salts.ContainsKey(s)))
        {
            x.Refuse("molality_mol_per_kg", $"the ionic factor of {salt} is not tabulated; tabulated: {string.Join(", ", ElectrolyteConductivity.Salts.Keys)}");
        }
        x.Complete();
        return new CaseOutputs().Add("conductivity_ms_per_cm", ElectrolyteConductivity.Of(
            [.. amounts.Entries.Select(a => (given.TryGetValue(a.Key, out var law) ? law : ElectrolyteConductivity.Salts[a.Key].Law, ElectrolyteConductivity.Salts[a.Key].IonicFactor, a.Value))], celsius));
    }

    private static Quadratic Quadratic(CaseInputs x, string name)
    {
        double[] c = x.Numbers(name);
        if (c.Length == 3) return new Quadratic(c[0], c[1], c[2]);
        x.Refuse(name, $"has {c.Length} coefficients, expected 3, highest power of the temperature first");
        return default;
    }
}
