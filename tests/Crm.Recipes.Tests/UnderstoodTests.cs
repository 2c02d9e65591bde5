using Crm.Plant.Rigs;
using Crm.Recipes.Expressions;
using Crm.Recipes.Rigs;

namespace Crm.Recipes.Tests;

/// <summary>What the checker shows of an expression: every operation in parentheses, every value with its unit.</summary>
public sealed class UnderstoodTests
{
    private static readonly RigDefinition rig = SmallPlant.ReadRig();

    [Theory]
    [InlineData("leach.ph > 1 or leach.ph < 1 and leach.foam on", "((leach.ph [pH] > 1 pH) or ((leach.ph [pH] < 1 pH) and (leach.foam on)))")]
    [InlineData("not leach.ph > 5 and leach.foam", "((not (leach.ph [pH] > 5 pH)) and leach.foam on)")]
    [InlineData("leach.level / 2 * 3 > 1 L", "(((leach.level [L] / 2) [L] * 3) [L] > 1 L)")]
    [InlineData("leach.acid_scale / leach.level < 400 g/L", "((leach.acid_scale [kg] / leach.level [L]) [kg/L] < 400 g/L = 0.4 kg/L)")]
    [InlineData("leach.acid_scale > 2 mol H2SO4", "(leach.acid_scale [kg] > 2 mol H2SO4 = 0.196144 kg)")]
    [InlineData("leach.orp > 640 mV vs SHE", "(leach.orp [mV vs Ag/AgCl] > 640 mV vs SHE = 443 mV vs Ag/AgCl)")]
    [InlineData("leach.temperature - 60 degC < 11 K", "((leach.temperature [degC] - 60 degC) [K] < 11 K)")]
    [InlineData("max(leach.level, 3 L) > -leach.level", "(max(leach.level [L], 3 L) [L] > -leach.level [L])")]
    [InlineData("median(leach.level, 3 m3) > 6 kg/2 kg/L * 1", "(median(leach.level [L], 3 m3 = 3000 L) [L] > ((6 kg / 2 kg/L) [L] * 1) [L])")]
    public void An_expression_shows_how_it_was_read(string text, string expected)
    {
        var names = new RigNames(rig.Tags.ToDictionary(t => t.Name, RigNames.Of, StringComparer.Ordinal), rig.Outputs.Select(o => o.Name).ToHashSet(StringComparer.Ordinal));
        Operand read = ExpressionParser.Parse(text, names, (_, _, _, _) => { });
        Assert.Equal(expected, read.Text);
    }

    [Fact]
    public void A_recipe_shows_its_expressions_in_the_order_of_lines()
    {
        string file = Path.Combine(AppContext.BaseDirectory, "Malformed", "whole.yaml");
        (System.Collections.Immutable.ImmutableArray<UnderstoodExpression> all, _) = Procedures.RecipeFile.Explain(file, SmallPlant.Operations, rig);
        Assert.Contains(all, e => e is { Key: "demand", Text: "(acid [x stoichiometric] * stoichiometric(sulfuric_acid) [kg])" });
        Assert.Contains(all, e => e.Key == "until" && e.Text == "(leach.agitator_speed [rpm] > (200 rpm / 2) [rpm])" && e.Use.Contains("in block stir", StringComparison.Ordinal));
        Assert.Contains(all, e => e is { Key: "mass", Text: "(charge [kg] / 2) [kg]" });
        Assert.Contains(all, e => e is { Key: "until", Text: "(lab(check.Li) [kg/kg] > 1 % = 0.01 kg/kg)" });
        Assert.Equal(all.Where(e => e.File.Length == 0).Select(e => e.Line).Order(), all.Where(e => e.File.Length == 0).Select(e => e.Line));
    }
}
