using System.Collections.Immutable;

namespace Crm.Chemistry.Equilibrium;

/// <summary>A dissolved species made from basis species: activity = 10^Log10K times the product of basis activities to their coefficients.</summary>
/// <param name="Formation">Coefficient of each basis species, in the order of the system's basis.</param>
public sealed record FormedSpecies(string Name, ImmutableArray<double> Formation, double Log10K, double Charge);

/// <summary>A pure solid: saturated when the sum of coefficient times log10 activity equals <paramref name="Log10Ksp"/>.</summary>
/// <param name="Formation">As for <see cref="FormedSpecies"/>.</param>
public sealed record PureSolid(string Name, ImmutableArray<double> Formation, double Log10Ksp);

/// <summary>
/// What can exist in a liquor and the constants that link it. Water has unit activity, so that OH- is H2O - H+ and always there;
/// per kg of the water present at the start.
/// </summary>
public sealed class AqueousSystem
{
    public const string HydroxideName = "OH-", ProtonName = "H+";

    /// <param name="basis">Names; one of them is H+.</param>
    public AqueousSystem(
        ImmutableArray<string> basis, ImmutableArray<double> charges, ImmutableArray<FormedSpecies> formed, ImmutableArray<PureSolid> solids, double log10Kw, ActivityModel activity)
    {
        Basis = basis;
        Proton = basis.IndexOf(ProtonName);
        if (Proton < 0) throw new ArgumentException("the basis must contain H+", nameof(basis));
        Solids = solids;
        Activity = activity;
        var species = ImmutableArray.CreateBuilder<FormedSpecies>();
        for (int b = 0; b < basis.Length; b++) species.Add(new FormedSpecies(basis[b], Unit(b, 1), 0, charges[b]));
        species.Add(new FormedSpecies(HydroxideName, Unit(Proton, -1), log10Kw, -1));
        species.AddRange(formed);
        Species = species.ToImmutable();
    }

    public ImmutableArray<string> Basis { get; }

    /// <summary>Position of H+ in the basis.</summary>
    public int Proton { get; }

    /// <summary>The basis species in their order, OH-, then the formed ones.</summary>
    public ImmutableArray<FormedSpecies> Species { get; }

    public ImmutableArray<PureSolid> Solids { get; }

    public ActivityModel Activity { get; }

    private ImmutableArray<double> Unit(int at, double value)
    {
        double[] row = new double[Basis.Length];
        row[at] = value;
        return [.. row];
    }
}

/// <summary>A liquor at equilibrium; per kg of water.</summary>
/// <param name="Log10Activity">Of the basis species.</param>
/// <param name="Molality">Of every species, in the system's order.</param>
/// <param name="Solid">mol/kg of every listed solid; exactly 0 when absent.</param>
/// <param name="Dissolved">Total of each basis species without the solids.</param>
public sealed record EquilibriumState(
    ImmutableArray<double> Log10Activity, ImmutableArray<double> Molality, ImmutableArray<double> Solid, ImmutableArray<double> Dissolved, double IonicStrength, double Ph)
{
    public double WaterActivity => Equilibrium.Activity.OfWater(Molality.Sum());
}
