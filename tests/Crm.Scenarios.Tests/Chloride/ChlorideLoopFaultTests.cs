namespace Crm.Scenarios.Tests.Chloride;

/// <summary>
/// Named faults of the lithium chloride rig on its own recipe: leach with hydrochloric acid and peroxide, the stack that splits the chloride, boiling and carbonation. Named in the record, alarmed, the row of
/// HELD at the pins (SAF-28, ALM-08, S88-11).
/// </summary>
[Collection(ChlorideLoopShared.Name)]
public sealed class ChlorideLoopFaultTests(ChlorideLoop hours)
{
    /// <summary>Moment, fault, words of the record, alarm, unit that is held, longest wait in minutes.</summary>
    [Theory]
    [InlineData("base-water", "base_tank.water_pump:fail", "L moved in", "", "base_tank", 5)]
    [InlineData("acid-over", "leach.return_pump:fail", "L moved in", "leach-held", "leach", 10)]
    [InlineData("make-up", "leach.acid_pump:fail", "hydrochloric_acid pump or line", "leach-held", "leach", 10)]
    [InlineData("make-up", "leach.acid_pump:stuck-on", "delivers too much", "leach-held", "leach", 10)]
    [InlineData("warm", "leach.heater:fail", "leach-heater-astray", "leach-held", "leach", 10)]
    [InlineData("warm", "leach.heater:stuck-on", "leach-heater-astray", "leach-held", "leach", 40)]
    [InlineData("peroxide", "leach.peroxide_pump:fail", "hydrogen_peroxide pump or line", "leach-held", "leach", 10)]
    [InlineData("peroxide", "leach.peroxide_pump:wear=0.6", "pump worn", "leach-held", "leach", 15)]
    [InlineData("peroxide", "leach.agitator:fail", "agitator", "leach-agitator-slow", "leach", 5)]
    [InlineData("peroxide", "gas.hydrogen_chloride:offset=6", "hydrogen-chloride-high", "hydrogen-chloride-rising", "leach", 5)]
    [InlineData("peroxide", "gas.hydrogen:offset=30", "hydrogen-high", "hydrogen-rising", "leach", 5)]
    [InlineData("peroxide", "scrubber:lost", "scrubber", "scrubber-stopped", "leach", 5)]
    [InlineData("leach", "leach.heater:fail", "leach-heater-astray", "leach-held", "leach", 60)]
    [InlineData("cool", "leach.cooling:wear=0.01", "cooling takes no heat out", "leach-held", "leach", 10)]
    [InlineData("neutral", "leach.base_pump:fail", "L moved in", "leach-held", "leach", 10)]
    [InlineData("liquor-off", "residue_filter.feed_pump:fail", "gives no filtrate", "residue-filter-held", "residue_filter", 15)]
    [InlineData("residue-wash-1", "residue_filter.wash_pump:fail", "takes no wash", "residue-filter-held", "residue_filter", 15)]
    [InlineData("resin", "polish.feed_pump:fail", "gets no flow", "polish-held", "polish", 10)]
    [InlineData("resin", "polish:blocked=30", "polish-overpressure", "polish-held", "polish", 10)]
    [InlineData("split", "electrodialysis.brine_pump:wear=0.18", "line blocked or pump does not run", "electrodialysis-held", "electrodialysis", 5)]
    [InlineData("split", "electrodialysis.acid_pump:fail", "electrodialysis-flow-lost", "stack-flow-tripped", "electrodialysis", 5)]
    [InlineData("split", "electrodialysis.base_pump:wear=0.5", "pump worn", "electrodialysis-held", "electrodialysis", 10)]
    [InlineData("split", "electrodialysis.rectifier:fail", "rectifier gives no current", "electrodialysis-held", "electrodialysis", 5)]
    [InlineData("split", "electrodialysis:fouled=0.8", "membranes fouled or brine spent", "electrodialysis-held", "electrodialysis", 40)]
    [InlineData("split", "electrodialysis.brine_conductivity:frozen", "brine does not get thinner", "electrodialysis-held", "electrodialysis", 120)]
    [InlineData("split", "electrodialysis.current:dead", "electrodialysis.current", "electrodialysis.current-fault", "electrodialysis", 5)]
    [InlineData("split", "electrodialysis.temperature:offset=30", "electrodialysis-hot", "stack-warm", "electrodialysis", 5)]
    [InlineData("split", "scrubber:lost", "scrubber", "scrubber-stopped", "electrodialysis", 5)]
    [InlineData("base-over", "carbonation.feed_pump:fail", "L moved in", "carbonation-held", "carbonation", 5)]
    [InlineData("boil", "carbonation.heater:fail", "carbonation-heater-astray", "carbonation-held", "carbonation", 10)]
    [InlineData("boil", "carbonation.temperature:offset=8", "gives no condensate", "carbonation-held", "carbonation", 120)]
    [InlineData("carbon-dioxide", "carbonation.co2_valve:fail", "gets no carbon dioxide", "carbonation-held", "carbonation", 10)]
    [InlineData("carbon-dioxide", "carbonation.agitator:fail", "agitator", "carbonation-held", "carbonation", 5)]
    [InlineData("carbonate", "product_filter.feed_pump:fail", "gives no filtrate", "product-filter-held", "product_filter", 15)]
    [InlineData("dry", "dryer.heater:fail", "dryer-heater-astray", "dryer-heater-tripped", "dryer", 40)]
    [InlineData("dry", "dryer.vacuum_pump:fail", "draws no vacuum", "dryer-held", "dryer", 60)]
    public void A_fault_is_named_alarmed_and_held(string moment, string fault, string words, string alarm, string unit, int minutes)
    {
        PilotRun plant = hours.At(moment).Fork();
        FaultMeets.IsNamedAlarmedAndHeld(plant, fault, words, alarm, unit, TimeSpan.FromMinutes(minutes), p => p.IsHeld(unit) || p.AtRest);
        if (unit == "electrodialysis") Assert.Equal(0, plant.Pin("electrodialysis.rectifier"));
        if (unit == "leach" && !fault.EndsWith("stuck-on", StringComparison.Ordinal)) Assert.Equal((0, 0, 0), (plant.Pin("leach.acid_pump"), plant.Pin("leach.peroxide_pump"), plant.Pin("leach.return_pump")));
    }

