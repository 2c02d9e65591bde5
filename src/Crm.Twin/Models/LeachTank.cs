using System.Collections.Immutable;
using Crm.Chemistry.Equilibrium;
using Crm.Chemistry.Numerics;

namespace Crm.Twin.Models;

/// <summary>A mineral of the fresh feed and how it dissolves.</summary>
/// <param name="MassFraction">kg per kg of fresh solids.</param>
/// <param name="MolarMass">g/mol.</param>
/// <param name="RateConstant">mol per kg of solids and hour at [H] = 1 mol/L.</param>
/// <param name="AcidOrder">Order in the free hydrogen ion.</param>
/// <param name="AcidPerMol">mol H+ used per mol of mineral.</param>
public sealed record LeachMineral(double MassFraction, double MolarMass, double RateConstant, double AcidOrder, double AcidPerMol)
{
    /// <summary>mol per kg of fresh solids.</summary>
    public double PerKilogram => 1000 * MassFraction / MolarMass;
}

/// <summary>What leaves a tank.</summary>
/// <param name="Conversion">Of each mineral, cumulative on the fresh feed.</param>
/// <param name="Hydrogen">Total hydrogen, H+ and HSO4-, mol/L.</param>
/// <param name="Free">Free hydrogen ion, mol/L.</param>
public sealed record LeachState(ImmutableArray<double> Conversion, double Hydrogen, double Free)
{
    public double Ph => -Math.Log10(Free);
}

/// <summary>
/// Continuous stirred leach tank at steady state: shrinking-core type dissolution and an acid balance (prommis/prommis
/// src/prommis/leaching/leach_reactions.py). Liquid volume flow unchanged; ideal concentrations.
/// </summary>
/// <param name="LiquidFlow">L/h.</param>
/// <param name="SolidFlow">kg/h of fresh solids.</param>
/// <param name="Volume">L of slurry.</param>
/// <param name="SolidDensity">kg/L.</param>
/// <param name="Sulfate">Total sulfate, mol/L.</param>
/// <param name="Dissociation">Of HSO4-, mol/L.</param>
public sealed record LeachTank(
    ImmutableArray<LeachMineral> Minerals, double LiquidFlow, double SolidFlow, double Volume, double SolidDensity, double Sulfate, double Dissociation)
{
    private const double LowestLog10 = -300;

    /// <summary>What the tank makes of a slurry, solved for log10 of the free hydrogen ion: one unknown closes the acid balance.</summary>
    /// <exception cref="NoSolutionException">The acid does not last.</exception>
    public LeachState Solve(LeachState inlet)
    {
        if (!(inlet.Hydrogen > 0)) throw new NoSolutionException("the leach liquor carries no acid");
        double root = Bracket.Root(
            log => Balance(Math.Pow(10, log), inlet), LowestLog10, Math.Log10(inlet.Hydrogen) + 1e-12, "acid balance of the leach tank");
        double free = Math.Pow(10, root);
        var conversion = Conversions(free, inlet.Conversion);
        return new LeachState(conversion, inlet.Hydrogen - Used(conversion, inlet.Conversion), free);
    }

    /// <summary>A train of equal tanks, slurry passing on; the state leaving each.</summary>
    public ImmutableArray<LeachState> Train(int tanks, double hydrogen)
    {
        var states = ImmutableArray.CreateBuilder<LeachState>();
        var state = new LeachState([.. Minerals.Select(_ => 0.0)], hydrogen, double.NaN);
        for (int k = 0; k < tanks; k++)
        {
            state = Solve(state);
            states.Add(state);
        }
        return states.ToImmutable();
    }

    /// <summary>Hydrogen that is there minus hydrogen that came, mol/L; rises with the free ion.</summary>
    private double Balance(double free, LeachState inlet) =>
        free + Bisulfate.Bound(free, Sulfate, Dissociation) + Used(Conversions(free, inlet.Conversion), inlet.Conversion) - inlet.Hydrogen;

    private double Used(ImmutableArray<double> conversion, ImmutableArray<double> before)
    {
        double sum = 0;
        for (int j = 0; j < Minerals.Length; j++) sum += Minerals[j].AcidPerMol * Minerals[j].PerKilogram * (conversion[j] - before[j]);
        return SolidFlow / LiquidFlow * sum;
    }

    /// <summary>Conversions at a free hydrogen ion; the share of solids left sets the pulp density that drives them.</summary>
    private ImmutableArray<double> Conversions(double free, ImmutableArray<double> before)
    {
        double least = 1 - Minerals.Sum(m => m.MassFraction);
        double left = Bracket.Root(share => share - Left(At(free, share, before)), Math.Min(least, 0), 1, "solids left in the leach tank");
        return At(free, left, before);
    }

    private double Left(ImmutableArray<double> conversion)
    {
        double left = 1;
        for (int j = 0; j < Minerals.Length; j++) left -= Minerals[j].MassFraction * conversion[j];
        return left;
    }

    private ImmutableArray<double> At(double free, double left, ImmutableArray<double> before)
    {
        double pulp = left / (left * SolidFlow / SolidDensity + LiquidFlow);     // kg/L per kg/h of fresh solids
        var conversion = ImmutableArray.CreateBuilder<double>(Minerals.Length);
        for (int j = 0; j < Minerals.Length; j++)
        {
            double drive = Volume * pulp * Minerals[j].RateConstant * Math.Pow(free, Minerals[j].AcidOrder);
            conversion.Add(Converted(Minerals[j].PerKilogram, Math.Max(0, drive), before[j]));
        }
        return conversion.MoveToImmutable();
    }

    /// <summary>
    /// X in n (X - before) = drive (1 - X)^(2/3). With u = (1 - X)^(1/3) that is n u3 + drive u2 = n (1 - before): convex and rising, so that
    /// Newton from above cannot miss.
    /// </summary>
    private static double Converted(double n, double drive, double before)
    {
        if (drive <= 0) return before;
        double start = 1 - before, u = Math.Cbrt(start);
        for (int i = 0; i < 200; i++)
        {
            double value = (n * u + drive) * u * u - n * start, slope = (3 * n * u + 2 * drive) * u;
            double next = slope > 0 ? Math.Max(0, u - value / slope) : 0;
            if (!(Math.Abs(next - u) > 1e-16 * u)) break;
            u = next;
        }
        return drive < 1e-6 * n ? before + drive * u * u / n : 1 - u * u * u;
    }
}
