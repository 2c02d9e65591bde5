namespace Crm.Scenarios.Tests;

/// <summary>Commands towards safe at instants spread over the first eight hours (S88-08, SAF-05; DESIGN section 2).</summary>
[Collection(FirstHoursShared.Name)]
public sealed class ForkTests(FirstHours hours, ITestOutputHelper output)
{
    [Theory]
    [InlineData("ABORT")]
    [InlineData("STOP")]
    [InlineData("HOLD")]
    [InlineData("ABORT, record full")]
    [InlineData("STOP, record full")]
    [InlineData("HOLD, record full")]
    public void A_command_towards_safe_is_at_the_pin_in_one_scan(string command)
    {
        output.WriteLine($"{hours.Checked} instants, seed {hours.InstantSeed} (CRM_SEED), plant seed {FirstHours.Seed}, deep {hours.IsDeep} (CRM_DEEP=1)");
        Assert.True(hours.Checked >= 100);
        Assert.Empty(hours.Findings[command]);
    }

    [Fact]
    public void A_record_that_cannot_be_written_holds_the_batch_before_acid_goes_in()
    {
        var plant = hours.BeforeAcid!.Fork(new FullJournal());
        double acid = 0;
        bool held = plant.RunUntil(
            p =>
            {
                acid = Math.Max(acid, p.Pin("leach.acid_pump"));
                return p.State == Crm.Plant.Phases.PhaseState.Held;
            },
            TimeSpan.FromMinutes(10));
        Assert.True(held, plant.Story);
        Assert.Contains("record cannot be written", plant.Reason);
        Assert.Equal(0, acid);
    }

    [Fact]
    public void The_comparison_sees_a_unit_that_still_doses()
    {
        var plant = hours.Dosing!.Fork();
        var units = plant.ActiveUnits();
        Assert.Equal("leach", Assert.Single(units).Name);
        Assert.NotEmpty(StateTableAtPin.OpenFeeds(plant));
        Assert.NotEmpty(StateTableAtPin.Departures(plant, [units[0].Ordinal], plant.Pins(), Crm.Plant.Phases.PhaseState.Aborted));
    }

    [Fact]
    public void A_fork_leaves_its_origin_alone()
    {
        var origin = hours.Dosing!.Fork();
        double[] before = origin.Pins();
        var fork = origin.Fork();
        fork.Command(Crm.Plant.Phases.PhaseCommand.Abort);
        fork.Scan(100);
        Assert.Equal(before, origin.Pins());
        var twinOfOrigin = hours.Dosing.Fork();
        origin.Scan(600);
        twinOfOrigin.Scan(600);
        Assert.Equal(twinOfOrigin.Pins(), origin.Pins());
    }
}
