using System.Collections.Immutable;
using System.Text;
using Crm.Plant.Campaigns;
using Crm.Plant.Procedure;
using Crm.Plant.Rigs;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Campaigns;

/// <summary>Reads the recipe or formula at a path against a rig.</summary>
public delegate (ControlRecipe? Recipe, ImmutableArray<Diagnostic> Diagnostics) ReadRecipe(string path, RigDefinition rig);

/// <summary>Reads a campaign, <c>recipes/&lt;metal&gt;/campaigns/&lt;name&gt;.yaml</c>, and every recipe it names.</summary>
public static class CampaignFile
{
    /// <summary>What the kind of file is called in <see cref="SourceKind"/>.</summary>
    public const string Kind = "campaign";

    public static bool Is(string path) => SourceKind.Of(path).Value == Kind;

    /// <summary>The rig the campaign is for; null with the reasons when the file does not say.</summary>
    public static (string? Value, ImmutableArray<Diagnostic> Diagnostics) RigOf(string path)
    {
        Findings findings = new(path);
        string rig = SourceFile.Bytes(path, findings) is { } bytes && SourceFile.Open(bytes, Kind, findings) is { } file ? file.Text("rig") : "";
        return (rig.Length == 0 ? null : rig, findings.InOrder());
    }

    public static (CampaignPlan? Value, ImmutableArray<Diagnostic> Diagnostics) Read(string path, RigDefinition rig, ReadRecipe recipes)
    {
        Findings findings = new(path);
        return SourceFile.Bytes(path, findings) is { } bytes ? Read(path, bytes, rig, recipes) : (null, findings.InOrder());
    }

    /// <param name="path">Named in the diagnostics; recipes are looked for from its folder.</param>
    public static (CampaignPlan? Value, ImmutableArray<Diagnostic> Diagnostics) Read(string path, ReadOnlySpan<byte> bytes, RigDefinition rig, ReadRecipe recipes)
    {
        Findings findings = new(path);
        if (SourceFile.Open(bytes, Kind, findings) is not { } file) return (null, findings.InOrder());
        CampaignReader reader = new(file, rig, recipes);
        CampaignPlan plan = reader.Read();
        ImmutableArray<Diagnostic> all = [.. findings.InOrder(), .. reader.Elsewhere.Distinct()];
        string hash = SourceFile.Hash(Encoding.UTF8.GetBytes(string.Join('\n', [SourceFile.Hash(bytes), .. plan.Batches.Select(b => b.Recipe.ContentHash)])));
        return (all.IsEmpty ? plan with { ContentHash = hash } : null, all);
    }
}
