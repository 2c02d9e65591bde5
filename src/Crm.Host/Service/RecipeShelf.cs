using Crm.Contracts;
using Crm.Host.Runs;
using Crm.Plant.Procedure;
using Crm.Recipes.Procedures;

namespace Crm.Host.Service;

/// <summary>The recipes that lie beside that of the first batch: what a further batch may be started of. Read anew each time; any thread.</summary>
public static class RecipeShelf
{
    private const int MostListed = 200;

    public static IReadOnlyList<RecipeChoice> List(RigService rig) => [.. Files(rig).Select(path => Describe(rig, path))];

    /// <param name="file">A name that <see cref="List"/> gives; nothing outside the folder can be named.</param>
    /// <returns>The recipe, read for a batch of its own, and its path; or why not.</returns>
    public static (ControlRecipe? Recipe, string Path, string Why) Take(RigService rig, string file)
    {
        if (Files(rig).FirstOrDefault(p => Path.GetFileName(p) == file) is not { } path)
            return (null, "", $"there is no recipe {file} beside that of the first batch; there are {string.Join(", ", Files(rig).Select(Path.GetFileName))}");
        var (name, _) = RecipeFile.RigOf(path);
        if (name is not null && name != rig.Rig.Name) return (null, path, $"{file} is for the rig {name}; this is {rig.Rig.Name}");
        var (recipe, problems) = RigFiles.Recipe(path, rig.Rig);
        return recipe is not null ? (recipe, path, "") : (null, path, string.Join("; ", problems.Select(p => p.ToString())));
    }

    /// <summary>The recipe with other values in its formula, each with its unit; or why not (S88-16).</summary>
    public static (ControlRecipe? Recipe, string Why) With(ControlRecipe recipe, IReadOnlyDictionary<string, string> formula)
    {
        foreach (var (name, text) in formula.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            var (changed, refusal) = FormulaSetting.Apply(recipe, name, text);
            if (changed is null) return (null, refusal ?? $"{name} cannot be {text}");
            recipe = changed;
        }

        return (recipe, "");
    }

    private static RecipeChoice Describe(RigService rig, string path)
    {
        string file = Path.GetFileName(path);
        var (recipe, _, why) = Take(rig, file);
        return recipe is null ? new RecipeChoice(file, "", "", file, why, []) : new RecipeChoice(file, recipe.Id, recipe.Version, recipe.Title, "", RigText.Describe(recipe).Formula);
    }

    private static IEnumerable<string> Files(RigService rig) => rig.RecipeFile is { } first && Path.GetDirectoryName(first) is { } folder && Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal).Take(MostListed)
        : [];
}
