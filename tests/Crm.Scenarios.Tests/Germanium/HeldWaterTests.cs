using Crm.Plant.Phases;

namespace Crm.Scenarios.Tests.Germanium;

/// <summary>The review table of HELD on the germanium pilot, at the pins (SAF-02, S88-06): resin, membrane, evaporator and leach.</summary>
[Collection(WaterRunShared.Name)]
public sealed class HeldWaterTests(WaterRun run)
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

    /// <summary>Pressure goes down and never up, the membrane is flushed with permeate, the concentrate is never shut.</summary>
    [Fact]
    public void A_held_membrane_comes_down_from_its_pressure_and_is_flushed()
    {
        PilotRun plant = run.At("desalt").Fork();
        double first = plant.Reads("ro.pressure"), highest = 0;
        Assert.True(first > 10, $"{first} bar");
        plant.Command(PhaseCommand.Hold);
        plant.RunUntil(p => (highest = Math.Max(highest, p.Reads("ro.pressure"))) < 0, TimeSpan.FromMinutes(2));
        Assert.InRange(highest, 0, first + 1);
        Assert.InRange(plant.Reads("ro.pressure"), 0, 3);
        Assert.Equal((0, 100, 1), (plant.Pin("ro.feed_pump"), plant.Pin("ro.concentrate_valve"), plant.Pin("ro.flush_valve")));
    }
}
