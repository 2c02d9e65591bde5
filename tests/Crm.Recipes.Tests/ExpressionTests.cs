using Crm.Plant.Expressions;
using Crm.Plant.Procedure;
using Crm.Plant.Quantities;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;
using Crm.Recipes.Expressions;
using Crm.Recipes.Rigs;

namespace Crm.Recipes.Tests;

/// <summary>Expressions on one image, with units reconciled when read and the worst quality of the inputs (NE-09, S88-21).</summary>
public sealed class ExpressionTests
{
    private static readonly RigDefinition rig = SmallPlant.ReadRig();

    private static readonly ExpressionNames names = new RigNames(
        rig.Tags.ToDictionary(t => t.Name, RigNames.Of, StringComparer.Ordinal),
        rig.Outputs.Select(o => o.Name).ToHashSet(StringComparer.Ordinal));

    /// <summary>leach: 70 degC, pH 2, 450 mV, 20 L, acid drum 10 kg, 300 rpm, no foam; fan running; filter pressure and water level bad.</summary>
    private static readonly Dictionary<string, double> values = new(StringComparer.Ordinal)
    {
        ["leach.temperature"] = 70,
        ["leach.ph"] = 2,
        ["leach.orp"] = 450,
        ["leach.level"] = 20,
        ["leach.acid_scale"] = 10,
        ["leach.agitator_speed"] = 300,
        ["leach.foam"] = 0,
        ["scrubber.fan_running"] = 1,
    };

    [Theory]
    [InlineData("leach.temperature < 85 degC", true)]
    [InlineData("leach.temperature > 70 degC", false)]
    [InlineData("leach.temperature >= 70 degC", true)]
    [InlineData("85 degC > leach.temperature", true)]
    [InlineData("leach.temperature < 55 degC or leach.ph > 1", true)]
    [InlineData("leach.temperature < 55 degC and leach.ph > 1", false)]
    [InlineData("not leach.ph > 5", true)]
    [InlineData("not (leach.ph > 1 and leach.ph < 3)", false)]
    [InlineData("leach.ph > 1 or leach.ph < 1 and leach.ph > 9", true)]
    [InlineData("leach.orp > 640 mV vs SHE", true)]
    [InlineData("leach.orp < 648 mV vs SHE", true)]
    [InlineData("leach.orp - 400 mV vs SHE > 0.246 V", true)]
    [InlineData("leach.orp - 10 mV < 441 mV vs Ag/AgCl", true)]
    [InlineData("leach.acid_scale > 101 mol H2SO4", true)]
    [InlineData("leach.acid_scale > 102 mol H2SO4", false)]
    [InlineData("leach.acid_scale / leach.level > 5.09 mol/L H2SO4", true)]
    [InlineData("leach.acid_scale / leach.level > 5.1 mol/L H2SO4", false)]
    [InlineData("(2 mol NaOH) * 3 > 239 g", true)]
    [InlineData("2 mol Na2SO4.10H2O + 1 mol Na2SO4.10H2O < 967 g", true)]
    [InlineData("98.08 g H2SO4 > 0.99 mol", true)]
    [InlineData("4 g NaOH / 2 g NaOH > 1.9", true)]
    [InlineData("2 L/S * leach.acid_scale = leach.level", true)]
    [InlineData("0.5 O/A * leach.level = 10 L", true)]
    [InlineData("leach.orp > 400 mV vs Ag/AgCl", true)]
    [InlineData("leach.level > 0.019 m3", true)]
    [InlineData("leach.acid_scale < 9999 g", false)]
    [InlineData("leach.acid_scale + 500 g > 10.4 kg", true)]
    [InlineData("leach.temperature + 5 K > 74 degC", true)]
    [InlineData("leach.temperature - 60 degC < 11 K", true)]
    [InlineData("leach.level * 2 > 39 L", true)]
    [InlineData("leach.acid_scale / leach.level > 0.4 kg/L", true)]
    [InlineData("leach.acid_scale / leach.level < 400 g/L", false)]
    [InlineData("min(leach.level, 5 L) = 5 L", true)]
    [InlineData("max(leach.level, 30 L, 10 L) == 30 L", true)]
    [InlineData("abs(leach.ph - 7) > 4.9", true)]
    [InlineData("-leach.ph < -1", true)]
    [InlineData("scrubber.fan_running running", true)]
    [InlineData("scrubber.fan_running not running", false)]
    [InlineData("leach.foam off", true)]
    [InlineData("leach.foam on", false)]
    [InlineData("leach.foam", false)]
    [InlineData("not leach.foam and scrubber.fan_running", true)]
    [InlineData("leach.foam = off", true)]
    [InlineData("leach.level/2 < 11 L", true)]
    public void A_condition_is_true_or_false(string text, bool expected)
    {
        Reading reading = Evaluate(text);
        Assert.Equal(Quality.Good, reading.Quality);
        Assert.Equal(expected ? 1 : 0, reading.Value);
    }

    [Theory]
    [InlineData("filter1.pressure > 1 bar", null)]
    [InlineData("filter1.pressure > 1 bar and leach.ph > 1", null)]
    [InlineData("filter1.pressure > 1 bar and leach.ph > 9", false)]
    [InlineData("leach.ph > 9 and filter1.pressure > 1 bar", false)]
    [InlineData("filter1.pressure > 1 bar or leach.ph > 1", true)]
    [InlineData("leach.ph > 1 or filter1.pressure > 1 bar", true)]
    [InlineData("filter1.pressure > 1 bar or leach.ph > 9", null)]
    [InlineData("not filter1.pressure > 1 bar", null)]
    [InlineData("leach.level / (leach.level - 20 L) > 1", null)]
    public void A_bad_input_makes_the_result_bad_unless_the_other_decides(string text, bool? expected)
    {
        Reading reading = Evaluate(text);
        Assert.Equal(expected is null, reading.IsBad);
        if (expected is { } known) Assert.Equal(known ? 1 : 0, reading.Value);
        else Assert.True(double.IsNaN(reading.Value));
    }

