using System.Collections.Immutable;
using Crm.Plant.Campaigns;
using Crm.Plant.Procedure;
using Crm.Plant.Rigs;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Expressions;
using Crm.Recipes.Procedures;
using Crm.Recipes.Rigs;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Campaigns;

/// <summary>Batches of a campaign from top to bottom: each may build on those above it only, so that no two wait for each other.</summary>
internal sealed class CampaignReader(Fields file, RigDefinition rig, ReadRecipe recipes)
{
    /// <summary>More than a plant remembers beside others.</summary>
    private const int MostBatches = 32;

    private readonly Findings findings = file.Findings;
    private readonly RigNames names = new(rig.Tags.ToDictionary(t => t.Name, RigNames.Of, StringComparer.Ordinal), rig.Outputs.Select(o => o.Name).ToHashSet(StringComparer.Ordinal));
    private readonly List<PlannedBatch> above = [];

    /// <summary>Batches whose recipe could not be read: what builds on them is not judged.</summary>
    private readonly SortedSet<string> unread = new(StringComparer.Ordinal);

    /// <summary>Mistakes in the recipes.</summary>
    public List<Diagnostic> Elsewhere { get; } = [];

    public CampaignPlan Read()
    {
        string id = file.Text("campaign"), version = file.Text("version"), title = file.Text("title"), name = file.Text("rig");
        if (name.Length > 0 && name != rig.Name) findings.Add(file.Find("rig")!, DiagnosticCodes.RecipeRig, $"the campaign is for rig '{name}'", $"this is rig '{rig.Name}'");
        YamlNode? list = file.Need("batches");
        ImmutableArray<YamlEntry> entries = file.Named("batches");
        if (list is not null && entries.Length < 2 && findings.Count == 0) findings.Add(list, DiagnosticCodes.StepEmpty, "a campaign has two batches or more", "one batch alone is a recipe or a formula");
        if (entries.Length > MostBatches) findings.Add(list!, DiagnosticCodes.RecipeSize, $"{entries.Length} batches", $"at most {MostBatches} in a campaign");
        foreach (YamlEntry entry in entries.Take(MostBatches)) Batch(entry);
        file.Close();
        return new CampaignPlan(id, version, title, rig.Name, "", [.. above]);
    }

    private void Batch(YamlEntry entry)
    {
        string name = entry.Key.Text;
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')) findings.Add(entry.Key, DiagnosticCodes.NameWrong, $"'{name}' cannot be the name of a batch", "use letters, digits and '-'");
        if (Fields.Open(entry.Value, findings, $"batch {name}") is not { } fields) return;
        ControlRecipe? recipe = Recipe(fields);
        ImmutableArray<string> after = [.. fields.Items("after").Select(Before).OfType<string>()];
        Condition? when = fields.Find("when") is { } condition ? Conditions.Read(condition, "when", names, findings) : null;
        if (when is not null && above.Count == 0 && unread.Count == 0) findings.Add(fields.Find("when")!, DiagnosticCodes.CampaignOrder, "the first batch has nothing to wait for", "a person starts it; remove 'when'");
        var takes = fields.Named("takes").Select(t => Taken(t, name, recipe)).OfType<(string Material, MadeLot Lot)>().ToImmutableSortedDictionary(t => t.Material, t => t.Lot, StringComparer.Ordinal);
        fields.Close();
        // A batch that takes a lot waits for it.
        after = [.. after.Concat(takes.Values.Select(t => t.Batch)).Distinct(StringComparer.Ordinal)];
        if (recipe is null) unread.Add(name);
        else above.Add(new PlannedBatch(name, recipe, new PlannedStart(after, when, takes)));
    }

