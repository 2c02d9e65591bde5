using System.Collections.Immutable;
using Crm.Plant.Twins;
using Crm.Twin.Uncertainty;
using Xunit;

namespace Crm.Twin.Tests.Uncertainty;

/// <summary>How members are drawn, and what is said of them.</summary>
public sealed class UncertaintyTests
{
    private const int Seed = 5;

    private static UncertainParameter Parameter(SpreadKind kind, double size, double lowest = 0, double highest = double.PositiveInfinity) => new("p", ["a.b"], kind, size, "test", lowest, highest);

    [Theory]
    [InlineData(SpreadKind.Factor, 2, 0.5, 1)]
    [InlineData(SpreadKind.Factor, 2, 0.841344746, 2)]
    [InlineData(SpreadKind.Factor, 2, 0.158655254, 0.5)]
    [InlineData(SpreadKind.Factor, 2, 1, 8)]
    [InlineData(SpreadKind.Relative, 0.1, 0.841344746, 1.1)]
    [InlineData(SpreadKind.Relative, 0.1, 0, 0.7)]
    [InlineData(SpreadKind.Relative, 0.5, 0, 0.01)]
    public void One_standard_deviation_is_what_the_file_says(SpreadKind kind, double size, double probability, double multiplier) =>
        Assert.Equal(multiplier, LatinHypercube.Multiplier(Parameter(kind, size), probability), 1e-6);

    [Fact]
    public void A_multiplier_stays_within_the_range_of_its_numbers() =>
        Assert.Equal((0.8, 1.2), (LatinHypercube.Multiplier(Parameter(SpreadKind.Factor, 5, 0.8, 1.2), 0.01), LatinHypercube.Multiplier(Parameter(SpreadKind.Factor, 5, 0.8, 1.2), 0.99)));

    [Fact]
    public void Every_stratum_of_every_parameter_is_used_once_and_the_seed_repeats_it()
    {
        ImmutableArray<UncertainParameter> parameters = [Parameter(SpreadKind.Factor, 2), Parameter(SpreadKind.Relative, 0.1)];
        var drawn = LatinHypercube.Draw(parameters, 40, Seed);
        for (int p = 0; p < parameters.Length; p++)
        {
            double[] sorted = [.. drawn.Select(m => m[p]).Order()];
            for (int i = 0; i < 40; i++)
                Assert.InRange(sorted[i], LatinHypercube.Multiplier(parameters[p], i / 40.0), LatinHypercube.Multiplier(parameters[p], (i + 1) / 40.0));
        }

        Assert.Equal(drawn.SelectMany(m => m), LatinHypercube.Draw(parameters, 40, Seed).SelectMany(m => m));
        Assert.NotEqual(drawn.SelectMany(m => m), LatinHypercube.Draw(parameters, 40, Seed + 1).SelectMany(m => m));
    }

    [Fact]
    public void Drivers_tell_what_moves_a_figure_and_how_much()
    {
        var drawn = LatinHypercube.Draw([.. Enumerable.Repeat(Parameter(SpreadKind.Relative, 0.1), 4)], 60, Seed);
        var noise = new Random(Seed);
        double[] figure = [.. drawn.Select(m => 4 * m[0] - 2 * Math.Exp(m[1]) / Math.E + 0.02 * m[2] + 0.05 * (noise.NextDouble() - 0.5))];
        double[] strengths = Drivers.Of([.. Enumerable.Range(0, 4).Select(p => drawn.Select(m => m[p]).ToArray())], figure);
        Assert.InRange(strengths[0], 0.8, 0.95);
        Assert.InRange(strengths[1], -0.55, -0.35);
        Assert.Equal([0, 0], strengths[2..]);
        Assert.InRange(strengths.Sum(s => s * s), 0.9, 1.1);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(3)]
    public void Too_few_members_name_no_driver(int members)
    {
        var drawn = LatinHypercube.Draw([.. Enumerable.Repeat(Parameter(SpreadKind.Relative, 0.1), 4)], members, Seed);
        Assert.Equal([0, 0, 0, 0], Drivers.Of([.. Enumerable.Range(0, 4).Select(p => drawn.Select(m => m[p]).ToArray())], [.. drawn.Select(m => m[0])]));
    }

    [Fact]
    public void A_figure_or_a_parameter_that_does_not_move_names_no_driver()
    {
        double[] moving = [1, 2, 3, 4, 5, 6], still = [1, 1, 1, 1, 1, 1];
        Assert.Equal([0], Drivers.Of([moving], still));
        Assert.Equal([0, 1], Drivers.Of([still, moving], moving).Select(s => Math.Round(s, 3)));
    }

    [Fact]
    public void An_interval_holds_nine_of_ten()
    {
        Interval interval = Interval.Of([.. Enumerable.Range(0, 101).Select(i => (double)i)]);
        Assert.Equal((5.0, 50.0, 95.0), (interval.Low, interval.Median, interval.High));
        Assert.True(double.IsNaN(Interval.Of([]).Median));
    }

    /// <summary>Wilson 1927; values by the formula worked by hand.</summary>
    [Theory]
    [InlineData(15, 16, 0.7167, 0.9889)]
    [InlineData(0, 10, 0, 0.2775)]
    [InlineData(10, 10, 0.7225, 1)]
    [InlineData(0, 0, 0, 1)]
    public void A_share_of_few_members_is_an_interval(int hits, int of, double low, double high)
    {
        (double from, double to) = Shares.Wilson(hits, of);
        Assert.Equal((low, high), (Math.Round(from, 4), Math.Round(to, 4)));
    }
}
