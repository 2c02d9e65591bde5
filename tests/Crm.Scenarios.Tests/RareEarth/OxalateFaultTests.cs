namespace Crm.Scenarios.Tests.RareEarth;

/// <summary>
/// Named faults of the oxalate precipitation, of its filter, dryer and membrane, on the rare-earth pilot's twin: named in the record, alarmed, the row of HELD at the pins, the oxalic acid off (SAF-28, ALM-08,
/// S88-11).
/// </summary>
[Collection(OxalateShared.Name)]
public sealed class OxalateFaultTests(Oxalate hours)
{
    /// <summary>Moment, fault, words of the record, alarm, unit that is held, longest wait in minutes.</summary>
    [Theory]
    [InlineData("warm", "precipitation.heater:fail", "heater-astray", "precipitation-held", "precipitation", 30)]
    [InlineData("warm", "precipitation.agitator:fail", "agitator", "precipitation-agitator-slow", "precipitation", 5)]
    [InlineData("digest", "precipitation.heater:stuck-on", "heater-astray", "precipitation-held", "precipitation", 40)]
    [InlineData("cool", "precipitation.cooling:wear=0.01", "cooling takes no heat out", "precipitation-held", "precipitation", 60)]
    [InlineData("oxalic", "precipitation.oxalic_pump:fail", "oxalic_acid pump or line", "precipitation-oxalic-not-flowing", "precipitation", 10)]
    [InlineData("oxalic", "precipitation.oxalic_pump:leak=1", "delivers too much", "precipitation-held", "precipitation", 10)]
    [InlineData("oxalic", "precipitation.temperature:offset=18", "precipitation-exotherm", "precipitation-held", "precipitation", 10)]
    [InlineData("oxalic", "scrubber:lost", "scrubber", "scrubber-stopped", "precipitation", 5)]
    [InlineData("oxalic", "gas.hydrogen_chloride:offset=3", "Hydrogen chloride leaves", "hydrogen-chloride-rising", "precipitation", 5)]
    [InlineData("oxalate-cake", "product_filter.feed_pump:fail", "gives no filtrate", "product-filter-held", "product_filter", 15)]
    [InlineData("wash-1", "product_filter.wash_pump:fail", "takes no wash", "product-filter-held", "product_filter", 15)]
    [InlineData("wash-1", "product_filter:cracked=0.3", "wash channels", "product-filter-held", "product_filter", 5)]
    [InlineData("dry", "dryer.heater:fail", "dryer-heater-astray", "dryer-heater-tripped", "dryer", 40)]
    [InlineData("dry", "dryer.vacuum_pump:fail", "draws no vacuum", "dryer-held", "dryer", 60)]
    [InlineData("desalt", "ro.concentrate_valve:fail", "dead-head", "ro-concentrate-low", "ro", 10)]
    [InlineData("desalt", "ro.feed_pump:wear=0.4", "pressure does not come", "ro-held", "ro", 20)]
    [InlineData("desalt", "ro:fouled=1", "gives no permeate", "ro-held", "ro", 20)]
    public void A_fault_is_named_alarmed_and_held(string moment, string fault, string words, string alarm, string unit, int minutes)
    {
        // The dryer's own rows stop it: then its column of STOPPED rules.
        PilotRun plant = hours.Meets(moment, fault, words, alarm, unit, minutes);
        if (!fault.StartsWith("precipitation.oxalic_pump:leak", StringComparison.Ordinal)) Assert.Equal(0, plant.Pin("precipitation.oxalic_pump"));
    }

    [Theory]
    [InlineData("wash-1", "product_filter", "may have cracked")]
    public void A_wash_paused_for_longer_than_its_cake_stands_does_not_go_on(string moment, string unit, string words) => FaultMeets.StandsTooLong(hours.At(moment).Fork(), unit, words);
}

/// <summary>One undisturbed precipitation, forked when each of its operations has been on for some minutes.</summary>
public sealed class Oxalate() : UndisturbedRun(
    "rare-earth-pilot", "recipes/rare-earth/magnet-leachate-to-oxalate.yaml",
    new() { ["warm"] = 2, ["oxalic"] = 2, ["digest"] = 5, ["cool"] = 1, ["oxalate-cake"] = 2, ["wash-1"] = 2, ["dry"] = 2, ["desalt"] = 4 }, TimeSpan.FromHours(40));

[CollectionDefinition(Name)]
public sealed class OxalateShared : ICollectionFixture<Oxalate>
{
    public const string Name = "oxalate";
}
