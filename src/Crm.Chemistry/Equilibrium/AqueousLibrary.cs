using System.Collections.Immutable;
using System.Globalization;
using Crm.Chemistry.Properties;

namespace Crm.Chemistry.Equilibrium;

/// <summary>An equilibrium constant and how it moves with temperature: van 't Hoff with a constant enthalpy.</summary>
/// <param name="Log10K">At 25 degC.</param>
/// <param name="Enthalpy">J/mol.</param>
public readonly record struct EquilibriumConstant(double Log10K, double Enthalpy)
{
    public const double ReferenceCelsius = 25;

    public double Log10At(double celsius) => Log10K + Enthalpy * Arrhenius.Drive(ReferenceCelsius, celsius) / Math.Log(10);
}

/// <summary>One row of the library.</summary>
/// <param name="Formation">Basis species and coefficients.</param>
public sealed record LibraryReaction(string Name, ImmutableArray<(string Basis, double Count)> Formation, EquilibriumConstant Constant, string Source)
{
    /// <summary>How many of a basis species go in; 0 when none does.</summary>
    public int CountOf(string basis) => (int)Formation.FirstOrDefault(f => f.Basis == basis).Count;
}

/// <summary>
/// The constants of the recipes' liquors, from <c>chemistry/aqueous-species.csv</c> and <c>chemistry/aqueous-solids.csv</c>: the vessels take theirs
/// from here, and the general solver whole systems.
/// </summary>
public static class AqueousLibrary
{
    public static ImmutableSortedDictionary<string, LibraryReaction> Species { get; } = Load("aqueous-species.csv", "species", "log10_k");

    public static ImmutableSortedDictionary<string, LibraryReaction> Solids { get; } = Load("aqueous-solids.csv", "solid", "log10_ksp");

    /// <summary>Charge from a species' name: <c>SO4-2</c>, <c>NH4+</c>, <c>CO2</c>.</summary>
    public static int Charge(string name)
    {
        int at = name.Length;
        while (at > 0 && char.IsAsciiDigit(name[at - 1])) at--;
        if (at == 0 || name[at - 1] is not ('+' or '-')) return 0;
        int size = at == name.Length ? 1 : int.Parse(name.AsSpan(at), CultureInfo.InvariantCulture);
        return name[at - 1] == '+' ? size : -size;
    }

    /// <summary>Everything of the library that can form from these basis species, which include H+.</summary>
    public static AqueousSystem System(ImmutableArray<string> basis, double celsius, ActivityModel activity) => new(
        basis,
        [.. basis.Select(b => (double)Charge(b))],
        [.. Possible(Species, basis).Where(s => s.Name != AqueousSystem.HydroxideName).Select(s => new FormedSpecies(s.Name, Row(s, basis), s.Constant.Log10At(celsius), Charge(s.Name)))],
        [.. Possible(Solids, basis).Select(s => new PureSolid(s.Name, Row(s, basis), s.Constant.Log10At(celsius)))],
        Species[AqueousSystem.HydroxideName].Constant.Log10At(celsius),
        activity);

    private static IEnumerable<LibraryReaction> Possible(ImmutableSortedDictionary<string, LibraryReaction> reactions, ImmutableArray<string> basis) =>
        reactions.Values.Where(r => r.Formation.All(f => basis.Contains(f.Basis)));

    private static ImmutableArray<double> Row(LibraryReaction reaction, ImmutableArray<string> basis)
    {
        double[] row = new double[basis.Length];
        foreach (var (name, count) in reaction.Formation) row[basis.IndexOf(name)] = count;
        return [.. row];
    }

    private static ImmutableSortedDictionary<string, LibraryReaction> Load(string file, string name, string constant)
    {
        var table = ConstantTable.Read(file);
        table.Names(name, []);
        return table.Rows.ToImmutableSortedDictionary(row => row.Text(name), row => new LibraryReaction(
            row.Text(name), row.Counts("formation"), new EquilibriumConstant(row.Number(constant), 1000 * row.Number("enthalpy", 0)), row.Text("source")), StringComparer.Ordinal);
    }
}
