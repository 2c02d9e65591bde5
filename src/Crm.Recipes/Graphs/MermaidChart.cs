using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Crm.Recipes.Graphs;

/// <summary>A procedure chart as a Mermaid flowchart, for README files and issues: a subgraph for each unit procedure, dotted lines from samples to who reads them.</summary>
public sealed class MermaidChart
{
    private readonly StringBuilder text = new();
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    private readonly List<(string Sample, string Node)> taken = [], read = [];

    /// <summary>Last node of each unit so far.</summary>
    private readonly SortedDictionary<string, string> lastOf = new(StringComparer.Ordinal);
    private string unit = "";
    private int depth = 1;

    public static string Of(ProcedureChart chart)
    {
        MermaidChart made = new();
        made.text.Append("---\ntitle: ").Append(Quoted($"{chart.Title}: {chart.Heading[0]}")).Append("\n---\nflowchart TB\n");
        made.Chain(chart.Nodes, [], "");
        foreach ((string sample, string node) in made.read)
            foreach ((_, string at) in made.taken.Where(t => t.Sample == sample)) made.Edge($"{at} -.->|{sample}| {node}");
        return made.text.ToString();
    }

    /// <summary>Nodes one after the other.</summary>
    /// <param name="from">Where the way comes from.</param>
    /// <param name="label">On the first edge.</param>
    /// <returns>Where the way goes on from.</returns>
    private ImmutableArray<string> Chain(ImmutableArray<ChartNode> nodes, ImmutableArray<string> from, string label)
    {
        foreach (ChartNode node in nodes)
        {
            from = Node(node, from, label);
            label = "";
        }

        return from;
    }

    private ImmutableArray<string> Node(ChartNode node, ImmutableArray<string> from, string label)
    {
        switch (node)
        {
            case ChartStep step: return Step(step, from, label);
            case ChartGroup { Kind: ChartGroupKind.Unit } group:
                Line($"subgraph {Name(group.Id, "u")}[{Quoted($"{group.Title} ({group.Unit})")}]");
                (unit, depth) = (group.Unit, depth + 1);
                ImmutableArray<string> ends = Chain(group.Children, from, label);
                (unit, depth) = ("", depth - 1);
                Line("end");
                return ends;
            case ChartGroup { Kind: ChartGroupKind.Parallel } group: return Parallel(group, from, label);
            case ChartGroup { Kind: ChartGroupKind.Alternative } group: return Alternative(group, from, label);
            case ChartGroup { Kind: ChartGroupKind.Repeat } group: return Repeat(group, from, label);
            case ChartGroup group: return Chain(group.Children, from, label);
            default: return from;
        }
    }

    private ImmutableArray<string> Step(ChartStep step, ImmutableArray<string> from, string label)
    {
        string name = Name(step.Id, "s"), words = Quoted(string.Join("<br/>", step.Details.Take(3).Prepend("**" + step.Title + "**")));
        Line(name + step.Kind switch
        {
            ChartStepKind.Gate => $"{{{{{words}}}}}",
            ChartStepKind.Person => $"[/{words}/]",
            ChartStepKind.Sample => $"([{words}])",
            ChartStepKind.Wait => $"[[{words}]]",
            _ => $"[{words}]",
        });
        Join(from, name, label);
        if (step.From.Length > 0 && step.From != unit && lastOf.TryGetValue(step.From, out string? giver)) Edge($"{giver} ==>|material| {name}");
        if (step.Sample.Length > 0) taken.Add((step.Sample, name));
        foreach (string sample in step.Reads) read.Add((sample, name));
        if (unit.Length > 0) lastOf[unit] = name;
        return [name];
    }

    private ImmutableArray<string> Parallel(ChartGroup group, ImmutableArray<string> from, string label)
    {
        (string begin, string end) = (Name(group.Id, "p"), Name(group.Id + "/end", "p"));
        Line($"{begin}[{Quoted("all of: " + group.Title)}]");
        Join(from, begin, label);
        var ends = group.Children.SelectMany(branch => Node(branch, [begin], "")).ToImmutableArray();
        Line($"{end}[{Quoted("all done")}]");
        Join(ends, end, "");
        return [end];
    }

    private ImmutableArray<string> Alternative(ChartGroup group, ImmutableArray<string> from, string label)
    {
        string choice = Name(group.Id, "a");
        Line($"{choice}{{{Quoted(string.Join("<br/>", group.Begins.Prepend(group.Title)))}}}");
        Join(from, choice, label);
        return [.. group.Children.OfType<ChartGroup>().SelectMany(branch =>
        {
            string when = string.Join(", ", branch.Begins);
            if (!branch.Children.IsEmpty) return Chain(branch.Children, [choice], when);
            string past = Name(branch.Id, "g");
            Line($"{past}(({Quoted("go on")}))");
            Join([choice], past, when);
            return [past];
        })];
    }

    private ImmutableArray<string> Repeat(ChartGroup group, ImmutableArray<string> from, string label)
    {
        (string begin, string judge) = (Name(group.Id, "r"), Name(group.Id + "/until", "r"));
        Line($"{begin}([{Quoted($"repeat: {group.Title}, {string.Join(", ", group.Begins)}")}])");
        Join(from, begin, label);
        ImmutableArray<string> ends = Chain(group.Children, [begin], "");
        Line($"{judge}{{{Quoted(string.Join("<br/>", group.Ends))}}}");
        Join(ends, judge, "");
        Edge($"{judge} -->|not yet| {begin}");
        return [judge];
    }

    private void Join(ImmutableArray<string> from, string to, string label)
    {
        foreach (string one in from) Edge(label.Length == 0 ? $"{one} --> {to}" : $"{one} -->|{Quoted(label)}| {to}");
    }

    private void Edge(string edge) => Line(edge);

    private void Line(string line) => text.Append(' ', 2 * depth).Append(line).Append('\n');

    /// <summary>Names that Mermaid takes whatever is in an id.</summary>
    private string Name(string id, string kind)
    {
        if (!names.TryGetValue(kind + id, out string? name)) names[kind + id] = name = string.Create(CultureInfo.InvariantCulture, $"{kind}{names.Count + 1}");
        return name;
    }

    private static string Quoted(string text) =>
        "\"" + text.Replace("&", "#amp;", StringComparison.Ordinal).Replace("\"", "#quot;", StringComparison.Ordinal).Replace("<br/>", "\u0001", StringComparison.Ordinal)
            .Replace("<", "#lt;", StringComparison.Ordinal).Replace(">", "#gt;", StringComparison.Ordinal).Replace("\u0001", "<br/>", StringComparison.Ordinal) + "\"";
}
