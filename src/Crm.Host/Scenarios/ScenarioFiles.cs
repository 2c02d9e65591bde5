using System.Collections.Immutable;
using Crm.Host.CommandLine;
using Crm.Host.Runs;
using Crm.Plant.Twins;

namespace Crm.Host.Scenarios;

/// <summary>Finds scenario files and reads them with the recipe, rig and twin they name.</summary>
public static class ScenarioFiles
{
    /// <summary>A file as it is; of a folder every file in folders called <c>scenarios</c>, itself included.</summary>
    public static IEnumerable<string> Expand(string place) => !Directory.Exists(place)
        ? [place]
        : Directory.EnumerateFiles(place, "*.yaml", SearchOption.AllDirectories)
            .Where(f => Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(f))) == "scenarios").Order(StringComparer.Ordinal);

    public static (Scenario? Scenario, RunInputs? Inputs, ImmutableArray<string> Problems) Read(string path)
    {
        var (scenario, found) = RigFiles.Scenario(path);
        if (scenario is null) return (null, null, [.. found.Select(d => d.ToString())]);
        var (inputs, problems) = RunInputs.Load(new RunOptions(RigFiles.RecipeOf(path, scenario.Recipe), null, scenario.Settings, scenario.Seed, null, [], null, Quiet: true, Json: false)
        {
            TwinSettings = scenario.TwinSettings,
        });
        return (inputs is null ? null : scenario, inputs, problems);
    }
}
