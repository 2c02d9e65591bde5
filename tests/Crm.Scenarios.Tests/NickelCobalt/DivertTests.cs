using Crm.Plant.Records;

namespace Crm.Scenarios.Tests.NickelCobalt;

/// <summary>
/// Continuous operation at the pins: start-up on recycle, steady state, off specification back on recycle at once, on specification again, shut-down on demand.
/// </summary>
[Collection(ManganeseShared.Name)]
public sealed class DivertTests(ManganeseHours hours)
{
    private static readonly string[] feeds = ["aqueous_pump", "organic_pump", "scrub_pump", "base_pump", "strip_pump"];

    /// <summary>
    /// A quarter of the base goes beside and the electrode reads another 0.3 low: the raffinate would carry manganese to the cobalt. With less than that the train stays on product
    /// (scenario divert-and-finish has the limit nearer and no wrong electrode).
    /// </summary>
    [Fact]
    public void Raffinate_off_specification_goes_back_and_product_comes_again_when_it_is_on_it()
    {
        PilotRun plant = hours.At("extract").Fork();
        Assert.Equal(1, plant.Pin("mn_train.divert"));
        plant.Break("mn_train.base_pump:spill=0.25");
        double least = 1;
        plant.RunUntil(p => (least = Math.Min(least, p.Pin("mn_train.divert"))) == 0, TimeSpan.FromMinutes(5));
        Assert.Equal(1, least);
        plant.Break("mn_train.ph:offset=-0.3");
        Assert.True(plant.RunUntil(p => p.Pin("mn_train.divert") == 0, TimeSpan.FromMinutes(2)), plant.Story);
        Assert.True(plant.Reads("mn_train.ph") < 3.6, plant.Story);
        Assert.All(feeds, feed => Assert.True(plant.Pin("mn_train." + feed) > 0, feed));
        Assert.False(plant.IsHeld("mn_train"), plant.Story);

        // While it is so nothing goes on: the raffinate is fed again.
        double level = plant.Reads("cobalt_feed.level"), most = 0;
        plant.RunUntil(p => (most = Math.Max(most, p.Pin("mn_train.divert"))) > 0, TimeSpan.FromMinutes(5));
        Assert.Equal(0, most);
        plant.Break("mn_train.base_pump:spill=0");
        plant.Break("mn_train.ph:offset=0.3");
        Assert.True(plant.RunUntil(p => p.Reads("mn_train.ph") > 3.8, TimeSpan.FromMinutes(30)), plant.Story);

        // On specification again it is product only after the turnovers asked for.
        Assert.Equal(0, plant.Pin("mn_train.divert"));
        Assert.InRange(plant.Reads("cobalt_feed.level") - level, -0.6, 0.6);
        Assert.True(plant.RunUntil(p => p.Pin("mn_train.divert") == 1, TimeSpan.FromMinutes(90)), plant.Story);
        Assert.DoesNotContain(plant.Events, e => e.Kind == BatchEventKind.Fault && e.Subject.Contains("extract", StringComparison.Ordinal));
    }

    /// <summary>An electrode that has gone dead is no raffinate off specification: it is a bad reading, alarmed, and the train goes on recycle, never on product unseen.</summary>
    [Fact]
    public void A_dead_electrode_makes_no_product_unseen()
    {
        PilotRun plant = hours.At("extract").Fork();
        plant.Break("mn_train.ph:dead");
        Assert.True(plant.RunUntil(p => p.Pin("mn_train.divert") == 0, TimeSpan.FromMinutes(2)), plant.Story);
        Assert.True(plant.RunUntil(p => FaultMeets.Heard(p, "mn_train.ph-fault"), TimeSpan.FromMinutes(2)), FaultMeets.Told(plant));
    }

    /// <summary>FINISH on the continuous step: five feeds and the divert in one scan, mixers for half a minute more, settling, and the batch goes on with what has been made.</summary>
    [Fact]
    public void Finish_shuts_down_and_the_batch_goes_on()
    {
        PilotRun plant = hours.At("extract").Fork();
        Assert.Equal(Control.ReplyKind.Accepted, plant.Command(id => new Control.FinishPhase(id, "test", "mn_train", "shift ends")).Kind);
        plant.Scan();
        plant.Scan();
        Assert.All(feeds.Append("divert"), feed => Assert.Equal(0, plant.Pin("mn_train." + feed)));
        Assert.Equal(400, plant.Pin("mn_train.mixer"), 1);
        Assert.True(plant.RunUntil(p => p.Events.Any(e => e.Kind == BatchEventKind.StepEnded && e.Subject == "mn_train/extract"), TimeSpan.FromMinutes(40)), plant.Story);
        Assert.Equal(0, plant.Pin("mn_train.mixer"));
    }
}
