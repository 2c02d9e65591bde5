using Crm.Chemistry.Properties;

namespace Crm.Chemistry;

/// <summary>The chemical elements the plant accounts for, in the order of <c>chemistry/elements.csv</c>. Atomic masses: IUPAC 2021 abridged values, kg/mol.</summary>
public static class Elements
{
    private static readonly ConstantRow[] Accounted = [.. ConstantTable.Read("elements.csv").Rows.Where(row => row.Says("accounted"))];

    public static readonly string[] Symbols = [.. Accounted.Select(row => row.Text("element"))];

    public static readonly double[] Masses = [.. Accounted.Select(row => row.Scaled("mass", -3))];

    public static int Count => Symbols.Length;

    public static int IndexOf(string symbol) => Array.IndexOf(Symbols, symbol);
}
