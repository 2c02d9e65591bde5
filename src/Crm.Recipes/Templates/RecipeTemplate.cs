using System.Text.RegularExpressions;

namespace Crm.Recipes.Templates;

/// <summary>A recipe made out of a template: itself a recipe that lints and runs, of which head and paths are changed. Everything else, remarks included, stays as it is written.</summary>
public static partial class RecipeTemplate
{
    /// <param name="template">Text of the template.</param>
    /// <param name="id">Id of the new recipe: <c>lithium/wash-cake</c>.</param>
    /// <param name="rig">Null: that of the template.</param>
    /// <param name="specification">Path of its specification from its own folder.</param>
    /// <param name="moved">What a path from the template's folder is from the recipe's.</param>
    public static string Filled(string template, string id, string? rig, string specification, Func<string, string> moved)
    {
        string text = Recipe().Replace(template, $"recipe: {id}", 1);
        if (rig is not null) text = Rig().Replace(text, $"rig: {rig}", 1);
        text = Specification().Replace(text, m => m.Groups[1].Value + specification, 1);
        return Use().Replace(text, m => "use: [" + string.Join(", ", m.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries).Select(moved)) + "]", 1);
    }

    /// <summary>Why a word cannot name a recipe; null when it can: letters, digits and '-', parts parted by '/'.</summary>
    public static string? WhyNoName(string name) => Name().IsMatch(name) ? null : $"'{name}' cannot name a recipe; use lower-case letters, digits and '-', for example wash-cake or lithium/wash-cake";

    [GeneratedRegex(@"^recipe: .*$", RegexOptions.Multiline)]
    private static partial Regex Recipe();

    [GeneratedRegex(@"^rig: .*$", RegexOptions.Multiline)]
    private static partial Regex Rig();

    [GeneratedRegex(@"^(product:.*\bspecification: )[^,}\s]+", RegexOptions.Multiline)]
    private static partial Regex Specification();

    [GeneratedRegex(@"^use: \[([^\]]*)\]", RegexOptions.Multiline)]
    private static partial Regex Use();

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)?$")]
    private static partial Regex Name();
}
