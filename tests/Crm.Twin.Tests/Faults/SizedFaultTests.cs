using Crm.Plant.Ports;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;
using Xunit;

namespace Crm.Twin.Tests.Faults;

/// <summary>Measuring chains and devices that are wrong by a stated amount.</summary>
public sealed class SizedFaultTests
{
    private static readonly RigDefinition Rig = TestRig.Lithium();

    private static Driver Broken(params string[] faults)
    {
        TwinPlant plant = new(Rig, TwinFile.Lithium(), 1);
        foreach (string fault in faults) plant.Inject(new PlantFault(fault, TimeSpan.Zero));
        return new Driver(Rig, plant);
    }

    private static double Mean(Driver driver, string tag, int readings = 200)
    {
        double sum = 0;
        for (int i = 0; i < readings; i++)
        {
            driver.Step();
            sum += driver[tag];
        }
        return sum / readings;
    }

    /// <summary>A service at rest: what the probe says in excess of a sound one is the fault's.</summary>
    [Theory]
    [InlineData("cooling_water.pressure:offset=0.5", "cooling_water.pressure", 1, 0.5)]
    [InlineData("cooling_water.pressure:gain=0.9", "cooling_water.pressure", 0.9, 0)]
    [InlineData("nitrogen.pressure:offset=-1", "nitrogen.pressure", 1, -1)]
    public void A_reading_is_off_by_the_size_that_was_asked_for(string fault, string tag, double factor, double added)
    {
        Driver sound = Broken(), broken = Broken(fault);
        sound.Run(60);
        broken.Run(60);
        Assert.Equal(factor * Mean(sound, tag) + added, Mean(broken, tag), 0.02);
    }

    [Fact]
    public void A_drift_grows_by_the_hour_from_when_it_began()
    {
        Driver sound = Broken(), broken = Broken("nitrogen.pressure:drift=0.4");
        sound.Run(3600);
        broken.Run(3600);
        Assert.Equal(0.41, Mean(broken, "nitrogen.pressure") - Mean(sound, "nitrogen.pressure"), 0.03);
    }

    /// <summary>Acid at rest: the aged electrode reads towards 7.</summary>
    [Fact]
    public void An_aged_pH_electrode_reads_towards_seven()
    {
        Driver sound = Acid("leach.orp:offset=0"), aged = Acid("leach.ph:slope=0.8");
        double truth = Mean(sound, "leach.ph");
        Assert.InRange(truth, 0, 2.5);
        Assert.Equal(7 + 0.8 * (truth - 7), Mean(aged, "leach.ph"), 0.05);
    }

    private static Driver Acid(string fault)
    {
        Driver driver = Broken(fault);
        driver.Set("leach.water_pump", 100);
        driver.Run(60);
        driver.Set("leach.acid_pump", 100);
        driver.Run(300);
        driver.Set("leach.acid_pump", 0);
        driver.Set("leach.water_pump", 0);
        driver.Run(200);
        return driver;
    }

    [Fact]
    public void Alkali_ions_hold_the_glass_above_their_pH()
    {
        Driver held = Lye("neutralise.ph:alkaline=10"), sound = Lye("neutralise.orp:offset=0");
        double truth = Mean(sound, "neutralise.ph");
        Assert.True(truth > 11.5, $"{truth}");
        Assert.InRange(Mean(held, "neutralise.ph"), 9.9, 10.05);
    }

    private static Driver Lye(string fault)
    {
        Driver driver = Broken(fault);
        driver.Set("neutralise.agitator", 100);
        driver.Set("neutralise.caustic_pump", 100);
        driver.Run(600);
        driver.Set("neutralise.caustic_pump", 0);
        driver.Run(100);
        return driver;
    }

    [Fact]
    public void Dropouts_come_at_their_share_and_say_so()
    {
        Driver driver = Broken("cooling_water.pressure:dropout=0.2");
        int missing = 0;
        for (int i = 0; i < 2000; i++)
        {
            driver.Step();
            if (driver.Readings[Rig.Tag("cooling_water.pressure")].IsBad) missing++;
        }
        Assert.InRange(missing, 300, 500);
    }

    [Fact]
    public void Spikes_are_rare_and_of_their_size()
    {
        Driver driver = Broken("nitrogen.pressure:spike=2");
        driver.Run(60);
        int spikes = 0;
        for (int i = 0; i < 4000; i++)
        {
            driver.Step();
            if (Math.Abs(driver["nitrogen.pressure"] - 5.7) > 1) spikes++;
        }
        Assert.InRange(spikes, 15, 80);
    }

