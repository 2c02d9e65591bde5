using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Lots;
using Crm.Plant.Procedure;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Differences;

/// <summary>What stands in front of the procedure: head, product and its specification, hazards, equipment, formula, stoichiometry.</summary>
internal static class OutlineItems
{
    private static readonly ImmutableArray<string> head = ["recipe", "version", "title", "rig", "priority"];

    /// <summary>Sections of named things, each with facts of its own.</summary>
    private static readonly ImmutableArray<string> named = ["equipment", "formula", "stoichiometry"];

    public static ImmutableArray<RecipeItem> Of(ControlRecipe recipe, YamlMapping file)
    {
        var items = ImmutableArray.CreateBuilder<RecipeItem>();
        foreach (string key in head)
            if (Find(file, key) is { } node) items.Add(new RecipeItem("head", key, [new RecipeFact("", WrittenValue.Words(node))]));
        if (Find(file, "product") is YamlMapping product) items.AddRange(product.Entries.Select(e => new RecipeItem("product", e.Key.Text, [new RecipeFact("", WrittenValue.Words(e.Value))])));
        items.AddRange(Specification(recipe.Product.Specification));
        items.AddRange(recipe.Hazards.Distinct(StringComparer.Ordinal).Select(h => new RecipeItem("hazards", h, [])));
        foreach (string section in named)
            if (Find(file, section) is YamlMapping things)
                items.AddRange(things.Entries.Select(e => new RecipeItem(section, e.Key.Text, Facts(e.Value))));
        return items.ToImmutable();
    }

    public static IEnumerable<RecipeItem> Specification(Specification specification)
    {
        yield return new RecipeItem("specification", "name", [new RecipeFact("", specification.Name)]);
        yield return new RecipeItem("specification", "version", [new RecipeFact("", specification.Version)]);
        yield return new RecipeItem("specification", "source", [new RecipeFact("", specification.Source)]);
        foreach (SpecificationLimit limit in specification.Limits)
        {
            string[] bounds = [.. new[] { Bound("at least", limit.Least, limit.Unit), Bound("at most", limit.Most, limit.Unit) }.OfType<string>()];
            yield return new RecipeItem("specification", "limit on " + limit.Analyte, [new RecipeFact("", string.Join(", ", bounds)), new RecipeFact("source", limit.Source)]);
        }
    }

    private static string? Bound(string words, double? value, string unit) =>
        value is { } number ? string.Create(CultureInfo.InvariantCulture, $"{words} {number:0.######} {unit}") : null;

    private static ImmutableArray<RecipeFact> Facts(YamlNode node) =>
        node is YamlMapping map ? [.. map.Entries.Select(e => new RecipeFact(e.Key.Text, WrittenValue.Words(e.Value)))] : [new RecipeFact("", WrittenValue.Words(node))];

    private static YamlNode? Find(YamlMapping map, string key) => map.Entries.FirstOrDefault(e => e.Key.Text == key)?.Value;
}
