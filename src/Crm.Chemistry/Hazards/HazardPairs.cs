using System.Collections.Immutable;
using Crm.Chemistry.Properties;

namespace Crm.Chemistry.Hazards;

/// <summary>Two classes of substance that must not meet in this order: a row of <c>chemistry/hazard-pairs.csv</c>.</summary>
/// <param name="Present">Class of what lies in the vessel.</param>
/// <param name="Comes">Class of what is put in.</param>
/// <param name="Least">kg/kg of its class that what comes must hold.</param>
/// <param name="Lies">kg/kg of the contents that the class must make up.</param>
/// <param name="Metered">A dose by pump is the right way to do it.</param>
/// <param name="Needs">A further class that must lie in the vessel; empty for none.</param>
/// <param name="Gives">What comes of it: a gas, heat.</param>
public sealed record HazardPair(string Present, string Comes, double Least, double Lies, bool Metered, string Needs, string Gives, string Why, string Remedy);

/// <summary>What substances are to each other: <c>chemistry/hazard-classes.csv</c> and <c>chemistry/hazard-pairs.csv</c>.</summary>
public static class HazardPairs
{
    /// <summary>Strength from which sulfuric acid must not get water, kg/kg.</summary>
    private const double Concentrated = 0.70;

    private const string ConcentratedAcid = "concentrated acid";

    private static readonly ImmutableDictionary<string, ImmutableArray<string>> classes = ReadClasses(ConstantTable.Read("hazard-classes.csv"));

    public static ImmutableArray<HazardPair> All { get; } = Read(ConstantTable.Read("hazard-pairs.csv"));

    /// <summary>Classes of a substance by its formula; none where it has no row.</summary>
    public static ImmutableArray<string> ClassesOf(string substance) => classes.GetValueOrDefault(substance, []);

    /// <summary>Whether a substance that makes up this share (kg/kg) of something makes it one of the class.</summary>
    public static bool IsOf(string substance, double share, string of) =>
        of == ConcentratedAcid ? substance == "H2SO4" && share >= Concentrated : ClassesOf(substance).Contains(of);

    internal static ImmutableArray<HazardPair> Read(ConstantTable table)
    {
        var known = classes.Values.SelectMany(c => c).Append(ConcentratedAcid).ToHashSet(StringComparer.Ordinal);
        return [.. table.Rows.Select(row => Read(row, known))];
    }

    private static HazardPair Read(ConstantRow row, HashSet<string> known)
    {
        foreach (string column in (string[])["present", "comes", "needs"])
            if (row.Has(column) && !known.Contains(row.Text(column))) throw row.Wrong($"{column}: '{row.Text(column)}' is no class of chemistry/hazard-classes.csv");
        return new HazardPair(
            row.Text("present"), row.Text("comes"), row.Number("least"), row.Number("lies"), row.Says("metered"), row.Text("needs"), row.Text("gives"), row.Text("why"), row.Text("remedy"));
    }

    private static ImmutableDictionary<string, ImmutableArray<string>> ReadClasses(ConstantTable table) =>
        table.Rows.GroupBy(row => row.Text("substance"), StringComparer.Ordinal)
            .ToImmutableDictionary(g => g.Key, g => g.Select(row => row.Text("class")).ToImmutableArray(), StringComparer.Ordinal);
}
