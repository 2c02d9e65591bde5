using Crm.Plant.Phases;

namespace Crm.Scenarios.Tests.Germanium;

/// <summary>The review table of HELD on the germanium pilot, at the pins (SAF-02, S88-06): resin, membrane, evaporator and leach.</summary>
[Collection(WaterRunShared.Name)]
public sealed class HeldWaterTests(WaterRun run, ITestOutputHelper output)
{
    [Theory]
    [InlineData("load", "resin", 60)]
    [InlineData("elute", "resin", 20)]
    [InlineData("regenerate", "resin", 20)]
    [InlineData("desalt", "ro", 30)]
    [InlineData("boil", "evaporator", 30)]
    [InlineData("leach-acid", "leach", 30)]
    public void Held_is_reached_cell_by_cell_and_nothing_that_may_never_be_is(string moment, string unit, double minutes) =>
        HeldTable.Hold(run.At(moment).Fork(), unit, TimeSpan.FromMinutes(minutes));

    /// <summary>Acid that stands on the resin while held counts: beyond its limit RESTART is held again by name, and no acid follows.</summary>
    [Fact]
    public void A_column_held_under_acid_beyond_its_limit_is_held_again_by_name()
    {
        PilotRun plant = run.At("elute").Fork();
        HeldTable.Hold(plant, "resin", TimeSpan.FromMinutes(25));
        plant.Command(PhaseCommand.Restart);
        Assert.True(plant.RunUntil(p => p.Reason.Contains("acid has been on the resin", StringComparison.Ordinal), TimeSpan.FromMinutes(5)), plant.Story);
        plant.RunUntil(_ => false, TimeSpan.FromSeconds(5));
        Assert.Equal((0, 0), (plant.Pin("resin.rinse_pump"), plant.Pin("resin.drain_valve")));
    }

    /// <summary>
    /// HOLD and STOP take the pressure down along a ramp: the pump's pin falls by 0.1 % a scan at most, the valve's opens by as much, the pressure never rises nor falls by
    /// more than 3 bar in a second; only then permeate flushes, for two minutes and 0.4 L, and no more in the hour that the run may be held. The concentrate is never shut.
    /// </summary>
    [Theory]
    [InlineData(PhaseCommand.Hold, PhaseState.Held)]
    [InlineData(PhaseCommand.Stop, PhaseState.Stopped)]
    public void A_membrane_comes_down_from_its_pressure_along_a_ramp_and_is_flushed_then(PhaseCommand command, PhaseState end)
    {
        PilotRun plant = run.At("desalt").Fork();
        double first = plant.Reads("ro.pressure"), pump = plant.Pin("ro.feed_pump"), valve = plant.Pin("ro.concentrate_valve");
        Assert.True(first > 10, $"{first} bar");
        plant.Command(command);
        var pressures = new List<double> { first };
        TimeSpan begun = plant.Now;
        Assert.True(plant.RunUntil(
            p =>
            {
                Assert.InRange(p.Pin("ro.feed_pump"), pump - 0.1001, pump);
                Assert.InRange(p.Pin("ro.concentrate_valve"), valve, valve + 0.1001);
                Assert.True(p.Pin("ro.flush_valve") == 0 || p.Pin("ro.feed_pump") == 0, "flushed under pressure");
                (pump, valve) = (p.Pin("ro.feed_pump"), p.Pin("ro.concentrate_valve"));
                pressures.Add(p.Reads("ro.pressure"));
                return p.State == end || p.IsHeld("ro");
            },
            TimeSpan.FromMinutes(4)), plant.Story);
        output.WriteLine($"from {first:0.0} bar in {plant.Now - begun}, fastest {Enumerable.Range(10, pressures.Count - 10).Max(i => pressures[i - 10] - pressures[i]):0.00} bar in a second");
        Assert.InRange(pressures.Max(), 0, first + 1);
        Assert.All(Enumerable.Range(10, pressures.Count - 10), i => Assert.InRange(pressures[i - 10] - pressures[i], -1, 3));
        plant.RunUntil(_ => false, TimeSpan.FromSeconds(10));
        Assert.InRange(plant.Reads("ro.pressure"), 0, 3);
        Assert.Equal((0, 100, 1), (plant.Pin("ro.feed_pump"), plant.Pin("ro.concentrate_valve"), plant.Pin("ro.flush_valve")));
        TimeSpan open = TimeSpan.FromSeconds(10);
        double concentrate = 0;
        plant.RunUntil(
            p =>
            {
                if (p.Pin("ro.flush_valve") > 0) open += p.Rig.ScanPeriod;
                concentrate += Math.Max(p.Reads("ro.concentrate_flow"), 0) * p.Rig.ScanPeriod.TotalHours;
                return false;
            },
            TimeSpan.FromMinutes(50));
        output.WriteLine($"flushed for {open}, {concentrate:0.00} L of concentrate left the vessel");
        Assert.InRange(open, TimeSpan.FromSeconds(119), TimeSpan.FromSeconds(121));
        Assert.Equal((0, 100, 0), (plant.Pin("ro.feed_pump"), plant.Pin("ro.concentrate_valve"), plant.Pin("ro.flush_valve")));
    }

    /// <summary>ABORT does not wait for a ramp.</summary>
    [Fact]
    public void An_aborted_membrane_is_without_pump_and_open_in_one_scan()
    {
        PilotRun plant = run.At("desalt").Fork();
        plant.Command(PhaseCommand.Abort);
        plant.Scan();
        Assert.Equal((0, 100), (plant.Pin("ro.feed_pump"), plant.Pin("ro.concentrate_valve")));
    }
}