    [Fact]
    public void A_coated_probe_follows_slowly()
    {
        Driver sound = Broken(), coated = Broken("cooling_water.pressure:slow=600");
        sound.Run(60);
        coated.Run(60);
        Assert.True(coated["cooling_water.pressure"] < sound["cooling_water.pressure"] - 0.5);
    }

    [Fact]
    public void A_worn_pump_delivers_its_share()
    {
        Driver sound = Broken(), worn = Broken("cooling_water.pump:wear=0.6");
        sound.Run(120);
        worn.Run(120);
        Assert.Equal(0.6 * Mean(sound, "cooling_water.flow"), Mean(worn, "cooling_water.flow"), 0.5);
    }

    [Fact]
    public void A_leaking_valve_never_closes_and_a_sticking_one_ignores_small_changes()
    {
        int valve = Rig.Output("nitrogen.valve");
        Driver leaking = Broken("nitrogen.valve:leak=0.1");
        leaking.Set("nitrogen.valve", 0);
        leaking.Step();
        Assert.Equal(0.1 * Rig.Outputs[valve].High, leaking.Plant.Pin(valve), 1e-12);
        int heater = Rig.Output("leach.heater");
        Driver sticking = Broken("leach.heater:stiction=0.1");
        foreach (var (wanted, real) in ((double, double)[])[(50, 50), (58, 50), (61, 61), (52, 61), (0, 0)])
        {
            sticking.Set("leach.heater", wanted);
            sticking.Step();
            Assert.Equal(real, sticking.Plant.Pin(heater), 1e-9);
        }
    }

    [Fact]
    public void Play_in_a_linkage_is_taken_up_before_the_valve_comes_back()
    {
        int heater = Rig.Output("leach.heater");
        Driver loose = Broken("leach.heater:backlash=0.1");
        foreach (var (wanted, real) in ((double, double)[])[(50, 45), (60, 55), (57, 55), (51, 55), (48, 53), (100, 95), (0, 5)])
        {
            loose.Set("leach.heater", wanted);
            loose.Step();
            Assert.Equal(real, loose.Plant.Pin(heater), 1e-9);
        }
    }

    /// <summary>The drive runs and says so, and for part of the time nothing comes.</summary>
    [Fact]
    public void Air_in_the_line_takes_its_share_of_the_flow_and_the_pump_runs_on()
    {
        Driver sound = Broken(), airy = Broken("leach.acid_pump:air=0.4");
        foreach (Driver driver in new[] { sound, airy })
        {
            driver.Set("leach.water_pump", 0);
            driver.Set("leach.acid_pump", 50);
            driver.Run(200);
        }

        Assert.Equal(50, airy.Plant.Pin(Rig.Output("leach.acid_pump")));
        Assert.Equal(0.6, airy["leach.level"] / sound["leach.level"], 0.03);
    }

    [Fact]
    public void A_transmitter_wired_the_wrong_way_round_mirrors_its_span()
    {
        Driver sound = Broken(), reversed = Broken("nitrogen.pressure:reversed");
        sound.Run(30);
        reversed.Run(30);
        var tag = Rig.Tags[Rig.Tag("nitrogen.pressure")];
        Assert.Equal(tag.Low + tag.High - Mean(sound, tag.Name), Mean(reversed, tag.Name), 0.05);
    }

    [Fact]
    public void A_scaled_jacket_heats_more_slowly()
    {
        double Warmed(params string[] faults)
        {
            Driver driver = Broken(faults);
            driver.Set("leach.water_pump", 100);
            driver.Run(300);
            driver.Set("leach.water_pump", 0);
            driver.Set("leach.agitator", 300);
            driver.Set("leach.heater", 60);
            driver.Run(900);
            return driver["leach.temperature"] - 20;
        }

        double clean = Warmed(), scaled = Warmed("leach:scaled=4");
        Assert.InRange(scaled, 1, 0.8 * clean);
    }

