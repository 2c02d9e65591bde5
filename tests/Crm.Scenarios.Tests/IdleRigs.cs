using System.Collections.Concurrent;
using Crm.Plant.Rigs;

namespace Crm.Scenarios.Tests;

/// <summary>A rig whose services run and whose trips have been reset, nothing in its vessels: what its instruments read.</summary>
/// <param name="Readings">By tag.</param>
internal sealed record IdleRig(RigDefinition Rig, double[] Readings);

/// <summary>Every rig of the repository as its own twin shows it idle; no cause of its matrix stands.</summary>
internal static class IdleRigs
{
    /// <summary>A recipe by folder of the rig: the twin runs with one, and none of them has moved anything by then.</summary>
    public static readonly SortedDictionary<string, string> Recipes = new(StringComparer.Ordinal)
    {
        ["bench-kit"] = "recipes/bench/neutralise-soda-liquor.yaml",
        ["germanium-pilot"] = "recipes/germanium/residue-to-concentrate.yaml",
        ["lithium-chloride"] = "recipes/lithium/lfp-chloride-loop.yaml",
        ["lithium-pilot"] = "recipes/lithium/black-mass-to-carbonate.yaml",
        ["lithium-refinery"] = "recipes/lithium/chloride-to-hydroxide.yaml",
        ["nickel-cobalt-pilot"] = "recipes/nickel-cobalt/liquor-to-manganese-sulfate.yaml",
        ["rare-earth-pilot"] = "recipes/rare-earth/magnet-leachate-to-oxalate.yaml",
        ["vanadium-pilot"] = "recipes/vanadium/calcine-to-pentoxide.yaml",
    };

    /// <summary>Every recipe of a rig, from the repository's root.</summary>
    public static IEnumerable<string> RecipesOf(string folder) => Directory.GetFiles(Path.Combine(PilotFiles.Root, "recipes", folder[..folder.LastIndexOf('-')]), "*.yaml")
        .Where(f => File.ReadLines(f).Contains("rig: " + folder)).Order(StringComparer.Ordinal).Select(f => Path.GetRelativePath(PilotFiles.Root, f));

    private static readonly ConcurrentDictionary<string, Lazy<IdleRig>> known = new(StringComparer.Ordinal);

    public static IdleRig Of(string folder) => known.GetOrAdd(folder, f => new(() => Idle(f))).Value;

    private static IdleRig Idle(string folder)
    {
        var plant = new PilotRun(PilotFiles.Load(folder, Recipes[folder]), 1);
        plant.RunUntil(_ => false, TimeSpan.FromMinutes(3));
        return new(plant.Rig, [.. plant.Rig.Tags.Select(t => plant.Frame.Image[t.Ordinal].Value)]);
    }
}
