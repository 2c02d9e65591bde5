using Crm.Plant.Balances;
using Crm.Plant.Lots;
using Xunit;

namespace Crm.Plant.Tests.Balances;

public class WaterAndTimeTests
{
    [Fact]
    public void Indicators_of_a_worked_example()
    {
        var indicators = WaterIndicators.From(new WaterFlows(400, 50, 1500, 110, 12, 250, 40, 30), 25);
        Assert.Equal(0.789474, indicators.RecycleRateOfUse!.Value, 6);
        Assert.Equal(3.75, indicators.RecycledOverWithdrawal!.Value, 9);
        Assert.Equal(16.0, indicators.SpecificFreshWater!.Value, 9);
        Assert.Equal(0.0177778, indicators.ClosureError!.Value, 6);
    }

    [Fact]
    public void Indicators_without_a_divisor_are_not_numbers()
    {
        var indicators = WaterIndicators.From(new WaterFlows(0, 0, 0, 0, 0, 0, 0, 0), 0);
        Assert.Equal(new WaterIndicators(null, null, null, null), indicators);
    }

    [Fact]
    public void Water_of_a_batch_from_notes_moisture_and_reagents()
    {
        const string events = """
            LotConsumed F mass_kg=3 element.H2O=0.1 element.Li=0.1
            Dose d reagent=caustic mass_kg=10
            LotProduced cake kind=residue mass_kg=4 element.H2O=0.5
            LotProduced liquor kind=liquor mass_kg=8 element.H2O=0.9
            LotProduced P kind=product mass_kg=2 element.H2O=0
            Note early water.fresh_l=1
            Note end water.fresh_l=20 water.returned_l=60 water.evaporation_l=1.5 water.holdup_change_l=10
            """;
        var water = BatchBalance.Compute(EventsOf.Lines(events), EventsOf.Product(), EventsOf.Reagents, TimeSpan.Zero).Water;
        // in feed: 0.3 + 10 * 0.6 = 6.3; out: 2 + 1.5 + 7.2 = 10.7; in - out - holdup = 26.3 - 10.7 - 10 = 5.6
        Assert.Equal(6.3, water.InFeed, 9);
        Assert.Equal((2.0, 7.2), (Math.Round(water.InWetSolids, 9), Math.Round(water.InLiquorLots, 9)));
        Assert.Equal((0.75, 3.0, 10.0), (water.RecycleRateOfUse, water.RecycledOverWithdrawal, water.SpecificFreshWater));
        Assert.Equal(5.6 / 26.3, water.ClosureError!.Value, 9);
        Assert.Equal((5.6, 10.0, 5.0), (Math.Round(water.Unaccounted!.Value, 9), water.Drawn, water.SpecificDrawn));
        Assert.Null(water.Discharge);
    }

    [Fact]
    public void What_stood_in_settlers_at_the_start_came_in_with_its_uncertainty()
    {
        const string events = """
            Note opening water.opening_l=2.9 water.opening_u_l=0.5
            LotProduced settler-liquor kind=liquor mass_kg=3 element.H2O=0.95
            Note end water.fresh_l=10 water.returned_l=0 water.evaporation_l=9.8 water.holdup_change_l=0 water.holdup_change_u_l=0.3
            """;
        var water = BatchBalance.Compute(EventsOf.Lines(events), EventsOf.Product(), EventsOf.Reagents, TimeSpan.Zero).Water;
        // in 10 + 2.9, out 9.8 + 2.85: 0.25 L; u: sqrt(0.3^2 + 0.5^2), k = 2
        Assert.Equal((2.9, 0.25), (water.Opening!.Value, Math.Round(water.Unaccounted!.Value, 9)));
        Assert.Equal(2 * Math.Sqrt(0.34), water.UnaccountedUncertainty!.Value, 9);
        Assert.Equal(0.25 / 12.9, water.ClosureError!.Value, 9);
    }

