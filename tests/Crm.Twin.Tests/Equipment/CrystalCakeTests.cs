using System.Collections.Immutable;
using Crm.Chemistry;
using Crm.Chemistry.Crystallisation;
using Crm.Plant.Ports;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;
using Crm.Twin.Equipment;
using Xunit;

namespace Crm.Twin.Tests.Equipment;

/// <summary>What follows from the size of crystals: in the cake, on the wall, at the probe.</summary>
public sealed class CrystalCakeTests(ITestOutputHelper output)
{
    private static readonly CrystalKinetics Carbonate = CrystalKinetics.Of(Solid.Li2CO3)!;

    private static Mixture Slurry(double size)
    {
        Mixture m = new() { Temperature = 90 };
        m.Aq[Aqueous.H2O] = 10 / Aqueous.Mass[Aqueous.H2O];
        m.Aq[Aqueous.Na] = 15;
        m.Aq[Aqueous.SO4] = 7;
        m.Aq[Aqueous.Li] = 3;
        m.Aq[Aqueous.CO3] = 2;
        m.Solid[Solid.Li2CO3] = 8;
        CrystalSizes.Give(m, Carbonate, size * Math.Exp(0.16), 0.4);
        return m;
    }

    /// <summary>Crystals of the usual size make the cake that the twin file writes; half the size resists four times, by Carman and Kozeny.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(0.5, 4)]
    [InlineData(0.1, 100)]
    public void Resistance_of_a_cake_goes_with_the_square_of_its_surface(double ofUsual, double fineness)
    {
        Assert.Equal(fineness, CrystalSizes.Fineness(Slurry(ofUsual * Carbonate.Usual)), 1e-9 * fineness);
        Mixture half = Slurry(ofUsual * Carbonate.Usual), none = new();
        half.Solid[Solid.SiO2] = 8 * Solid.Mass[Solid.Li2CO3] / Solid.Mass[Solid.SiO2];
        Assert.Equal(1 + (fineness - 1) / 2, CrystalSizes.Fineness(half), 1e-9 * fineness);
        Assert.Equal(1, CrystalSizes.Fineness(none));
    }

    /// <summary>The same slurry, fine and usual, through the same filter: fines take longer, hold more liquor and keep more sodium through the same wash.</summary>
    [Fact]
    public void Fines_filter_slowly_and_wash_badly()
    {
        (double Seconds, double Mass, double Sodium) usual = Filtered(Carbonate.Usual), fine = Filtered(Carbonate.Usual / 8);
        output.WriteLine($"usual {usual.Seconds} s, {usual.Mass:0.000} kg, {usual.Sodium * 1e6:0} ppm Na; fine {fine.Seconds} s, {fine.Mass:0.000} kg, {fine.Sodium * 1e6:0} ppm Na");
        Assert.True(fine.Seconds > 1.5 * usual.Seconds, $"{fine.Seconds} s against {usual.Seconds} s");
        Assert.True(fine.Mass > 1.05 * usual.Mass);
        Assert.True(fine.Sodium > 1.3 * usual.Sodium);
    }

    [Fact]
    public void A_size_of_what_has_none_is_refused()
    {
        TwinDefinition twin = TwinFile.Lithium();
        twin = twin with { Materials = [.. twin.Materials.Select(m => m.Name == "black_mass" ? m with { Size = 10 } : m)] };
        ArgumentException refused = Assert.Throws<ArgumentException>(() => new TwinPlant(TestRig.Lithium(), twin, 1));
        Assert.Contains("material black_mass: size", refused.Message, StringComparison.Ordinal);
    }

