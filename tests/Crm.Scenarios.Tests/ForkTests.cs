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
    [InlineData("ABORT, record stalled")]
    [InlineData("STOP, record stalled")]
    [InlineData("HOLD, record stalled")]
    public void A_command_towards_safe_is_at_the_pin_in_one_scan(string command)
    {
        output.WriteLine($"{hours.Checked} instants, seed {hours.InstantSeed} (CRM_SEED), plant seed {FirstHours.Seed}, deep {hours.IsDeep} (CRM_DEEP=1)");
        Assert.True(hours.Checked >= 100);
        foreach (string finding in hours.Findings[command].Take(20)) output.WriteLine(finding);
        Assert.Empty(hours.Findings[command]);
    }

    [Theory]
    [InlineData(true, "disk full")]
    [InlineData(false, "has not answered")]
    public void A_record_that_cannot_be_written_or_never_answers_holds_the_batch_before_acid_goes_in(bool full, string why)
    {
        var plant = hours.BeforeAcid!.Fork(full ? new FullJournal() : new StalledJournal());
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
        Assert.Contains(why, plant.Reason);
        Assert.Equal(0, acid);
    }

    [Fact]
    public void A_batch_held_between_two_phases_goes_on_after_restart()
    {
        var plant = hours.BetweenPhases!.Fork();
        plant.Command(Crm.Plant.Phases.PhaseCommand.Hold);
        plant.Scan(50);
        Assert.Equal(Crm.Plant.Phases.PhaseState.Held, plant.State);
        Assert.False(plant.IsDoing("leach/start-agitator"));
        Assert.True(plant.Command(Crm.Plant.Phases.PhaseCommand.Restart).Kind == Crm.Control.ReplyKind.Accepted, plant.Story);
        Assert.True(plant.RunUntil(p => p.IsDoing("leach/water"), TimeSpan.FromMinutes(2)), plant.Story);
    }

    /// <summary>A trip of two hours ago, long reset, is not why a person holds the batch now.</summary>
    [Fact]
    public void A_hold_by_a_person_is_explained_by_that_person_and_not_by_old_trips()
    {
        var plant = hours.Dosing!.Fork();
        plant.Command(Crm.Plant.Phases.PhaseCommand.Hold);
        plant.Scan(20);
        var happened = plant.Control.Explain().Parts.First(p => p.Heading == "what happened").Lines;
        Assert.Contains("FIRST HOLD", happened[0]);
        Assert.Contains("test", happened[0]);
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
