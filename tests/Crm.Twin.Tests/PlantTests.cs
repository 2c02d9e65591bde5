using Crm.Plant.Outputs;
using Crm.Plant.Ports;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;
using Xunit;

namespace Crm.Twin.Tests;

public sealed class PlantTests
{
    private static readonly RigDefinition Rig = TestRig.Lithium();

    private static TwinPlant Plant(long seed = 1) => new(Rig, TwinFile.Lithium(), seed);

    /// <summary>Conservation whatever the pins do: random values, random hands. The seed is in the test's name.</summary>
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void Elements_and_charge_are_conserved_under_random_driving(int seed)
    {
        Random random = new(seed);
        TwinPlant plant = Plant(seed);
        Driver d = new(Rig, plant);
        d.Plant.Hands.Charge("leach", "black_mass", 2);
        for (int minute = 0; minute < 600; minute++)
        {
            OutputDefinition output = Rig.Outputs[random.Next(Rig.Outputs.Length)];
            d.Set(output.Name, random.Next(3) == 0 ? 0 : output.Low + random.NextDouble() * (output.High - output.Low));
            d.Run(60);
            if (random.Next(40) == 0) plant.Hands.Discharge(Rig.Units[random.Next(Rig.Units.Length)].Name, "heap");
            if (random.Next(40) == 0) plant.Hands.Sample(Rig.Units[random.Next(Rig.Units.Length)].Name, 0.05);
            if (random.Next(60) == 0) plant.Hands.Charge("leach", "black_mass", 0.1);
        }
        Conservation.Check(plant.Truth());
        Assert.All(d.Readings, r => Assert.True(r.IsBad || double.IsFinite(r.Value), $"seed {seed}"));
    }

    [Fact]
    public void A_fork_goes_the_same_way_and_leaves_its_original_alone()
    {
        TwinPlant plant = Plant(5);
        Driver a = new(Rig, plant, 0.1);
        Drive(a);
        a.Run(100);
        TwinPlant fork = (TwinPlant)plant.Fork();
        string before = plant.Describe("leach");
        Reading[] left = Exchange(plant, 200), right = Exchange(fork, 200);
        Assert.Equal(left, right);
        Assert.Equal(plant.Describe("leach"), fork.Describe("leach"));
        Assert.NotEqual(before, plant.Describe("leach"));
        fork.Hands.Discharge("leach", "gone");
        Assert.NotEqual(plant.Describe("leach"), fork.Describe("leach"));
    }

    [Fact]
    public void The_same_seed_gives_the_same_readings_and_another_does_not()
    {
        Reading[] one = Exchange(Plant(1), 60), same = Exchange(Plant(1), 60), other = Exchange(Plant(2), 60);
        Assert.Equal(one, same);
        Assert.NotEqual(one, other);
    }

