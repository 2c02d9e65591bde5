namespace Crm.Scenarios.Tests.Germanium;

/// <summary>
/// Named faults of the hydrolysis of tetrachloride to dioxide, of its filter and its dryer, on the germanium pilot's twin: named in the record, alarmed, the row of HELD at
/// the pins, the tetrachloride off (SAF-28, ALM-08, S88-11).
/// </summary>
[Collection(HydrolysisShared.Name)]
public sealed class HydrolysisFaultTests(Hydrolysis hours)
{
    /// <summary>Moment, fault, words of the record, alarm, unit that is held, longest wait in minutes.</summary>
    [Theory]
    [InlineData("fill-water", "precipitation.water_pump:fail", "L moved in", "precipitation-held", "precipitation", 10)]
    [InlineData("fill-water", "precipitation.level:dead", "precipitation.level", "precipitation.level-fault", "precipitation", 5)]
    [InlineData("tetrachloride", "precipitation.tetrachloride_pump:fail", "germanium_tetrachloride pump or line", "precipitation-tetrachloride-not-flowing", "precipitation", 10)]
    [InlineData("tetrachloride", "precipitation.tetrachloride_pump:wear=0.4", "germanium_tetrachloride pump or line", "precipitation-held", "precipitation", 15)]
    [InlineData("tetrachloride", "precipitation.tetrachloride_pump:wear=0.6", "pump worn", "precipitation-held", "precipitation", 15)]
    [InlineData("tetrachloride", "precipitation.tetrachloride_pump:leak=1", "delivers too much", "precipitation-held", "precipitation", 10)]
    [InlineData("tetrachloride", "precipitation.agitator:fail", "precipitation-agitator-lost", "precipitation-agitator-slow", "precipitation", 5)]
    [InlineData("tetrachloride", "precipitation.temperature:dead", "precipitation.temperature", "precipitation.temperature-fault", "precipitation", 5)]
    [InlineData("tetrachloride", "precipitation.temperature:offset=18", "precipitation-exotherm", "precipitation-held", "precipitation", 10)]
    [InlineData("tetrachloride", "scrubber:lost", "scrubber", "scrubber-stopped", "precipitation", 5)]
    [InlineData("tetrachloride", "gas.hydrogen_chloride:offset=3", "Chloride vapours", "hydrogen-chloride-rising", "precipitation", 5)]
    [InlineData("dioxide-cake", "product_filter.feed_pump:fail", "gives no filtrate", "product-filter-held", "product_filter", 15)]
    [InlineData("dioxide-cake", "product_filter.filtrate_flow:dead", "product_filter.filtrate_flow", "product_filter.filtrate_flow-fault", "product_filter", 5)]
    [InlineData("dioxide-wash", "product_filter.wash_pump:fail", "takes no wash", "product-filter-held", "product_filter", 15)]
    [InlineData("dioxide-wash", "product_filter:cracked=0.3", "wash channels", "product-filter-held", "product_filter", 5)]
    [InlineData("dry", "dryer.heater:fail", "dryer-heater-astray", "dryer-heater-tripped", "dryer", 40)]
    [InlineData("dry", "dryer.vacuum_pump:fail", "draws no vacuum", "dryer-held", "dryer", 60)]
    [InlineData("dry", "dryer.temperature:dead", "dryer.temperature", "dryer.temperature-fault", "dryer", 5)]
    public void A_fault_is_named_alarmed_and_held(string moment, string fault, string words, string alarm, string unit, int minutes)
    {
        PilotRun plant = hours.At(moment).Fork();
        // The dryer's own rows stop it: then its column of STOPPED rules.
        FaultMeets.IsNamedAlarmedAndHeld(plant, fault, words, alarm, unit, TimeSpan.FromMinutes(minutes), p => p.IsHeld(unit) || p.AtRest);
        if (!fault.StartsWith("precipitation.tetrachloride_pump:leak", StringComparison.Ordinal)) Assert.Equal(0, plant.Pin("precipitation.tetrachloride_pump"));
    }

    [Theory]
    [InlineData("dioxide-wash", "product_filter", "may have cracked")]
    public void A_wash_paused_for_longer_than_its_cake_stands_does_not_go_on(string moment, string unit, string words) => FaultMeets.StandsTooLong(hours.At(moment).Fork(), unit, words);
}

/// <summary>One undisturbed hydrolysis, forked when each of its operations has been on for two minutes.</summary>
public sealed class Hydrolysis
{
    private readonly RunMoments moments = new(
        new PilotRun(PilotFiles.Load("germanium-pilot", "recipes/germanium/tetrachloride-to-dioxide.yaml"), 3),
        new Dictionary<string, double> { ["fill-water"] = 0.5, ["tetrachloride"] = 2, ["dioxide-cake"] = 2, ["dioxide-wash"] = 2, ["dry"] = 2 }, TimeSpan.FromHours(40));

    internal PilotRun At(string moment) => moments.At(moment);
}

[CollectionDefinition(Name)]
public sealed class HydrolysisShared : ICollectionFixture<Hydrolysis>
{
    public const string Name = "hydrolysis";
}
