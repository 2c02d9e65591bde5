using System.Collections.Immutable;
using Crm.Plant.Ports;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;
using Xunit;

namespace Crm.Twin.Tests.Flowsheets;

/// <summary>What random flowsheets have found, kept as flowsheets of their own.</summary>
public sealed class FoundTests
{
    /// <summary>Found as seed 20261130: organic without water went onto a column, and the part that runs past the bed was lost (4e-6 kg of carbon a second).</summary>
    [Fact]
    public void Organic_without_water_passes_a_column_and_nothing_of_it_is_lost()
    {
        TwinPlant plant = Chain(("column", "resin-column", [("bed_volume", 2)], [("outlet", "there")], []));
        var driver = new Driver(Rig("column"), plant);
        driver.Set("column.feed_pump", 100);
        driver.Run(600);
        PlantTruth truth = plant.Truth();
        Conservation.Check(truth);
        Assert.True(truth.Places["column"]["C"] + truth.Places["there"]["C"] > 1, "the organic has moved");
    }

    /// <summary>Two filters that lead into each other have nowhere to hold anything: refused when the twin is put together, where it ran without end before.</summary>
    [Fact]
    public void Units_that_hold_nothing_back_may_not_stand_in_a_ring()
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => Chain(
            ("column", "resin-column", [("bed_volume", 2)], [("outlet", "filter")], []), ("filter", "filter", [("area", 0.1)], [], [("destinations", ["there", "column"])])));
        Assert.Contains("equipment column: what it passes on comes back to it through filters, columns and membranes alone; put a tank between", refused.Message, StringComparison.Ordinal);
        Assert.Contains("equipment filter: what it passes on comes back", refused.Message, StringComparison.Ordinal);
    }

    private static RigDefinition Rig(params string[] between) => TestRig.Of("chain",
        [
            ("here", "level", ""), ("there", "level", ""), .. between.Select(b => (b, "", b == "column" ? "feed_pump" : "")),
            ("scrubber", "flow", "fan!"), ("ventilation", "flow", "fan!"), ("nitrogen", "pressure", "valve!"), ("cooling_water", "flow", "pump"),
        ],
        [], [("feed", "here", "column", "column.feed_pump", 60)]);

    private static TwinPlant Chain(params (string Unit, string Model, (string, double)[] Numbers, (string, string)[] Names, (string, string[])[] Lists)[] between) => new(
        Rig([.. between.Select(b => b.Unit)]),
        new TwinDefinition("chain", "",
            [
                Equipment("here", "tank", [("volume", 60), ("organic", 20)], [], []), Equipment("there", "tank", [("volume", 60)], [], []), .. between.Select(b => Equipment(b.Unit, b.Model, b.Numbers, b.Names, b.Lists)),
                Equipment("scrubber", "scrubber", [], [], []), Equipment("ventilation", "ventilation", [], [], []), Equipment("nitrogen", "nitrogen", [], [], []), Equipment("cooling_water", "cooling-water", [], [], []),
            ],
            [], [], ImmutableSortedDictionary<string, double>.Empty), 1);

    private static EquipmentDefinition Equipment(string unit, string model, (string, double)[] numbers, (string, string)[] names, (string, string[])[] lists) => new(
        unit, model, numbers.ToImmutableSortedDictionary(n => n.Item1, n => n.Item2, StringComparer.Ordinal), names.ToImmutableSortedDictionary(n => n.Item1, n => n.Item2, StringComparer.Ordinal),
        ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, double>>.Empty, lists.ToImmutableSortedDictionary(l => l.Item1, l => l.Item2.ToImmutableArray(), StringComparer.Ordinal), 0);
}
