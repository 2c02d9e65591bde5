using Crm.Contracts;
using Crm.Host.Runs;
using Crm.Plant.Campaigns;
using Crm.Plant.Procedure;
using Crm.Recipes.Approval;
using Crm.Recipes.Campaigns;
using Crm.Recipes.Procedures;

namespace Crm.Host.Service;

/// <summary>The recipes that lie beside that of the first batch: what a further batch may be started of. Read anew each time; any thread.</summary>
public static class RecipeShelf
{
    private const int MostListed = 200;

    /// <summary>Beside the recipes, the folder of formulas that run their procedures.</summary>
    private const string Formulas = "formulas";

    /// <summary>And the one of the campaigns that chain them.</summary>
    private const string Campaigns = "campaigns";

    public static IReadOnlyList<RecipeChoice> List(RigService rig) => [.. Files(rig).Select(f => Describe(rig, f.Name))];

    /// <param name="file">A name that <see cref="List"/> gives; nothing outside the folder can be named.</param>
    /// <returns>The recipe, read for a batch of its own, and its path; or why not.</returns>
    public static (ControlRecipe? Recipe, string Path, string Why) Take(RigService rig, string file)
    {
        if (Files(rig).FirstOrDefault(f => f.Name == file).Path is not { } path)
            return (null, "", $"there is no recipe {file} beside that of the first batch; there are {string.Join(", ", Files(rig).Select(f => f.Name))}");
        var (name, _) = RecipeFile.RigOf(path);
        if (name is not null && name != rig.Rig.Name) return (null, path, $"{file} is for the rig {name}; this is {rig.Rig.Name}");
        var (recipe, problems) = RigFiles.Recipe(path, rig.Rig);
        if (recipe is not null && !rig.Description.Twin && rig.Approvals is { } store) recipe = ApprovalJudge.Narrowed(recipe, store.Of(recipe, rig.Rig));
        return recipe is not null ? (recipe, path, "") : (null, path, string.Join("; ", problems.Select(p => p.ToString())));
    }

    /// <summary>The recipe with other values in its formula, each with its unit; or why not (S88-16).</summary>
    public static (ControlRecipe? Recipe, string Why) With(ControlRecipe recipe, IReadOnlyDictionary<string, string> formula)
    {
        var (set, refusals) = FormulaSetting.ApplyAll(recipe, formula);
        return refusals.IsEmpty ? (set, "") : (null, refusals[0].Reason);
    }

    public static IReadOnlyList<CampaignChoice> ListCampaigns(RigService rig) => [.. CampaignFiles(rig).Select(f => DescribeCampaign(rig, f.Name))];

    /// <param name="file">A name that <see cref="ListCampaigns"/> gives; nothing outside the folder can be named.</param>
    /// <returns>The campaign with every recipe read for a batch of its own, and its path; or why not.</returns>
    public static (CampaignPlan? Plan, string Path, string Why) TakeCampaign(RigService rig, string file)
    {
        if (CampaignFiles(rig).FirstOrDefault(f => f.Name == file).Path is not { } path)
            return (null, "", $"there is no campaign {file} beside the recipe of the first batch; there are {Listing(CampaignFiles(rig))}");
        var (name, _) = CampaignFile.RigOf(path);
        if (name is not null && name != rig.Rig.Name) return (null, path, $"{file} is for the rig {name}; this is {rig.Rig.Name}");
        var (plan, problems) = RigFiles.Campaign(path, rig.Rig);
        if (plan is not null && !rig.Description.Twin && rig.Approvals is { } store)
            plan = plan with { Batches = [.. plan.Batches.Select(b => b with { Recipe = ApprovalJudge.Narrowed(b.Recipe, store.Of(b.Recipe, rig.Rig)) })] };
        return plan is not null ? (plan, path, "") : (null, path, string.Join("; ", problems.Select(p => p.ToString())));
    }

    /// <summary>The campaign as it is called on the rig: its batches bear its name, for it may be run there again.</summary>
    public static CampaignPlan OnRig(CampaignPlan plan, string name) => plan.Marked(name + "-");

    private static CampaignChoice DescribeCampaign(RigService rig, string file)
    {
        var (plan, _, why) = TakeCampaign(rig, file);
        return plan is null
            ? new CampaignChoice(file, "", "", file, why, [])
            : new CampaignChoice(file, plan.Id, plan.Version, plan.Title, "",
                [.. plan.Batches.Select(b => new CampaignStep(b.Name, b.Recipe.Title, b.Recipe.Version, rig.Approvals?.Of(b.Recipe, rig.Rig).Word ?? "", b.Start.ToString()))]);
    }

    private static string Listing(IEnumerable<(string Name, string Path)> files) => files.Any() ? string.Join(", ", files.Select(f => f.Name)) : "none";

    private static RecipeChoice Describe(RigService rig, string file)
    {
        var (recipe, _, why) = Take(rig, file);
        return recipe is null ? new RecipeChoice(file, "", "", file, why, [], "") : new RecipeChoice(file, recipe.Id, recipe.Version, recipe.Title, "", RigText.Describe(recipe).Formula, rig.Approvals?.Of(recipe, rig.Rig).Word ?? "");
    }

    private static IEnumerable<(string Name, string Path)> Files(RigService rig) =>
        Folder(rig) is { } folder ? new[] { "", Formulas }.SelectMany(below => Listed(folder, below)).Take(MostListed) : [];

    private static IEnumerable<(string Name, string Path)> CampaignFiles(RigService rig) => Folder(rig) is { } folder ? Listed(folder, Campaigns).Take(MostListed) : [];

    private static string? Folder(RigService rig)
    {
        if (rig.RecipeFile is not { } first || Path.GetDirectoryName(first) is not { } folder) return null;
        return Path.GetFileName(folder) == Formulas ? Path.GetDirectoryName(folder) : folder;
    }

    private static IEnumerable<(string Name, string Path)> Listed(string folder, string below)
    {
        string at = Path.Combine(folder, below);
        return Directory.Exists(at) ? Directory.EnumerateFiles(at, "*.yaml").Order(StringComparer.Ordinal).Select(p => (Path.Combine(below, Path.GetFileName(p)), p)) : [];
    }
}
