using System.Collections.Immutable;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Differences;

namespace Crm.Recipes.Tests;

/// <summary>Two recipes compared in process words (<c>crm recipe diff</c>).</summary>
public sealed class RecipeDiffTests
{
    private const string Blocks = """
        format: 1
        blocks:
          rest:
            title: Rest
            parameters:
              time: {type: quantity, unit: min, default: 5 min}
            steps:
              - agitate: {id: rest, speed: 100 rpm, at_most: $time}

        """;

    private static readonly string recipe = BrokenFile.Edit(
        BrokenFile.Edit(SmallPlant.Recipe, "formula:\n", "use: [rest.yaml]\nformula:\n"),
        "      - fill: {from: recycled_water, to: 24 L}\n", "      - fill: {from: recycled_water, to: 24 L}\n      - block: rest\n");

    /// <summary>What is edited, into what, and every line that is told of it.</summary>
    public static TheoryData<string, string, string> Edits => new()
    {
        { "value: 3 kg", "value: 2.5 kg", "~ charge: value was 3 kg; is 2.5 kg" },
        { "{value: 3 kg, range: 1..3.5 kg", "{value: 3 kg, range: 1..3 kg", "~ charge: range was 1..3.5 kg; is 1..3 kg" },
        { "recovery: \">= 70 %\"", "recovery: \">= 75 %\"", "~ recovery was >= 70 %; is >= 75 %" },
        { "Li: 0.5, Ni: 1}", "Li: 0.5, Ni: 1.1}", "~ sulfuric_acid: per was Li 0.5, Ni 1; is Li 0.5, Ni 1.1" },
        { "rate: 4 kg/h", "rate: 3 kg/h", "~ leach/acid-dose (dose): rate was 4 kg/h; is 3 kg/h" },
        { "leach.temperature > 60 degC", "leach.temperature > 58 degC", "~ leach/acid-dose (dose): limit 'Too hot' was when leach.temperature > 60 degC, for 10 s, then hold; is when leach.temperature > 58 degC, for 10 s, then hold" },
        { ", scrubber.fan_running running", "", "~ leach/acid-dose (dose): while scrubber.fan_running running is gone" },
        { "items: [drain shut, vent open]", "items: [drain shut, vent open, lid on]", "~ ready (confirm): item 'lid on' is new" },
        { "lab(pls.Cu) < 20 mg/kg", "lab(pls.Cu) < 10 mg/kg", "~ gate (gate): require was lab(pls.Cu) < 20 mg/kg; is lab(pls.Cu) < 10 mg/kg" },
        { "- heat: {to: warm, pause_when: leach.foam on}", "- heat: {to: warm, pause_when: leach.foam on}\n          - heat: {id: hotter, to: 75 degC}", "+ leach/hotter (heat) is new, in operation leach/acid-leach, after leach/heat: to 75 degC" },
        { "          - heat: {to: warm, pause_when: leach.foam on}\n", "", "- leach/heat (heat) is gone: to warm; pause_when leach.foam on" },
        { "then: stop, state: suspended and cooled", "then: abort, state: suspended and cooled", "~ leach (unit): hold was at_most 4 h, then stop, state suspended and cooled; is at_most 4 h, then abort, state suspended and cooled" },
        { "  - wait: {for", "  - wait: {id: end, for", "~ end (wait) was called wait" },
        { "operation: Acid leach", "operation: Sour leach", "~ leach/sour-leach (operation) was called leach/acid-leach|~ leach/sour-leach (operation): operation was Acid leach; is Sour leach" },
    };

    [Theory]
    [MemberData(nameof(Edits))]
    public void A_change_is_told_in_one_line_with_what_was_and_is(string from, string to, string lines)
    {
        string[] told = Told(recipe, BrokenFile.Edit(recipe, from, to));
        Assert.Equal(lines.Split('|'), told);
    }

    [Theory]
    [InlineData("title: ", "# a remark\ntitle: ")]
    [InlineData("120 min", "2 h")]
    [InlineData("range: 60..240 min", "range: 1..4 h")]
    [InlineData("to: 24 L", "to: 24000 mL")]
    public void Layout_remarks_and_other_units_of_the_same_value_are_no_difference(string from, string to) => Assert.Empty(Told(recipe, BrokenFile.Edit(recipe, from, to)));

    [Fact]
    public void A_step_that_moved_is_not_gone_and_new()
    {
        const string weigh = "      - weigh_in: {into: leach, material: black_mass, mass: charge / 2, analytes: [Li, Ni], takes: 6 min}\n", fill = "      - fill: {from: recycled_water, to: 24 L}\n";
        string moved = BrokenFile.Edit(BrokenFile.Edit(recipe, weigh, ""), fill, weigh + fill);
        Assert.Equal(["> leach/weigh-in (weigh_in) moved: was in unit leach, after leach/rest; is first in unit leach"], Told(recipe, moved));
    }

    [Fact]
    public void A_step_that_moved_into_another_group_says_both_places()
    {
        const string heat = "          - heat: {to: warm, pause_when: leach.foam on}\n", sample = "      - sample: {name: pls";
        string moved = BrokenFile.Edit(BrokenFile.Edit(recipe, heat, ""), sample, heat.Replace("    - heat", "- heat", StringComparison.Ordinal) + sample);
        Assert.Equal(["> leach/heat (heat) moved: was in operation leach/acid-leach, after leach/acid-dose; is in unit leach, after leach/acid-leach"], Told(recipe, moved));
    }

    [Fact]
    public void Steps_of_a_block_are_written_out_and_told_with_the_line_in_the_block()
    {
        RecipeOutline old = Outline(recipe, Blocks), now = Outline(recipe, BrokenFile.Edit(Blocks, "100 rpm", "120 rpm"));
        RecipeChange change = Assert.Single(RecipeComparison.Of(old, now));
        Assert.Equal(("leach/rest", "speed", "100 rpm", "120 rpm"), (change.Subject, change.Aspect, change.Was, change.Is));
        Assert.Contains("block rest", change.Block, StringComparison.Ordinal);
        Assert.Contains("line 8 of rest.yaml", change.Block, StringComparison.Ordinal);
        Assert.NotEqual(old.Recipe.ContentHash, now.Recipe.ContentHash);
    }

    [Fact]
    public void A_change_of_the_specification_is_one_of_the_recipe()
    {
        RecipeOutline old = Outline(recipe, Blocks), now = Outline(recipe, Blocks, BrokenFile.Edit(SmallPlant.Specification, "250 ppm", "300 ppm"));
        RecipeChange change = Assert.Single(RecipeComparison.Of(old, now));
        Assert.Equal(("specification", "limit on Na", "at most 250 ppm", "at most 300 ppm"), (change.Section, change.Subject, change.Was, change.Is));
    }

    private static string[] Told(string old, string now) =>
        [.. ComparisonText.Text(RecipeComparison.Of(Outline(old, Blocks), Outline(now, Blocks))).Split('\n').Where(l => l.StartsWith("  ", StringComparison.Ordinal)).Select(l => l.Trim())];

    internal static RecipeOutline Outline(string text, string blocks = "", string specification = SmallPlant.Specification)
    {
        (RecipeOutline? outline, ImmutableArray<Diagnostic> problems) = OutlineFile.Read("recipe.yaml", SmallPlant.Operations, SmallPlant.ReadRig(), path => Path.GetFileName(path) switch
        {
            "recipe.yaml" => SmallPlant.Bytes(text),
            "rest.yaml" => SmallPlant.Bytes(blocks),
            _ => SmallPlant.Bytes(specification),
        });
        Assert.True(outline is not null, string.Join('\n', problems));
        return outline;
    }
}
