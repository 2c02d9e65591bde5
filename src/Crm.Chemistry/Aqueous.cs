namespace Crm.Chemistry;

/// <summary>
/// Basis components of every liquor, amounts in mol. <see cref="H"/> is the proton excess and may be negative: OH- is H2O - H+,
/// HSO4- is SO4-2 + H+, CO2(aq) is CO3-2 + 2 H+ - H2O, NH3 is NH4+ - H+, H2VO4- is VO3- + H2O.
/// </summary>
public static class Aqueous
{
    public const int H2O = 0, H = 1, Li = 2, Na = 3, K = 4, Mg = 5, Ca = 6, Mn = 7, Fe2 = 8, Fe3 = 9, Co = 10, Ni = 11, Cu = 12, Zn = 13, Al = 14,
        SO4 = 15, CO3 = 16, F = 17, Cl = 18, H2O2 = 19, NH4 = 20, VO3 = 21, SiO2 = 22, PO4 = 23,
        Germanate = 24, In = 25, Arsenite = 26, Oxalate = 27, Tartrate = 28, Tannin = 29, GeCl4 = 30, Count = 31;

    public static readonly string[] Names =
        ["H2O", "H+", "Li+", "Na+", "K+", "Mg2+", "Ca2+", "Mn2+", "Fe2+", "Fe3+", "Co2+", "Ni2+", "Cu2+", "Zn2+", "Al3+", "SO4-2", "CO3-2", "F-", "Cl-", "H2O2", "NH4+", "VO3-", "SiO2", "PO4-3",
         "Ge(OH)4", "In3+", "H3AsO3", "C2O4-2", "C4H4O6-2", "tannin", "GeCl4"];

    public static readonly double[] Charge = [0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 2, 2, 2, 2, 3, -2, -2, -1, -1, 0, 1, -1, 0, -3, 0, 3, 0, -2, -2, 0, 0];

    /// <summary>Sum of the dissolved ions, mol: what raises the boiling point and the osmotic pressure.</summary>
    public static double Ions(double[] amounts)
    {
        double sum = 0;
        for (int i = Li; i < Count; i++)
        {
            if (Charge[i] != 0) sum += Math.Max(0, amounts[i]);
        }
        return sum;
    }

    private static readonly string[] Formulas =
        ["H2O", "H", "Li", "Na", "K", "Mg", "Ca", "Mn", "Fe", "Fe", "Co", "Ni", "Cu", "Zn", "Al", "SO4", "CO3", "F", "Cl", "H2O2", "NH4", "VO3", "SiO2", "PO4",
         "GeO4H4", "In", "H3AsO3", "C2O4", "C4H4O6", "C76H52O46", "GeCl4"];

    public static readonly double[][] Atoms = [.. Formulas.Select(Composition.Of)];

    /// <summary>kg/mol.</summary>
    public static readonly double[] Mass = [.. Atoms.Select(Composition.Mass)];

    private const double WaterHeat = 75.3;          // J/(mol K), liquid water
    private const double DissolvedHeat = 700;       // J/(kg K): reproduces NaCl brine 26 % at 3277 J/(kg K), WaterTAP test_cryst_prop_pack.py [R]

    /// <summary>J/(mol K) that a component adds to its liquor.</summary>
    public static readonly double[] HeatCapacity = [.. Mass.Select((m, i) => i == H2O ? WaterHeat : m * DissolvedHeat)];

    /// <summary>
    /// Apparent volume, L/mol, at 20 degC; water's own is taken from its density. Fitted to the densities at 20 wt-%
    /// and 25 degC of Laliberte's law (<c>Data/density-laliberte-2009.csv</c>) [C]: Na2SO4 1188, H2SO4 1138, Li2SO4 1177, MnSO4 1221, NaOH 1217 kg/m3; the rest [G].
    /// </summary>
    public static readonly double[] Volume =
        [0, 0.004, -0.001, 0.0, 0.009, -0.016, -0.014, -0.016, -0.016, -0.025, -0.016, -0.018, -0.016, -0.016, -0.025, 0.029, 0.002, 0.002, 0.018, 0.022, 0.018, 0.026, 0.016, 0.0,
         0.035, -0.02, 0.035, 0.025, 0.06, 1.0, 0.114];

    /// <summary>Molar conductivity at infinite dilution, mS L/(cm mol), 25 degC; CRC limiting values per mol of ion.</summary>
    public static readonly double[] Conductance =
        [0, 350, 38.7, 50.1, 73.5, 106, 119, 107, 108, 204, 110, 100, 107, 106, 183, 160, 138.6, 55.4, 76.3, 0, 73.5, 45, 0, 207,
         0, 180, 0, 148, 110, 0, 0];
}
