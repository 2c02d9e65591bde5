namespace Crm.Chemistry;

/// <summary>Gases and vapour that leave a vessel, mol.</summary>
public static class Gas
{
    public const int H2 = 0, O2 = 1, CO2 = 2, HF = 3, H2O = 4, HCl = 5, AsH3 = 6, GeCl4 = 7, Count = 8;

    public static readonly string[] Names = ["H2", "O2", "CO2", "HF", "H2O", "HCl", "AsH3", "GeCl4"];

    public static readonly double[][] Atoms = [.. Names.Select(Composition.Of)];

    public static readonly double[] Mass = [.. Atoms.Select(Composition.Mass)];
}
