namespace Crm.Scenarios.Tests.NickelCobalt;

/// <summary>
/// Named faults of the cobalt train and of the cleaning of the crystalliser after it on the nickel-cobalt pilot's twin: named in the record, alarmed, the row of HELD at the pins, all five feeds of the train off
/// (S88-11, S88-20 to S88-24, SAF-28, ALM-08).
/// </summary>
[Collection(CobaltShared.Name)]
public sealed class CobaltFaultTests(CobaltHours hours)
{
    /// <summary>Moment, fault, words of the record, alarm, unit that is held, longest wait in minutes.</summary>
    [Theory]
    [InlineData("extract", "co_train.mixer:fail", "mixers do not turn", "co-train-held", "co_train", 3)]
    [InlineData("extract", "co_train.aqueous_pump:fail", "line blocked or pump does not run", "co-train-held", "co_train", 3)]
    [InlineData("extract", "co_train.base_pump:fail", "line blocked or pump does not run", "co-train-held", "co_train", 5)]
    [InlineData("extract", "co_train.scrub_pump:fail", "line blocked or pump does not run", "co-train-held", "co_train", 5)]
    [InlineData("extract", "co_train.strip_pump:fail", "line blocked or pump does not run", "co-train-held", "co_train", 5)]
    [InlineData("extract", "co_train.organic_pump:wear=0.5", "pump worn", "co-train-held", "co_train", 8)]
    [InlineData("extract", "co_train:jackleg=1", "interface", "co-train-held", "co_train", 20)]
    [InlineData("extract", "co_train:crud=35", "crud", "co-train-held", "co_train", 5)]
    [InlineData("extract", "co_train:organic-leak=8", "of organic: entrainment or leak", "co-train-held", "co_train", 25)]
    [InlineData("extract", "co_train:inversion=1", "is not organic-continuous, ", "co-train-held", "co_train", 3)]
    [InlineData("extract", "co_train.vapour:offset=30", "co-train-vapour", "co-train-vapour-rising", "co_train", 3)]
    [InlineData("extract", "ventilation.fan:fail", "ventilation-lost", "co-train-held", "co_train", 5)]
    public void A_fault_of_the_train_takes_its_feeds_off(string moment, string fault, string words, string alarm, string unit, int minutes)
    {
        PilotRun plant = hours.Meets(moment, fault, words, alarm, unit, minutes);
        string[] feeds = ["aqueous_pump", "organic_pump", "scrub_pump", "base_pump", "strip_pump", "divert"];
        Assert.All(feeds, feed => Assert.Equal(0, plant.Pin("co_train." + feed)));
        Assert.Equal(1, plant.Pin("co_train.ventilation"));
    }

    /// <summary>Without a pH nobody knows whether cobalt slips: back on recycle at once, alarmed.</summary>
    [Fact]
    public void A_dead_electrode_sends_the_raffinate_back()
    {
        PilotRun plant = hours.At("extract").Fork();
        Assert.Equal(1, plant.Pin("co_train.divert"));
        plant.Break("co_train.ph:dead");
        Assert.True(plant.RunUntil(p => p.Pin("co_train.divert") == 0, TimeSpan.FromMinutes(2)), plant.Story);
        Assert.True(plant.RunUntil(p => FaultMeets.Heard(p, "co_train.ph-fault"), TimeSpan.FromMinutes(2)), FaultMeets.Told(plant));
    }

    [Theory]
    [InlineData("clean-crystalliser", "crystal.water_pump:fail", "L moved in", "crystal-held", "crystal", 15)]
    [InlineData("clean-crystalliser", "crystal.rinse_pump:fail", "L moved in", "crystal-held", "crystal", 40)]
    [InlineData("clean-crystalliser", "crystal.conductivity:offset=5", "is not clean", "crystal-held", "crystal", 240)]
    public void A_fault_is_named_alarmed_and_held(string moment, string fault, string words, string alarm, string unit, int minutes) =>
        hours.Meets(moment, fault, words, alarm, unit, minutes);
}

/// <summary>One undisturbed cobalt batch, from what stands in its feed tank.</summary>
public sealed class CobaltHours() : UndisturbedRun(
    "nickel-cobalt-pilot", "recipes/nickel-cobalt/raffinate-to-cobalt-sulfate.yaml",
    new() { ["extract"] = 60, ["clean-crystalliser"] = 1 }, TimeSpan.FromHours(50));

[CollectionDefinition(Name)]
public sealed class CobaltShared : ICollectionFixture<CobaltHours>
{
    public const string Name = "cobalt";
}
