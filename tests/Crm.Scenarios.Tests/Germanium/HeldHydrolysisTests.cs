using Crm.Plant.Phases;

namespace Crm.Scenarios.Tests.Germanium;

/// <summary>The review table of HELD on the germanium pilot's hydrolysis, its filter and its dryer, at the pins (SAF-02, S88-06).</summary>
[Collection(HydrolysisShared.Name)]
public sealed class HeldHydrolysisTests(Hydrolysis hours, ITestOutputHelper output)
{
    [Theory]
    [InlineData("tetrachloride", "precipitation", 30)]
    [InlineData("dioxide-cake", "product_filter", 30)]
    [InlineData("dioxide-wash", "product_filter", 30)]
    [InlineData("dry", "dryer", 30)]
    public void Held_is_reached_cell_by_cell_and_nothing_that_may_never_be_is(string moment, string unit, double minutes) =>
        HeldTable.Hold(hours.At(moment).Fork(), unit, TimeSpan.FromMinutes(minutes));

    /// <summary>A held cake stays under pressure for as long as it may be held; when it is stopped the pressure goes and nothing is fed or washed.</summary>
    [Theory]
    [InlineData("dioxide-cake")]
    [InlineData("dioxide-wash")]
    public void A_held_cake_stays_under_pressure_up_to_its_cracking_limit_and_lets_it_go_then(string moment)
    {
        PilotRun plant = hours.At(moment).Fork();
        plant.Command(PhaseCommand.Hold);
        plant.RunUntil(_ => false, TimeSpan.FromMinutes(1));
        double least = double.MaxValue;
        TimeSpan begun = plant.Now;
        Assert.True(plant.RunUntil(
            p =>
            {
                if (p.IsHeld("product_filter")) least = Math.Min(least, p.Reads("product_filter.pressure"));
                Assert.Equal((0, 0), (p.Pin("product_filter.feed_pump"), p.Pin("product_filter.wash_pump")));
                return p.State == PhaseState.Stopped;
            },
            TimeSpan.FromMinutes(70)), plant.Story);
        output.WriteLine($"{least:0.00} bar at least, stopped after {plant.Now - begun}");
        Assert.InRange(least, 1.5, 10);
        Assert.InRange(plant.Now - begun, TimeSpan.FromMinutes(55), TimeSpan.FromMinutes(65));
        Assert.Equal(Control.ReplyKind.Refused, plant.Command(PhaseCommand.Restart).Kind);
        Assert.True(plant.RunUntil(p => p.Reads("product_filter.pressure") < 1.2, TimeSpan.FromMinutes(30)), $"{plant.Reads("product_filter.pressure")} bar half an hour after it was stopped");
    }

    [Fact]
    public void A_vacuum_is_kept_while_held_and_broken_slowly() => HeldVacuum.IsKeptAndBrokenSlowly(hours.At("dry").Fork(), output);
}
