using System.Collections.Immutable;
using Crm.Host.Approvals;
using Crm.Host.Checkpoints;
using Crm.Host.CommandLine;
using Crm.Plant.Campaigns;
using Crm.Plant.Procedure;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;
using Crm.Recipes.Campaigns;
using Crm.Recipes.Procedures;
using Crm.Recipes.ProcessChecks;
using Crm.Recipes.Twins;
using Crm.Twin;

namespace Crm.Host.Runs;

/// <summary>The files of one run, all read and found right.</summary>
public sealed record RunInputs(ControlRecipe Recipe, RigDefinition Rig, TwinDefinition Twin)
{
    /// <summary>Recipes of the batches after the first, each frozen for its own.</summary>
    public ImmutableArray<ControlRecipe> Further { get; init; } = [];

    /// <summary>The campaign whose batches these are; null for batches that nothing but their units makes wait.</summary>
    public CampaignPlan? Plan { get; init; }

    /// <summary>kg of a reagent that a recipe's stoichiometry asks for, with the charge as the twin file has its materials; null: not known.</summary>
    public double? NominalDemand(ControlRecipe recipe, string reagent) => ProcessCheck.NominalDemands(recipe, Rig, Twin).TryGetValue(reagent, out double kilograms) ? kilograms : null;

    /// <summary>State of each recipe by its content, in words: <c>draft; nobody has approved it</c>. The twin runs any and says which.</summary>
    public ImmutableSortedDictionary<string, string> States { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Full path of the recipe file.</summary>
    public string RecipePath { get; init; } = "";

    /// <summary>Every batch of the run in the order they are started, by name.</summary>
    public ImmutableArray<PlannedBatch> Batches => Plan?.Batches ?? [.. Further.Insert(0, Recipe).Select((r, i) => new PlannedBatch(BatchName(i), r, PlannedStart.AtOnce))];

    /// <summary>Name of a batch that nobody named, by its place from 0.</summary>
    public static string BatchName(int number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"B{number + 1}");

    /// <summary>Reads recipe, rig and twin; either all of them, or the problems of all of them.</summary>
    public static (RunInputs? Inputs, ImmutableArray<string> Problems) Load(RunOptions options)
    {
        var problems = new List<string>();
        bool isCampaign = CampaignFile.Is(options.Recipe);
        if (isCampaign && options.Settings.Count > 0) return (null, ["crm: --set with a campaign: its file says what each batch is set to"]);
        if (isCampaign && options.Further.Count > 0) return (null, ["crm: a campaign names its batches itself: no further recipes, no --batches"]);
        var (ownRig, ownProblems) = isCampaign ? CampaignFile.RigOf(options.Recipe) : RecipeFile.RigOf(options.Recipe);
        if (ownRig is null) return (null, [.. ownProblems.Select(d => d.ToString())]);
        string rigName = options.Rig ?? ownRig;
        string? folder = Places.RigFolder(rigName, options.Recipe, out var looked);
        if (folder is null) return (null, [$"crm: no rig {rigName}; looked for rig.yaml in", .. looked.Select(l => "  " + l)]);
        var (rig, rigProblems) = RigFiles.Rig(Path.Combine(folder, "rig.yaml"));
        problems.AddRange(rigProblems.Select(d => d.ToString()));
        if (rig is null) return (null, [.. problems]);
        var (twin, twinProblems) = RigFiles.Twin(Path.Combine(folder, "twin.yaml"), rig);
        problems.AddRange(twinProblems.Select(d => d.ToString()));
        var (plan, planProblems) = isCampaign ? RigFiles.Campaign(options.Recipe, rig) : (null, []);
        var (recipe, recipeProblems) = isCampaign ? (plan?.Batches[0].Recipe, planProblems) : RigFiles.Recipe(options.Recipe, rig);
        problems.AddRange(recipeProblems.Select(d => d.ToString()));
        if (recipe is not null) recipe = WithSettings(recipe, options.Settings, problems);
        problems.AddRange(UnknownFaults(options, rig, twin));
        ImmutableArray<ControlRecipe> further = plan is not null ? [.. plan.Batches.Skip(1).Select(b => b.Recipe)] : [.. options.Further.Select(path => Another(path, options, rig, recipe, problems)).OfType<ControlRecipe>()];
        if (recipe is not null) problems.AddRange(CheckpointsDue.Unknown(options, further.Insert(0, recipe)));
        if (twin is not null && options.Fitted is { } fitted) twin = WithFitted(twin, fitted, problems);
        if (twin is not null) twin = WithTwinSettings(twin, options.TwinSettings, problems);
        return recipe is null || twin is null || problems.Count > 0 ? (null, [.. problems]) : (new RunInputs(recipe, rig, twin) { Further = further, Plan = plan, RecipePath = Path.GetFullPath(options.Recipe), States = StatesOf(further.Insert(0, recipe), rig, new ApprovalStore(options.Data)) }, []);
    }

    private static ImmutableSortedDictionary<string, string> StatesOf(IEnumerable<ControlRecipe> recipes, RigDefinition rig, ApprovalStore store) =>
        recipes.DistinctBy(r => r.ContentHash).Select(r => (r.ContentHash, Standing: store.Of(r, rig))).ToImmutableSortedDictionary(r => r.ContentHash, r => $"{r.Standing.Word}; {r.Standing.Words}", StringComparer.Ordinal);

    private static ControlRecipe? Another(string path, RunOptions options, RigDefinition rig, ControlRecipe? first, List<string> problems)
    {
        if (path == options.Recipe) return first;
        var (recipe, found) = RigFiles.Recipe(path, rig);
        problems.AddRange(found.Select(d => d.ToString()).Except(problems));
        return recipe is null ? null : WithSettings(recipe, options.Settings, problems);
    }

    private static ControlRecipe WithSettings(ControlRecipe recipe, IReadOnlyDictionary<string, string> settings, List<string> problems)
    {
        var (set, refusals) = FormulaSetting.ApplyAll(recipe, settings);
        problems.AddRange(refusals.Select(r => $"crm: --set {r.Name}={settings[r.Name]}: {r.Reason}"));
        return set;
    }

    private static TwinDefinition WithFitted(TwinDefinition twin, string path, List<string> problems)
    {
        var (changed, found) = FittedFile.Apply(path, twin);
        problems.AddRange(found.Select(d => d.ToString()));
        return changed ?? twin;
    }

    private static TwinDefinition WithTwinSettings(TwinDefinition twin, IReadOnlyDictionary<string, string> settings, List<string> problems)
    {
        foreach (var (name, text) in settings)
        {
            var (changed, refusal) = TwinSetting.Apply(twin, TwinCatalogue.Kinds, name, text);
            if (refusal is not null) problems.Add($"crm: --twin {name}={text}: {refusal}");
            twin = changed ?? twin;
        }

        return twin;
    }

    private static IEnumerable<string> UnknownFaults(RunOptions options, RigDefinition rig, TwinDefinition? twin)
    {
        var known = TwinPlant.FaultIds(rig);
        foreach (var fault in options.Faults.Where(f => !known.Contains(f.Id) && TwinPlant.FaultProblem(rig, twin, f.Id) is not null))
        {
            string start = fault.Id.Split(':')[0];
            string[] sized = [.. TwinPlant.SizedFaults(rig, start)];
            string word = (fault.Id.Split(':', 2).ElementAtOrDefault(1) ?? "").Split('=')[0] + "=";
            if (start.StartsWith("feed.", StringComparison.Ordinal) || sized.Any(s => s.StartsWith($"{start}:{word}", StringComparison.Ordinal)))
            {
                yield return $"crm: --fault {fault.Id}: {TwinPlant.FaultProblem(rig, twin, fault.Id)}";
                continue;
            }

            string[] near = [.. known.Where(k => k.StartsWith(start + ":", StringComparison.Ordinal) || k.StartsWith(start.Split('.')[0] + ".", StringComparison.Ordinal)).Take(12)];
            yield return $"crm: --fault {fault.Id}: the twin has no such fault"
                + (near.Length > 0 ? "; near it: " + string.Join(", ", near.Concat(sized)) : "; faults are unit.output:fail, unit.output:stuck-on, unit.tag:frozen, unit.tag:dead, bus.name:lost, scrubber:lost");
        }
    }
}
