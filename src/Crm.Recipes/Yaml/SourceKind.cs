using System.Collections.Immutable;
using Crm.Recipes.Diagnostics;

namespace Crm.Recipes.Yaml;

/// <summary>Tells which kind of file one is: <c>rig</c>, <c>recipe</c>, <c>formula</c>, <c>campaign</c>, <c>blocks</c>, <c>twin</c>, <c>fitted</c>, <c>scenario</c>, <c>service</c> or <c>specification</c>.</summary>
public static class SourceKind
{
    /// <summary>A formula of its own for a recipe's procedure.</summary>
    internal const string Formula = "formula";

    /// <summary>Keys that only one kind has, the telling one first. A recipe names its rig too, so rigs come last.</summary>
    private static readonly ImmutableArray<(string Kind, ImmutableArray<string> Keys)> kinds =
    [
        ("approvals", ["approvals"]),
        ("scenario", ["scenario", "expect"]),
        ("campaign", ["campaign", "batches"]),
        (Formula, ["of", "values"]),
        ("recipe", ["recipe", "procedure", "formula"]),
        ("blocks", ["blocks"]),
        ("fitted", ["fitted", "twin_hash"]),
        ("twin", ["twin", "equipment"]),
        ("specification", ["specification", "limits"]),
        ("service", ["service", "rigs"]),
        ("rig", ["rig", "units", "buses"]),
    ];

    /// <returns>The kind, or null with the reasons why it cannot be told.</returns>
    public static (string? Value, ImmutableArray<Diagnostic> Diagnostics) Of(string path)
    {
        Findings findings = new(path);
        return SourceFile.Bytes(path, findings) is { } bytes ? Of(path, bytes) : (null, findings.InOrder());
    }

    /// <param name="path">Only named in the diagnostics.</param>
    public static (string? Value, ImmutableArray<Diagnostic> Diagnostics) Of(string path, ReadOnlySpan<byte> bytes)
    {
        Findings findings = new(path);
        if (YamlText.Read(bytes, findings) is not { } map) return (null, findings.InOrder());
        string? kind = Of(map);
        if (kind is null)
            findings.Add(
                map, DiagnosticCodes.FileKind, "the file does not say what it is",
                "expected a key recipe, formula, campaign, blocks, rig, twin, scenario, service or specification");
        return (kind, findings.InOrder());
    }

    internal static string? Of(YamlMapping map) =>
        kinds.FirstOrDefault(k => k.Keys.Any(key => map.Entries.Any(e => e.Key.Text == key))).Kind;
}
