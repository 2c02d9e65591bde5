namespace Crm.Chemistry;

/// <summary>Gases and vapour that leave a vessel, mol.</summary>
public static class Gas
{
    public const int H2 = 0, O2 = 1, CO2 = 2, HF = 3, H2O = 4, NH3 = 5, SO3 = 6, HCl = 7, AsH3 = 8, GeCl4 = 9, Count = 10;

    public static readonly string[] Names = ["H2", "O2", "CO2", "HF", "H2O", "NH3", "SO3", "HCl", "AsH3", "GeCl4"];

    public static readonly double[][] Atoms = [.. Names.Select(Composition.Of)];

    public static readonly double[] Mass = [.. Atoms.Select(Composition.Mass)];
}
