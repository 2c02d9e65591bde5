using System.Collections.Immutable;
using Crm.Plant.Ports;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;
using Crm.Twin.Models;
using Xunit;

namespace Crm.Twin.Tests.Equipment;

/// <summary>Nanofiltration in a plant of its own: lithium through, magnesium and sulfate back.</summary>
public sealed class NanofiltrationTests
{
    private static readonly RigDefinition Rig = TestRig.Of(
        "softening",
        [
            ("feed_tank", "level conductivity", ""), ("permeate_tank", "level conductivity", ""), ("concentrate_tank", "level conductivity", ""),
            ("nf", "feed_flow permeate_flow permeate_conductivity pressure concentrate_flow", "feed_pump"),
            ("scrubber", "flow", "fan!"), ("ventilation", "flow", "fan!"), ("nitrogen", "pressure", "valve!"), ("cooling_water", "flow", "pump"),
        ],
        [], [("feed", "feed_tank", "nf", "nf.feed_pump", 60)], u => u == "nf" ? "reverse-osmosis" : "test");

    private static EquipmentDefinition Equipment(string unit, string model, (string, double)[] numbers, params (string, string)[] names) => new(
        unit, model, numbers.ToImmutableSortedDictionary(n => n.Item1, n => n.Item2, StringComparer.Ordinal), names.ToImmutableSortedDictionary(n => n.Item1, n => n.Item2, StringComparer.Ordinal),
        ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, double>>.Empty, ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty, 0);

    private static TwinDefinition Twin(string model, string species = "SO4-2")
    {
        EquipmentDefinition membrane = Equipment("nf", model, [("area", 4), ("recovery", 0.6), ("pressure", 15)], ("permeate", "permeate_tank"), ("concentrate", "concentrate_tank"));
        if (model == "nanofiltration")
            membrane = membrane with { Maps = ImmutableSortedDictionary.CreateRange([KeyValuePair.Create("passage", ImmutableSortedDictionary.CreateRange([KeyValuePair.Create(species, 0.03)]))]) };
        return new TwinDefinition("softening", "",
        [
            Equipment("feed_tank", "tank", [("volume", 100)]), Equipment("permeate_tank", "tank", [("volume", 100)]), Equipment("concentrate_tank", "tank", [("volume", 100)]), membrane,
            Equipment("scrubber", "scrubber", []), Equipment("ventilation", "ventilation", []), Equipment("nitrogen", "nitrogen", []), Equipment("cooling_water", "cooling-water", []),
        ],
        [new MaterialDefinition("brine", ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create("LiOH", 0.0024), KeyValuePair.Create("HCl", 0.00365), KeyValuePair.Create("MgSO4", 0.006), KeyValuePair.Create("H2O", 0.98795)]), "test")],
        [], ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal));
    }

    private static TwinPlant Run(TwinDefinition twin, string? fault = null)
    {
        TwinPlant plant = new(Rig, twin, 1);
        if (fault is not null) plant.Inject(new PlantFault(fault, TimeSpan.Zero));
        plant.Hands.Charge("feed_tank", "brine", 20);
        Driver driver = new(Rig, plant);
        driver.Set("nf.feed_pump", 100);
        driver.Run(1400);
        driver.Set("nf.feed_pump", 0);
        driver.Run(20);
        Conservation.Check(plant.Truth());
        return plant;
    }

    /// <summary>Share of what was fed that is in the permeate.</summary>
    private static double Passed(TwinPlant plant, string element)
    {
        double permeate = plant.Dissolved("permeate_tank", element), rest = plant.Dissolved("concentrate_tank", element);
        return permeate / (permeate + rest);
    }

    /// <summary>At 60 % recovery an ion of passage s leaves 1 - 0.4^s in the permeate. Lithium chloride passes, magnesium sulfate does not; chloride beside sulfate more than lithium.</summary>
    [Fact]
    public void Lithium_passes_and_magnesium_and_sulfate_stay()
    {
        TwinPlant plant = Run(Twin("nanofiltration"));
        Assert.InRange(Passed(plant, "Li"), 0.4, 0.62);
        Assert.InRange(Passed(plant, "Cl"), 0.5, 0.7);
        Assert.InRange(Passed(plant, "Mg"), 0.02, 0.15);
        Assert.InRange(Passed(plant, "S"), 0.01, 0.08);
        TwinPlant dense = Run(Twin("reverse-osmosis"));
        Assert.True(Passed(dense, "Li") < 0.2 * Passed(plant, "Li"), "reverse osmosis keeps lithium back");
    }

    [Fact]
    public void A_torn_membrane_lets_everything_through()
    {
        TwinPlant sound = Run(Twin("nanofiltration")), torn = Run(Twin("nanofiltration"), "nf:torn=0.2");
        Assert.True(Passed(torn, "Mg") > Passed(sound, "Mg") + 0.1);
    }

    [Fact]
    public void A_species_that_no_liquor_has_is_refused() =>
        Assert.Contains("no dissolved species 'SO4'", Assert.Throws<ArgumentException>(() => new TwinPlant(Rig, Twin("nanofiltration", "SO4"), 1)).Message, StringComparison.Ordinal);

    /// <summary>Property: whatever the liquor and the membrane, no more leaves than there is and the permeate is neutral.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(20261121)]
    public void The_permeate_is_neutral(int seed)
    {
        Random random = new(seed);
        for (int n = 0; n < 300; n++)
        {
            int ions = random.Next(2, 7);
            double[] charge = [1, -1, .. Enumerable.Range(2, ions).Select(_ => (double)random.Next(-3, 4))], passage = [.. charge.Select(_ => Math.Pow(10, -3 * random.NextDouble()))];
            double[] mol = [.. charge.Select(_ => Math.Pow(10, -6 * random.NextDouble()))];
            double rest = charge.Zip(mol, (z, c) => z * c).Sum();
            mol[rest > 0 ? 1 : 0] += Math.Abs(rest);
            double taken = 0.001 + 0.97 * random.NextDouble();
            double[] share = new Nanofiltration(charge, passage).Permeated(mol, taken);
            double permeate = charge.Select((z, i) => z * mol[i] * share[i]).Sum(), size = charge.Select((z, i) => Math.Abs(z) * mol[i] * share[i]).Sum();
            Assert.True(Math.Abs(permeate) <= 1e-9 * size, $"seed {seed}, liquor {n}: charge {permeate} of {size}");
            Assert.All(share, s => Assert.InRange(s, 0, 1));
        }
    }
}
