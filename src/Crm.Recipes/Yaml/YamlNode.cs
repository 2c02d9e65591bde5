using System.Collections.Immutable;

namespace Crm.Recipes.Yaml;

/// <summary>A node of a YAML file with its place. Line and column count from 1.</summary>
public abstract record YamlNode(int Line, int Column)
{
    /// <summary>What it is, in the words of a message.</summary>
    public abstract string Kind { get; }
}

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
