namespace Crm.Chemistry.Properties;

/// <summary>
/// Sodium chloride brine at 25 degC by mass fraction of NaCl; other dissolved solids count as NaCl. Laws of watertap-org/watertap
/// watertap/property_models/NaCl_prop_pack.py; up to saturation, w = 0.26.
/// </summary>
public static class SodiumChlorideBrine
{
    private const double MolarMass = 0.05844;       // kg/mol
    private const double WaterDensity = 1000;       // kg/m3, of the osmotic law

    /// <summary>kg/m3.</summary>
    public static double Density(double w) => 995 + 756 * w;

    /// <summary>Mass fraction of the brine that holds <paramref name="concentration"/> kg/m3: the inverse of w times <see cref="Density"/>.</summary>
    public static double FractionAt(double concentration) => 2 * concentration / (995 + Math.Sqrt(995.0 * 995 + 4 * 756 * concentration));

    /// <summary>Pa s.</summary>
    public static double Viscosity(double w) => 9.80e-4 + 2.15e-3 * w;

    public static double OsmoticCoefficient(double w) => 4.92 * w * w + 0.0889 * w + 0.918;

    /// <summary>mol/kg water.</summary>
    public static double Molality(double w) => w / (1 - w) / MolarMass;

    /// <summary>Pa.</summary>
    public static double OsmoticPressure(double w, double celsius) =>
        2 * OsmoticCoefficient(w) * Molality(w) * WaterDensity * PhysicalConstants.Gas * (celsius + PhysicalConstants.ZeroCelsius);

    /// <summary>Mass fraction of the brine with that many mol of ions per kg of water: the inverse of twice <see cref="Molality"/>.</summary>
    public static double FractionOfIons(double molality) => 0.5 * molality * MolarMass / (1 + 0.5 * molality * MolarMass);

    /// <summary>Taken as independent of temperature.</summary>
    public static double WaterActivity(double w) => Math.Exp(-2 * OsmoticCoefficient(w) * Molality(w) * 1e-3 * PhysicalConstants.WaterMolarMass);

    /// <summary>
    /// J/(kg K): through 4008, 3940 and 3277 at w = 0.035, 0.05 and 0.26 (watertap test_cryst_prop_pack.py); used for w = 0 as well.
    /// </summary>
    public static double HeatCapacity(double w) => 4180 - 5000 * w + 5900 * w * w;

    /// <summary>Mass fraction at saturation, 0 to 110 degC (watertap unit_models/crystallizer.py).</summary>
    public static double Saturation(double celsius) => 0.2628 + celsius * (62.75e-6 + 1.084e-6 * celsius);

    /// <summary>Pa over the boiling brine.</summary>
    public static double BoilingPressure(double w, double celsius) => WaterActivity(w) * Water.SaturationPressure(celsius);

    /// <summary>K by which the brine boils above pure water of the same vapour pressure.</summary>
    public static double BoilingPointRise(double w, double celsius) => celsius - Water.SaturationTemperature(BoilingPressure(w, celsius));
}
