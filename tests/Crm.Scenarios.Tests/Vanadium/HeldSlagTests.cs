using Crm.Plant.Phases;

namespace Crm.Scenarios.Tests.Vanadium;

/// <summary>The review table of HELD on the vanadium pilot, at the pins (SAF-02, S88-06): every cell, in every scan what may never be, and the way back.</summary>
[Collection(SlagHoursShared.Name)]
public sealed class HeldSlagTests(SlagHours hours)
{
    [Theory]
    [InlineData("extracting", "extraction", 14)]
    [InlineData("calcining", "calciner", 30)]
    [InlineData("crystallising", "crystal", 30)]
    [InlineData("boiling", "concentrate", 30)]
    [InlineData("leaching", "leach", 30)]
    [InlineData("precipitating", "amv", 30)]
    [InlineData("filtering", "filter1", 30)]
    public void Held_is_reached_cell_by_cell_and_nothing_that_may_never_be_is(string moment, string unit, double minutes) =>
        HeldTable.Hold(hours.In(moment), unit, TimeSpan.FromMinutes(minutes));

    /// <summary>Up to 15 min mixed on recycle, longer: mixers off and settled, ventilation on all the time.</summary>
    [Fact]
    public void An_extraction_held_for_a_quarter_of_an_hour_settles_with_its_mixers_off_and_its_ventilation_on()
    {
        PilotRun plant = hours.In("extracting");
        TimeSpan begun = plant.Now;
        plant.Command(PhaseCommand.Hold);
        TimeSpan off = TimeSpan.Zero;
        plant.RunUntil(
            p =>
            {
                Assert.Equal((1, 0, 0, 0), (p.Pin("extraction.ventilation"), p.Pin("extraction.divert"), p.Pin("extraction.aqueous_pump"), p.Pin("extraction.organic_pump")));
                if (off == TimeSpan.Zero && p.Pin("extraction.mixer") == 0) off = p.Now - begun;
                return false;
            },
            TimeSpan.FromMinutes(25));
        Assert.InRange(off, TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(16));
    }

    /// <summary>Never a feed without turning mixers and proven continuity, never one feed without the other, never product before the profile is steady.</summary>
    [Fact]
    public void An_extraction_restarts_through_mixers_continuity_both_feeds_and_divert()
    {
        PilotRun plant = hours.In("extracting");
        HeldTable.Hold(plant, "extraction", TimeSpan.FromMinutes(5));
        Assert.Equal(Control.ReplyKind.Accepted, plant.Command(PhaseCommand.Restart).Kind);
        TimeSpan fed = TimeSpan.Zero, product = TimeSpan.Zero;
        bool mixedBefore = false, fedBefore = false;
        Assert.True(plant.RunUntil(
            p =>
            {
                bool aqueous = p.Pin("extraction.aqueous_pump") > 0, organic = p.Pin("extraction.organic_pump") > 0;
                Assert.True(aqueous == organic, $"one phase is pumped without the other at {p.Now}: {p.Story}");
                if (aqueous && !fedBefore)
                {
                    fed = p.Now;
                    Assert.True(mixedBefore, "fed before the mixers turned");
                    Assert.True(p.Reads("extraction.mixer_conductivity") < 0.5 * plant.Rig.Tags[plant.Rig.Tag("extraction.mixer_conductivity")].High, "fed into an aqueous-continuous mixer");
                }

                fedBefore |= aqueous;
                mixedBefore |= p.Pin("extraction.mixer") > 0 && p.Reads("extraction.mixer_speed") > 0.5 * p.Pin("extraction.mixer");
                if (p.Pin("extraction.divert") > 0.5) product = p.Now;
                return product > TimeSpan.Zero;
            },
            TimeSpan.FromHours(2)), plant.Story);
        Assert.True(fed > TimeSpan.Zero && product - fed > TimeSpan.FromMinutes(1), $"fed at {fed}, product at {product}");
    }
}
