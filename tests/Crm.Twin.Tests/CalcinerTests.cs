using Crm.Plant.Ports;
using Xunit;

namespace Crm.Twin.Tests;

/// <summary>Metavanadate to pentoxide: 2 NH4VO3 = V2O5 + 2 NH3 + H2O, 550 degC and 2 h (Yang et al. 2016).</summary>
public sealed class CalcinerTests
{
    private static Driver Charged(TwinPlant plant, double kg = 0.4)
    {
        Driver d = new(ExtractionTrain.Rig, plant);
        plant.Hands.Charge("calciner", "metavanadate", kg);
        d.Set("calciner.sweep", 100);
        return d;
    }

    /// <summary>A crude ramp; the recipe's loop does it better.</summary>
    private static void Hold(Driver d, double celsius, double seconds)
    {
        for (double t = 0; t < seconds; t += 10)
        {
            d.Set("calciner.heater", Math.Clamp(1.5 * (celsius - d["calciner.temperature"]), 0, 100));
            d.Run(10);
        }
    }

    [Fact]
    public void It_becomes_pentoxide_and_the_ammonia_goes_to_the_scrubber()
    {
        TwinPlant plant = ExtractionTrain.Plant();
        Driver d = Charged(plant);
        Hold(d, 550, 4 * 3600);
        PlantTruth truth = plant.Truth();
        double vanadium = truth.Places["calciner"]["V"];
        Portion product = plant.Hands.Sample("calciner", 0.01);
        Assert.Equal(0.4 * 50.942 / 116.98, vanadium, 1e-4);
        Assert.True(product.MassFractions["V2O5"] > 0.999, $"{product.MassFractions["V2O5"]}");
        Assert.Equal(0.4 * 14.007 / 116.98, truth.Places["scrubber liquor"]["N"], 1e-4);
        Assert.InRange(d["scrubber.ph"], 0, 3);
        Assert.True(d["gas.ammonia"] < 25, $"{d["gas.ammonia"]} ppm");
        Conservation.Check(truth);
    }

    [Fact]
    public void Below_the_decomposition_it_only_dries()
    {
        TwinPlant plant = ExtractionTrain.Plant();
        Driver d = Charged(plant);
        Hold(d, 110, 2 * 3600);
        Assert.Equal(0.4, d["calciner.mass"], 0.002);
    }

    [Fact]
    public void Without_the_scrubber_the_room_smells_of_ammonia()
    {
        TwinPlant plant = ExtractionTrain.Plant();
        Driver d = Charged(plant);
        plant.Inject(new PlantFault("scrubber:lost", d.Now));
        Hold(d, 350, 3600);
        Assert.True(d["gas.ammonia"] > 35, $"{d["gas.ammonia"]} ppm");
        Conservation.Check(plant.Truth());
    }
}