    [Theory]
    [InlineData(0, -4.88, 4.88, true)]
    [InlineData(20, -4.88, 24.88, false)]
    [InlineData(0, 2, -2.0, false)]
    public void Water_that_the_tanks_held_is_drawn_too_and_said(double fresh, double holdup, double drawn, bool said)
    {
        BatchResult result = BatchBalance.Compute(
            EventsOf.Lines(FormattableString.Invariant($"Note end water.fresh_l={fresh} water.returned_l=28 water.holdup_change_l={holdup}")),
            EventsOf.Product(), EventsOf.Reagents, TimeSpan.Zero);
        Assert.Equal(drawn, result.Water.Drawn!.Value, 9);
        Assert.Equal(said, result.Doubts.Any(d => d.Contains("in the tanks at the start", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_last_energy_note_of_a_name_counts()
    {
        var energy = BatchBalance.Compute(EventsOf.Lines("Note a energy.heat_kwh=1\nNote b energy.heat_kwh=4 energy.pumps_kwh=0.5"), EventsOf.Product(), [], TimeSpan.Zero).Energy;
        Assert.Equal([new EnergyUse("heat", 4), new EnergyUse("pumps", 0.5)], energy);
    }

    [Fact]
    public void Steps_have_their_states_and_only_leaves_are_leaves()
    {
        const string events = """
            StepStarted leach node=unit unit=leach
            StepStarted leach/acid node=phase unit=leach operation=dose label=Acid
            PhaseState leach/acid to=Running
            PhaseState leach/acid to=Held
            PhaseState leach/acid to=Running
            StepEnded leach/acid
            StepStarted leach/react
            """;
        var timeline = BatchBalance.Compute(EventsOf.Lines(events), EventsOf.Product(), [], TimeSpan.FromMinutes(10)).Timeline;
        Assert.Equal(["leach", "leach/acid", "leach/react"], timeline.Select(s => s.Step));
        Assert.Equal([false, true, true], timeline.Select(s => s.IsLeaf));
        Assert.Equal([false, true, false], timeline.Select(s => s.Ended));
        Assert.Equal((TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)), (timeline[1].From, timeline[1].To));
        Assert.Equal([("Running", 1.0), ("Held", 1.0), ("Running", 1.0)], timeline[1].States.Select(s => (s.State, (s.To - s.From).TotalMinutes)));
        Assert.Equal(TimeSpan.FromMinutes(10), timeline[2].To);
    }

    [Fact]
    public void A_prompt_stands_on_the_unit_of_its_unit_procedure()
    {
        const string events = "StepStarted second-leach/charge label=Charge\nStepEnded second-leach/charge\nStepStarted second-leach/acid unit=leach operation=dose";
        var timeline = BatchBalance.Compute(EventsOf.Lines(events), EventsOf.Product(), [], TimeSpan.FromMinutes(10)).Timeline;
        Assert.Equal(["leach", "leach"], timeline.Select(s => s.Unit));
    }

    [Fact]
    public void Groups_are_no_leaves()
    {
        const string events = """
            StepStarted line-up
            Prompt line-up
            StepEnded line-up
            StepStarted parallel node=parallel
            StepStarted leach node=unit unit=leach
            StepStarted leach/make-up node=operation
            StepStarted leach/fill node=phase unit=leach operation=fill
            StepEnded leach/fill
            StepEnded leach/make-up
            StepStarted leach/wait
            """;
        var at = EventsOf.Lines(events).Select(e => e.Subject is "parallel" or "leach" or "leach/make-up" or "leach/fill" ? e with { At = TimeSpan.FromMinutes(5) } : e);
        var timeline = BatchBalance.Compute([.. at], EventsOf.Product(), [], TimeSpan.FromMinutes(20)).Timeline;
        Assert.Equal(["leach/fill", "leach/wait", "line-up"], timeline.Where(s => s.IsLeaf).Select(s => s.Step).Order(StringComparer.Ordinal));
        Assert.Equal("batch", timeline.Single(s => s.Step == "line-up").Unit);
    }

    [Theory]
    [InlineData("Li", 0.5, true, false)]
    [InlineData("Li", 0.8, true, true)]
    [InlineData("Co", 0.93, true, false)]
    [InlineData("Ni", 0.89, false, false)]
    [InlineData("Cu", 0.9, true, false)]
    [InlineData("Pb", 0.951, true, true)]
    public void Annex_XII_part_C(string element, double recovered, bool by2027, bool by2031)
    {
        var target = Assert.Single(RecoveryTargets.Judge(new Dictionary<string, Measured> { [element] = new(recovered, 0), ["Mn"] = new(1, 0) }));
        Assert.Equal((by2027, by2031), (target.Meets2027, target.Meets2031));
    }
}