    [Theory]
    [InlineData("nitrogen.pressure:offset=-1/10min", "nitrogen.pressure")]
    [InlineData("cooling_water.pump:wear=0.5/10min", "cooling_water.flow")]
    public void A_fault_grows_to_its_size(string fault, string tag)
    {
        Driver sound = Broken(), growing = Broken(fault), grown = Broken(fault[..fault.IndexOf('/')]);
        foreach (Driver driver in new[] { sound, growing, grown }) driver.Run(60);
        Assert.Equal(0.14, (Mean(sound, tag, 50) - Mean(growing, tag, 50)) / (Mean(sound, tag, 50) - Mean(grown, tag, 50)), 0.05);
        foreach (Driver driver in new[] { sound, growing, grown }) driver.Run(160);
        Assert.Equal(0.5, (Mean(sound, tag, 50) - Mean(growing, tag, 50)) / (Mean(sound, tag, 50) - Mean(grown, tag, 50)), 0.05);
        foreach (Driver driver in new[] { sound, growing, grown }) driver.Run(400);
        Assert.Equal(1, (Mean(sound, tag, 50) - Mean(growing, tag, 50)) / (Mean(sound, tag, 50) - Mean(grown, tag, 50)), 0.05);
    }

    /// <summary>Devices fall to their fail values at once and stay there until somebody asks again; instruments do not answer meanwhile.</summary>
    [Fact]
    public void Without_mains_devices_fall_and_the_buses_are_silent_until_it_is_back()
    {
        TwinPlant plant = new(Rig, TwinFile.Lithium(), 1);
        plant.Inject(new PlantFault("power:cut=90", TimeSpan.FromSeconds(100)));
        var driver = new Driver(Rig, plant);
        driver.Set("leach.heater", 50);
        driver.Run(60);
        Assert.Equal(50, plant.Pin(Rig.Output("leach.heater")));
        plant.AdvanceTo(TimeSpan.FromSeconds(101));
        Assert.All(Rig.Outputs.Where(o => !o.Fail.Value.Keep), o => Assert.Equal(o.Fail.Value.Value, plant.Pin(o.Ordinal)));
        Assert.Throws<BusFaultException>(() => driver.Step());
        plant.AdvanceTo(TimeSpan.FromSeconds(191));
        Assert.Equal(0, plant.Pin(Rig.Output("leach.heater")));
    }

    /// <summary>A fork carries its faults; the same seed gives the same spikes.</summary>
    [Fact]
    public void A_broken_plant_forks_and_repeats()
    {
        Driver one = Broken("nitrogen.pressure:spike=2", "nitrogen.pressure:noise=0.3", "cooling_water.pump:wear=0.5"), same = Broken("nitrogen.pressure:spike=2", "nitrogen.pressure:noise=0.3", "cooling_water.pump:wear=0.5");
        one.Run(300);
        same.Run(300);
        Assert.Equal(one.Readings, same.Readings);
        IPlantModel fork = one.Plant.Fork();
        one.Run(300);
        Driver forked = new(Rig, fork, 1, same.Now);
        forked.Run(299);
        Assert.Equal(one.Plant.Pin(Rig.Output("cooling_water.pump")), fork.Pin(Rig.Output("cooling_water.pump")));
        Assert.Equal(one["nitrogen.pressure"], forked["nitrogen.pressure"]);
    }

    [Theory]
    [InlineData("leach.ph:offset", "needs a size, for example leach.ph:offset=0.5")]
    [InlineData("leach.ph:offset=1/soon", "no time in which it grows, for example leach.ph:offset=0.5/30min")]
    [InlineData("power:cut=60/1min", "does not grow")]
    [InlineData("power:cut", "needs a size, for example power:cut=60")]
    [InlineData("power:off=60", "no such fault")]
    [InlineData("ro:scaled=2", "no such fault")]
    [InlineData("leach.ph:offset=much", "a number from")]
    [InlineData("leach.ph:dropout=2", "a number from 0 to 1")]
    [InlineData("leach.temperature:slope=0.9", "no such fault")]
    [InlineData("leach.foam:offset=1", "no such fault")]
    [InlineData("leach.heater:drift=1", "no such fault")]
    public void A_size_that_makes_no_sense_is_refused_with_an_example(string fault, string why) =>
        Assert.Contains(why, TwinPlant.FaultProblem(Rig, null, fault), StringComparison.Ordinal);

    [Fact]
    public void Every_sized_fault_can_be_put_in_as_its_example_says()
    {
        string[] all = [.. Rig.Tags.Select(t => t.Name).Concat(Rig.Outputs.Select(o => o.Name)).SelectMany(name => TwinPlant.SizedFaults(Rig, name))];
        Assert.True(all.Length > 500);
        Assert.All(all, fault => Assert.Null(TwinPlant.FaultProblem(Rig, null, fault)));
    }
}
