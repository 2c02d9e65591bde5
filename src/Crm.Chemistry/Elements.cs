namespace Crm.Chemistry;

/// <summary>The chemical elements the plant accounts for, in fixed order. Atomic masses: IUPAC 2021 abridged values, kg/mol.</summary>
public static class Elements
{
    public static readonly string[] Symbols =
        ["H", "Li", "C", "O", "F", "Na", "Mg", "Al", "Si", "S", "Cl", "K", "Ca", "Mn", "Fe", "Co", "Ni", "Cu", "Zn", "N", "P", "V",
         "Ge", "As", "In", "Pb"];

    public static readonly double[] Masses =
    [
        1.0080e-3, 6.94e-3, 12.011e-3, 15.999e-3, 18.998e-3, 22.990e-3, 24.305e-3, 26.982e-3, 28.085e-3, 32.06e-3, 35.45e-3, 39.098e-3,
        40.078e-3, 54.938e-3, 55.845e-3, 58.933e-3, 58.693e-3, 63.546e-3, 65.38e-3, 14.007e-3, 30.974e-3, 50.942e-3,
        72.630e-3, 74.922e-3, 114.82e-3, 207.2e-3,
    ];

    public static int Count => Symbols.Length;

    public static int IndexOf(string symbol) => Array.IndexOf(Symbols, symbol);
}
