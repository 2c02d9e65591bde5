using System.Collections.Immutable;
using Crm.Chemistry.Properties;

namespace Crm.Chemistry.Crystallisation;

/// <summary>How fast the crystals of one salt are born, grow and dissolve: a row of <c>chemistry/crystal-kinetics.csv</c>, SI.</summary>
/// <param name="Slot">Place of the salt among <see cref="All"/> and in <see cref="Mixture.Crystals"/>.</param>
/// <param name="Growth">m/s of the size at sigma 1 and <paramref name="At"/> degC.</param>
/// <param name="Energy">J/mol, of growth.</param>
/// <param name="Dissolution">m/s at sigma -1 and <paramref name="At"/> degC; linear, limited by diffusion.</param>
/// <param name="Primary">1/(kg water s) at sigma 1, above the metastable limit only.</param>
/// <param name="Secondary">1/(kg water s) at sigma 1 with 1 kg of crystals per kg of water, at <see cref="UsualSpeed"/>.</param>
/// <param name="Usual">m, Sauter mean size taken where none is known.</param>
/// <param name="Inclusion">m/s, growth at which 1 % of the crystal is shut-in liquor.</param>
public sealed record CrystalKinetics(
    int Slot, int Solid, double At, double Growth, double Order, double Energy, double Dissolution, double Primary, double PrimaryOrder, double Secondary, double SecondaryOrder, double Usual,
    double Inclusion)
{
    /// <summary>rpm at which <see cref="Secondary"/> holds.</summary>
    public const double UsualSpeed = 200;

    private static readonly double SpeedOrder = LawConstants.Of("crystals", "speed order"), DiffusionEnergy = LawConstants.Of("crystals", "diffusion energy");

    public static readonly ImmutableArray<CrystalKinetics> All = Load();

    private static readonly CrystalKinetics?[] BySolid = [.. Enumerable.Range(0, Chemistry.Solid.Count).Select(s => All.FirstOrDefault(k => k.Solid == s))];

    /// <summary>Null for what is no crystal product: it relaxes to its solubility.</summary>
    public static CrystalKinetics? Of(int solid) => BySolid[solid];

    /// <summary>m/s.</summary>
    public double GrowthAt(double celsius, double sigma) =>
        sigma <= 0 ? 0 : Growth * Arrhenius.Ratio(Energy, At, celsius) * Driven(sigma);

    /// <summary>Sigma to the order of growth.</summary>
    internal double Driven(double sigma) => Order == 1 ? sigma : Order == 2 ? sigma * sigma : Math.Pow(sigma, Order);

    /// <summary>m/s at sigma -1.</summary>
    public double DissolutionAt(double celsius) => Dissolution * Arrhenius.Ratio(DiffusionEnergy, At, celsius);

    /// <summary>1/(kg water s).</summary>
    /// <param name="limit">Sigma below which no first crystal forms.</param>
    /// <param name="slurry">kg of crystals per kg of water.</param>
    /// <param name="speed">Agitator speed over <see cref="UsualSpeed"/>.</param>
    public double NucleationAt(double sigma, double limit, double slurry, double speed) =>
        (sigma > limit ? Primary * Math.Pow(sigma, PrimaryOrder) : 0)
        + (slurry > 0 && speed > 0 && sigma > 0 ? Secondary * slurry * Math.Pow(sigma, SecondaryOrder) * Math.Pow(speed, SpeedOrder) : 0);

    private static ImmutableArray<CrystalKinetics> Load()
    {
        ConstantTable table = ConstantTable.Read("crystal-kinetics.csv");
        return [.. table.Rows.Select((row, slot) => new CrystalKinetics(
            slot, row.Index("salt", Chemistry.Solid.Names, "solid of chemistry/solids.csv"), row.Number("at"), row.Number("growth"), row.Number("order"), 1e3 * row.Number("energy"),
            row.Number("dissolution"), row.Number("primary"), row.Number("primary_order"), row.Number("secondary"), row.Number("secondary_order"),
            1e-6 * row.Number("usual"), row.Number("inclusion")))];
    }
}
