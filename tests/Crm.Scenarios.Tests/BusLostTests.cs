using Crm.Plant.Phases;

namespace Crm.Scenarios.Tests;

/// <summary>A bus that answers no more: its devices fall to their fail values when the last plan runs out (SAF-12, DESIGN section 2).</summary>
[Collection(FirstHoursShared.Name)]
public sealed class BusLostTests(FirstHours hours)
{
    [Theory]
    [InlineData("drives")]
    [InlineData("switches")]
    [InlineData("transmitters")]
    [InlineData("scales")]
    public void A_lost_bus_leaves_its_pins_at_their_fail_values(string bus)
    {
        var plant = hours.Dosing!.Fork();
        Assert.True(plant.Pin("leach.peroxide_pump") > 0, plant.Story);
        double[] before = plant.Pins();
        TimeSpan validUntil = plant.ValidUntil;
        plant.Break($"bus.{bus}:lost");
        while (plant.Now <= validUntil) plant.Scan();
        foreach (var output in LithiumPlant.Rig.Outputs.Where(o => o.Bus == bus))
        {
            double wanted = output.Fail.Value.Keep ? before[output.Ordinal] : output.Fail.Value.Value;
            Assert.True(Math.Abs(plant.Pin(output.Ordinal) - wanted) < LithiumPlant.PinTolerance, $"{output.Name} at {plant.Pin(output.Ordinal)}, fail value {wanted}");
        }
    }

    // The drives carry no tag; their loss trips the rig.
    [Theory]
    [InlineData("drives", "drives")]
    [InlineData("switches", "switches")]
    [InlineData("transmitters", "transmitters")]
    [InlineData("scales", "scales")]
    public void A_lost_bus_ends_dosing_and_the_record_says_why(string bus, string said)
    {
        var plant = hours.Dosing!.Fork();
        plant.Break($"bus.{bus}:lost");
        bool rests = plant.RunUntil(p => p.State is PhaseState.Held or PhaseState.Stopped or PhaseState.Aborted, TimeSpan.FromMinutes(10));
        Assert.True(rests, plant.Story);
        Assert.Equal(0, plant.Pin("leach.peroxide_pump"));
        Assert.Equal(0, plant.Pin("leach.acid_pump"));
        Assert.NotEmpty(plant.Reason);
        Assert.Contains(plant.Events, e => e.Text.Contains(said, StringComparison.Ordinal));
    }
}
