using System.Collections.Immutable;
using Crm.Host.Runs;
using Crm.Recipes.Approval;
using Crm.Recipes.Blocks;
using Crm.Recipes.Campaigns;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Services;
using Crm.Recipes.Yaml;

namespace Crm.Host.CommandLine;

/// <summary>What checking a set of files found, in the order of files and lines.</summary>
public sealed record FileCheck(int Files, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>No mistakes; there may be advice.</summary>
    public bool IsClean => Diagnostics.All(d => d.IsAdvice);

    /// <summary>Checks each file as what its keys say it is; folders are searched for <c>*.yaml</c>.</summary>
    public static FileCheck Of(IEnumerable<string> paths)
    {
        var findings = ImmutableArray.CreateBuilder<Diagnostic>();
        int files = 0;
        foreach (string path in paths.SelectMany(Expand))
        {
            files++;
            findings.AddRange(CheckFile(path));
        }

        return new FileCheck(files, findings.ToImmutable());
    }

    private static IEnumerable<string> Expand(string path)
    {
        if (!Directory.Exists(path)) return [path];
        var found = Directory.EnumerateFiles(path, "*.yaml", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .ToArray();
        return found;
    }

    private static ImmutableArray<Diagnostic> CheckFile(string path)
    {
        var (kind, problems) = SourceKind.Of(path);
        return kind switch
        {
            null => problems,
            "rig" => RigFiles.Rig(path).Diagnostics,
            "twin" => RigFiles.Twin(path).Diagnostics,
            "scenario" => RigFiles.Scenario(path).Diagnostics,
            "fitted" => RigFiles.Fitted(path),
            CampaignFile.Kind => RigFiles.Campaign(path, null).Diagnostics,
            "blocks" => BlockFile.Check(path),
            ServiceFile.Kind => RigFiles.Service(path),
            "approvals" => ApprovalFile.Read(path, File.ReadAllText(path)).Diagnostics,
            "specification" => RigFiles.Specification(path).Diagnostics,
            _ => RigFiles.CheckRecipe(path),
        };
    }
}
