using Crm.Plant.Records;

namespace Crm.Scenarios.Tests.NickelCobalt;

/// <summary>
/// Named faults of the manganese train, its make-up tanks, the crystalliser that boils, filter and dryer on the nickel-cobalt pilot's twin: named in the record, alarmed, the row of HELD at the pins, all five
/// feeds of the train off (S88-11, S88-20 to S88-24, SAF-28, ALM-08).
/// </summary>
[Collection(ManganeseShared.Name)]
public sealed class ManganeseFaultTests(ManganeseHours hours)
{
    /// <summary>Moment, fault, words of the record, alarm, unit that is held, longest wait in minutes.</summary>
    [Theory]
    [InlineData("extract", "mn_train.mixer:fail", "mixers do not turn", "mn-train-held", "mn_train", 3)]
    [InlineData("extract", "mn_train.aqueous_pump:fail", "line blocked or pump does not run", "mn-train-held", "mn_train", 3)]
    [InlineData("extract", "mn_train.base_pump:fail", "line blocked or pump does not run", "mn-train-held", "mn_train", 5)]
    [InlineData("extract", "mn_train.strip_pump:fail", "line blocked or pump does not run", "mn-train-held", "mn_train", 5)]
    [InlineData("extract", "mn_train.organic_pump:wear=0.5", "pump worn", "mn-train-held", "mn_train", 8)]
    [InlineData("extract", "mn_train.aqueous_pump:wear=0.85", "profile does not become steady", "mn-train-held", "mn_train", 150)]
    [InlineData("extract", "mn_train:jackleg=1", "interface", "mn-train-held", "mn_train", 20)]
    [InlineData("extract", "mn_train:crud=35", "crud", "mn-train-held", "mn_train", 5)]
    [InlineData("extract", "mn_train:organic-leak=8", "of organic: entrainment or leak", "mn-train-held", "mn_train", 25)]
    [InlineData("extract", "mn_train:inversion=1", "is not organic-continuous, ", "mn-train-held", "mn_train", 3)]
    [InlineData("extract", "mn_train.vapour:offset=30", "mn-train-vapour", "mn-train-vapour-rising", "mn_train", 3)]
    [InlineData("extract", "ventilation.fan:fail", "ventilation-lost", "mn-train-held", "mn_train", 5)]
    public void A_fault_of_the_train_takes_its_feeds_off(string moment, string fault, string words, string alarm, string unit, int minutes)
    {
        PilotRun plant = hours.Meets(moment, fault, words, alarm, unit, minutes);
        string[] feeds = ["aqueous_pump", "organic_pump", "scrub_pump", "base_pump", "strip_pump", "divert"];
        Assert.All(feeds, feed => Assert.Equal(0, plant.Pin("mn_train." + feed)));
        Assert.Equal(1, plant.Pin("mn_train.ventilation"));
    }

    [Theory]
    [InlineData("base-water", "caustic_tank.water_pump:fail", "L moved in", "", "caustic_tank", 10)]
    [InlineData("base-caustic", "caustic_tank.caustic_pump:fail", "sodium_hydroxide pump or line", "caustic-tank-caustic-not-flowing", "caustic_tank", 10)]
    [InlineData("base-caustic", "caustic_tank.caustic_pump:leak=1", "delivers too much", "", "caustic_tank", 10)]
    [InlineData("first-strip-liquor", "crystal.manganese_pump:fail", "L moved in", "crystal-held", "crystal", 10)]
    [InlineData("heat-up", "crystal.heater:fail", "crystal-heater-astray", "crystal-held", "crystal", 30)]
    [InlineData("crystallise", "crystal.agitator:fail", "agitator", "crystal-held", "crystal", 10)]
    [InlineData("crystallise", "crystal.heater:fail", "crystal-heater-astray", "crystal-held", "crystal", 40)]
    [InlineData("crystallise", "crystal.supersaturation:offset=0.5", "does not come down", "crystal-held", "crystal", 90)]
    [InlineData("product-wash-1", "product_filter.wash_pump:fail", "takes no wash", "product-filter-held", "product_filter", 15)]
    [InlineData("dry", "dryer.heater:fail", "dryer-heater-astray", "dryer-heater-tripped", "dryer", 40)]
    [InlineData("dry", "dryer.vacuum_pump:fail", "draws no vacuum", "dryer-held", "dryer", 60)]
    public void A_fault_is_named_alarmed_and_held(string moment, string fault, string words, string alarm, string unit, int minutes) =>
        hours.Meets(moment, fault, words, alarm, unit, minutes);

    [Theory]
    [InlineData("product-wash-1", "product_filter", "may have cracked")]
    public void A_wash_paused_for_longer_than_its_cake_stands_does_not_go_on(string moment, string unit, string words) => FaultMeets.StandsTooLong(hours.At(moment).Fork(), unit, words);

    /// <summary>A person clears the hold: mixers and continuity come first again, then recycle, then product.</summary>
    [Fact]
    public void Restart_goes_through_the_start_up()
    {
        PilotRun plant = hours.At("extract").Fork();
        plant.Command(Plant.Phases.PhaseCommand.Hold);
        plant.RunUntil(p => p.IsHeld("mn_train"), TimeSpan.FromMinutes(2));
        Assert.Equal(Control.ReplyKind.Accepted, plant.Command(Plant.Phases.PhaseCommand.Restart).Kind);
        Assert.True(plant.RunUntil(p => p.Pin("mn_train.base_pump") > 0, TimeSpan.FromMinutes(10)), plant.Story);
        Assert.Equal(0, plant.Pin("mn_train.divert"));
        Assert.True(plant.RunUntil(p => p.Pin("mn_train.divert") == 1, TimeSpan.FromHours(2)), plant.Story);
        Assert.DoesNotContain(plant.Events, e => e.Kind == BatchEventKind.Fault && e.Subject.Contains("extract", StringComparison.Ordinal));
    }
}

/// <summary>One undisturbed manganese batch.</summary>
public sealed class ManganeseHours() : UndisturbedRun(
    "nickel-cobalt-pilot", "recipes/nickel-cobalt/liquor-to-manganese-sulfate.yaml",
    new()
    {
        ["base-water"] = 0.2,
        ["base-caustic"] = 2,
        ["extract"] = 60,
        ["first-strip-liquor"] = 0.1,
        ["heat-up"] = 5,
        ["crystallise"] = 40,
        ["product-wash-1"] = 0.3,
        ["dry"] = 2,
    }, TimeSpan.FromHours(40));

[CollectionDefinition(Name)]
public sealed class ManganeseShared : ICollectionFixture<ManganeseHours>
{
    public const string Name = "manganese";
}
