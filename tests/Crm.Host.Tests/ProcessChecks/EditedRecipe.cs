using System.Collections.Immutable;
using System.Text;
using Crm.Host.Runs;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;
using Crm.Plant.UnitOperations;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Procedures;
using Crm.Recipes.Rigs;
using Crm.Recipes.Twins;
using Crm.Twin;

namespace Crm.Host.Tests.ProcessChecks;

/// <summary>A recipe of the repository with its rig and twin, some of their words changed; read in memory, so that nothing on disk is touched.</summary>
internal sealed class EditedRecipe
{
    private readonly string recipePath, rigPath, twinPath;
    private string recipe, rig, twin;

    public EditedRecipe(string name)
    {
        recipePath = Path.Combine(Root, "recipes", name + ".yaml");
        recipe = File.ReadAllText(recipePath);
        string folder = Path.Combine(Root, "hardware", RecipeFile.RigOf(recipePath).Value!);
        (rigPath, twinPath) = (Path.Combine(folder, "rig.yaml"), Path.Combine(folder, "twin.yaml"));
        (rig, twin) = (File.ReadAllText(rigPath), File.ReadAllText(twinPath));
    }

    public static string Root { get; } = FindRoot();

    public string Text => recipe;

    public EditedRecipe Recipe(string from, string to)
    {
        recipe = Changed(recipe, from, to);
        return this;
    }

    public EditedRecipe Rig(string from, string to)
    {
        rig = Changed(rig, from, to);
        return this;
    }

    public EditedRecipe Twin(string from, string to)
    {
        twin = Changed(twin, from, to);
        return this;
    }

    public EditedRecipe Whole(string text)
    {
        recipe = text;
        return this;
    }

    /// <summary>Line, from 1, in which a text stands first.</summary>
    public int LineOf(string text) => recipe[..recipe.IndexOf(text, StringComparison.Ordinal)].Count(c => c == '\n') + 1;

    public ImmutableArray<Diagnostic> Check()
    {
        RigDefinition read = Good(RigFile.Read(rigPath, Encoding.UTF8.GetBytes(rig), RigFiles.Buses));
        TwinDefinition equipment = Good(TwinFile.Read(twinPath, Encoding.UTF8.GetBytes(twin), TwinCatalogue.Kinds, read));
        return RecipeFile.Check(recipePath, Encoding.UTF8.GetBytes(recipe), UnitOperationCatalogue.Descriptions, read, equipment);
    }

    private static T Good<T>((T? Value, ImmutableArray<Diagnostic> Diagnostics) read) where T : class => read.Value ?? throw new InvalidOperationException(string.Join('\n', read.Diagnostics));

    private static string Changed(string text, string from, string to)
    {
        int at = text.IndexOf(from, StringComparison.Ordinal);
        return at >= 0 ? text[..at] + to + text[(at + from.Length)..] : throw new InvalidOperationException($"no '{from}'");
    }

    private static string FindRoot()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Crm.sln"))) at = at.Parent;
        return at?.FullName ?? throw new InvalidOperationException("the repository is not above the tests");
    }
}
