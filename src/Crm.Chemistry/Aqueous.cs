using Crm.Chemistry.Properties;

namespace Crm.Chemistry;

/// <summary>
/// Basis components of every liquor, amounts in mol; <c>chemistry/aqueous-components.csv</c>. <see cref="H"/> is the proton excess and may be negative: OH- is H2O - H+,
/// HSO4- is SO4-2 + H+, CO2(aq) is CO3-2 + 2 H+ - H2O, NH3 is NH4+ - H+, H2VO4- is VO3- + H2O.
/// </summary>
public static class Aqueous
{
    public const int H2O = 0, H = 1, Li = 2, Na = 3, K = 4, Mg = 5, Ca = 6, Mn = 7, Fe2 = 8, Fe3 = 9, Co = 10, Ni = 11, Cu = 12, Zn = 13, Al = 14,
        SO4 = 15, CO3 = 16, F = 17, Cl = 18, H2O2 = 19, NH4 = 20, VO3 = 21, SiO2 = 22, PO4 = 23,
        Germanate = 24, In = 25, Arsenite = 26, Oxalate = 27, Tartrate = 28, Tannin = 29, GeCl4 = 30;

    private static readonly ConstantTable Table = ConstantTable.Read("aqueous-components.csv");

    public static readonly string[] Names = Table.Names(
        "component",
        [
            "H2O", "H+", "Li+", "Na+", "K+", "Mg2+", "Ca2+", "Mn2+", "Fe2+", "Fe3+", "Co2+", "Ni2+", "Cu2+", "Zn2+", "Al3+", "SO4-2", "CO3-2", "F-", "Cl-", "H2O2", "NH4+", "VO3-", "SiO2", "PO4-3",
            "Ge(OH)4", "In3+", "H3AsO3", "C2O4-2", "C4H4O6-2", "tannin", "GeCl4"
        ]);

    public static readonly int Count = Names.Length;

    public static readonly double[] Charge = [.. Table.Rows.Select(row => row.Number("charge"))];

    public static readonly double[][] Atoms = [.. Table.Rows.Select(row => row.Atoms("formula"))];

    /// <summary>kg/mol.</summary>
    public static readonly double[] Mass = [.. Atoms.Select(Composition.Mass)];

    /// <summary>J/(mol K) that a component adds to its liquor.</summary>
    public static readonly double[] HeatCapacity = [.. Table.Rows.Select((row, i) => row.Has("molar_heat_capacity") ? row.Number("molar_heat_capacity") : Mass[i] * row.Number("heat_capacity"))];

    /// <summary>Apparent volume, L/mol; water's own is taken from its density.</summary>
    public static readonly double[] Volume = [.. Table.Rows.Select(row => row.Number("volume"))];

    /// <summary>Molar conductivity at infinite dilution and 25 degC, mS L/(cm mol).</summary>
    public static readonly double[] Conductance = [.. Table.Rows.Select(row => row.Number("conductance"))];

    /// <summary>Sum of the dissolved ions, hydroxide among them, mol: what raises the boiling point and the osmotic pressure.</summary>
    public static double Ions(double[] amounts)
    {
        double sum = Math.Max(0, -amounts[H]);
        for (int i = Li; i < Count; i++)
        {
            if (Charge[i] != 0) sum += Math.Max(0, amounts[i]);
        }
        return sum;
    }

    public static int IndexOf(string name) => Array.IndexOf(Names, name);
}