    [Theory]
    [InlineData("", 0, "EXPR-SYNTAX")]
    [InlineData("leach.ph >", 10, "EXPR-SYNTAX")]
    [InlineData("(leach.ph > 1", 13, "EXPR-SYNTAX")]
    [InlineData("leach.ph > 1)", 12, "EXPR-SYNTAX")]
    [InlineData("leach.ph > 1 leach.ph", 13, "EXPR-SYNTAX")]
    [InlineData("leach.ph $ 1", 9, "EXPR-SYNTAX")]
    [InlineData("leach.ph > 1 and and", 17, "EXPR-SYNTAX")]
    [InlineData("1 < leach.ph < 3", 13, "EXPR-SYNTAX")]
    [InlineData("leach.hp > 1", 0, "EXPR-NAME")]
    [InlineData("leach.temperature > 70 bananas", 20, "UNIT-UNKNOWN")]
    [InlineData("leach.temperature > 70 K", 20, "EXPR-UNIT")]
    [InlineData("leach.temperature + 5 degC > 70 degC", 20, "EXPR-UNIT")]
    [InlineData("leach.temperature * 2 > 70 degC", 0, "EXPR-UNIT")]
    [InlineData("leach.orp > 0.4 V", 12, "EXPR-UNIT")]
    [InlineData("leach.acid_scale / leach.level > 2 mol/L", 33, "EXPR-UNIT")]
    [InlineData("leach.acid_scale > 2 mol Xy", 19, "EXPR-SPECIES")]
    [InlineData("leach.acid_scale > 2 mol NaOH + 1 mol H2SO4", 32, "EXPR-SPECIES")]
    [InlineData("leach.acid_scale > 2 kg NaOH + 1 kg", 31, "EXPR-SPECIES")]
    [InlineData("leach.acid_scale > 2 mol NaOH * 1 mol NaOH", 32, "EXPR-SPECIES")]
    [InlineData("leach.level > 2 mol H2SO4", 14, "EXPR-UNIT")]
    [InlineData("leach.level + leach.acid_scale > 3 L", 14, "EXPR-UNIT")]
    [InlineData("leach.level and leach.foam", 0, "EXPR-TYPE")]
    [InlineData("(leach.ph > 1) + 2 > 1", 1, "EXPR-TYPE")]
    [InlineData("leach.level running", 12, "EXPR-TYPE")]
    [InlineData("sqrt(leach.ph) > 1", 0, "EXPR-FUNCTION")]
    [InlineData("min(leach.ph) > 1", 12, "EXPR-SYNTAX")]
    public void A_mistake_is_placed(string text, int offset, string code)
    {
        List<(int At, string Code)> found = [];
        ExpressionParser.Parse(text, names, (at, mistake, _, _) => found.Add((at, mistake)));
        Assert.Equal((offset, code), Assert.Single(found));
    }

    [Fact]
    public void Two_wrong_names_are_two_mistakes()
    {
        List<string> found = [];
        ExpressionParser.Parse("leach.hp > 1 or leach.temprature > 70 degC", names, (_, code, _, remedy) => found.Add(code + " " + remedy));
        Assert.Equal(["EXPR-NAME did you mean 'leach.ph'?", "EXPR-NAME did you mean 'leach.temperature'?"], found);
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("not ", "")]
    [InlineData("abs(", ")")]
    [InlineData("-", "")]
    public void Deep_nesting_is_refused_not_survived_by_luck(string open, string close)
    {
        List<string> found = [];
        string text = string.Concat(Enumerable.Repeat(open, 300)) + "leach.foam" + string.Concat(Enumerable.Repeat(close, 300));
        ExpressionParser.Parse(text, names, (_, code, _, _) => found.Add(code));
        Assert.Equal("EXPR-DEPTH", Assert.Single(found));
    }

    [Fact]
    public void An_expression_knows_its_tags() =>
        Assert.Equal([rig.Tag("leach.temperature"), rig.Tag("leach.ph")], Parse("leach.ph > 1 and (leach.temperature > 3 degC or leach.ph < 9)").Tags.Order());

    private static Reading Evaluate(string text) => Parse(text).Evaluate(new Scope());

    private static Expression Parse(string text)
    {
        List<string> mistakes = [];
        Operand operand = ExpressionParser.Parse(text, names, (_, code, message, _) => mistakes.Add(code + " " + message));
        operand = ExpressionParser.AsTruth(operand, (_, code, message, _) => mistakes.Add(code + " " + message));
        Assert.Empty(mistakes);
        return operand.Node;
    }

    private sealed class Scope : IExpressionScope
    {
        public Image Image { get; } = new(1, TimeSpan.FromSeconds(1), [.. rig.Tags.Select(Of)]);

        public Reading Named(int slot) => Reading.Never;

        private static Reading Of(TagDefinition tag) =>
            values.TryGetValue(tag.Name, out double value) ? Reading.Good(value, TimeSpan.FromSeconds(1)) : Reading.Bad(Reason.NoAnswer, TimeSpan.FromSeconds(1));
    }
}