    private ControlRecipe? Recipe(Fields fields)
    {
        if (fields.Need("recipe") is not { } node || Values.Text(node, findings, "recipe") is not { } path) return null;
        // A campaign is always a file of this machine, never a text that was sent: it may name a recipe anywhere on it.
        string beside = Path.Combine(Path.GetDirectoryName(findings.File) ?? "", path);
        (ControlRecipe? recipe, ImmutableArray<Diagnostic> mistakes) = recipes(beside, rig);
        if (mistakes.Any(m => m.Code == DiagnosticCodes.FileMissing && m.File == beside)) findings.Add(node, DiagnosticCodes.FileMissing, $"the recipe '{path}' cannot be opened", "the path starts at the folder of this file");
        else Elsewhere.AddRange(mistakes);
        ImmutableArray<YamlEntry> set = fields.Named("set");
        return recipe is null ? null : Set(set, recipe);
    }

    private ControlRecipe Set(ImmutableArray<YamlEntry> entries, ControlRecipe recipe)
    {
        var settings = entries.Select(e => (e.Key.Text, Text: Values.Text(e.Value, findings, e.Key.Text))).Where(e => e.Text is not null).ToDictionary(e => e.Item1, e => e.Text!, StringComparer.Ordinal);
        (ControlRecipe set, ImmutableArray<(string Name, string Reason)> refusals) = FormulaSetting.ApplyAll(recipe, settings);
        foreach ((string name, string reason) in refusals)
            findings.Add(entries.First(e => e.Key.Text == name).Value, recipe.Formula.Any(p => p.Name == name) || name == FormulaSetting.Size ? DiagnosticCodes.FormulaRange : DiagnosticCodes.FormulaUnknown, reason);
        return set;
    }

    private string? Before(YamlNode node)
    {
        if (Values.Text(node, findings, "after") is not { } batch) return null;
        if (above.Any(b => b.Name == batch)) return batch;
        if (!unread.Contains(batch)) findings.Add(node, DiagnosticCodes.CampaignOrder, $"no batch above is called '{batch}'", $"a batch waits for those above it only; {Nearest.Suggest(batch, above.Select(b => b.Name))}".TrimEnd(' ', ';'));
        return null;
    }

    /// <summary><c>material: batch/lot</c>, both ends looked up.</summary>
    private (string Material, MadeLot Lot)? Taken(YamlEntry entry, string name, ControlRecipe? recipe)
    {
        string material = entry.Key.Text;
        if (recipe is not null && !Prompts(recipe).Any(p => p.Kind == PromptKind.WeighIn && p.Material == material))
            findings.Add(entry.Key, DiagnosticCodes.CampaignLot, $"the recipe of {name} weighs in no '{material}'", Nearest.Suggest(material, Prompts(recipe).Where(p => p.Kind == PromptKind.WeighIn).Select(p => p.Material)));
        if (Values.Text(entry.Value, findings, material) is not { } text) return null;
        string[] parts = text.Split('/');
        if (parts.Length != 2)
        {
            findings.Add(entry.Value, DiagnosticCodes.CampaignLot, $"'{text}' is no lot of a batch", "expected batch/lot, both by name");
            return null;
        }

        if (unread.Contains(parts[0])) return null;
        if (above.Find(b => b.Name == parts[0]) is not { } maker)
        {
            findings.Add(entry.Value, DiagnosticCodes.CampaignOrder, $"no batch above is called '{parts[0]}'", Nearest.Suggest(parts[0], above.Select(b => b.Name)));
            return null;
        }

        string[] made = [.. Prompts(maker.Recipe).Where(p => p.Kind is PromptKind.Discharge or PromptKind.Book).Select(p => p.Material)];
        if (made.Contains(parts[1])) return (material, new MadeLot(parts[0], parts[1]));
        findings.Add(entry.Value, DiagnosticCodes.CampaignLot, $"the recipe of {parts[0]} makes no lot '{parts[1]}'", Nearest.Suggest(parts[1], made));
        return null;
    }

    private static IEnumerable<PromptNode> Prompts(ControlRecipe recipe)
    {
        ProcedureTree tree = new(recipe.Procedure);
        return Enumerable.Range(0, tree.Count).Select(n => tree[n]).OfType<PromptNode>();
    }
}