    [Theory]
    [InlineData("residue-wash-1", "residue_filter", "may have cracked")]
    public void A_wash_paused_for_longer_than_its_cake_stands_does_not_go_on(string moment, string unit, string words) => FaultMeets.StandsTooLong(hours.At(moment).Fork(), unit, words);
}

/// <summary>One undisturbed batch, forked in the middle of its operations.</summary>
public sealed class ChlorideLoop
{
    private readonly RunMoments moments = new(
        new PilotRun(PilotFiles.Load("lithium-chloride", "recipes/lithium/lfp-chloride-loop.yaml"), 3),
        new Dictionary<string, double>
        {
            ["base-water"] = 0.2,
            ["acid-over"] = 2,
            ["make-up"] = 1,
            ["warm"] = 3,
            ["peroxide"] = 5,
            ["leach"] = 10,
            ["cool"] = 0.5,
            ["neutral"] = 0.1,
            ["liquor-off"] = 2,
            ["residue-wash-1"] = 1.5,
            ["resin"] = 5,
            ["split"] = 30,
            ["base-over"] = 0.2,
            ["boil"] = 30,
            ["carbon-dioxide"] = 10,
            ["carbonate"] = 2,
            ["dry"] = 2,
        },
        TimeSpan.FromHours(48));

    internal PilotRun At(string moment) => moments.At(moment);
}

[CollectionDefinition(Name)]
public sealed class ChlorideLoopShared : ICollectionFixture<ChlorideLoop>
{
    public const string Name = "chloride loop";
}
