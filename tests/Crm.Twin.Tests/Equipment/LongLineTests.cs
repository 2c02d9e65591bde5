using Crm.Chemistry;
using Crm.Plant.Ports;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;
using Crm.Twin.Equipment;
using Xunit;

namespace Crm.Twin.Tests.Equipment;

/// <summary>Lines that hold something: as much comes out as goes in, and what comes out went in a line's volume before.</summary>
public sealed class LongLineTests
{
    private static Mixture Water(double litres, double sulfate = 0)
    {
        Mixture m = new();
        m.Aq[Aqueous.H2O] = litres * Crm.Chemistry.Water.Density(20) / Aqueous.Mass[Aqueous.H2O];
        m.Aq[Aqueous.SO4] = sulfate * litres;
        m.Aq[Aqueous.Na] = 2 * sulfate * litres;
        return m;
    }

    /// <summary>A step at one end is seen at the other when the volume has gone through, sharp to a twentieth of it; nothing is made, lost or stored.</summary>
    [Theory]
    [InlineData(2.0, 0.01)]
    [InlineData(0.5, 0.2)]
    [InlineData(0.1, 0.3)]
    public void A_front_comes_out_a_volume_later(double holdup, double parcel)
    {
        LongLine line = new(0, holdup, Water(holdup));
        double through = 0, first = double.NaN, last = double.NaN, sent = 0, came = 0;
        for (int i = 0; i < 400 && !(through > 3 * holdup); i++)
        {
            Mixture leaves = line.Push(Water(parcel, 0.1));
            sent += 0.1 * parcel;
            came += leaves.Aq[Aqueous.SO4];
            through += parcel;
            Assert.Equal(parcel, leaves.Volume, 0.01 * parcel);
            double strength = leaves.Aq[Aqueous.SO4] / leaves.Volume / 0.1;
            if (double.IsNaN(first) && strength > 0.02) first = through;
            if (double.IsNaN(last) && strength > 0.98) last = through;
        }

        Assert.InRange(first, holdup * 0.94, holdup * 1.06 + parcel);
        Assert.InRange(last, holdup * 0.94, holdup * 1.06 + 2 * parcel);
        Assert.Equal(sent, came + line.Parcels.Sum(p => p.Aq[Aqueous.SO4]), 1e-12);
        Assert.True(line.Parcels.Count < 100);
    }

    [Fact]
    public void A_copy_goes_on_alone()
    {
        LongLine line = new(0, 1, Water(1)), copy = line.Copy();
        copy.Push(Water(0.5, 1));
        Assert.Equal(0, line.Parcels.Sum(p => p.Aq[Aqueous.SO4]));
    }

    /// <summary>In the plant: the wash of a filter comes with the line's delay, levels see nothing of it, and every element is somewhere.</summary>
    [Fact]
    public void In_the_plant_only_what_comes_is_late()
    {
        (double direct, double level) = Arrived(0);
        (double late, double lateLevel) = Arrived(5);
        Assert.True(direct > 0.05, $"{direct} kg of sulfur");
        Assert.Equal(0.4 * direct, late, 0.03 * direct);
        Assert.Equal(level, lateLevel, 0.05);
    }

    /// <summary>Sulfur of 8.3 L pumped back from the clear tank, half of which stands in acid.</summary>
    private static (double Sulfur, double Level) Arrived(double holdup)
    {
        RigDefinition rig = TestRig.Lithium();
        TwinDefinition twin = TwinFile.Lithium();
        if (holdup > 0) twin = twin with { Pipes = [new PipeDefinition(rig.Output("filter1.feed_pump"), holdup)] };
        TwinPlant plant = new(rig, twin, 1);
        Driver driver = new(rig, plant);
        driver.Set("leach.water_pump", 100);
        driver.Run(180);
        driver.Set("leach.water_pump", 0);
        driver.Set("leach.agitator", 200);
        driver.Set("leach.acid_pump", 50);
        driver.Run(900);
        driver.Set("leach.acid_pump", 0);
        driver.Run(120);
        driver.Set("filter1.feed_pump", 20);
        driver.Run(8.333 / 16 * 3600);
        driver.Set("filter1.feed_pump", 0);
        driver.Run(5);
        Conservation.Check(plant.Truth());
        return (plant.Dissolved("neutralise", "S"), driver["neutralise.level"]);
    }
}
