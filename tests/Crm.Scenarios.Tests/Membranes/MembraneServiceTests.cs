using Crm.Control;
using Crm.Plant.Phases;
using Crm.Plant.Records;

namespace Crm.Scenarios.Tests.Membranes;

/// <summary>
/// Reverse osmosis as a plant service (lithium and vanadium pilots), at the pins: no batch command reaches it, for other batches' washes run to the same
/// tank. It comes down when its own duty ends, a person takes it or a row trips it, and is flushed each time, for as long as declared (HELD table, SAF-02, S88-06).
/// </summary>
[Collection(WashWaterShared.Name)]
public sealed class MembraneServiceTests(WashWater water, ITestOutputHelper output)
{
    /// <summary>L/h of the flush in the twin files, and its time in the rig files.</summary>
    private const double FlushFlow = 30, FlushSeconds = 60;

    public static MatrixTheoryData<string, PhaseCommand> Commands => new(WashWater.Rigs, [PhaseCommand.Hold, PhaseCommand.Stop, PhaseCommand.Abort]);

    /// <summary>HOLD, STOP and ABORT move none of its pins in that scan; with its feed gone it comes down by its own rule along the ramp, is flushed for a minute and stands.</summary>
    [Theory]
    [MemberData(nameof(Commands))]
    public void A_batch_command_leaves_it_to_its_own_rule_and_its_rule_brings_it_down_along_a_ramp_and_flushes(string rig, PhaseCommand command)
    {
        PilotRun plant = water.UnderPressure(rig);
        double pump = plant.Pin("ro.feed_pump");
        Assert.Equal(ReplyKind.Accepted, plant.Command(command).Kind);
        plant.Scan();
        Assert.Equal((pump, 0, 0), (plant.Pin("ro.feed_pump"), plant.Pin("ro.flush_valve"), plant.Pin("filter1.wash_pump")));
        Assert.True(plant.RunUntil(p => p.Pin("ro.feed_pump") < pump, TimeSpan.FromMinutes(40)), plant.Story);
        Assert.True(plant.Reads("wash_tank.level") < 1.6, $"it came down with {plant.Reads("wash_tank.level")} L in the wash tank");
        ComesDownAlongItsRampAndIsFlushedOnce(plant);
    }

    /// <summary>A technician who takes the pump to zero by hand gets the same ramp and the same flush.</summary>
    [Theory]
    [MemberData(nameof(Rigs))]
    public void Taken_to_zero_by_hand_it_comes_down_along_the_same_ramp_and_is_flushed(string rig)
    {
        PilotRun plant = water.UnderPressure(rig);
        plant.Command(PhaseCommand.Hold);
        Assert.NotEqual(ReplyKind.Refused, plant.Command(id => new TakeManual(id, "test", "ro.feed_pump", 0)).Kind);
        ComesDownAlongItsRampAndIsFlushedOnce(plant);
    }

    /// <summary>A trip waits for no ramp: pump off in the scan that trips; the flush comes all the same.</summary>
    [Theory]
    [MemberData(nameof(Rigs))]
    public void Tripped_it_is_without_pump_at_once_and_flushed_then(string rig)
    {
        PilotRun plant = water.UnderPressure(rig);
        plant.Break("ro.feed_pump:fail");
        // The flush may begin before the trip: pressure and flow are gone as soon as the pump is.
        Assert.Equal(FlushSeconds, FlushedSeconds(plant, TimeSpan.FromMinutes(20)), 0.15);
        BatchEvent trip = Assert.Single(plant.Events, e => e.Kind == BatchEventKind.Trip);
        output.WriteLine($"{trip.Subject}: {trip.Text}");
        Assert.Equal(0, plant.Frame.Plan.Values[plant.Rig.Output("ro.feed_pump")]);
    }

