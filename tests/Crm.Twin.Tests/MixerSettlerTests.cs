using Crm.Plant.Outputs;
using Crm.Plant.Ports;
using Crm.Plant.Tags;
using Crm.Twin.Models;
using Xunit;

namespace Crm.Twin.Tests;

/// <summary>The extraction train alone: 20 vol-% trioctylamine, 5 g/L vanadium at pH 1.6 to 2, sodium hydroxide strip.</summary>
public sealed class MixerSettlerTests
{
    /// <summary>kg of an element in one place.</summary>
    private static double Kg(TwinPlant plant, string place, string element = "V") => plant.Truth().Places[place].GetValueOrDefault(element);

    private static Driver Prepared(TwinPlant plant)
    {
        Driver d = new(ExtractionTrain.Rig, plant);
        d.Set("feed_tank.vanadate_pump", 100);
        d.Until(() => d["feed_tank.vanadate_scale"] < 2.45, 1000);       // 3.55 kg of 10 % sodium vanadate: 5 g/L V in 33 L
        d.Set("feed_tank.vanadate_pump", 0);
        d.Set("strip_tank.caustic_pump", 100);
        d.Until(() => d["strip_tank.caustic_scale"] < 27.33, 2000);      // 1 mol/L
        d.Set("strip_tank.caustic_pump", 0);
        d.Set("scrub_tank.acid_pump", 100);
        d.Until(() => d["scrub_tank.acid_scale"] < 10, 2000);            // 1 mol/L
        d.Set("scrub_tank.acid_pump", 0);
        d.Set("feed_tank.acid_pump", 5);
        d.Until(() => d["feed_tank.ph"] < 1.9, 9000);
        d.Set("feed_tank.acid_pump", 0);
        return d;
    }

    private static void Feeds(Driver d, double aqueous = 50, double organic = 25, double strip = 34)
    {
        d.Set("extraction.mixer", 400);
        d.Set("extraction.ventilation", 1);
        d.Run(60);
        d.Set("extraction.aqueous_pump", aqueous);
        d.Set("extraction.organic_pump", organic);
        d.Set("extraction.strip_pump", strip);
        d.Set("extraction.scrub_pump", 13);
    }

    /// <summary>Yang et al. 2016: 99.10 % in three stages at A/O 2; the strip liquor is richer than the feed.</summary>
    [Fact]
    public void Three_stages_extract_as_published_and_the_strip_concentrates()
    {
        TwinPlant plant = ExtractionTrain.Plant();
        Driver d = Prepared(plant);
        Feeds(d);
        d.Run(3600);
        d.Set("extraction.divert", 1);
        d.Run(4000);
        double raffinate = Kg(plant, "raffinate_tank") / d["raffinate_tank.level"], feed = Kg(plant, "feed_tank") / d["feed_tank.level"];
        double product = Kg(plant, "product_tank") / d["product_tank.level"];
        Assert.InRange(1 - raffinate / feed, 0.975, 0.9995);
        Assert.InRange(product / feed, 2, 4);
        Assert.InRange(d["extraction.interface"], 35, 60);
        Assert.InRange(d["extraction.strip_ph"], 7, 13.5);
        Assert.True(d["extraction.mixer_conductivity"] < 0.1, "organic continuous");
        Conservation.Check(plant.Truth());
    }

    /// <summary>With a constant distribution ratio the stages of the train are those of Kremser, which the published cases have passed.</summary>
    [Theory]
    [InlineData(4.4, 0.0091)]
    public void Kremser_gives_the_published_raffinate(double factor, double left) =>
        Assert.Equal(left, ExtractionIsotherm.Raffinate(factor, 3), 0.001);

