namespace Crm.Chemistry;

/// <summary>Solubility of pure salts in water, g of anhydrous salt per 100 g of water: chemistry.md 2.1 [R] unless a row says otherwise.</summary>
public static class Solubility
{
    private static readonly double[] Celsius = [0, 10, 20, 25, 30, 40, 50, 60, 70, 80, 90, 100];

    public static readonly double[] Li2CO3 = [1.564, 1.451, 1.348, 1.297, 1.256, 1.163, 1.082, 1.000, 0.929, 0.857, 0.786, 0.725];
    public static readonly double[] Li2SO4 = [35.69, 34.95, 34.41, 34.23, 33.87, 33.33, 32.98, 32.45, 32.10, 31.58, 31.23, 30.89];
    public static readonly double[] CaSO4 = [0.174, 0.191, 0.202, 0.205, 0.208, 0.210, 0.207, 0.201, 0.193, 0.184, 0.173, 0.163];

    /// <summary>Mirabilite branch: 20 and 25 degC [R]; 0 and 10 degC, and the metastable branch above 32.4 degC extrapolated, [G].</summary>
    public static readonly double[] Mirabilite = [4.9, 9.1, 19.23, 28.11, 41.28, 70, 120, 200, 300, 400, 500, 600];

    /// <summary>Thenardite branch: from 40 degC [R]; below the transition metastable [G].</summary>
    public static readonly double[] Thenardite = [58, 55.5, 53, 52, 51, 47.82, 46.09, 44.72, 43.66, 42.90, 42.43, 42.19];

    /// <summary>Monohydrate above about 27 degC, higher hydrates below.</summary>
    public static readonly double[] MnSO4 = [52.91, 59.49, 62.87, 63.67, 63.67, 60.51, 56.99, 52.91, 48.81, 44.51, 40.45, 36.43];

    public static readonly double[] AmmoniumSulfate = [70.36, 72.71, 75.13, 76.37, 77.94, 80.83, 83.82, 87.27, 90.48, 94.17, 98.02, 102.0];

    /// <summary>20, 30, 40, 50, 60, 70 and 100 degC [R] (WikiSolubility-Project); 0 and 10 extrapolated, 25, 80 and 90 interpolated [G].</summary>
    public static readonly double[] NH4VO3 = [0.20, 0.32, 0.48, 0.65, 0.84, 1.32, 1.78, 2.42, 3.05, 4.2, 5.5, 7.0];

    /// <summary>
    /// Hexagonal germanium dioxide, mol/kg of water: 0.4 g/100 g at 20 degC and 1.0 g/100 g at 100 degC (secondary sources agree), less with
    /// chloride down to a minimum near 5.5 mol/kg [G].
    /// </summary>
    public static double GermaniumDioxide(double celsius, double chloride) =>
        (0.25 + 0.0075 * Math.Clamp(celsius, 0, 100)) * 10 / 104.63 * Math.Exp(-0.36 * Math.Clamp(chloride, 0, 5.5));

    /// <summary>Linear between the table's points; held at the end values outside.</summary>
    public static double At(double[] table, double celsius)
    {
        if (celsius <= Celsius[0]) return table[0];
        for (int i = 1; i < Celsius.Length; i++)
        {
            if (celsius > Celsius[i]) continue;
            double part = (celsius - Celsius[i - 1]) / (Celsius[i] - Celsius[i - 1]);
            return table[i - 1] + part * (table[i] - table[i - 1]);
        }
        return table[^1];
    }
}
