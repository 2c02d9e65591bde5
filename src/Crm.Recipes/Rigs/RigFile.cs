using System.Collections.Immutable;
using Crm.Plant.Rigs;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Rigs;

/// <summary>Reads <c>rig.yaml</c>.</summary>
public static class RigFile
{
    /// <param name="catalogue">What buses and instruments there are; null leaves them unchecked.</param>
    public static (RigDefinition? Value, ImmutableArray<Diagnostic> Diagnostics) Read(string path, BusCatalogue? catalogue = null)
    {
        Findings findings = new(path);
        return SourceFile.Bytes(path, findings) is { } bytes ? Read(path, bytes, catalogue) : (null, findings.InOrder());
    }

    /// <param name="path">Only named in the diagnostics.</param>
    /// <param name="catalogue">What buses and instruments there are; null leaves them unchecked.</param>
    public static (RigDefinition? Value, ImmutableArray<Diagnostic> Diagnostics) Read(string path, ReadOnlySpan<byte> bytes, BusCatalogue? catalogue = null)
    {
        Findings findings = new(path);
        if (SourceFile.Open(bytes, "rig", findings) is not { } fields) return (null, findings.InOrder());
        RigDefinition rig = new RigReader(fields, catalogue).Read(SourceFile.Hash(bytes));
        return (findings.Count == 0 ? rig : null, findings.InOrder());
    }
}