    [Theory]
    [InlineData("extraction.mixer:fail")]
    public void Without_contact_vanadium_goes_with_the_raffinate(string fault)
    {
        TwinPlant plant = ExtractionTrain.Plant();
        Driver d = Prepared(plant);
        Feeds(d);
        d.Run(3600);
        double before = Kg(plant, "feed_tank") / d["feed_tank.level"];
        plant.Inject(new PlantFault(fault, d.Now));
        d.Run(1500);
        d.Set("extraction.divert", 1);
        d.Run(1800);
        double raffinate = Kg(plant, "raffinate_tank") / d["raffinate_tank.level"];
        Assert.True(raffinate > 0.03 * before, $"{fault}: {raffinate} of {before} kg/L");
        Conservation.Check(plant.Truth());
    }

    [Theory]
    [InlineData("extraction:jackleg=1", "extraction.interface", 70, 101, 3000)]
    [InlineData("extraction:crud=35", "extraction.crud", 34, 40, 60)]
    [InlineData("extraction:third-phase=0.3", "extraction.crud", 20, 30, 60)]
    [InlineData("extraction:organic-leak=4", "extraction.organic_level", 17, 22, 3000)]
    [InlineData("extraction:inversion=1", "extraction.mixer_conductivity", 5, 500, 60)]
    public void A_fault_of_the_train_shows_where_the_technician_looks(string fault, string tag, double low, double high, double seconds)
    {
        TwinPlant plant = ExtractionTrain.Plant();
        Driver d = Prepared(plant);
        Feeds(d);
        d.Run(1200);
        double organic = d["extraction.organic_level"];
        Assert.False(d[tag] >= low && d[tag] <= high && tag != "extraction.organic_level", $"{tag} reads {d[tag]} before the fault");
        plant.Inject(new PlantFault(fault, d.Now));
        d.Run(seconds);
        Assert.InRange(d[tag], low, high);
        if (tag == "extraction.organic_level") Assert.InRange(organic - d[tag], 2, 4.5);
        Conservation.Check(plant.Truth());
    }

    /// <summary>The mixers keep the phase that filled them: more water than organic in the first stage makes water continuous.</summary>
    [Fact]
    public void The_phase_that_fills_the_mixers_at_the_start_is_continuous()
    {
        TwinPlant plant = ExtractionTrain.Plant();
        Driver d = new(ExtractionTrain.Rig, plant);
        plant.Inject(new PlantFault("extraction:jackleg=1", d.Now));
        d.Set("feed_tank.acid_pump", 100);
        d.Set("extraction.aqueous_pump", 100);
        d.Run(900);
        d.Set("extraction.mixer", 400);
        d.Run(60);
        Assert.True(d["extraction.mixer_conductivity"] > 0.01, $"{d["extraction.mixer_conductivity"]} mS/cm");
    }

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    public void Elements_and_charge_are_conserved_and_a_fork_goes_the_same_way(int seed)
    {
        Random random = new(seed);
        TwinPlant plant = ExtractionTrain.Plant(seed);
        Driver d = new(ExtractionTrain.Rig, plant);
        plant.Hands.Charge("calciner", "metavanadate", 0.5);
        string[] faults = ["extraction:crud=20", "extraction:third-phase=0.3", "extraction:organic-leak=1", "extraction:jackleg=0.5", "extraction:inversion=1"];
        for (int minute = 0; minute < 400; minute++)
        {
            OutputDefinition output = ExtractionTrain.Rig.Outputs[random.Next(ExtractionTrain.Rig.Outputs.Length)];
            d.Set(output.Name, random.Next(3) == 0 ? 0 : output.Low + random.NextDouble() * (output.High - output.Low));
            if (random.Next(80) == 0) plant.Inject(new PlantFault(faults[random.Next(faults.Length)], d.Now));
            d.Run(60);
        }
        Conservation.Check(plant.Truth());
        Assert.All(d.Readings, r => Assert.True(r.IsBad || double.IsFinite(r.Value), $"seed {seed}"));
        TwinPlant fork = (TwinPlant)plant.Fork();
        TimeSpan later = d.Now + TimeSpan.FromMinutes(20);
        plant.AdvanceTo(later);
        fork.AdvanceTo(later);
        foreach ((string place, var kg) in plant.Truth().Places) Assert.Equal(kg, fork.Truth().Places[place]);
    }
}
