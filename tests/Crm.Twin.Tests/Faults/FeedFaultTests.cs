using Crm.Chemistry;
using Crm.Plant.Ports;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;
using Xunit;

namespace Crm.Twin.Tests.Faults;

/// <summary>Feeds that are not what they should be: what is charged or dosed from then on, and nothing that was before.</summary>
public sealed class FeedFaultTests
{
    private static readonly RigDefinition Rig = TestRig.Lithium();
    private static readonly TwinDefinition Twin = TwinFile.Lithium();

    private static (TwinPlant Plant, Driver Driver) Broken(string fault, double atSeconds)
    {
        TwinPlant plant = new(Rig, Twin, 1);
        plant.Inject(new PlantFault(fault, TimeSpan.FromSeconds(atSeconds)));
        return (plant, new Driver(Rig, plant));
    }

    private static double Charged(TwinPlant plant, string analyte) => plant.Hands.Charge("leach", "black_mass", 0.5).MassFractions[analyte];

    [Fact]
    public void What_is_charged_before_is_as_written_and_what_comes_after_is_other()
    {
        (TwinPlant plant, Driver driver) = Broken("feed.black_mass:Cu=3", 600);
        double copper = Charged(plant, "Cu"), lithium = Charged(plant, "Li");
        Assert.Equal(0.015, copper, 1e-4);
        driver.Run(601);
        Assert.Equal(0.045, Charged(plant, "Cu"), 1e-4);
        Assert.Equal(lithium * (1 - 0.045) / (1 - 0.015), Charged(plant, "Li"), 1e-6);
        Conservation.Check(plant.Truth());
    }

    [Fact]
    public void It_grows_over_its_time_and_stays()
    {
        (TwinPlant plant, Driver driver) = Broken("feed.black_mass:Al=2/20min", 0);
        driver.Run(600);
        Assert.Equal(0.015, Charged(plant, "Al"), 2e-4);
        driver.Run(3600);
        Assert.Equal(0.020, Charged(plant, "Al"), 2e-4);
        Conservation.Check(plant.Truth());
    }

    /// <summary>Two feeds of one material at once: each takes its room, the others share what is left; kilograms do not move.</summary>
    [Fact]
    public void Several_add_up_and_the_mass_stays()
    {
        TwinPlant plant = new(Rig, Twin, 1);
        double before = Mass(plant);
        plant.Inject(new PlantFault("feed.black_mass:Cu=2", TimeSpan.Zero));
        plant.Inject(new PlantFault("feed.black_mass:LiF=0.5", TimeSpan.Zero));
        Assert.Equal(0.030, Charged(plant, "Cu"), 1e-4);
        Assert.Equal(before, Mass(plant), 1e-9 * before);
        Conservation.Check(plant.Truth());
    }

    /// <summary>Acid of four fifths its strength: the drum weighs what it did, and the vessel takes up four fifths.</summary>
    [Fact]
    public void A_reagent_may_be_weaker_than_its_label()
    {
        double sound = SulfurDosed("feed.hydrogen_peroxide:H2O2=1"), weak = SulfurDosed("feed.sulfuric_acid:H2SO4=0.8");
        Assert.Equal(0.8 * sound, weak, 1e-3 * sound);
    }

    private static double SulfurDosed(string fault)
    {
        (TwinPlant plant, Driver driver) = Broken(fault, 0);
        driver.Set("leach.water_pump", 100);
        driver.Run(120);
        driver.Set("leach.water_pump", 0);
        driver.Set("leach.acid_pump", 50);
        driver.Run(300);
        Conservation.Check(plant.Truth());
        return plant.Dissolved("leach", "S");
    }

    [Fact]
    public void A_copy_of_the_plant_has_feeds_of_its_own()
    {
        TwinPlant plant = new(Rig, Twin, 1), copy = (TwinPlant)plant.Fork();
        copy.Inject(new PlantFault("feed.black_mass:Cu=3", TimeSpan.Zero));
        Assert.Equal(0.015, Charged(plant, "Cu"), 1e-4);
        Assert.Equal(0.045, Charged(copy, "Cu"), 1e-4);
    }

    [Theory]
    [InlineData("feed.black_mas:Cu=3", "no feed 'black_mas'")]
    [InlineData("feed.black_mass:Pb=3", "holds no 'Pb'")]
    [InlineData("feed.black_mass:Cu", "needs a size")]
    [InlineData("feed.black_mass:Cu=1000", "expected a number from 0.001 to 100")]
    [InlineData("feed.black_mass:Cu=3/soon", "no time in which it grows")]
    [InlineData("feed.sulfuric_acid:HCl=0.9", "holds no 'HCl'")]
    public void What_makes_no_sense_is_refused_with_what_would(string fault, string why) => Assert.Contains(why, TwinPlant.FaultProblem(Rig, Twin, fault), StringComparison.Ordinal);

    [Fact]
    public void Every_example_is_a_fault() => Assert.All(TwinPlant.FeedFaults(Rig, Twin), f => Assert.Null(TwinPlant.FaultProblem(Rig, Twin, f)));

    private static double Mass(TwinPlant plant) => plant.Truth().Places.Values.Sum(p => p.Values.Sum());
}
