using System.Collections.Immutable;

namespace Crm.Recipes.Yaml;

/// <summary>A node of a YAML file with its place. Line and column count from 1.</summary>
public abstract record YamlNode(int Line, int Column)
{
    /// <summary>What it is, in the words of a message.</summary>
    public abstract string Kind { get; }

    /// <summary>The block a node comes from; null for what stands in the file itself.</summary>
    public YamlOrigin? Origin { get; init; }
}

/// <summary>Where the line of a node is, when a block brought it in.</summary>
/// <param name="File">File of the block.</param>
/// <param name="Use">For messages: <c>in block open-filter, used in line 120</c>.</param>
/// <param name="Prefix">In front of ids, with its slash: <c>zinc/</c>; empty when the use has no id.</param>
public sealed record YamlOrigin(string File, string Use, string Prefix);

/// <param name="TextColumn">Column of the first character of the text, behind an opening quote.</param>
/// <param name="IsOneLine">True when columns inside the text can be counted.</param>
public sealed record YamlScalar(int Line, int Column, string Text, int TextColumn, bool IsOneLine) : YamlNode(Line, Column)
{
    public override string Kind => Text.Length == 0 ? "nothing" : "a value";
}

public sealed record YamlSequence(int Line, int Column, ImmutableArray<YamlNode> Items) : YamlNode(Line, Column)
{
    public override string Kind => "a list";
}

public sealed record YamlEntry(YamlScalar Key, YamlNode Value);

public sealed record YamlMapping(int Line, int Column, ImmutableArray<YamlEntry> Entries) : YamlNode(Line, Column)
{
    public override string Kind => "a group of keys";
}