    /// <summary>Concentrate tank over its trip level: the row shuts pump and flush valve, and what it kept shut does not count as flushed.</summary>
    [Theory]
    [MemberData(nameof(Rigs))]
    public void A_flush_never_runs_over_the_rim_of_the_concentrate_tank(string rig)
    {
        PilotRun plant = water.UnderPressure(rig);
        plant.Break("reject_tank.level:offset=58");
        Assert.True(plant.RunUntil(p => p.Pin("ro.feed_pump") == 0, TimeSpan.FromSeconds(10)), plant.Story);
        Assert.Equal(0, FlushedSeconds(plant, TimeSpan.FromMinutes(10)));
    }

    public static TheoryData<string> Rigs => [.. WashWater.Rigs];

    private void ComesDownAlongItsRampAndIsFlushedOnce(PilotRun plant)
    {
        double pump = plant.Pin("ro.feed_pump"), rate = plant.Rig.Outputs[plant.Rig.Output("ro.feed_pump")].RatePerSecond!.Value * plant.Rig.ScanPeriod.TotalSeconds;
        var pressures = new List<double> { plant.Reads("ro.pressure") };
        TimeSpan begun = plant.Now;
        Assert.True(plant.RunUntil(
            p =>
            {
                double now = p.Pin("ro.feed_pump");
                Assert.InRange(now, pump - rate - 1e-9, pump + 1e-9);
                Assert.True(p.Pin("ro.flush_valve") == 0 || (now == 0 && p.Reads("ro.pressure") < 3), $"flushed under {p.Reads("ro.pressure")} bar");
                Assert.True(now < 20 || p.Reads("ro.feed_flow") - p.Reads("ro.permeate_flow") > 1, $"no concentrate at {now} %");
                pump = now;
                pressures.Add(p.Reads("ro.pressure"));
                return p.Pin("ro.flush_valve") > 0;
            },
            TimeSpan.FromMinutes(4)), plant.Story);
        double fastest = Enumerable.Range(10, pressures.Count - 10).Max(i => pressures[i - 10] - pressures[i]);
        output.WriteLine($"{pressures[0]:0.0} bar down in {plant.Now - begun}, fastest {fastest:0.00} bar in a second");
        Assert.InRange(fastest, 0, 3);
        double litres = plant.Reads("recycled_water.level");
        Assert.Equal(FlushSeconds, FlushedSeconds(plant, TimeSpan.FromHours(1)) + 0.1, 0.15);
        Assert.InRange(litres - plant.Reads("recycled_water.level"), (FlushFlow * FlushSeconds / 3600) - 0.6, (FlushFlow * FlushSeconds / 3600) + 0.6);
    }

    /// <summary>Seconds for which the flush valve's pin is open.</summary>
    private static double FlushedSeconds(PilotRun plant, TimeSpan time)
    {
        int scans = 0;
        plant.RunUntil(
            p =>
            {
                if (p.Pin("ro.flush_valve") > 0) scans++;
                return false;
            },
            time);
        return scans * plant.Rig.ScanPeriod.TotalSeconds;
    }
}

/// <summary>Wash water on each rig whose membranes are a service, forked with the pump at its full share and the membranes under pressure.</summary>
public sealed class WashWater
{
    public static readonly string[] Rigs = ["lithium", "vanadium"];

    private readonly SortedDictionary<string, PilotRun> forks = new(StringComparer.Ordinal);

    public WashWater()
    {
        foreach (string rig in Rigs)
        {
            var plant = new PilotRun(PilotFiles.Load(rig + "-pilot", $"tests/Crm.Scenarios.Tests/Membranes/{rig}-water.yaml"), 2);
            Assert.True(plant.RunUntil(p => p.Pin("ro.feed_pump") >= 70 && p.Reads("ro.pressure") > 40, TimeSpan.FromHours(2)), plant.Story);
            plant.RunUntil(_ => false, TimeSpan.FromSeconds(20));
            forks[rig] = plant;
        }
    }

    internal PilotRun UnderPressure(string rig) => forks[rig].Fork();
}

[CollectionDefinition(Name)]
public sealed class WashWaterShared : ICollectionFixture<WashWater>
{
    public const string Name = "wash water";
}
