using System.Globalization;
using Crm.Chemistry.Properties;

namespace Crm.Chemistry;

/// <summary>Solubility of pure salts in water, g of anhydrous salt per 100 g of water: <c>Data/solubility.csv</c>.</summary>
public static class Solubility
{
    private static readonly PropertyTable Table = PropertyTable.Read("solubility.csv");
    private static readonly double[] Celsius = [0, 10, 20, 25, 30, 40, 50, 60, 70, 80, 90, 100];

    public static readonly double[] Li2CO3 = Row("Li2CO3"), Li2SO4 = Row("Li2SO4"), CaSO4 = Row("CaSO4"), MnSO4 = Row("MnSO4"), AmmoniumSulfate = Row("(NH4)2SO4"), NH4VO3 = Row("NH4VO3");

    /// <summary>As anhydrous salt; above 32.4 degC metastable.</summary>
    public static readonly double[] Mirabilite = Row("Na2SO4.10H2O");

    /// <summary>Below 32.4 degC metastable.</summary>
    public static readonly double[] Thenardite = Row("Na2SO4");

    private static double[] Row(string salt)
    {
        string[] row = Table.Rows.Single(r => Table.Text(r, "salt") == salt);
        return [.. Celsius.Select(t => Table.Number(row, t.ToString(CultureInfo.InvariantCulture)))];
    }

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
