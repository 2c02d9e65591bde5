using System.Collections.Immutable;
using Crm.Plant.Campaigns;
using Crm.Plant.Procedure;
using Crm.Recipes.Campaigns;
using Crm.Recipes.Diagnostics;

namespace Crm.Recipes.Tests;

/// <summary>A campaign names recipes, what they wait for and the lots they take from each other; nothing can wait in a circle.</summary>
public sealed class CampaignFileTests
{
    private const string Campaign = """
        format: 1
        campaign: small/week
        version: "1.0.0"
        title: Three in a row
        rig: bench
        batches:
          first:  {recipe: small.yaml}
          second: {recipe: small.yaml, set: {charge: 2 kg, size: 1.1}, after: first}
          third:
            recipe: small.yaml
            after: [second]
            when: leach.level < 1 L
            takes: {black_mass: first/graphite}

        """;

    private static (CampaignPlan? Value, ImmutableArray<Diagnostic> Diagnostics) Read(string text, string recipe = SmallPlant.Recipe) =>
        CampaignFile.Read("week.yaml", SmallPlant.Bytes(text), SmallPlant.ReadRig(), (path, _) => path == "small.yaml"
            ? SmallPlant.TryRecipe(recipe) is var (read, found) ? (read, [.. found.Select(d => d with { File = path })]) : default
            : (null, [new Diagnostic(path, 1, 1, DiagnosticCodes.FileMissing, "none", "")]));

    [Fact]
    public void It_is_batches_in_order_with_what_each_waits_for_and_takes()
    {
        CampaignPlan plan = SmallPlant.Whole(Read(Campaign));
        Assert.Equal(["first", "second", "third"], plan.Batches.Select(b => b.Name));
        Assert.Equal(["", "first", "second first"], plan.Batches.Select(b => string.Join(' ', b.Start.After)));
        Assert.Equal([3.0, 2, 3], plan.Batches.Select(b => b.Recipe.Formula.Single(p => p.Name == "charge").Value));
        Assert.Equal("leach.level < 1 L", plan.Batches[2].Start.When!.Text);
        Assert.Equal(new MadeLot("first", "graphite"), plan.Batches[2].Start.Takes["black_mass"]);
        Assert.NotEqual(plan.ContentHash, SmallPlant.Whole(Read(Campaign, SmallPlant.Recipe + "# more\n")).ContentHash);
    }

    [Theory]
    [InlineData("recipe: small.yaml}", "recipe: smell.yaml}", "FILE-MISSING", "smell")]
    [InlineData("{recipe: small.yaml}", "{}", "KEY-MISSING", "first:")]
    [InlineData("{recipe: small.yaml}", "small.yaml", "KIND-WRONG", "first:")]
    [InlineData("after: first}", "after: third}", "CAMPAIGN-ORDER", "after: third")]
    [InlineData("after: first}", "after: second}", "CAMPAIGN-ORDER", "after: second")]
    [InlineData("{recipe: small.yaml}", "{recipe: small.yaml, when: leach.level < 1 L}", "CAMPAIGN-ORDER", "first:")]
    [InlineData("leach.level < 1 L", "leach.levl < 1 L", "EXPR-NAME", "levl")]
    [InlineData("leach.level < 1 L", "leach.level < 1 kg", "EXPR-UNIT", "< 1 kg")]
    [InlineData("leach.level < 1 L", "lab(pls.Li) < 1 %", "EXPR-SCOPE", "lab(")]
    [InlineData("leach.level < 1 L", "leach.level", "EXPR-TYPE", "when: leach.level")]
    [InlineData("first/graphite", "first/grafite", "CAMPAIGN-LOT", "takes:")]
    [InlineData("first/graphite", "fourth/graphite", "CAMPAIGN-ORDER", "takes:")]
    [InlineData("first/graphite", "graphite", "CAMPAIGN-LOT", "takes:")]
    [InlineData("black_mass: first", "white_mass: first", "CAMPAIGN-LOT", "takes:")]
    [InlineData("charge: 2 kg", "charge: 200 kg", "FORMULA-RANGE", "200 kg")]
    [InlineData("charge: 2 kg", "chance: 2 kg", "FORMULA-UNKNOWN", "chance")]
    [InlineData("size: 1.1", "size: 9", "FORMULA-RANGE", "size: 9")]
    [InlineData("rig: bench", "rig: other", "RECIPE-RIG", "rig: other")]
    [InlineData("second: {", "se/cond: {", "NAME-WRONG", "se/cond")]
    [InlineData("second: {", "first: {", "KEY-DUPLICATE", "charge: 2 kg")]
    [InlineData("title:", "titel:", "KEY-UNKNOWN", "titel")]
    public void A_mistake_is_told_at_its_line(string written, string instead, string code, string marker)
    {
        string text = BrokenFile.Edit(Campaign, written, instead);
        BrokenFile.Refused(Read(text), code, BrokenFile.LineOf(text, marker));
    }

    [Fact]
    public void One_batch_is_no_campaign_and_mistakes_of_a_recipe_are_told_once_in_the_recipe()
    {
        BrokenFile.Refused(Read(Campaign[..Campaign.IndexOf("  second", StringComparison.Ordinal)]), "STEP-EMPTY", 7);
        (CampaignPlan? value, ImmutableArray<Diagnostic> found) = Read(Campaign, BrokenFile.Edit(SmallPlant.Recipe, "rig: ", "rick: "));
        Assert.Null(value);
        Assert.NotEmpty(found);
        Assert.All(found, d => Assert.Equal("small.yaml", d.File));
        Assert.Equal(found.Distinct(), found);
    }
}
