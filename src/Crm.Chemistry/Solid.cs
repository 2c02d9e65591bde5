using Crm.Chemistry.Properties;

namespace Crm.Chemistry;

/// <summary>Solid phases, amounts in mol; <c>chemistry/solids.csv</c>. <see cref="BoundHF"/> is fluoride taken up by Al(OH)3: F- + H+ on the surface, charge neutral; <see cref="BoundSilica"/> and
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
        SorbedAs = 58, SorbedGe = 59, GeTannate = 60, CaOxalate = 61, CaTartrate = 62, LiNaSO4 = 63;

    private static readonly ConstantTable Table = ConstantTable.Read("solids.csv");

    /// <summary>Names as materials and assays write them.</summary>
    public static readonly string[] Names = Table.Names(
        "solid",
        [
            "LiNiO2", "LiCoO2", "LiMnO2", "NiOOH", "CoOOH", "MnOOH", "Cu", "Al", "Fe", "C", "LiF", "SiO2", "CaO", "MgO", "ZnO", "Fe(OH)3", "Al(OH)3", "HF",
            "Cu(OH)2", "Zn(OH)2", "Ni(OH)2", "Co(OH)2", "Fe(OH)2", "Mn(OH)2", "Mg(OH)2", "CaSO4.2H2O", "CaCO3", "Li2CO3", "Na2SO4.10H2O", "Na2SO4",
            "Li2SO4.H2O",
            "NaVO3", "CaV2O6", "Na2CO3", "Na2SiO3", "Na3PO4", "Fe2O3", "Ca2SiO4", "NH4VO3", "V2O5", "SiO2 bound", "H3PO4 bound", "SiO2 gel", "MnO", "FeO",
            "Al2O3", "MnSO4.H2O", "(NH4)2SO4",
            "ZnFe2O4", "PbSO4", "Zn", "Zn2SiO4", "GeO2(bound)", "GeO2", "In2O3", "As2O3", "Mg2GeO4", "In(OH)3", "H3AsO3(sorbed)", "Ge(OH)4(sorbed)",
            "Ge-tannate", "CaC2O4.H2O", "CaC4H4O6.4H2O", "LiNaSO4",
        ]);

    public static readonly int Count = Names.Length;

    public static readonly double[][] Atoms = [.. Table.Rows.Select(row => row.Atoms("formula"))];

    /// <summary>kg/mol.</summary>
    public static readonly double[] Mass = [.. Atoms.Select(Composition.Mass)];

    /// <summary>kg/L.</summary>
    public static readonly double[] Density = [.. Table.Rows.Select(row => row.Number("density"))];

    /// <summary>L/mol.</summary>
    public static readonly double[] Volume = [.. Mass.Select((m, i) => m / Density[i])];

    /// <summary>J/(mol K).</summary>
    public static readonly double[] HeatCapacity = [.. Mass.Select((m, i) => m * Table.Rows[i].Number("heat_capacity"))];

    /// <summary>Solids that dissolve from a shrinking core.</summary>
    public static readonly int[] Cored = Where(row => row.Says("core"));

    /// <summary>Solids whose sulfate or carbonate an assay of that group finds.</summary>
    public static readonly int[] Sulfates = Where(row => row.Text("group") == "SO4"), Carbonates = Where(row => row.Text("group") == "CO3");

    /// <summary>mol of water that drying takes from a mol of crystals.</summary>
    public static readonly double[] Drying = [.. Table.Rows.Select(row => row.Number("drying", 0))];

    /// <summary>Solids that a laboratory reports by name.</summary>
    public static readonly int[] Assayed = Where(row => row.Says("assayed"));

    public static int IndexOf(string name) => Array.IndexOf(Names, name);

    private static int[] Where(Func<ConstantRow, bool> holds) => [.. Enumerable.Range(0, Table.Rows.Length).Where(i => holds(Table.Rows[i]))];
}
