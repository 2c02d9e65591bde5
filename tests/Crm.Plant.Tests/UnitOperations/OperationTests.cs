using Crm.Plant.Phases;
using Crm.Plant.Records;
using Crm.Plant.UnitOperations;
using Xunit;

namespace Crm.Plant.Tests.UnitOperations;

/// <summary>Each operation on the toy plant: does it reach its end, does it say by name what is wrong (SAF-28).</summary>
public class OperationTests
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(12);

    public static TheoryData<string, string, string> Ends => new()
    {
        { "vessel fill from=tank to=30", "vessel.level", "29.7..30.4" },
        { "vessel fill from=tank to=30 rate=20", "vessel.level", "29.7..30.4" },
        { "vessel dose reagent=acid amount=1.5 rate=4", "vessel.acid_scale", "13.49..13.51" },
        { "vessel dose reagent=acid amount=0.05", "vessel.acid_scale", "14.942..14.958" },
        { "vessel dose reagent=acid amount=1 over=3600 temperature=40 agitator=200", "vessel.acid_scale", "13.99..14.01" },
        { "vessel heat to=60", "vessel.temperature", "59.4..60.1" },
        { "vessel heat to=60 rate=0.5", "vessel.temperature", "59.4..60.1" },
        { "vessel cool to=5 soak=600", "vessel.temperature", "4.9..5.5" },
        { "vessel react temperature=50 for=600", "vessel.temperature", "49.5..50.1" },
        { "vessel agitate speed=200 for=60", "vessel.agitator_speed", "200..200" },
        { "vessel agitate speed=0", "vessel.agitator_speed", "0..0" },
        { "vessel transfer from=vessel to=tank", "vessel.level", "0..0.1" },
        { "vessel transfer from=vessel to=tank leave=8", "vessel.level", "7.7..8.2" },
        { "vessel transfer from=vessel to=tank amount=5", "vessel.level", "14.7..15.3" },
        { "filter filter from=vessel divert=1", "vessel.level", "0..0.1" },
        { "filter wash from=tank volume=3 divert=2", "tank.level", "36.9..37.1" },
        { "vessel evaporate to=10 temperature=110", "vessel.level", "9.8..10.2" },
        { "vessel sparge co2=10 temperature=20 for=600", "vessel.co2_flow", "0..30" },
        { "column polish from=vessel rate=15", "vessel.level", "0..0.1" },
        { "dryer dry temperature=105 for=1800", "dryer.temperature", "95..110" },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public void An_operation_ends_where_it_was_asked_to(string step, string tag, string range)
    {
        Bench bench = Make(step).Start().UntilOver(Day);
        Assert.True(bench.Run.State == PhaseState.Complete, $"{bench.Run.State}: {bench.Run.Reason}; {bench.Run.Doing}");
        double[] bounds = [.. range.Split("..").Select(b => double.Parse(b, System.Globalization.CultureInfo.InvariantCulture))];
        Assert.InRange(bench.Plant[tag], bounds[0], bounds[1]);
        Assert.Equal(0, bench.Demanded("vessel.acid_pump") ?? 0);
        Assert.Equal(0, bench.Demanded("filter.feed_pump") ?? 0);
    }

    public static TheoryData<string, string, string> Faults => new()
    {
        { "vessel fill from=tank to=30", "vessel.water_pump", "L moved in" },
        { "vessel dose reagent=acid amount=1.5 rate=4", "vessel.acid_pump", "acid pump or line" },
        { "vessel dose reagent=acid amount=0.02", "vessel.acid_pump", "acid pump or line" },
        { "vessel dose reagent=acid amount=1.5 agitator=200", "vessel.agitator", "agitator does not turn: 0 rpm, 200 rpm asked" },
        { "vessel dose_to_ph reagent=base target=7 rate=6 at_most_amount=3", "vessel.base_pump", "base pump or line" },
        { "vessel heat to=60", "vessel.heater", "heater gives no heat" },
        { "vessel cool to=5", "vessel.cooling", "cooling takes no heat out" },
        { "vessel agitate speed=200", "vessel.agitator", "agitator does not turn" },
        { "vessel transfer from=vessel to=tank", "vessel.feed_pump", "L moved in" },
        { "filter filter from=vessel divert=1", "filter.feed_pump", "gives no filtrate" },
        { "filter wash from=tank volume=3 divert=2", "filter.wash_pump", "takes no wash" },
        { "vessel evaporate to=10 temperature=110", "vessel.heater", "heater gives no heat" },
        { "vessel sparge co2=10 temperature=20", "vessel.co2_valve", "gets no carbon dioxide" },
        { "column polish from=vessel rate=15", "column.feed_pump", "gets no flow" },
        { "vessel fill from=tank to=30 rate=20 agitator=200", "vessel.agitator", "agitator does not turn" },
        { "vessel transfer from=vessel to=tank rate=20 agitator=200", "vessel.agitator", "agitator does not turn" },
        { "vessel cool to=5 soak=600 agitator=200", "vessel.agitator", "agitator does not turn" },
        { "vessel react temperature=50 for=600 agitator=200", "vessel.agitator", "agitator does not turn" },
        { "vessel react temperature=50 for=600", "vessel.heater", "does not come to temperature" },
        { "vessel evaporate to=10 temperature=110 agitator=200", "vessel.agitator", "agitator does not turn" },
        { "vessel sparge co2=10 temperature=20 for=600 agitator=200", "vessel.agitator", "agitator does not turn" },
        { "dryer dry temperature=105 for=1800", "dryer.heater", "heater gives no heat" },
        { "dryer dry temperature=105 for=180000", "dryer.vacuum_pump", "draws no vacuum" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_dead_device_is_a_named_fault_and_holds(string step, string dead, string words)
    {
        Bench bench = Make(step);
        bench.Plant.Dead.Add(dead);
        bench.Start().UntilOver(Day);
        Assert.Equal(PhaseState.Held, bench.Run.State);
        Assert.Contains(words, bench.Run.Reason, StringComparison.Ordinal);
        Assert.Single(bench.Events, e => e.Kind == BatchEventKind.Fault);
    }

    public static TheoryData<string, string> Needed => new()
    {
        { "vessel fill from=tank to=30", "vessel.level" },
        { "vessel dose reagent=acid amount=1.5", "vessel.acid_scale" },
        { "vessel dose_to_ph reagent=base target=7 rate=6 at_most_amount=3", "vessel.ph" },
        { "vessel heat to=60", "vessel.temperature" },
        { "vessel cool to=5", "vessel.temperature" },
        { "vessel react temperature=50", "vessel.temperature" },
        { "vessel transfer from=vessel to=tank", "vessel.level" },
        { "filter filter from=vessel divert=1", "filter.filtrate_flow" },
        { "filter wash from=tank volume=3 divert=2", "filter.wash_flow" },
        { "vessel evaporate to=10 temperature=110", "vessel.condensate_flow" },
        { "vessel sparge co2=10 temperature=20", "vessel.co2_flow" },
        { "column polish from=vessel rate=15", "column.inlet_flow" },
        { "dryer dry temperature=105 for=1800", "dryer.temperature" },
    };

    [Theory]
    [MemberData(nameof(Needed))]
    public void A_bad_reading_of_a_needed_tag_is_a_fault_with_its_name(string step, string tag)
    {
        Bench bench = Make(step).Start().For(TimeSpan.FromSeconds(20));
        bench.Plant.Bad.Add(tag);
        bench.Step();
        Assert.Equal(PhaseState.Holding, bench.Run.State);
        Assert.Contains(tag + " is bad (stale)", bench.Run.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaporation_feeds_until_the_source_is_empty_and_then_boils_down()
    {
        var plant = new ToyPlant { ["vessel.level"] = 3, ["tank.level"] = 40 };
        Bench bench = Make("vessel evaporate from=tank to=9 temperature=110", plant).Start();
        double highest = 0;
        bench.Until(b => (highest = Math.Max(highest, b.Plant["vessel.level"])) > 0 && b.Run.State == PhaseState.Complete, Day);
        Assert.InRange(plant["tank.level"], 0, 0.1);
        Assert.InRange(plant["vessel.level"], 8.7, 9.3);
        Assert.InRange(highest, 20, 40);
    }

    [Fact]
    public void No_condensate_at_the_boil_is_told_from_no_heat()
    {
        var plant = new ToyPlant();
        plant.Dead.Add("vessel.condenser");
        Bench bench = Make("vessel evaporate to=10 temperature=103", plant).Start().UntilOver(Day);
        Assert.Contains("gives no condensate", bench.Run.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_description_is_complete_and_every_name_unique()
    {
        Assert.Equal(UnitOperationCatalogue.All.Length, UnitOperationCatalogue.Descriptions.Select(d => d.Name).Distinct(StringComparer.Ordinal).Count());
        foreach (UnitOperationDescription description in UnitOperationCatalogue.Descriptions)
        {
            Assert.NotEmpty(description.Summary);
            Assert.All(description.Parameters, p => Assert.NotEmpty(p.Meaning));
            Assert.All(description.Parameters.Where(p => p.Default is not null), p => Assert.InRange(p.Default!.Value, p.Low, p.High));
            Assert.All(description.Roles, r => Assert.NotEmpty(r.Meaning));
        }

        Assert.False(UnitOperationCatalogue.Find("dose")!.Description.RepeatSafe);
        Assert.False(UnitOperationCatalogue.Find("dose_to_ph")!.Description.RepeatSafe);
    }

    /// <summary>"vessel dose reagent=acid amount=1.5" as a bench.</summary>
    internal static Bench Make(string step, ToyPlant? plant = null, Func<Crm.Plant.Procedure.PhaseNode, Crm.Plant.Procedure.PhaseNode>? change = null)
    {
        string[] words = step.Split(' ');
        var arguments = words[2..].Select(w => w.Split('=')).Select(p =>
            (p[0], double.TryParse(p[1], System.Globalization.CultureInfo.InvariantCulture, out double number) ? (object)number : p[1])).ToArray();
        return new Bench(words[0], words[1], arguments, change, plant);
    }
}
