using System.Collections.Immutable;
using Crm.Chemistry.Equilibrium;
using Crm.Chemistry.Numerics;
using Crm.Twin.Models;
using Xunit;

namespace Crm.Twin.Tests.Models;

public sealed class LeachTankTests
{
    private static LeachTank Random(Random random)
    {
        int count = random.Next(1, 7);
        ImmutableArray<LeachMineral> minerals = [.. Enumerable.Range(0, count).Select(_ => new LeachMineral(
            random.NextDouble() * 0.8 / count, 40 + 300 * random.NextDouble(), Math.Pow(10, 4 * random.NextDouble() - 3), 1.5 * random.NextDouble(), random.Next(1, 7)))];
        return new LeachTank(minerals, 1 + 500 * random.NextDouble(), 30 * random.NextDouble(), 500 * random.NextDouble(), 2 + 2 * random.NextDouble(), 0.02 + random.NextDouble(), 0.01);
    }

    /// <summary>Property: the answer satisfies every equation as it is written in docs/physics.md, tank after tank.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(77)]
    public void Every_equation_of_every_tank_is_satisfied(int seed)
    {
        Random random = new(seed);
        for (int i = 0; i < 15; i++)
        {
            var tank = Random(random);
            ImmutableArray<LeachState> states;
            try
            {
                states = tank.Train(3, 2 * tank.Sulfate);
            }
            catch (NoSolutionException e)
            {
                Assert.Fail($"seed {seed}, tank {i}: {e.Message}");
                return;
            }
            var before = new LeachState([.. tank.Minerals.Select(_ => 0.0)], 2 * tank.Sulfate, 0);
            foreach (var state in states)
            {
                Verify(tank, before, state, $"seed {seed}, tank {i}");
                before = state;
            }
        }
    }

    private static void Verify(LeachTank tank, LeachState before, LeachState after, string where)
    {
        double solids = tank.SolidFlow, used = 0;
        for (int j = 0; j < tank.Minerals.Length; j++) solids -= tank.SolidFlow * tank.Minerals[j].MassFraction * after.Conversion[j];
        double pulp = solids / (solids / tank.SolidDensity + tank.LiquidFlow);
        for (int j = 0; j < tank.Minerals.Length; j++)
        {
            var m = tank.Minerals[j];
            double n = 1000 * tank.SolidFlow * m.MassFraction / m.MolarMass, gained = n * (after.Conversion[j] - before.Conversion[j]);
            double drive = tank.Volume * pulp * m.RateConstant * Math.Pow(after.Free, m.AcidOrder), rate = drive * Math.Pow(Math.Max(0, 1 - after.Conversion[j]), 2.0 / 3);
            Assert.True(Math.Abs(rate - gained) <= 1e-7 * rate + 1e-12 * n + 1e-10 * drive, $"{where}: mineral {j} dissolves {gained} mol/h at a rate of {rate}");
            Assert.InRange(after.Conversion[j], before.Conversion[j], 1);
            used += m.AcidPerMol * gained / tank.LiquidFlow;
        }
        Assert.Equal(before.Hydrogen - used, after.Hydrogen, 1e-9 * before.Hydrogen);
        Assert.Equal(after.Hydrogen, after.Free + Bisulfate.Bound(after.Free, tank.Sulfate, tank.Dissociation), 1e-8 * before.Hydrogen);
    }

    private static readonly LeachTank One = new([new(0.1, 100, 5, 0.5, 2)], 100, 10, 100, 2.5, 0.1, 0.01);

    [Fact]
    public void More_tanks_of_the_same_total_volume_dissolve_more() => Assert.True(
        (One with { Volume = 25 }).Train(4, 0.2)[^1].Conversion[0] > One.Train(1, 0.2)[^1].Conversion[0]);

    [Fact]
    public void Conversion_rises_with_volume_and_acid()
    {
        double last = 0;
        foreach (double volume in (double[])[0, 1, 10, 100, 1e4, 1e8])
        {
            double now = (One with { Volume = volume }).Train(1, 0.2)[0].Conversion[0];
            Assert.True(now >= last);
            last = now;
        }
        Assert.Equal(1, last, 1e-3);
        Assert.True((One with { Sulfate = 0.2 }).Train(1, 0.4)[0].Conversion[0] > One.Train(1, 0.2)[0].Conversion[0]);
    }

    [Fact]
    public void Without_solids_the_acid_leaves_as_it_came()
    {
        var state = (One with { SolidFlow = 0 }).Train(1, 0.2)[0];
        Assert.Equal(0.2, state.Hydrogen, 1e-15);
        Assert.InRange(state.Conversion[0], 0.1, 1);
    }

    [Fact]
    public void Lime_that_outweighs_the_acid_leaves_almost_none() =>
        Assert.True(new LeachTank([new(0.9, 56, 500, 0.5, 2)], 10, 100, 1000, 3, 0.01, 0.01).Train(1, 0.02)[0].Ph > 4);
}
