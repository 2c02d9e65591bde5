using Crm.Plant.Phases;

namespace Crm.Scenarios.Tests;

/// <summary>A dryer's vacuum at the pins and in the chamber: HOLD keeps it, STOP breaks it along a ramp, ABORT at once (HELD table, SAF-02).</summary>
internal static class HeldVacuum
{
    /// <summary>mbar/s that powder on trays stands.</summary>
    private const double Gentle = 20;

    public static void IsKeptAndBrokenSlowly(PilotRun plant, ITestOutputHelper output)
    {
        Assert.True(plant.RunUntil(p => p.Pin("dryer.vacuum_pump") == 100 && p.Reads("dryer.pressure") < 100, TimeSpan.FromMinutes(30)), plant.Story);
        PilotRun held = plant.Fork(), aborted = plant.Fork();
        held.Command(PhaseCommand.Hold);
        held.RunUntil(p => p.Reads("dryer.pressure") > 100, TimeSpan.FromMinutes(30));
        Assert.True(held.IsHeld("dryer") && held.Pin("dryer.vacuum_pump") == 100 && held.Reads("dryer.pressure") < 100, $"{held.Reads("dryer.pressure")} mbar; {held.Story}");

        aborted.Command(PhaseCommand.Abort);
        aborted.Scan();
        Assert.Equal(0, aborted.Pin("dryer.vacuum_pump"));

        held.Command(PhaseCommand.Stop);
        double pump = 100;
        var pressures = new List<double> { held.Reads("dryer.pressure") };
        TimeSpan begun = held.Now;
        Assert.True(held.RunUntil(
            p =>
            {
                Assert.InRange(p.Pin("dryer.vacuum_pump"), pump - 0.1001, pump);
                pump = p.Pin("dryer.vacuum_pump");
                pressures.Add(p.Reads("dryer.pressure"));
                return p.State == PhaseState.Stopped;
            },
            TimeSpan.FromMinutes(5)), held.Story);
        double fastest = Enumerable.Range(10, pressures.Count - 10).Max(i => pressures[i] - pressures[i - 10]);
        output.WriteLine($"stopped after {held.Now - begun} at {held.Reads("dryer.pressure"):0} mbar, fastest {fastest:0.0} mbar in a second");
        Assert.Equal(0, held.Pin("dryer.vacuum_pump"));
        Assert.InRange(fastest, 1, Gentle);
    }
}
