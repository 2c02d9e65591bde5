using Crm.Chemistry.Numerics;

namespace Crm.Chemistry;

/// <summary>Properties of pure water on the saturation line. Equations, ranges and sources: docs/physics.md.</summary>
public static class Water
{
    private static readonly double CriticalTemperature = Vapour("critical temperature"), CriticalPressure = Vapour("critical pressure");    // K, Pa
    private static readonly double Vapour1 = Vapour("a1"), Vapour1Half = Vapour("a1.5"), Vapour3 = Vapour("a3"), Vapour3Half = Vapour("a3.5"), Vapour4 = Vapour("a4"), Vapour7Half = Vapour("a7.5");
    private static readonly double Density4 = Dense("t4"), Density3 = Dense("t3"), Density2 = Dense("t2"), Density1 = Dense("t1"), Density0 = Dense("t0"), DensityConstant = Dense("constant"), DensityDivisor = Dense("divisor");
    private static readonly double Latent0 = Latent("c0"), Latent1 = Latent("c1"), Latent2 = Latent("c2"), Latent3 = Latent("c3"), Latent4 = Latent("c4");
    private static readonly double Liquid0 = Liquid("c0"), Liquid1 = Liquid("c1"), Liquid2 = Liquid("c2"), Liquid3 = Liquid("c3");
    private static readonly double BoilingConstant = LawConstants.Of("water", "boiling constant"), OsmoticShare = LawConstants.Of("water", "osmotic share");

    private static double Vapour(string constant) => LawConstants.Of("water vapour pressure", constant);

    private static double Dense(string constant) => LawConstants.Of("water density", constant);

    private static double Latent(string constant) => LawConstants.Of("water heat of vaporisation", constant);

    private static double Liquid(string constant) => LawConstants.Of("water enthalpy", constant);

    /// <summary>
    /// kg/L at atmospheric pressure. Laliberte, J. Chem. Eng. Data 54 (2009) 1725; fitted 0 to 100 degC (maximum 3.98 degC).
    /// </summary>
    public static double Density(double celsius)
    {
        double t = celsius;
        double top = ((((Density4 * t + Density3) * t + Density2) * t + Density1) * t + Density0) * t + DensityConstant;
        return 1e-3 * top / (1 + DensityDivisor * t);
    }

    /// <summary>Pa, held at the values of 0 and 200 degC outside: for equipment, which never stops.</summary>
    public static double VapourPressure(double celsius) => SaturationPressure(Math.Clamp(celsius, 0, 200));

    /// <summary>Pa. Wagner and Pruss, J. Phys. Chem. Ref. Data 22 (1993) 783; 0.01 to 373.946 degC.</summary>
    public static double SaturationPressure(double celsius)
    {
        double kelvin = celsius + PhysicalConstants.ZeroCelsius;
        double v = 1 - kelvin / CriticalTemperature;
        double root = Math.Sqrt(v);
        double v3 = v * v * v;
        double sum = Vapour1 * v + Vapour1Half * v * root + Vapour3 * v3 + Vapour3Half * v3 * root + Vapour4 * v3 * v
            + Vapour7Half * v3 * v3 * v * root;
        return CriticalPressure * Math.Exp(CriticalTemperature / kelvin * sum);
    }

    /// <summary>degC at which water boils under <paramref name="pressure"/>, Pa: the inverse of <see cref="SaturationPressure"/>.</summary>
    /// <exception cref="NoSolutionException">Below the vapour pressure at -60 degC or above the critical pressure.</exception>
    public static double SaturationTemperature(double pressure) =>
        Bracket.Root(t => SaturationPressure(t) - pressure, -60, CriticalTemperature - PhysicalConstants.ZeroCelsius, $"boiling temperature at {pressure:G6} Pa");

    /// <summary>J/kg. Sharqawy, Lienhard, Zubair, Desalin. Water Treat. 16 (2010) 354; 0 to 200 degC.</summary>
    public static double HeatOfVaporisation(double celsius)
    {
        double t = celsius;
        return Latent0 + t * (Latent1 + t * (Latent2 + t * (Latent3 + Latent4 * t)));
    }

    /// <summary>J/kg of the liquid, zero near the triple point. Source and range as for <see cref="HeatOfVaporisation"/>.</summary>
    public static double LiquidEnthalpy(double celsius) => Liquid0 + celsius * (Liquid1 + celsius * (Liquid2 + Liquid3 * celsius));

    /// <summary>Boiling point at 1 atm of a liquor with that sum of ion molalities: ebullioscopic law, ideal.</summary>
    public static double BoilingPoint(double ionMolality) => 100 + BoilingConstant * OsmoticShare * Math.Min(ionMolality, 30);
}
