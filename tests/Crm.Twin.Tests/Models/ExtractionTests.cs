using Crm.Chemistry.Equilibrium;
using Crm.Twin.Models;
using Crm.Twin.Tests.Checks;
using Xunit;

namespace Crm.Twin.Tests.Models;

public sealed class ExtractionTests
{
    /// <summary>Property: metal, acid and extractant balance over every stage and over the cascade, and each stage is at its own equilibrium.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Every_stage_balances_and_is_at_equilibrium(int seed)
    {
        Random random = new(seed);
        for (int i = 0; i < 60; i++)
        {
            int stages = random.Next(1, 9);
            double[] feedX = [2000 * random.NextDouble(), 500 * random.NextDouble(), 0], feedY = [random.NextDouble(), 0, 3 * random.NextDouble()];
            var cascade = new ExtractionCascade(stages, 60, 30 + 90 * random.NextDouble(), 0.1, 0.0102, 322.4, 975.8,
            [
                new(3, 55.8, DistributionLaw.Held(0.3 * random.NextDouble())), new(3, 140, new(0.3 + random.NextDouble(), 0.05, -1.7, -0.3, null)), new(2, 40, DistributionLaw.Held(500 * random.NextDouble())),
            ]);
            var state = cascade.Solve(new([.. feedX], 0.15, [.. feedY], 0.15 + 0.1 * random.NextDouble()));
            for (int k = 0; k < stages; k++)
            {
                double h = state.Free[k], released = 0;
                Assert.Equal(state.Hydrogen[k], h + Bisulfate.Bound(h, cascade.Sulfate, cascade.Dissociation), 1e-10);
                for (int m = 0; m < 3; m++)
                {
                    double into = cascade.AqueousFlow * (k == 0 ? feedX[m] : state.Aqueous[m][k - 1]) + cascade.OrganicFlow * (k == stages - 1 ? feedY[m] : state.Organic[m][k + 1]);
                    double outOf = cascade.AqueousFlow * state.Aqueous[m][k] + cascade.OrganicFlow * state.Organic[m][k];
                    Assert.True(Math.Abs(into - outOf) <= 1e-9 * into + 1e-12, $"seed {seed}, cascade {i}, stage {k}, metal {m}: {into} in, {outOf} out");
                    double ratio = cascade.Metals[m].Law.Ratio(-Math.Log10(h), cascade.Dose(state.Extractant[k]));
                    Assert.Equal(ratio * state.Aqueous[m][k], state.Organic[m][k], 1e-8 * state.Organic[m][k] + 1e-15);
                    released += cascade.Metals[m].Charge * ((k == 0 ? feedX[m] : state.Aqueous[m][k - 1]) - state.Aqueous[m][k]) / (1000 * cascade.Metals[m].MolarMass);
                }
                Assert.Equal((k == 0 ? 0.15 : state.Hydrogen[k - 1]) + released, state.Hydrogen[k], 1e-10);
            }
        }
    }

    [Fact]
    public void Stripping_uses_acid_and_frees_extractant()
    {
        var cascade = new ExtractionCascade(2, 10, 10, 1, 0.01, 322, 975, [new(3, 144, DistributionLaw.Held(0.01))]);
        var state = cascade.Solve(new([0], 1.5, [5000], 0.1));
        Assert.True(state.Hydrogen[^1] < 1.5 && state.Extractant[0] > 0.1 && state.Organic[0][0] < 10);
    }

    /// <summary>A cascade of constant D is Kremser's.</summary>
    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(4, 2.0)]
    [InlineData(6, 1.0)]
    public void Constant_distribution_is_Kremser(int stages, double factor)
    {
        var state = new ExtractionCascade(stages, 1, 1, 0.1, 0.01, 322, 975, [new(1e-9, 50, DistributionLaw.Held(factor))]).Solve(new([100], 0.1, [0], 0.1));
        Assert.Equal(100 * ExtractionIsotherm.Raffinate(factor, stages), state.Aqueous[0][^1], 1e-9);
    }

    [Theory]
    [InlineData(0.9, 1)]
    [InlineData(1.0, 5)]
    [InlineData(1.0000001, 5)]
    [InlineData(60, 12)]
    public void Raffinate_is_the_geometric_sum_without_a_gap_at_one(double factor, int stages)
    {
        double expected = Math.Abs(factor - 1) < 1e-6 ? 1.0 / (stages + 1) : (factor - 1) / (Math.Pow(factor, stages + 1) - 1);
        Assert.Equal(expected, ExtractionIsotherm.Raffinate(factor, stages), 1e-6 * expected);
    }

    [Fact]
    public void An_isotherm_that_reaches_a_hundred_percent_has_a_finite_ratio() =>
        Assert.Equal(Math.Exp(30), new ExtractionIsotherm(2, 5, 100).DistributionRatio(8), 1e-6 * Math.Exp(30));

    /// <summary>Property: the contact's mass action and balances, from traces to overload.</summary>
    [Theory]
    [InlineData(3)]
    public void A_contact_satisfies_mass_action(int seed)
    {
        Random random = new(seed);
        for (int i = 0; i < 500; i++)
        {
            double z = random.Next(1, 5), n = 0.5 * random.Next(1, 9), log = 12 * random.NextDouble() - 8, phi = Math.Pow(10, 2 * random.NextDouble() - 1);
            double e = Math.Pow(10, 3 * random.NextDouble() - 2.5), h0 = random.Next(5) == 0 ? 0 : Math.Pow(10, 4 * random.NextDouble() - 4), m0 = Math.Pow(10, 5 * random.NextDouble() - 5);
            double d = new CationExchange(z, n, log, phi).DistributionRatio(e, h0, m0);
            double organic = m0 * d / (1 + phi * d), metal = m0 / (1 + phi * d), dimer = e / 2 - n * organic, acid = h0 + z * phi * organic;
            double ratio = Math.Pow(10, log) * Math.Pow(dimer, n) / Math.Pow(acid, z);
            double lost = e / 2 / Math.Max(dimer, 1e-300) * 1e-14 * n * 10 + 1e-9;      // dimer is a difference here
            Assert.True(metal > 0 && (lost > 1e-3 || Math.Abs(ratio / d - 1) < lost), $"seed {seed}, contact {i}: D {d}, mass action {ratio}");
        }
    }

    [Theory]
    [InlineData("0", "0.1", 0)]
    [InlineData("1", "0", 0)]
    public void An_empty_contact_has_its_limit(string extractant, string metal, int zero)
    {
        double d = RunCase.Numbers("sx-batch-cation-exchange",
            $$"""{"metal_charge":3,"dimers_per_metal":3,"log10_kex":-2,"oa_ratio":1,"extractant_monomer_mol_per_l":[{{extractant}}],"initial_h_mol_per_l":[0.1],"initial_metal_mol_per_l":[{{metal}}]}""",
            "distribution_ratio", 1)[0];
        Assert.Equal(extractant == "0" ? zero : 0.01 * 0.125 / 0.001, d, 1e-12);
    }

    [Fact]
    public void A_weir_without_flow_has_no_crest() => Assert.Equal(0, new SettlerWeir(0.5, 0.5, 0.6).Crest(0));

    [Fact]
    public void Crest_grows_with_the_two_thirds_power() =>
        Assert.Equal(4, new SettlerWeir(0.5, 0.5, 0.6).Crest(8e-5) / new SettlerWeir(0.5, 0.5, 0.6).Crest(1e-5), 1e-12);
}
