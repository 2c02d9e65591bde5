using System.Collections.Concurrent;
using System.Globalization;
using Crm.Chemistry.Equilibrium;
using Crm.Chemistry.Numerics;
using Xunit;

namespace Crm.Chemistry.Tests.Equilibrium;

/// <summary>Whatever is thrown together, the solver gives the one composition that satisfies every condition, or says why it cannot.</summary>
public sealed class RandomLiquorTests(ITestOutputHelper output)
{
    /// <summary>Liquors of one seed; at full size the three rows together solve more than a million.</summary>
    private const int BlockSize = 50;

    private static readonly int Blocks = Environment.GetEnvironmentVariable("CRM_DEEP") == "1" ? 6_700 : 3;

    [Theory]
    [InlineData(ActivityModel.Ideal, 25, 1)]
    [InlineData(ActivityModel.Davies, 25, 2)]
    [InlineData(ActivityModel.Davies, 80, 3)]
    public void Every_balance_closes_and_no_solid_is_oversaturated(ActivityModel activity, double celsius, int seed)
    {
        output.WriteLine($"seed {seed}, {Blocks} blocks of {BlockSize} liquors; liquor n of block b is the n-th of Random({seed} + 1000 b)");
        var system = celsius == 25 ? Liquors.Of(activity) : AqueousLibrary.System(Liquors.Basis, celsius, activity);
        var unsolved = new ConcurrentBag<string>();
        Parallel.For(0, Blocks, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, block => Solve(system, seed + 1000 * block, unsolved));
        Assert.True(unsolved.IsEmpty, $"{unsolved.Count} of {Blocks * BlockSize} unsolved: {unsolved.Order(StringComparer.Ordinal).FirstOrDefault()}");
    }

    /// <summary>Found by the run at full size: 2.3e-9 mol/kg of calcium were open by a part in a thousand, a negative amount of gypsum beside plenty of sulfate passing for rounding.</summary>
    [Fact]
    public void A_trace_beside_plenty_closes_too()
    {
        var unsolved = new ConcurrentBag<string>();
        Solve(Liquors.Of(ActivityModel.Davies), 986002, unsolved);
        Assert.Empty(unsolved);
    }

    private static void Solve(AqueousSystem system, int seed, ConcurrentBag<string> unsolved)
    {
        Random random = new(seed);
        for (int i = 0; i < BlockSize; i++)
        {
            double[] totals = Totals(random);
            try
            {
                Verify(system, totals, EquilibriumSolver.Solve(system, totals), $"seed {seed}, liquor {i}");
            }
            catch (NoSolutionException e)
            {
                unsolved.Add($"seed {seed}, liquor {i}: {e.Message} [{string.Join(", ", totals.Select(t => t.ToString("G4", CultureInfo.InvariantCulture)))}]");
            }
        }
    }

    /// <summary>Traces to 3 mol/kg of anything, protons from strong base to strong acid.</summary>
    private static double[] Totals(Random random)
    {
        double[] totals = new double[Liquors.Basis.Length];
        for (int b = 1; b < totals.Length; b++) totals[b] = Math.Pow(10, -9 + 9.5 * random.NextDouble());
        totals[0] = (random.Next(4) == 0 ? 1e-6 : 4) * (2 * random.NextDouble() - 1);
        return totals;
    }

    private static void Verify(AqueousSystem system, double[] totals, EquilibriumState state, string where)
    {
        double log = system.Activity == ActivityModel.Ideal ? 0 : Activity.DaviesLog10(state.IonicStrength);
        double ionic = 0;
        for (int s = 0; s < system.Species.Length; s++)
        {
            var species = system.Species[s];
            double activity = species.Log10K + species.Formation.Zip(state.Log10Activity, (c, a) => c * a).Sum() - log * species.Charge * species.Charge;
            Assert.True(Math.Abs(Math.Pow(10, activity) - state.Molality[s]) <= 1e-8 * state.Molality[s], $"{where}: {species.Name}");
            ionic += 0.5 * species.Charge * species.Charge * state.Molality[s];
        }
        Assert.True(Math.Abs(ionic - state.IonicStrength) <= 1e-9 * ionic, $"{where}: ionic strength");
        for (int b = 0; b < totals.Length; b++)
        {
            double sum = 0, gross = Math.Abs(totals[b]);
            for (int s = 0; s < system.Species.Length; s++) Add(system.Species[s].Formation[b] * state.Molality[s], ref sum, ref gross);
            for (int s = 0; s < system.Solids.Length; s++) Add(system.Solids[s].Formation[b] * state.Solid[s], ref sum, ref gross);
            Assert.True(Math.Abs(sum - totals[b]) <= 1e-8 * gross, $"{where}: {system.Basis[b]} is open by {sum - totals[b]:G3} of {gross:G3}");
        }
        for (int s = 0; s < system.Solids.Length; s++)
        {
            double index = system.Solids[s].Formation.Zip(state.Log10Activity, (c, a) => c * a).Sum() - system.Solids[s].Log10Ksp;
            Assert.True(state.Solid[s] >= 0 && index < 1e-8 && (state.Solid[s] == 0 || index > -1e-8), $"{where}: {system.Solids[s].Name} {state.Solid[s]:G3} mol/kg at an index of {index:G3}");
        }
    }

    private static void Add(double amount, ref double sum, ref double gross)
    {
        sum += amount;
        gross += Math.Abs(amount);
    }
}
