using System.Collections.Immutable;
using Crm.Host.Runs;
using Crm.Plant.Materials;
using Crm.Plant.Procedure;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;
using Crm.Recipes.ProcessChecks;
using Xunit;

namespace Crm.Host.Tests.ProcessChecks;

/// <summary>Pre-flight: what a batch draws, with what the charge is reckoned to ask for, against what is there.</summary>
public sealed class StockNeedTests
{
    private static readonly (ControlRecipe Recipe, RigDefinition Rig, TwinDefinition Twin) lithium = Read();

    [Fact]
    public void Acid_is_the_stoichiometric_amount_and_caustic_what_the_doses_may_take()
    {
        StockNeed acid = Need("sulfuric_acid", 10), caustic = Need("sodium_hydroxide", 25);

        Assert.Equal(3.42, acid.Certain, 2);
        Assert.Equal(0, caustic.Certain);
        Assert.Equal(23, caustic.AtMost, 6);
        Assert.False(acid.IsShort || acid.MayBeShort || caustic.MayBeShort);
    }

    [Fact]
    public void What_is_left_in_the_drum_says_at_which_step_it_runs_out()
    {
        StockNeed acid = Need("sulfuric_acid", 3), caustic = Need("sodium_hydroxide", 12);

        Assert.True(acid.IsShort);
        Assert.Equal("leach/acid", acid.RunsOutAt());
        Assert.False(caustic.IsShort);
        Assert.True(caustic.MayBeShort);
        Assert.EndsWith("/nickel-cobalt", caustic.RunsOutAt(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_blocked_lot_is_not_there() => Assert.True(Need("sulfuric_acid", 10, "in quarantine").IsShort);

    private static StockNeed Need(string material, double left, string blocked = "")
    {
        var (recipe, rig, twin) = lithium;
        var demands = ProcessCheck.NominalDemands(recipe, rig, twin);
        BeforeTheBatch values = new(recipe, rig.Tags.Length, FormulaValues(recipe), reagent => demands.TryGetValue(reagent, out double kilograms) ? kilograms : null);
        var stock = rig.Stock.Select(l => l.Material == material ? l with { Remaining = left, Blocked = blocked } : l);
        return StockNeed.Of(recipe, rig, [.. stock], values).Single(n => n.Material == material);
    }

    private static ImmutableSortedDictionary<string, double> FormulaValues(ControlRecipe recipe) =>
        ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, recipe.Formula.Select(f => KeyValuePair.Create(f.Name, f.Value)));

    private static (ControlRecipe Recipe, RigDefinition Rig, TwinDefinition Twin) Read()
    {
        string folder = Path.Combine(EditedRecipe.Root, "hardware", "lithium-pilot");
        var rig = RigFiles.Rig(Path.Combine(folder, "rig.yaml")).Value!;
        var recipe = RigFiles.Recipe(Path.Combine(EditedRecipe.Root, "recipes", "lithium", "black-mass-to-carbonate.yaml"), rig).Value!;
        return (recipe, rig, RigFiles.Twin(Path.Combine(folder, "twin.yaml"), rig).Value!);
    }
}
