using System.Collections.Immutable;
using Crm.Chemistry.Properties;

namespace Crm.Chemistry.Hazards;

/// <summary>Something that a material of construction does not stand: a row of <c>chemistry/construction-materials.csv</c>.</summary>
/// <param name="Species">Substance, or an element by its symbol.</param>
/// <param name="Least">kg/kg of the contents from which it is judged.</param>
/// <param name="Above">degC from which it is judged; negative infinity for any.</param>
/// <param name="Medium"><c>acid</c> or <c>alkaline</c> where it matters, else empty.</param>
public sealed record MaterialAttack(string Material, string Species, double Least, double Above, string Medium, string Why, string Remedy);

public static class ConstructionMaterials
{
    public static ImmutableArray<MaterialAttack> Attacks { get; } =
    [
        .. ConstantTable.Read("construction-materials.csv").Rows.Select(row => new MaterialAttack(
            row.Text("material"), row.Text("species"), row.Number("least"), row.Number("above", double.NegativeInfinity), row.Text("medium"), row.Text("why"), row.Text("remedy"))),
    ];

    /// <summary>Words that <c>made_of</c> of a unit may be: those with a row, and those that stand what the recipes hold.</summary>
    public static ImmutableArray<string> Words { get; } = [.. Attacks.Select(a => a.Material).Concat(["fluoropolymer", "polyethylene", "C-276"]).Distinct().Order(StringComparer.Ordinal)];
}
