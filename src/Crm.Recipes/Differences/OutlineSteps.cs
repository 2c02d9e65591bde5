using System.Collections.Immutable;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Differences;

/// <summary>Walks a procedure as it is written and lists its steps with their facts.</summary>
/// <param name="ids">Ids that the reader gave.</param>
internal sealed class OutlineSteps(IReadOnlyDictionary<YamlNode, string> ids)
{
    /// <summary>Groups: the key that names them is the word of the step.</summary>
    private static readonly ImmutableArray<string> groups = ["unit", "operation", "parallel", "alternative"];

    private readonly ImmutableArray<OutlineStep>.Builder steps = ImmutableArray.CreateBuilder<OutlineStep>();

    public ImmutableArray<OutlineStep> Of(YamlMapping file)
    {
        List(file.Entries.FirstOrDefault(e => e.Key.Text == "procedure")?.Value, -1);
        return steps.ToImmutable();
    }

    private void List(YamlNode? node, int parent)
    {
        if (node is not YamlSequence list) return;
        foreach (YamlNode item in list.Items) Step(item, parent);
    }

    private void Step(YamlNode item, int parent)
    {
        if (item is YamlSequence branch) List(branch, Add(branch, "branch", [], parent));
        if (item is not YamlMapping map) return;
        if (groups.FirstOrDefault(g => map.Entries.Any(e => e.Key.Text == g)) is { } group) Group(map, group, parent);
        else if (map.Entries is [{ } only]) Word(only, parent);
    }

    private void Group(YamlMapping map, string word, int parent)
    {
        YamlNode named = map.Entries.First(e => e.Key.Text == word).Value;
        int at = Add(map, word, Facts(map.Entries.Where(e => e.Value is not YamlSequence || e.Key.Text is not ("steps" or "parallel" or "alternative" or "otherwise"))), parent);
        if (word == "parallel") List(named, at);
        if (word == "alternative") Branches(map, (named as YamlSequence)?.Items ?? [], at);
        List(map.Entries.FirstOrDefault(e => e.Key.Text == "steps")?.Value, at);
    }

    private void Branches(YamlMapping alternative, ImmutableArray<YamlNode> branches, int parent)
    {
        foreach (YamlMapping branch in branches.OfType<YamlMapping>())
            List(Steps(branch), Add(branch, "branch", Facts(branch.Entries.Where(e => e.Key.Text != "steps")), parent));
        if (alternative.Entries.FirstOrDefault(e => e.Key.Text == "otherwise")?.Value is YamlSequence otherwise) List(otherwise, Add(otherwise, "otherwise", [], parent));
    }

    private void Word(YamlEntry entry, int parent)
    {
        if (entry.Value is not YamlMapping map)
        {
            Add(entry.Value, entry.Key.Text, [], parent);
            return;
        }

        int at = Add(map, entry.Key.Text, Facts(map.Entries.Where(e => e.Key.Text != "steps")), parent);
        List(Steps(map), at);
    }

    private static YamlNode? Steps(YamlMapping map) => map.Entries.FirstOrDefault(e => e.Key.Text == "steps")?.Value;

    private int Add(YamlNode node, string word, ImmutableArray<RecipeFact> facts, int parent)
    {
        string around = parent < 0 ? "" : steps[parent].Id + "/";
        string id = ids.TryGetValue(node, out string? given) ? given : $"{around}{word}-{1 + steps.Count(s => s.Parent == parent && s.Word == word)}";
        steps.Add(new OutlineStep(id, word, facts, parent, node.Line, node.Origin is { } origin ? $"{origin.Use}, line {node.Line} of {Path.GetFileName(origin.File)}" : ""));
        return steps.Count - 1;
    }

    private static ImmutableArray<RecipeFact> Facts(IEnumerable<YamlEntry> entries) => [.. entries.Where(e => e.Key.Text != "id").SelectMany(Facts)];

    /// <summary>A list gives a fact for each of its items, so that a limit that is added is told as one.</summary>
    private static IEnumerable<RecipeFact> Facts(YamlEntry entry) => (entry.Key.Text, entry.Value) switch
    {
        ("limits", YamlSequence list) => list.Items.Select(Limit),
        ("expect", YamlSequence list) => list.Items.OfType<YamlMapping>().SelectMany(m => m.Entries).Select(e => new RecipeFact("expects " + e.Key.Text, WrittenValue.Words(e.Value))),
        ("items", YamlSequence list) => list.Items.Select(i => new RecipeFact($"item '{WrittenValue.Words(i)}'", "")),
        ("while", YamlSequence list) => list.Items.Select(i => new RecipeFact($"while {WrittenValue.Words(i)}", "")),
        ("while", YamlScalar one) => [new RecipeFact($"while {WrittenValue.Words(one)}", "")],
        (var key, var value) => [new RecipeFact(key, WrittenValue.Words(value))],
    };

    /// <summary>A limit is known by its message; what it looks at and what follows are its words.</summary>
    private static RecipeFact Limit(YamlNode node)
    {
        if (node is not YamlMapping map) return new RecipeFact("limit", WrittenValue.Words(node));
        string message = map.Entries.FirstOrDefault(e => e.Key.Text == "message") is { } said ? WrittenValue.Words(said.Value) : "";
        return new RecipeFact($"limit '{message}'", string.Join(", ", map.Entries.Where(e => e.Key.Text != "message").Select(e => $"{e.Key.Text} {WrittenValue.Words(e.Value)}")));
    }
}
