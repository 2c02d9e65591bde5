using System.Collections.Immutable;
using Crm.Plant.Twins;
using Xunit;

namespace Crm.Plant.Tests.Twins;

/// <summary>Numbers of a twin by address, and what a multiplier does to them.</summary>
public sealed class TwinParameterTests
{
    private static ImmutableSortedDictionary<string, double> Numbers(params (string, double)[] pairs) => pairs.ToImmutableSortedDictionary(p => p.Item1, p => p.Item2, StringComparer.Ordinal);

    private static readonly TwinDefinition twin = new(
        "bench", "",
        [new EquipmentDefinition("leach", "stirred-vessel", Numbers(("jacket_ua", 200), ("reaction_rate", 1)), ImmutableSortedDictionary<string, string>.Empty,
            ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, double>>.Empty, ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty, 1)],
        [new MaterialDefinition("ore", Numbers(("CaO", 0.1), ("GeO2(bound)", 0.2), ("SiO2", 0.7)), "test")],
        [], ImmutableSortedDictionary<string, double>.Empty);

    [Theory]
    [InlineData("leach.jacket_ua", 200.0)]
    [InlineData("ore.GeO2(bound)", 0.2)]
    [InlineData("leach.heater_power", null)]
    [InlineData("ore", null)]
    [InlineData("ore.", null)]
    public void A_number_has_an_address_when_the_file_writes_it(string address, double? value) => Assert.Equal(value, TwinParameter.Value(twin, address));

    [Theory]
    [InlineData(0.05, 0.05, 0.2, 0.7)]
    [InlineData(0.4, 0.4, 2.0 / 15, 7.0 / 15)]
    [InlineData(1.5, 1.0, 0, 0)]
    public void A_richer_mineral_pushes_the_others_aside_and_the_sum_stays(double asked, double calcium, double germanium, double silica)
    {
        MaterialDefinition ore = TwinParameter.With(twin, "ore.CaO", asked).Materials[0];
        Assert.Equal([calcium, germanium, silica], [.. new[] { "CaO", "GeO2(bound)", "SiO2" }.Select(m => Math.Round(ore.Minerals[m], 12))], (a, b) => Math.Abs(a - b) < 1e-11);
        Assert.True(ore.Minerals.Values.Sum() <= 1 + 1e-12);
    }

    [Theory]
    [InlineData(0.5, 100, 0.5)]
    [InlineData(2, 300, 1.5)]
    [InlineData(0.01, 20, 0.1)]
    public void A_multiplier_moves_all_its_numbers_together_within_their_ranges(double multiplier, double jacket, double rate)
    {
        UncertainParameter parameter = new("slow", ["leach.jacket_ua", "leach.reaction_rate"], SpreadKind.Factor, 2, "test", 0.1, 1.5);
        TwinDefinition drawn = parameter.Apply(twin, multiplier);
        Assert.Equal(jacket, TwinParameter.Value(drawn, "leach.jacket_ua")!.Value, 1e-9);
        Assert.Equal(rate, TwinParameter.Value(drawn, "leach.reaction_rate")!.Value, 1e-9);
        Assert.Equal(200, TwinParameter.Value(twin, "leach.jacket_ua"));
    }

    [Fact]
    public void An_unknown_address_is_refused() => Assert.Throws<ArgumentException>(() => TwinParameter.With(twin, "leach.colour", 1));
}
