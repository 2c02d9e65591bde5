namespace Crm.Chemistry.Properties;

/// <summary>
/// Sodium chloride brine at 25 degC by mass fraction of NaCl; other dissolved solids count as NaCl. Laws of watertap-org/watertap
/// watertap/property_models/NaCl_prop_pack.py, constants in <c>chemistry/laws.csv</c>; up to saturation, w = 0.26.
/// </summary>
public static class SodiumChlorideBrine
{
    private static readonly double Base = Of("density"), Rise = Of("density rise"), ViscosityBase = Of("viscosity"), ViscosityRise = Of("viscosity rise"),
        Osmotic0 = Of("osmotic c0"), Osmotic1 = Of("osmotic c1"), Osmotic2 = Of("osmotic c2"), Heat0 = Of("heat capacity"), Heat1 = Of("heat capacity fall"), Heat2 = Of("heat capacity square"),
        Saturation0 = Of("saturation"), Saturation1 = Of("saturation rise"), Saturation2 = Of("saturation square");

    private const double MolarMass = 0.05844;       // kg/mol
    private const double WaterDensity = 1000;       // kg/m3, of the osmotic law

    /// <summary>kg/m3.</summary>
    public static double Density(double w) => Base + Rise * w;

    /// <summary>Mass fraction of the brine that holds <paramref name="concentration"/> kg/m3: the inverse of w times <see cref="Density"/>.</summary>
    public static double FractionAt(double concentration) => 2 * concentration / (Base + Math.Sqrt(Base * Base + 4 * Rise * concentration));

    /// <summary>Pa s.</summary>
    public static double Viscosity(double w) => ViscosityBase + ViscosityRise * w;

    public static double OsmoticCoefficient(double w) => Osmotic2 * w * w + Osmotic1 * w + Osmotic0;

    /// <summary>mol/kg water.</summary>
    public static double Molality(double w) => w / (1 - w) / MolarMass;

    /// <summary>Pa.</summary>
    public static double OsmoticPressure(double w, double celsius) =>
        2 * OsmoticCoefficient(w) * Molality(w) * WaterDensity * PhysicalConstants.Gas * (celsius + PhysicalConstants.ZeroCelsius);

    /// <summary>Mass fraction of the brine with that many mol of ions per kg of water: the inverse of twice <see cref="Molality"/>.</summary>
    public static double FractionOfIons(double molality) => 0.5 * molality * MolarMass / (1 + 0.5 * molality * MolarMass);

    /// <summary>Taken as independent of temperature.</summary>
    public static double WaterActivity(double w) => Math.Exp(-2 * OsmoticCoefficient(w) * Molality(w) * 1e-3 * PhysicalConstants.WaterMolarMass);

    /// <summary>J/(kg K); used for w = 0 as well.</summary>
    public static double HeatCapacity(double w) => Heat0 - Heat1 * w + Heat2 * w * w;

    /// <summary>Mass fraction at saturation, 0 to 110 degC.</summary>
    public static double Saturation(double celsius) => Saturation0 + celsius * (Saturation1 + Saturation2 * celsius);

    /// <summary>Pa over the boiling brine.</summary>
    public static double BoilingPressure(double w, double celsius) => WaterActivity(w) * Water.SaturationPressure(celsius);

    private static double Of(string constant) => LawConstants.Of("sodium chloride brine", constant);

    /// <summary>K by which the brine boils above pure water of the same vapour pressure.</summary>
    public static double BoilingPointRise(double w, double celsius) => celsius - Water.SaturationTemperature(BoilingPressure(w, celsius));
}
