using System.Collections.Immutable;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Blocks;

/// <summary>A file of blocks that recipes share.</summary>
public static class BlockFile
{
    /// <summary>Mistakes that can be seen without a recipe that uses the blocks.</summary>
    public static ImmutableArray<Diagnostic> Check(string path)
    {
        Findings findings = new(path);
        if (SourceFile.Bytes(path, findings) is { } bytes) Read(bytes, findings);
        return findings.InOrder();
    }

    /// <param name="path">Only named in the diagnostics.</param>
    public static ImmutableArray<Diagnostic> Check(string path, ReadOnlySpan<byte> bytes)
    {
        Findings findings = new(path);
        Read(bytes, findings);
        return findings.InOrder();
    }

    internal static ImmutableArray<BlockDefinition> Read(ReadOnlySpan<byte> bytes, Findings findings)
    {
        if (SourceFile.Open(bytes, "blocks", findings) is not { } fields) return [];
        fields.Text("title", "");
        fields.Need("blocks");
        ImmutableArray<BlockDefinition> blocks = BlockReader.Read(fields);
        fields.Close();
        return blocks;
    }
}
