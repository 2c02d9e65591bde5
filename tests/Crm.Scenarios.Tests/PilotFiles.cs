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

    private static string FindRoot()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Crm.sln"))) at = at.Parent;
        return at?.FullName ?? throw new InvalidOperationException("Crm.sln not found above the test assembly");
    }
}
