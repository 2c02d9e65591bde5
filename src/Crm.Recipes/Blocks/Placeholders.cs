using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Blocks;

/// <summary><c>$name</c> in the steps of a block.</summary>
internal static partial class Placeholders
{
    /// <summary>Every parameter that a node names, with the scalar it stands in.</summary>
    public static IEnumerable<(string Name, YamlScalar At)> Of(YamlNode node) => node switch
    {
        YamlScalar scalar => Pattern().Matches(scalar.Text).Select(m => (m.Groups[1].Value, scalar)),
        YamlSequence list => list.Items.SelectMany(Of),
        YamlMapping map => map.Entries.SelectMany(e => Of(e.Key).Concat(Of(e.Value))),
        _ => [],
    };

    /// <summary>The node with arguments in place of parameters, at its own line of the block.</summary>
    public static YamlNode Filled(YamlNode node, ImmutableSortedDictionary<string, BlockArgument> arguments, YamlOrigin origin) => node switch
    {
        YamlScalar scalar when Whole(scalar, arguments) is { } value => Moved(value, scalar, origin),
        YamlScalar scalar => Text(scalar, arguments, origin),
        YamlSequence list => list with { Items = [.. list.Items.Select(item => Filled(item, arguments, origin))], Origin = origin },
        YamlMapping map => map with { Entries = [.. map.Entries.Select(e => new YamlEntry(Text(e.Key, arguments, origin), Filled(e.Value, arguments, origin)))], Origin = origin },
        _ => node,
    };

    /// <summary>A scalar that is nothing but a parameter takes the argument as it is, a list too.</summary>
    private static YamlNode? Whole(YamlScalar scalar, ImmutableSortedDictionary<string, BlockArgument> arguments) =>
        Pattern().Match(scalar.Text) is { Success: true } match && match.Length == scalar.Text.Length ? arguments.GetValueOrDefault(match.Groups[1].Value)?.Value : null;

    private static YamlNode Moved(YamlNode value, YamlScalar to, YamlOrigin origin) => value switch
    {
        YamlScalar scalar => scalar with { Line = to.Line, Column = to.Column, IsOneLine = false, Origin = origin },
        YamlSequence list => list with { Line = to.Line, Column = to.Column, Items = [.. list.Items.Select(item => Moved(item, to, origin))], Origin = origin },
        YamlMapping map => map with
        {
            Line = to.Line,
            Column = to.Column,
            Entries = [.. map.Entries.Select(e => new YamlEntry((YamlScalar)Moved(e.Key, to, origin), Moved(e.Value, to, origin)))],
            Origin = origin,
        },
        _ => value,
    };

    private static YamlScalar Text(YamlScalar scalar, ImmutableSortedDictionary<string, BlockArgument> arguments, YamlOrigin origin)
    {
        string text = Pattern().Replace(scalar.Text, match => arguments.TryGetValue(match.Groups[1].Value, out BlockArgument? argument) && argument.Value is YamlScalar value
            ? Bracketed(argument.Parameter.Type, value.Text, scalar.Text, match)
            : match.Value);
        return scalar with { Text = text, IsOneLine = scalar.IsOneLine && text == scalar.Text, Origin = origin };
    }

    /// <summary>An expression keeps its own order of evaluation inside another.</summary>
    private static string Bracketed(BlockParameterType type, string value, string around, Match match)
    {
        bool isPart = type == BlockParameterType.Condition
            || (type == BlockParameterType.Quantity && (Beside(around, match.Index - 1, -1) || Beside(around, match.Index + match.Length, 1)));
        return isPart ? $"({value})" : value;
    }

    /// <summary>Whether the next letter that is no space is an operator of arithmetic.</summary>
    private static bool Beside(string text, int at, int step)
    {
        while (at >= 0 && at < text.Length && text[at] == ' ') at += step;
        return at >= 0 && at < text.Length && text[at] is '+' or '-' or '*' or '/';
    }

    [GeneratedRegex(@"\$([a-z][a-z0-9_]*)")]
    private static partial Regex Pattern();
}
