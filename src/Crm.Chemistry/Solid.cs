namespace Crm.Chemistry;

/// <summary>Solid phases, amounts in mol. <see cref="BoundHF"/> is fluoride taken up by Al(OH)3: F- + H+ on the surface, charge neutral.
/// <see cref="BoundGe"/> is germanium shut in iron oxide and silica, which only a complexing acid frees; <see cref="GeO2"/> is the hexagonal, soluble form.
/// The sorbed acids sit on ferric hydroxide.</summary>
public static class Solid
{
    public const int LiNiO2 = 0, LiCoO2 = 1, LiMnO2 = 2, NiOOH = 3, CoOOH = 4, MnOOH = 5, Cu = 6, Al = 7, Fe = 8, C = 9, LiF = 10, SiO2 = 11, CaO = 12,
        MgO = 13, ZnO = 14, FeOH3 = 15, AlOH3 = 16, BoundHF = 17, CuOH2 = 18, ZnOH2 = 19, NiOH2 = 20, CoOH2 = 21, FeOH2 = 22, MnOH2 = 23, MgOH2 = 24,
        Gypsum = 25, CaCO3 = 26, Li2CO3 = 27, Mirabilite = 28, Thenardite = 29, Li2SO4H2O = 30,
        ZnFe2O4 = 31, Fe2O3 = 32, PbSO4 = 33, Zn = 34, Zn2SiO4 = 35, BoundGe = 36, GeO2 = 37, In2O3 = 38, As2O3 = 39, Mg2GeO4 = 40, InOH3 = 41,
        SorbedAs = 42, SorbedGe = 43, GeTannate = 44, CaOxalate = 45, CaTartrate = 46, Count = 47;

    /// <summary>Names as materials and assays write them.</summary>
    public static readonly string[] Names =
    [
        "LiNiO2", "LiCoO2", "LiMnO2", "NiOOH", "CoOOH", "MnOOH", "Cu", "Al", "Fe", "C", "LiF", "SiO2", "CaO", "MgO", "ZnO", "Fe(OH)3", "Al(OH)3", "HF",
        "Cu(OH)2", "Zn(OH)2", "Ni(OH)2", "Co(OH)2", "Fe(OH)2", "Mn(OH)2", "Mg(OH)2", "CaSO4.2H2O", "CaCO3", "Li2CO3", "Na2SO4.10H2O", "Na2SO4",
        "Li2SO4.H2O",
        "ZnFe2O4", "Fe2O3", "PbSO4", "Zn", "Zn2SiO4", "GeO2(bound)", "GeO2", "In2O3", "As2O3", "Mg2GeO4", "In(OH)3", "H3AsO3(sorbed)", "Ge(OH)4(sorbed)",
        "Ge-tannate", "CaC2O4.H2O", "CaC4H4O6.4H2O",
    ];

    private static readonly string[] Formulas =
    [
        "LiNiO2", "LiCoO2", "LiMnO2", "NiO2H", "CoO2H", "MnO2H", "Cu", "Al", "Fe", "C", "LiF", "SiO2", "CaO", "MgO", "ZnO", "FeO3H3", "AlO3H3", "HF",
        "CuO2H2", "ZnO2H2", "NiO2H2", "CoO2H2", "FeO2H2", "MnO2H2", "MgO2H2", "CaSO4.2H2O", "CaCO3", "Li2CO3", "Na2SO4.10H2O", "Na2SO4", "Li2SO4.H2O",
        "ZnFe2O4", "Fe2O3", "PbSO4", "Zn", "Zn2SiO4", "GeO2", "GeO2", "In2O3", "As2O3", "Mg2GeO4", "InO3H3", "H3AsO3", "GeO4H4", "C76H44Ge2O46",
        "CaC2O4.H2O", "CaC4H4O6.4H2O",
    ];

    public static readonly double[][] Atoms = [.. Formulas.Select(Composition.Of)];

    /// <summary>kg/mol.</summary>
    public static readonly double[] Mass = [.. Atoms.Select(Composition.Mass)];

    /// <summary>kg/L, handbook values of the pure minerals (rounded) [G].</summary>
    public static readonly double[] Density =
    [
        4.78, 5.05, 4.2, 4.6, 4.9, 4.2, 8.96, 2.70, 7.87, 2.2, 2.64, 2.65, 3.34, 3.58, 5.6, 3.4, 2.42, 2.0, 3.37, 3.05, 4.1, 3.6, 3.4, 3.26, 2.34, 2.32,
        2.71, 2.11, 1.46, 2.66, 2.06, 5.2, 5.24, 6.3, 7.14, 4.1, 4.25, 4.25, 7.18, 3.74, 4.0, 4.4, 2.0, 2.0, 1.6, 2.2, 1.8,
    ];

    public static int IndexOf(string name) => Array.IndexOf(Names, name);
}
