namespace Crm.Chemistry;

/// <summary>Gases and vapour that leave a vessel, mol.</summary>
public static class Gas
{
    public const int H2 = 0, O2 = 1, CO2 = 2, HF = 3, H2O = 4, NH3 = 5, SO3 = 6, HCl = 7, AsH3 = 8, GeCl4 = 9, Count = 10;

    public static readonly string[] Names = ["H2", "O2", "CO2", "HF", "H2O", "NH3", "SO3", "HCl", "AsH3", "GeCl4"];

    public static readonly double[][] Atoms = [.. Names.Select(Composition.Of)];

    public static readonly double[] Mass = [.. Atoms.Select(Composition.Mass)];

    /// <summary>J/(mol K) at constant pressure and 25 degC, handbook values, held at any temperature [G].</summary>
    public static readonly double[] HeatCapacity = [28.8, 29.4, 37.1, 29.1, 33.6, 35.1, 50.7, 29.1, 38.1, 96.1];

    /// <summary>J/(L K), air and nitrogen at 20 degC [G].</summary>
    public const double AirHeat = 1.2;

    /// <summary>Sensible heat against the standard temperature, J.</summary>
    public static double Enthalpy(double[] mol, double celsius)
    {
        double capacity = 0;
        for (int i = 0; i < Count; i++) capacity += mol[i] * HeatCapacity[i];
        return capacity * (celsius - PhysicalConstants.StandardTemperature);
    }
}
