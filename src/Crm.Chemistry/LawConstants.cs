using System.Collections.Immutable;
using Crm.Chemistry.Properties;

namespace Crm.Chemistry;

/// <summary>A constant that one law of the model has for itself.</summary>
/// <param name="Celsius">degC at which it holds; not a number where it holds at any.</param>
/// <param name="Source">Where it is from and how far to trust it.</param>
public sealed record LawConstant(string Law, string Name, double Value, string Unit, double Celsius, string Source);

/// <summary>The scalar constants of <c>chemistry/laws.csv</c>: numbers in the laws of vessels, resins, membranes and gases that belong to no species, salt or reaction.</summary>
public static class LawConstants
{
    public static ImmutableArray<LawConstant> All { get; } = Load();

    /// <exception cref="ChemistryDataException">The file has no such row.</exception>
    public static double Of(string law, string name)
    {
        foreach (LawConstant c in All)
        {
            if (c.Law == law && c.Name == name) return c.Value;
        }
        throw new ChemistryDataException($"chemistry/laws.csv: no row '{law},{name}'");
    }

    private static ImmutableArray<LawConstant> Load() =>
        [.. ConstantTable.Read("laws.csv").Rows.Select(row => new LawConstant(row.Text("law"), row.Text("constant"), row.Number("value"), row.Text("unit"), row.Number("celsius", double.NaN), row.Text("source")))];
}
