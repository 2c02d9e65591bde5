using System.Collections.Immutable;
using Crm.Host.Checkpoints;
using Crm.Host.CommandLine;
using Crm.Instruments;
using Crm.Plant.Campaigns;
using Crm.Plant.Lots;
using Crm.Plant.Procedure;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;
using Crm.Plant.UnitOperations;
using Crm.Recipes.Campaigns;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Expressions;
using Crm.Recipes.Procedures;
using Crm.Recipes.Rigs;
using Crm.Recipes.Scenarios;
using Crm.Recipes.Services;
using Crm.Recipes.Specifications;
using Crm.Recipes.Twins;
using Crm.Twin;

namespace Crm.Host.Runs;

/// <summary>Reads the files people write with the catalogues of this version: the host is where readers, unit operations and equipment meet.</summary>
public static class RigFiles
{
    /// <summary>The buses of this version: the real ones, and the twin's, whose addresses nobody has to check.</summary>
    public static BusCatalogue Buses { get; } = InstrumentCatalogue.All with
    {
        Buses = InstrumentCatalogue.All.Buses.Add(new BusKind(BusDefinition.Simulated, "Simulated devices only.", HasDevices: false, [], [])),
    };

    public static (RigDefinition? Value, ImmutableArray<Diagnostic> Diagnostics) Rig(string path) => RigFile.Read(path, Buses);

    public static (Specification? Value, ImmutableArray<Diagnostic> Diagnostics) Specification(string path) => SpecificationFile.Read(path);

