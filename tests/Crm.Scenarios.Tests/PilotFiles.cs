using Crm.Host.CommandLine;
using Crm.Host.Runs;

namespace Crm.Scenarios.Tests;

/// <summary>The repository's own rigs and recipes, as a user's <c>crm run</c> reads them.</summary>
internal static class PilotFiles
{
    public static string Root { get; } = FindRoot();

    /// <param name="rigFolder">Under <c>hardware</c>.</param>
    /// <param name="recipe">From the repository's root.</param>
    public static RunInputs Load(string rigFolder, string recipe)
    {
        string folder = Path.Combine(Root, "hardware", rigFolder);
        var (rig, rigProblems) = RigFiles.Rig(Path.Combine(folder, "rig.yaml"));
        Assert.Empty(rigProblems);
        var (twin, twinProblems) = RigFiles.Twin(Path.Combine(folder, "twin.yaml"), rig!);
        Assert.Empty(twinProblems);
        var (read, recipeProblems) = RigFiles.Recipe(Path.Combine(Root, recipe), rig);
        Assert.Empty(recipeProblems);
        return new RunInputs(read!, rig!, twin!);
    }

    /// <summary>The recipe with its text changed, as a researcher's copy of its folder would have it.</summary>
    public static RunInputs LoadChanged(string rigFolder, string recipe, Func<string, string> change)
    {
        string from = Path.Combine(Root, recipe), folder = Directory.CreateTempSubdirectory("crm-recipe-").FullName;
        try
        {
            string specs = Directory.CreateDirectory(Path.Combine(folder, "specs")).FullName;
            foreach (string spec in Directory.EnumerateFiles(Path.Combine(Path.GetDirectoryName(from)!, "specs"))) File.Copy(spec, Path.Combine(specs, Path.GetFileName(spec)));
            string copy = Path.Combine(folder, Path.GetFileName(recipe)), text = File.ReadAllText(from), changed = change(text);
            Assert.NotEqual(text, changed);
            File.WriteAllText(copy, changed);
            return Load(rigFolder, copy);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string FindRoot()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Crm.sln"))) at = at.Parent;
        return at?.FullName ?? throw new InvalidOperationException("Crm.sln not found above the test assembly");
    }
}