    [Fact]
    public void A_pin_holds_the_plan_until_it_lapses_and_then_falls_by_itself()
    {
        TwinPlant plant = Plant();
        int pump = Rig.Output("leach.acid_pump"), agitator = Rig.Output("leach.agitator");
        double[] values = new double[Rig.Outputs.Length];
        values[pump] = 50;
        values[agitator] = 200;
        plant.AdvanceTo(TimeSpan.FromSeconds(1));
        plant.Bus("drives").Exchange(new OutputPlan(1, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.5), values), new Reading[Rig.Tags.Length]);
        Assert.Equal(50, plant.Pin(pump));
        plant.AdvanceTo(TimeSpan.FromSeconds(1.5));
        Assert.Equal(50, plant.Pin(pump));
        plant.AdvanceTo(TimeSpan.FromSeconds(1.6));
        Assert.Equal(0, plant.Pin(pump));
        Assert.Equal(200, plant.Pin(agitator));     // fail: keep
    }

    [Theory]
    [InlineData("leach.peroxide_pump:fail", "leach.peroxide_pump", 0)]
    [InlineData("leach.agitator:fail", "leach.agitator", 0)]
    [InlineData("leach.heater:stuck-on", "leach.heater", 100)]
    public void A_device_fault_overrides_the_plan(string id, string output, double value)
    {
        TwinPlant plant = Plant();
        plant.Inject(new PlantFault(id, TimeSpan.FromSeconds(10)));
        Driver d = new(Rig, plant, 0.1);
        d.Set(output, 40);
        d.Run(5);
        Assert.Equal(40, plant.Pin(Rig.Output(output)));
        d.Run(6);
        Assert.Equal(value, plant.Pin(Rig.Output(output)));
    }

    [Fact]
    public void Sensor_and_bus_faults_show_at_the_bus()
    {
        TwinPlant plant = Plant();
        Driver d = new(Rig, plant, 0.1);
        d.Run(2);
        plant.Inject(new PlantFault("leach.orp:dead", d.Now));
        plant.Inject(new PlantFault("leach.temperature:frozen", d.Now));
        d.Run(1);
        double frozen = d["leach.temperature"];
        d.Set("leach.heater", 100);
        d.Set("leach.water_pump", 100);
        d.Run(120);
        Assert.True(d.Readings[Rig.Tag("leach.orp")].IsBad);
        Assert.Equal(frozen, d["leach.temperature"]);
        plant.Inject(new PlantFault("bus.transmitters:lost", d.Now));
        Assert.Throws<BusFaultException>(d.Step);
    }

    [Fact]
    public void An_unknown_fault_names_those_there_are()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => Plant().Inject(new PlantFault("leach.acid_pump:explode", TimeSpan.Zero)));
        Assert.Contains("leach.acid_pump:stuck-on", e.Message, StringComparison.Ordinal);
        Assert.All(TwinPlant.FaultIds(Rig), id => Plant().Inject(new PlantFault(id, TimeSpan.FromDays(1))));
    }

    [Fact]
    public void The_first_exchange_already_reads_a_plant_at_rest()
    {
        Driver d = new(Rig, Plant(), 0.1);
        foreach (TagDefinition tag in Rig.Tags.Where(t => t.Name.EndsWith(".temperature", StringComparison.Ordinal) && !t.Name.StartsWith("cooling", StringComparison.Ordinal)))
            Assert.InRange(d[tag.Name], 19.5, 20.5);
    }

    [Fact]
    public void A_lost_scrubber_stops_the_extraction()
    {
        TwinPlant plant = Plant();
        Driver d = new(Rig, plant);
        d.Run(60);
        Assert.Equal(1, d["scrubber.fan_running"]);
        plant.Inject(new PlantFault("scrubber:lost", d.Now));
        d.Run(60);
        Assert.Equal(0, d["scrubber.fan_running"]);
    }

    [Fact]
    public void Hands_refuse_what_is_not_there()
    {
        IRigHands hands = Plant().Hands;
        Assert.Throws<ArgumentException>(() => hands.Charge("leach", "gold", 1));
        Assert.Throws<ArgumentException>(() => hands.Charge("attic", "black_mass", 1));
        Assert.Throws<ArgumentException>(() => hands.Charge("leach", "black_mass", 1000));
        Assert.Throws<ArgumentException>(() => hands.Charge("leach", "black_mass", double.NaN));
    }

    [Fact]
    public void The_catalogue_covers_every_tag_of_the_pilot()
    {
        foreach (TagDefinition tag in Rig.Tags)
        {
            string unit = tag.Name.Split('.')[0], role = tag.Name.Split('.')[1];
            string model = TwinFile.Lithium().Equipment.Single(e => e.Unit == unit).Model;
            Assert.Contains(TwinCatalogue.Kinds.Single(k => k.Name == model).Senses, s => s == role || s[0] == '*' && role.EndsWith(s[1..], StringComparison.Ordinal));
        }
    }

    private static void Drive(Driver d)
    {
        d.Set("leach.water_pump", 100);
        d.Run(200);
        d.Plant.Hands.Charge("leach", "black_mass", 1);
        d.Set("leach.agitator", 250);
        d.Set("leach.heater", 80);
        d.Set("leach.acid_pump", 60);
        d.Set("leach.peroxide_pump", 30);
    }

    private static Reading[] Exchange(TwinPlant plant, int seconds)
    {
        double[] values = new double[Rig.Outputs.Length];
        foreach (string on in new[] { "leach.heater", "leach.acid_pump", "leach.peroxide_pump", "leach.agitator", "leach.water_pump" }) values[Rig.Output(on)] = 50;
        Reading[] readings = new Reading[Rig.Tags.Length];
        TimeSpan start = TimeSpan.FromSeconds(400), now = start;
        plant.AdvanceTo(start);
        for (int i = 0; i < seconds * 10; i++)
        {
            now += TimeSpan.FromMilliseconds(100);
            plant.AdvanceTo(now);
            foreach (BusDefinition bus in Rig.Buses) plant.Bus(bus.Name).Exchange(new OutputPlan(i, now, now + TimeSpan.FromSeconds(1), values), readings);
        }
        return readings;
    }
}