    /// <summary>The twin file against the rig file beside it.</summary>
    public static (TwinDefinition? Value, ImmutableArray<Diagnostic> Diagnostics) Twin(string path)
    {
        var (rig, problems) = Rig(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, "rig.yaml"));
        return rig is null ? (null, problems) : Twin(path, rig);
    }

    public static (TwinDefinition? Value, ImmutableArray<Diagnostic> Diagnostics) Twin(string path, RigDefinition rig) =>
        TwinFile.Read(path, TwinCatalogue.Kinds, rig);

    /// <summary>Rig and twin by the rig's name or folder; both, or the problems of both on standard error.</summary>
    /// <exception cref="UsageException">No such rig.</exception>
    internal static (RigDefinition Rig, TwinDefinition Twin)? WithTwin(string name)
    {
        string folder = Places.RigFolder(name, null, out var looked) ?? throw new UsageException($"no rig {name}; looked for rig.yaml in {string.Join(", ", looked)}");
        var (rig, problems) = Rig(Path.Combine(folder, "rig.yaml"));
        var (twin, twinProblems) = rig is null ? (null, []) : Twin(Path.Combine(folder, "twin.yaml"), rig);
        foreach (var problem in problems.AddRange(twinProblems)) Console.Error.WriteLine(problem);
        return rig is null || twin is null ? null : (rig, twin);
    }

    /// <summary>A file of fitted multipliers against the twin of the rig it names.</summary>
    public static ImmutableArray<Diagnostic> Fitted(string path)
    {
        var (name, problems) = FittedFile.RigOf(path);
        if (name is null) return problems;
        if (Places.RigFolder(name, path, out _) is not { } folder) return [NoRig(path, name)];
        var (twin, twinProblems) = Twin(Path.Combine(folder, "twin.yaml"));
        return twin is null ? twinProblems : FittedFile.Apply(path, twin).Diagnostics;
    }

    /// <summary>A scenario against the rig of the recipe it names. Values it sets are judged when it runs.</summary>
    public static (Scenario? Value, ImmutableArray<Diagnostic> Diagnostics) Scenario(string path)
    {
        var (recipe, problems) = ScenarioFile.RecipeOf(path);
        if (recipe is null) return (null, problems);
        string file = RecipeOf(path, recipe);
        if (!File.Exists(file)) return (null, [new Diagnostic(path, 1, 1, "FILE-MISSING", $"there is no recipe {recipe}", "the path is relative to the scenario's folder")]);
        var (name, recipeProblems) = RecipeFile.RigOf(file);
        if (name is null) return (null, recipeProblems);
        if (Places.RigFolder(name, file, out _) is not { } folder) return (null, [NoRig(path, name)]);
        var (rig, rigProblems) = Rig(Path.Combine(folder, "rig.yaml"));
        return rig is null
            ? (null, rigProblems)
            : ScenarioFile.Read(
                path, rig, [.. TwinPlant.FaultIds(rig)], fault => TwinPlant.FaultProblem(rig, Twin(Path.Combine(folder, "twin.yaml"), rig).Value, fault),
                moment => Recipe(file, rig).Value is { } ran ? Moment.Parse(moment).Unknown([ran]) : null);
    }

    /// <summary>The recipe that a scenario names, from the scenario's folder.</summary>
    public static string RecipeOf(string scenario, string recipe) => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(scenario))!, recipe));

    /// <summary>How every expression of a recipe was understood, against the rig it names.</summary>
    public static (ImmutableArray<UnderstoodExpression> Expressions, ImmutableArray<Diagnostic> Diagnostics) Explain(string path)
    {
        var (rig, problems) = RigOf(path);
        return rig is null ? ([], problems) : RecipeFile.Explain(path, UnitOperationCatalogue.Descriptions, rig);
    }

    private static Diagnostic NoRig(string path, string name) =>
        new(path, 1, 1, "RIG-UNKNOWN", $"there is no rig {name}", $"expected hardware/{name}/rig.yaml above the file or the current folder");

    /// <summary>The recipe against the rig it names, or the one asked for.</summary>
    public static (ControlRecipe? Value, ImmutableArray<Diagnostic> Diagnostics) Recipe(string path, RigDefinition? rig)
    {
        ImmutableArray<Diagnostic> problems = [];
        if (rig is null) (rig, problems) = RigOf(path);
        return rig is null ? (null, problems) : RecipeFile.Read(path, UnitOperationCatalogue.Descriptions, rig);
    }

    /// <summary>A campaign with every recipe it names, against its rig.</summary>
    public static (CampaignPlan? Value, ImmutableArray<Diagnostic> Diagnostics) Campaign(string path, RigDefinition? rig)
    {
        if (rig is null)
        {
            var (name, problems) = CampaignFile.RigOf(path);
            if (name is null) return (null, problems);
            if (Places.RigFolder(name, path, out _) is not { } folder) return (null, [NoRig(path, name)]);
            (rig, problems) = Rig(Path.Combine(folder, "rig.yaml"));
            if (rig is null) return (null, problems);
        }

        return CampaignFile.Read(path, rig, (recipe, on) => RecipeFile.Read(recipe, UnitOperationCatalogue.Descriptions, on));
    }

    /// <summary>Mistakes of a recipe against the rig it names, or what can be reckoned of its chemistry with the rig and its twin.</summary>
    public static ImmutableArray<Diagnostic> CheckRecipe(string path)
    {
        var (rig, problems) = RigOf(path);
        if (rig is null) return problems;
        string twin = Path.Combine(Places.RigFolder(rig.Name, path, out _)!, "twin.yaml");
        return RecipeFile.Check(path, File.ReadAllBytes(path), UnitOperationCatalogue.Descriptions, rig, File.Exists(twin) ? Twin(twin, rig).Value : null);
    }

    /// <summary>The rig that a recipe names.</summary>
    private static (RigDefinition? Value, ImmutableArray<Diagnostic> Diagnostics) RigOf(string recipe)
    {
        var (name, problems) = RecipeFile.RigOf(recipe);
        return name is null ? (null, problems) : RigNamed(name, recipe);
    }

    /// <summary>What is set for the service on one machine, with the rigs it names.</summary>
    public static ImmutableArray<Diagnostic> Service(string path) => ServiceFile.Read(path, ServedRig).Diagnostics;

    /// <summary>Rig of an entry of a service file; null when it cannot be read.</summary>
    internal static RigDefinition? ServedRig(string recipe, string? rig) => rig is null ? RigOf(recipe).Value : RigNamed(rig, recipe).Value;

    /// <summary>A rig by its name or folder, looked for near a file.</summary>
    public static (RigDefinition? Value, ImmutableArray<Diagnostic> Diagnostics) RigNamed(string name, string nearFile) =>
        Places.RigFolder(name, nearFile, out _) is { } folder ? Rig(Path.Combine(folder, "rig.yaml")) : (null, [NoRig(nearFile, name)]);
}