    private static (double Seconds, double Mass, double Sodium) Filtered(double size)
    {
        RigDefinition rig = TestRig.Lithium();
        ImmutableSortedDictionary<string, double> minerals = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, new Dictionary<string, double> { ["Li2CO3"] = 0.08, ["Na2CO3"] = 0.04, ["H2O"] = 0.88 });
        TwinDefinition twin = TwinFile.Lithium();
        twin = twin with { Materials = twin.Materials.Add(new MaterialDefinition("slurry", minerals, "test") { Size = 1e6 * size * Math.Exp(0.16) }) };
        TwinPlant plant = new(rig, twin, 1);
        Driver driver = new(rig, plant);
        plant.Hands.Charge("carbonation", "slurry", 12);
        driver.Set("carbonation.agitator", 200);
        driver.Run(10);
        driver.Set("hot_filter.feed_pump", 100);
        double took = driver.Until(() => driver["carbonation.level"] < 0.05, 20 * 3600);
        driver.Set("hot_filter.feed_pump", 0);
        driver.Set("hot_filter.wash_pump", 20);
        driver.Run(60);
        driver.Set("hot_filter.wash_pump", 0);
        Portion cake = plant.Hands.Discharge("hot_filter", "cake");
        Conservation.Check(plant.Truth());
        return (took, cake.Mass, cake.MassFractions["Na"]);
    }

    /// <summary>
    /// Saturated carbonate liquor under a hot jacket: the wall gets what the liquor loses, heat comes slower, and cold water takes it off again. The unit holds the scale all the time.
    /// </summary>
    [Fact]
    public void A_heater_scales_from_saturated_carbonate_and_cold_water_cleans_it()
    {
        WallScale wall = new();
        Mixture m = Slurry(Carbonate.Usual), water = new() { Temperature = 20 };
        for (int i = 0; i < 2000; i++) Salts.Step(m, Speciation.Of(m), 10, 1);
        double[] before = Elements(m, wall);
        for (int i = 0; i < 10 * 3600; i += 2)
        {
            Speciation s = Speciation.Of(m);
            Salts.Step(m, s, 2, 1);
            wall.Step(m, s, 100, 150, 100, SaltTrim.AsTabled, 2);
        }
        double grown = wall.Mass, resistance = wall.Resistance(150);
        output.WriteLine($"{grown * 1000:0.00} g, heat resistance {resistance:0.000} of the clean wall");
        Assert.True(grown > 0.005);
        Assert.True(resistance > 1.005);
        Equal(before, Elements(m, wall));
        water.Aq[Aqueous.H2O] = 20 / Aqueous.Mass[Aqueous.H2O];
        double[] held = Elements(water, wall);
        for (int i = 0; i < 3600; i++) wall.Step(water, Speciation.Of(water), 20, 150, 20, SaltTrim.AsTabled, 10);
        Equal(held, Elements(water, wall));
        Assert.True(wall.Mass < 1e-3 * grown, $"{wall.Mass} kg of {grown} kg left");
        Assert.Equal(1, wall.Resistance(150), 1e-3);
    }

    /// <summary>A wall at the liquor's temperature stays clean; acid takes carbonate off at once.</summary>
    [Fact]
    public void A_cold_wall_stays_clean_and_acid_cleans_a_scaled_one()
    {
        WallScale cold = new(), scaled = new();
        Mixture m = Slurry(Carbonate.Usual), acid = new() { Temperature = 40 };
        for (int i = 0; i < 2000; i++) Salts.Step(m, Speciation.Of(m), 10, 1);
        for (int i = 0; i < 3600; i++)
        {
            cold.Step(m, Speciation.Of(m), m.Temperature, 150, 20, SaltTrim.AsTabled, 2);
            scaled.Step(m, Speciation.Of(m), 100, 150, 200, SaltTrim.AsTabled, 2);
        }
        Assert.Equal(0, cold.Mass);
        double grown = scaled.Mass, seconds = 0;
        acid.Aq[Aqueous.H2O] = 10 / Aqueous.Mass[Aqueous.H2O];
        acid.Aq[Aqueous.H] = 10;
        acid.Aq[Aqueous.SO4] = 5;
        while (scaled.Mass > 0.01 * grown && seconds < 36000)
        {
            scaled.Step(acid, Speciation.Of(acid), 40, 150, 1, SaltTrim.AsTabled, 5);
            seconds += 5;
        }
        output.WriteLine($"{grown * 1000:0.0} g gone in {seconds} s");
        Assert.True(seconds < 36000);
    }

    private static double[] Elements(Mixture m, WallScale wall)
    {
        double[] kg = new double[Crm.Chemistry.Elements.Count];
        m.AddElements(kg);
        wall.AddElements(kg);
        return kg;
    }

    private static void Equal(double[] expected, double[] found)
    {
        for (int e = 0; e < expected.Length; e++) Assert.Equal(expected[e], found[e], 1e-12 + 1e-11 * expected[e]);
    }
}
