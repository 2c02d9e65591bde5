using System.Collections.Immutable;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Twins;

/// <summary>Reads <c>twin.yaml</c> for a rig, against the twin's catalogue of equipment.</summary>
public static class TwinFile
{
    public static (TwinDefinition? Value, ImmutableArray<Diagnostic> Diagnostics) Read(string path, ImmutableArray<EquipmentKind> catalogue, RigDefinition rig)
    {
        Findings findings = new(path);
        return SourceFile.Bytes(path, findings) is { } bytes ? Read(path, bytes, catalogue, rig) : (null, findings.InOrder());
    }

    /// <param name="path">Only named in the diagnostics.</param>
    public static (TwinDefinition? Value, ImmutableArray<Diagnostic> Diagnostics) Read(
        string path, ReadOnlySpan<byte> bytes, ImmutableArray<EquipmentKind> catalogue, RigDefinition rig)
    {
        Findings findings = new(path);
        if (SourceFile.Open(bytes, "twin", findings) is not { } fields) return (null, findings.InOrder());
        TwinDefinition twin = new TwinReader(fields, catalogue, rig).Read(SourceFile.Hash(bytes));
        return (findings.Count == 0 ? twin : null, findings.InOrder());
    }
}
