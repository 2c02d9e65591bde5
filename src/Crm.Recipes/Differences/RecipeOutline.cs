using System.Collections.Immutable;
using Crm.Plant.Procedure;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Differences;

/// <summary>Something a recipe says of one of its things, in its own words: <c>rate</c> of <c>leach/acid</c> is <c>4 kg/h</c>.</summary>
/// <param name="Words">Empty where the aspect says it all.</param>
public sealed record RecipeFact(string Aspect, string Words);

/// <summary>A thing of the recipe's head: a formula value, an equipment requirement, a limit of the specification.</summary>
/// <param name="Section"><c>head</c>, <c>formula</c>, <c>product</c>, …</param>
public sealed record RecipeItem(string Section, string Name, ImmutableArray<RecipeFact> Facts);

/// <summary>A step as it is written, or a group of steps; of a repeat, one pass stands for all.</summary>
/// <param name="Word"><c>dose</c>, <c>unit</c>, <c>operation</c>, <c>branch</c>.</param>
/// <param name="Parent">Number of the group around it; -1 for the procedure itself.</param>
/// <param name="Block">Where a block brought it in; empty outside of blocks.</param>
public sealed record OutlineStep(string Id, string Word, ImmutableArray<RecipeFact> Facts, int Parent, int Line, string Block);

/// <summary>A recipe as it is written, with its blocks written out: what two recipes are compared by.</summary>
/// <param name="Steps">In the order they are written; a group stands before what is in it.</param>
public sealed record RecipeOutline(ControlRecipe Recipe, ImmutableArray<RecipeItem> Items, ImmutableArray<OutlineStep> Steps)
{
    internal static RecipeOutline Of(ControlRecipe recipe, YamlMapping written, IReadOnlyDictionary<YamlNode, string> ids) =>
        new(recipe, OutlineItems.Of(recipe, written), new OutlineSteps(ids).Of(written));
}
