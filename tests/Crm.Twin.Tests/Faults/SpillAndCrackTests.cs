using Crm.Plant.Ports;
using Crm.Plant.Rigs;
using Xunit;

namespace Crm.Twin.Tests.Faults;

/// <summary>What goes beside the vessel, and what goes past the cake; nothing of either is lost to the balance.</summary>
public sealed class SpillAndCrackTests
{
    private static readonly RigDefinition Rig = WithFilters(TestRig.Lithium());

    private static RigDefinition WithFilters(RigDefinition rig) => rig with { Units = [.. rig.Units.Select(u => u.Name == "filter1" ? u with { Class = "filter" } : u)] };

    private static (TwinPlant Plant, Driver Driver) Broken(string fault)
    {
        TwinPlant plant = new(Rig, TwinFile.Lithium(), 1);
        if (fault.Length > 0) plant.Inject(new PlantFault(fault, TimeSpan.Zero));
        return (plant, new Driver(Rig, plant));
    }

    /// <summary>The drum tells the same whether its hose is on or off.</summary>
    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    public void What_a_pump_spills_leaves_the_drum_and_lies_in_the_bund(double share)
    {
        (TwinPlant sound, Driver whole) = Broken("");
        (TwinPlant broken, Driver off) = Broken(FormattableString.Invariant($"neutralise.caustic_pump:spill={share}"));
        foreach (Driver driver in (Driver[])[whole, off])
        {
            driver.Set("neutralise.agitator", 100);
            driver.Set("neutralise.caustic_pump", 100);
            driver.Run(300);
        }

        Assert.Equal(whole["neutralise.caustic_scale"], off["neutralise.caustic_scale"], 0.02);
        double given = sound.Truth().Places["neutralise"]["Na"];
        Assert.True(given > 0.1, $"{given} kg");
        Assert.Equal((1 - share) * given, broken.Truth().Places["neutralise"]["Na"], 1e-9);
        Assert.Equal(share * given, broken.Truth().Places["bund"]["Na"], 1e-9);
        Conservation.Check(broken.Truth());
        TwinPlant fork = (TwinPlant)broken.Fork();
        TimeSpan later = off.Now + TimeSpan.FromSeconds(30);
        broken.AdvanceTo(later);
        fork.AdvanceTo(later);
        Assert.Equal(broken.Truth().Places["bund"]["Na"], fork.Truth().Places["bund"]["Na"]);
    }

    /// <summary>Wash through cracks meets the cloth alone: less pressure, and less of the liquor pushed out.</summary>
    [Fact]
    public void A_cracked_cake_is_washed_more_easily_and_less_well()
    {
        (TwinPlant sound, Driver whole) = Broken("");
        (TwinPlant broken, Driver cracked) = Broken("filter1:cracked=0.3");
        foreach ((TwinPlant plant, Driver driver) in ((TwinPlant, Driver)[])[(sound, whole), (broken, cracked)])
        {
            plant.Hands.Charge("filter1", "black_mass", 3);
            driver.Set("filter1.wash_pump", 100);
            driver.Run(300);
        }

        double over = whole["filter1.pressure"] - 1;
        Assert.True(over > 0.1, $"{over} bar");
        Assert.InRange(cracked["filter1.pressure"] - 1, 0.05 * over, 0.6 * over);
        Assert.Equal(whole["filter1.wash_flow"], cracked["filter1.wash_flow"], 1.0);
        Conservation.Check(broken.Truth());
    }
}
