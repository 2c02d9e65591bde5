using System.Collections.Immutable;
using Crm.Chemistry.Properties;

namespace Crm.Chemistry;

/// <summary>How fast a one-way reaction runs, as <c>Data/rates.csv</c> has it.</summary>
/// <param name="PerSecond">1/s at <paramref name="Celsius"/>, unless the row says otherwise.</param>
/// <param name="Celsius">degC at which <paramref name="PerSecond"/> holds.</param>
/// <param name="Energy">Activation energy, J/mol.</param>
/// <param name="Half">mol/kg of the driving species at half rate; not a number when none drives it.</param>
/// <param name="Source">Where it is from and how far to trust it.</param>
public sealed record RateConstant(double PerSecond, double Celsius, double Energy, double Half, string Source)
{
    /// <param name="drive"><see cref="Arrhenius.Drive"/> from <see cref="Celsius"/>.</param>
    public double At(double drive) => Energy == 0 ? PerSecond : PerSecond * Math.Exp(Energy * drive);

    /// <summary>0 to 1: the share of the full rate at <paramref name="molality"/> of the driving species.</summary>
    public double Share(double molality) => molality / (Half + molality);
}

/// <summary>The rate constants by law (black-mass, slag, residue, chloride) and reaction, in the order of the file.</summary>
public static class RateConstants
{
    public static ImmutableArray<(string Law, string Reaction, RateConstant Constant)> All { get; } = Read();

    /// <exception cref="KeyNotFoundException">The data file has no such row.</exception>
    public static RateConstant Of(string law, Reaction reaction) =>
        All.FirstOrDefault(row => row.Law == law && row.Reaction == reaction.Name).Constant ?? throw new KeyNotFoundException($"Data/rates.csv has no row for '{reaction.Name}' of '{law}'");

    private static ImmutableArray<(string Law, string Reaction, RateConstant Constant)> Read()
    {
        PropertyTable table = PropertyTable.Read("rates.csv");
        return [.. table.Rows.Select(row => (table.Text(row, "law"), table.Text(row, "reaction"), new RateConstant(
            table.Number(row, "per_second"), table.Number(row, "celsius"), table.Number(row, "energy"), table.Text(row, "half").Length == 0 ? double.NaN : table.Number(row, "half"), table.Text(row, "source"))))];
    }
}
