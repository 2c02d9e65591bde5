using System.Globalization;
using Crm.Chemistry;
using Crm.Plant.Expressions;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Crm.Plant.Tags;
using Xunit;

namespace Crm.Plant.Tests.Procedure;

/// <summary>What people weigh in and measure, and what the recipe computes from it.</summary>
public sealed class LotsAndHistoryTests
{
    private static readonly Slot Acid = new(0, SlotKind.Stoichiometric, "acid", -1, TimeSpan.Zero, "", 0);

    [Fact]
    public void Stoichiometric_acid_follows_from_the_assay_of_what_was_weighed_in()
    {
        Scene scene = new Scene(
            [Acid], [], [], Scene.Unit("a", Scene.WeighIn("bag", new Constant(3)), Scene.Phase("dose", "a", new SlotValue(0, -1)))).Begin();
        Assert.Equal(3, Assert.Single(scene.State.Steps).Asked);
        Assert.True(scene.Answer("bag", 3.01, 0.04).Accepted);
        StartPhase start = Assert.IsType<StartPhase>(Assert.Single(scene.Scan().Effects.Forward));
        double expected = 3.01 * 0.04 / 6.94 * 0.5 * MolarMass.Of("H2SO4") / 0.98;
        Assert.Equal(expected, start.Arguments["amount"].Number, 6);
        BatchEvent lot = Assert.Single(scene.Events, e => e.Kind == BatchEventKind.LotConsumed);
        Assert.Equal("bag-7", lot.Subject);
        Assert.Equal("0.04", lot.Data["element.Li"]);
        Assert.Equal("3.01", lot.Data["mass_kg"]);
    }

    [Fact]
    public void An_amount_that_waits_for_an_assay_holds_rather_than_dosing_nothing()
    {
        Scene scene = new Scene([Acid], [], [], Scene.Unit("a", Scene.Phase("dose", "a", new SlotValue(0, -1)))).Begin();
        Assert.Equal(PhaseState.Held, scene.State.Status);
        Assert.Contains("amount cannot be told yet", scene.State.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(2.3, true)]
    [InlineData(30, false)]
    [InlineData(-1, false)]
    [InlineData(double.NaN, false)]
    public void A_slip_of_the_pen_is_refused(double kg, bool accepted)
    {
        Scene scene = new Scene(Scene.WeighIn("bag", new Constant(3))).Begin();
        CommandVerdict verdict = scene.Answer("bag", kg, 0.04);
        Assert.Equal(accepted, verdict.Accepted);
        Assert.Equal(accepted ? PhaseState.Complete : PhaseState.Running, scene.State.Status);
    }

    [Fact]
    public void Stoichiometric_soda_follows_from_a_sample_and_the_inventory()
    {
        var slot = new Slot(0, SlotKind.Stoichiometric, "soda", 0, TimeSpan.Zero, "", 0);
        var sample = new SampleNode("s", "Sample", 1, "pls", "a", 0.05, ["Li"], TimeSpan.FromMinutes(1));
        Scene scene = new Scene([slot], [], [], sample, Scene.Unit("a", Scene.Phase("p", "a"))).Set(0, 12).Begin();
        scene.Result("pls", 0.01);
        double expected = 12 * 0.01 / 6.94 * 0.5 * MolarMass.Of("Na2CO3") / 0.24;
        Assert.Equal(expected, scene.State.Values[0].Value, 6);
        BatchEvent result = Assert.Single(scene.Events, e => e.Kind == BatchEventKind.LabResult);
        Assert.Equal(("0.05", "0.00025"), (result.Data["mass_kg"], result.Data["mass_u_kg"]));
    }

    [Theory]
    [InlineData("plateau", 0.0, 0.9, 1)]
    [InlineData("plateau", 0.1, 0.0, 0)]
    [InlineData("stable", 0.0, 0.19, 1)]
    [InlineData("stable", 0.0, 0.21, 0)]
    [InlineData("slope", 0.1, 0.0, 6)]
    [InlineData("average", 0.0, 0.0, 20)]
    public void Functions_of_time(string function, double perSecond, double ripple, double expected)
    {
        var tag = new TagDefinition(0, "a.t", "t", "degC", 0, 100, Scene.Second, new Keep(0, Scene.Second), "bus", "", 1, 0.1);
        var window = new HistoryWindow(new Slot(0, SlotKind.Window, "w", 0, TimeSpan.FromMinutes(1), function, 0.1), tag);
        for (int s = 0; s <= 60; s++)
        {
            bool isJudgement = function is "plateau" or "stable";
            Reading before = window.Value(TimeSpan.FromSeconds(s));
            Assert.True(isJudgement ? before.Value < 0.5 : before.IsBad, string.Create(CultureInfo.InvariantCulture, $"not full at {s} s"));
            var now = TimeSpan.FromSeconds(s);
            window.Sample(new Image(s + 1, now, [Reading.Good(20 + s * perSecond + s % 2 * ripple, now)]));
        }

        Assert.Equal(expected, window.Value(TimeSpan.FromSeconds(60)).Value, 6);
    }

    [Fact]
    public void A_bad_reading_spoils_a_window_until_it_has_passed_through()
    {
        var tag = new TagDefinition(0, "a.t", "t", "degC", 0, 100, Scene.Second, new Keep(0, Scene.Second), "bus", "", 1, 0.1);
        var window = new HistoryWindow(new Slot(0, SlotKind.Window, "w", 0, TimeSpan.FromSeconds(5), "plateau", 0), tag);
        for (int s = 0; s < 20; s++)
        {
            var now = TimeSpan.FromSeconds(s);
            window.Sample(new Image(s + 1, now, [s == 8 ? Reading.Bad(Reason.Stale, now) : Reading.Good(20, now)]));
            bool isClean = s >= 5 && s is < 8 or > 13;
            Assert.Equal(isClean ? 1 : 0, window.Value(now).Value);
        }
    }
}
