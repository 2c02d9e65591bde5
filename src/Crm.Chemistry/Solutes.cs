using System.Collections.Immutable;
using Crm.Chemistry.Properties;

namespace Crm.Chemistry;

/// <summary>What bought solutions and feed liquors hold, as basis components per mol: <c>chemistry/solutes.csv</c>.</summary>
public static class Solutes
{
    public static ImmutableSortedDictionary<string, Term[]> All { get; } = Read(ConstantTable.Read("solutes.csv"));

    internal static ImmutableSortedDictionary<string, Term[]> Read(ConstantTable table)
    {
        table.Names("solute", []);
        return table.Rows.ToImmutableSortedDictionary(row => row.Text("solute"), Read, StringComparer.Ordinal);
    }

    private static Term[] Read(ConstantRow row)
    {
        Term[] terms = [.. row.Counts("components").Select(c => new Term(Component(row, c.Name), c.Count))];
        double[] atoms = row.Atoms("solute");
        for (int e = 0; e < atoms.Length; e++)
        {
            double sum = terms.Sum(t => t.Mol * Aqueous.Atoms[t.Species][e]);
            if (Math.Abs(sum - atoms[e]) > 1e-9) throw row.Wrong($"{Elements.Symbols[e]}: {atoms[e]:0.###} in the formula, {sum:0.###} in the components");
        }
        double charge = terms.Sum(t => t.Mol * Aqueous.Charge[t.Species]);
        return charge == 0 ? terms : throw row.Wrong($"the components have the charge {charge:+0;-0}");
    }

    private static int Component(ConstantRow row, string name)
    {
        int at = Aqueous.IndexOf(name);
        return at >= 0 ? at : throw row.Wrong($"components: '{name}' is no component of chemistry/aqueous-components.csv");
    }
}
