namespace Crm.Chemistry;

/// <summary>Solid phases, amounts in mol. <see cref="BoundHF"/> is fluoride taken up by Al(OH)3: F- + H+ on the surface, charge neutral; <see cref="BoundSilica"/> and
/// <see cref="BoundPhosphate"/> likewise.
/// <see cref="BoundGe"/> is germanium shut in iron oxide and silica, which only a complexing acid frees; <see cref="GeO2"/> is the hexagonal, soluble form.
/// The sorbed acids sit on ferric hydroxide.</summary>
public static class Solid
{
    public const int LiNiO2 = 0, LiCoO2 = 1, LiMnO2 = 2, NiOOH = 3, CoOOH = 4, MnOOH = 5, Cu = 6, Al = 7, Fe = 8, C = 9, LiF = 10, SiO2 = 11, CaO = 12,
        MgO = 13, ZnO = 14, FeOH3 = 15, AlOH3 = 16, BoundHF = 17, CuOH2 = 18, ZnOH2 = 19, NiOH2 = 20, CoOH2 = 21, FeOH2 = 22, MnOH2 = 23, MgOH2 = 24,
        Gypsum = 25, CaCO3 = 26, Li2CO3 = 27, Mirabilite = 28, Thenardite = 29, Li2SO4H2O = 30, NaVO3 = 31, CaV2O6 = 32, Na2CO3 = 33, Na2SiO3 = 34, Na3PO4 = 35,
        Fe2O3 = 36, Ca2SiO4 = 37, NH4VO3 = 38, V2O5 = 39, BoundSilica = 40, BoundPhosphate = 41, SilicaGel = 42, MnO = 43, FeO = 44, Al2O3 = 45, MnSO4H2O = 46,
        NH42SO4 = 47, ZnFe2O4 = 48, PbSO4 = 49, Zn = 50, Zn2SiO4 = 51, BoundGe = 52, GeO2 = 53, In2O3 = 54, As2O3 = 55, Mg2GeO4 = 56, InOH3 = 57,
        SorbedAs = 58, SorbedGe = 59, GeTannate = 60, CaOxalate = 61, CaTartrate = 62, LiNaSO4 = 63, Count = 64;

    /// <summary>Names as materials and assays write them.</summary>
    public static readonly string[] Names =
    [
        "LiNiO2", "LiCoO2", "LiMnO2", "NiOOH", "CoOOH", "MnOOH", "Cu", "Al", "Fe", "C", "LiF", "SiO2", "CaO", "MgO", "ZnO", "Fe(OH)3", "Al(OH)3", "HF",
        "Cu(OH)2", "Zn(OH)2", "Ni(OH)2", "Co(OH)2", "Fe(OH)2", "Mn(OH)2", "Mg(OH)2", "CaSO4.2H2O", "CaCO3", "Li2CO3", "Na2SO4.10H2O", "Na2SO4",
        "Li2SO4.H2O",
        "NaVO3", "CaV2O6", "Na2CO3", "Na2SiO3", "Na3PO4", "Fe2O3", "Ca2SiO4", "NH4VO3", "V2O5", "SiO2 bound", "H3PO4 bound", "SiO2 gel", "MnO", "FeO",
        "Al2O3", "MnSO4.H2O", "(NH4)2SO4",
        "ZnFe2O4", "PbSO4", "Zn", "Zn2SiO4", "GeO2(bound)", "GeO2", "In2O3", "As2O3", "Mg2GeO4", "In(OH)3", "H3AsO3(sorbed)", "Ge(OH)4(sorbed)",
        "Ge-tannate", "CaC2O4.H2O", "CaC4H4O6.4H2O", "LiNaSO4",
    ];

    private static readonly string[] Formulas =
    [
        "LiNiO2", "LiCoO2", "LiMnO2", "NiO2H", "CoO2H", "MnO2H", "Cu", "Al", "Fe", "C", "LiF", "SiO2", "CaO", "MgO", "ZnO", "FeO3H3", "AlO3H3", "HF",
        "CuO2H2", "ZnO2H2", "NiO2H2", "CoO2H2", "FeO2H2", "MnO2H2", "MgO2H2", "CaSO4.2H2O", "CaCO3", "Li2CO3", "Na2SO4.10H2O", "Na2SO4", "Li2SO4.H2O",
        "NaVO3", "CaV2O6", "Na2CO3", "Na2SiO3", "Na3PO4", "Fe2O3", "Ca2SiO4", "NH4VO3", "V2O5", "SiO2", "H3PO4", "SiO2", "MnO", "FeO",
        "Al2O3", "MnSO4.H2O", "N2H8SO4",
        "ZnFe2O4", "PbSO4", "Zn", "Zn2SiO4", "GeO2", "GeO2", "In2O3", "As2O3", "Mg2GeO4", "InO3H3", "H3AsO3", "GeO4H4", "C76H44Ge2O46",
        "CaC2O4.H2O", "CaC4H4O6.4H2O", "LiNaSO4",
    ];

    public static readonly double[][] Atoms = [.. Formulas.Select(Composition.Of)];

    /// <summary>kg/mol.</summary>
    public static readonly double[] Mass = [.. Atoms.Select(Composition.Mass)];

    /// <summary>kg/L, handbook values of the pure minerals (rounded) [G].</summary>
    public static readonly double[] Density =
    [
        4.78, 5.05, 4.2, 4.6, 4.9, 4.2, 8.96, 2.70, 7.87, 2.2, 2.64, 2.65, 3.34, 3.58, 5.6, 3.4, 2.42, 2.0, 3.37, 3.05, 4.1, 3.6, 3.4, 3.26, 2.34, 2.32,
        2.71, 2.11, 1.46, 2.66, 2.06, 2.84, 3.6, 2.54, 2.4, 1.62, 5.24, 3.3, 2.33, 3.36, 2.3, 1.9, 2.1, 5.4, 5.7, 3.95, 2.95, 1.77,
        5.2, 6.3, 7.14, 4.1, 4.25, 4.25, 7.18, 3.74, 4.0, 4.4, 2.0, 2.0, 1.6, 2.2, 1.8, 2.53,
    ];

    /// <summary>L/mol.</summary>
    public static readonly double[] Volume = [.. Mass.Select((m, i) => m / Density[i])];

    /// <summary>J/(mol K): 850 J/(kg K) for every mineral [G].</summary>
    public static readonly double[] HeatCapacity = [.. Mass.Select(m => m * 850)];

    public static int IndexOf(string name) => Array.IndexOf(Names, name);
}
