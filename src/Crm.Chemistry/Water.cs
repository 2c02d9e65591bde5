using Crm.Chemistry.Numerics;

namespace Crm.Chemistry;

/// <summary>Properties of pure water on the saturation line. Equations, ranges and sources: docs/physics.md.</summary>
public static class Water
{
    private const double CriticalTemperature = 647.096, CriticalPressure = 22.064e6;    // K, Pa

    /// <summary>
    /// kg/L at atmospheric pressure. Laliberte, J. Chem. Eng. Data 54 (2009) 1725; fitted 0 to 100 degC (maximum 3.98 degC).
    /// </summary>
    public static double Density(double celsius)
    {
        double t = celsius;
        double top = ((((-2.8054253e-10 * t + 1.0556302e-7) * t - 4.6170461e-5) * t - 0.0079870401) * t + 16.945176) * t + 999.83952;
        return 1e-3 * top / (1 + 0.01687985 * t);
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
        double sum = -7.85951783 * v + 1.84408259 * v * root - 11.7866497 * v3 + 22.6807411 * v3 * root - 15.9618719 * v3 * v
            + 1.80122502 * v3 * v3 * v * root;
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
        return 2.501e6 + t * (-2.369e3 + t * (2.678e-1 + t * (-8.103e-3 - 2.079e-5 * t)));
    }

    /// <summary>J/kg of the liquid, zero near the triple point. Source and range as for <see cref="HeatOfVaporisation"/>.</summary>
    public static double LiquidEnthalpy(double celsius) => 141.355 + celsius * (4202.07 + celsius * (-0.535 + 0.004 * celsius));

    /// <summary>Boiling point at 1 atm of a liquor with that sum of ion molalities: 0.513 K kg/mol, ideal [G].</summary>
    public static double BoilingPoint(double ionMolality) => 100 + 0.513 * 0.9 * Math.Min(ionMolality, 30);
}
