using System.Globalization;
using Crm.Chemistry.Properties;

namespace Crm.Chemistry;

/// <summary>Solubility of pure salts in water, g of anhydrous salt per 100 g of water: <c>chemistry/solubility.csv</c>.</summary>
public static class Solubility
{
    private static readonly double[] Celsius = [0, 10, 20, 25, 30, 40, 50, 60, 70, 80, 90, 100];

    private static readonly SortedDictionary<string, double[]> Tables = Read(ConstantTable.Read("solubility.csv"));

    public static readonly double[] MnSO4 = Tables["MnSO4"];

    private static readonly double DioxideAtZero = LawConstants.Of("germanium", "dioxide at 0"), DioxideRise = LawConstants.Of("germanium", "dioxide rise"),
        DioxideChloride = LawConstants.Of("germanium", "dioxide chloride"), MostChloride = LawConstants.Of("germanium", "dioxide most chloride");

    /// <summary>Of a salt that a row of another table names.</summary>
    internal static double[] Of(string salt, ConstantRow asked) =>
        Tables.TryGetValue(salt, out double[]? table) ? table : throw asked.Wrong($"chemistry/solubility.csv has no row '{salt}'");

    /// <summary>Row of a salt; null where there is none.</summary>
    public static double[]? Find(string salt) => Tables.GetValueOrDefault(salt);

    private static SortedDictionary<string, double[]> Read(ConstantTable table)
    {
        SortedDictionary<string, double[]> tables = new(StringComparer.Ordinal);
        string[] names = table.Names("salt", []);
        for (int i = 0; i < names.Length; i++) tables[names[i]] = [.. Celsius.Select(t => table.Rows[i].Number(t.ToString(CultureInfo.InvariantCulture)))];
        return tables;
    }

    /// <summary>Hexagonal germanium dioxide, mol/kg of water; less with chloride down to a minimum.</summary>
    public static double GermaniumDioxide(double celsius, double chloride) =>
        (DioxideAtZero + DioxideRise * Math.Clamp(celsius, 0, 100)) * 10 / 104.63 * Math.Exp(-DioxideChloride * Math.Clamp(chloride, 0, MostChloride));

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
