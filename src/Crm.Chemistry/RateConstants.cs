using System.Collections.Immutable;
using Crm.Chemistry.Properties;

namespace Crm.Chemistry;

/// <summary>How fast a one-way reaction runs, as <c>chemistry/rates.csv</c> has it.</summary>
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

/// <summary>One reaction of a law.</summary>
/// <param name="Driver">What the rate goes with, for laws that are data alone: empty, <see cref="RateConstants.Acid"/>, or a component of the liquor by its name.</param>
public sealed record Rate(string Law, Reaction Reaction, string Driver, RateConstant Constant);

/// <summary>The rate constants by law and reaction, in the order of the file.</summary>
public static class RateConstants
{
    /// <summary>Driver: the free acid of the liquor.</summary>
    public const string Acid = "acid";

    public static ImmutableArray<Rate> All { get; } = Read(ConstantTable.Read("rates.csv"));

    /// <exception cref="KeyNotFoundException">The data file has no such row.</exception>
    public static RateConstant Of(string law, Reaction reaction) =>
        All.FirstOrDefault(row => row.Law == law && row.Reaction.Name == reaction.Name)?.Constant ?? throw new KeyNotFoundException($"chemistry/rates.csv has no row for '{reaction.Name}' of '{law}'");

    internal static ImmutableArray<Rate> Read(ConstantTable table) => [.. table.Rows.Select(Read)];

    private static Rate Read(ConstantRow row)
    {
        string driver = row.Text("driver"), equation = row.Text("reaction");
        Reaction reaction = Array.Find(Reactions.All, r => r.Name == equation) ?? throw row.Wrong($"chemistry/reactions.csv has no equation '{equation}'");
        if (driver is not ("" or Acid)) row.Index("driver", Aqueous.Names, $"component of chemistry/aqueous-components.csv, nor '{Acid}'");
        if (driver is not ("" or Acid) != row.Has("half")) throw row.Wrong("half belongs to a driver that is a component, and to no other");
        RateConstant constant = new(row.Number("per_second"), row.Number("celsius"), row.Number("energy"), row.Number("half", double.NaN), row.Text("source"));
        if (!(constant.PerSecond > 0) || !(constant.Energy >= 0) || constant.Half <= 0) throw row.Wrong("per_second and half are above 0, energy is not below it");
        return new Rate(row.Text("law"), reaction, driver, constant);
    }
}
