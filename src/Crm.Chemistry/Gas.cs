using Crm.Chemistry.Properties;

namespace Crm.Chemistry;

/// <summary>Gases and vapour that leave a vessel, mol; <c>chemistry/gases.csv</c>.</summary>
public static class Gas
{
    public const int H2 = 0, O2 = 1, CO2 = 2, HF = 3, H2O = 4, NH3 = 5, SO3 = 6, HCl = 7, AsH3 = 8, GeCl4 = 9;

    private static readonly ConstantTable Table = ConstantTable.Read("gases.csv");

    public static readonly string[] Names = Table.Names("gas", ["H2", "O2", "CO2", "HF", "H2O", "NH3", "SO3", "HCl", "AsH3", "GeCl4"]);

    public static readonly int Count = Names.Length;

    public static readonly double[][] Atoms = [.. Table.Rows.Select(row => row.Atoms("gas"))];

    public static readonly double[] Mass = [.. Atoms.Select(Composition.Mass)];

    /// <summary>J/(mol K) at constant pressure and 25 degC, held at any temperature.</summary>
    public static readonly double[] HeatCapacity = [.. Table.Rows.Select(row => row.Number("heat_capacity"))];

    /// <summary>Gases that make a liquor foam.</summary>
    public static readonly int[] Bubbles = [.. Enumerable.Range(0, Count).Where(i => Table.Rows[i].Says("bubbles"))];

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
