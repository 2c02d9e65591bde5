using System.Collections.Immutable;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Scenarios;

/// <summary>Reads a scenario, <c>hardware/&lt;rig&gt;/scenarios/&lt;name&gt;.yaml</c>, against the rig it runs on.</summary>
public static class ScenarioFile
{
    /// <summary>The recipe it runs, as written: relative to the scenario's folder.</summary>
    public static (string? Recipe, ImmutableArray<Diagnostic> Diagnostics) RecipeOf(string path)
    {
        Findings findings = new(path);
        string? recipe = SourceFile.Bytes(path, findings) is { } bytes && SourceFile.Open(bytes, "scenario", findings) is { } file ? file.Text("recipe") : null;
        return (findings.Count == 0 ? recipe : null, findings.InOrder());
    }

    /// <param name="faults">Faults of the rig's twin without a size.</param>
    /// <param name="faultProblem">Why the twin knows no such fault with a size, or null.</param>
    /// <param name="momentProblem">Why a run of the recipe has no such moment, or null.</param>
    public static (Scenario? Value, ImmutableArray<Diagnostic> Diagnostics) Read(string path, RigDefinition rig, ImmutableArray<string> faults, Func<string, string?> faultProblem, Func<string, string?> momentProblem)
    {
        Findings findings = new(path);
        return SourceFile.Bytes(path, findings) is { } bytes ? Read(path, bytes, rig, faults, faultProblem, momentProblem) : (null, findings.InOrder());
    }

    /// <param name="path">Only named in the diagnostics.</param>
    public static (Scenario? Value, ImmutableArray<Diagnostic> Diagnostics) Read(string path, ReadOnlySpan<byte> bytes, RigDefinition rig, ImmutableArray<string> faults, Func<string, string?> faultProblem, Func<string, string?> momentProblem)
    {
        Findings findings = new(path);
        if (SourceFile.Open(bytes, "scenario", findings) is not { } file) return (null, findings.InOrder());
        Scenario scenario = new ScenarioReader(file, rig, faults, faultProblem, momentProblem).Read();
        return (findings.Count == 0 ? scenario : null, findings.InOrder());
    }
}
