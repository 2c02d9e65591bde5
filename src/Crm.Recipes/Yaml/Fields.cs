using System.Collections.Immutable;
using Crm.Plant.Quantities;
using Crm.Recipes.Diagnostics;

namespace Crm.Recipes.Yaml;

/// <summary>
/// Reads the keys of one mapping. What was asked for is what is known: <see cref="Close"/> refuses every other key. A value that could
/// not be read is reported and answered by a harmless stand-in, so that reading goes on to the next mistake.
/// </summary>
internal sealed class Fields
{
    private readonly YamlMapping map;
    private readonly SortedSet<string> asked = new(StringComparer.Ordinal);

    public Fields(YamlMapping map, Findings findings, string what)
    {
        this.map = map;
        Findings = findings;
        What = what;
        Dictionary<string, YamlScalar> seen = new(StringComparer.Ordinal);
        foreach (YamlEntry entry in map.Entries)
        {
            if (seen.TryAdd(entry.Key.Text, entry.Key)) continue;
            findings.Add(entry.Key, DiagnosticCodes.KeyDuplicate, $"'{entry.Key.Text}' stands twice in {what}", $"first in line {seen[entry.Key.Text].Line}");
        }
    }

    public Findings Findings { get; }

    /// <summary>What the mapping describes, for messages: <c>tag leach.ph</c>.</summary>
    public string What { get; }

    public YamlMapping Map => map;

    /// <summary>Opens a node as a mapping; anything else is reported.</summary>
    public static Fields? Open(YamlNode? node, Findings findings, string what)
    {
        if (node is YamlMapping map) return new Fields(map, findings, what);
        if (node is not null) findings.Add(node, DiagnosticCodes.KindWrong, $"{what} is {node.Kind}", "expected 'key: value' pairs");
        return null;
    }

    public YamlNode? Find(string key)
    {
        asked.Add(key);
        return map.Entries.FirstOrDefault(e => e.Key.Text == key)?.Value;
    }

    public YamlNode? Need(string key)
    {
        YamlNode? value = Find(key);
        if (value is null) Findings.Add(map, DiagnosticCodes.KeyMissing, $"{What} has no '{key}'", $"add '{key}: …'");
        return value;
    }

    public bool Has(string key) => Find(key) is not null;

    public void Close(string? code = null)
    {
        foreach (YamlEntry entry in map.Entries.Where(e => !asked.Contains(e.Key.Text)))
        {
            string remedy = entry.Key.Text.EndsWith(')')
                ? "put the expression in quotes: a comma inside {…} ends an unquoted value"
                : Nearest.Suggest(entry.Key.Text, asked);
            Findings.Add(entry.Key, code ?? DiagnosticCodes.KeyUnknown, $"{What} knows no '{entry.Key.Text}'", remedy);
        }
    }

    public string Text(string key) => Need(key) is { } node ? Values.Text(node, Findings, key) ?? "" : "";

    public string Text(string key, string otherwise) => Find(key) is { } node ? Values.Text(node, Findings, key) ?? otherwise : otherwise;

    public bool Flag(string key, bool otherwise) =>
        Find(key) is { } node ? Values.Choice(node, Findings, key, Values.Truths, otherwise) : otherwise;

    public T Choice<T>(string key, ImmutableArray<(string Word, T Value)> choices) =>
        Need(key) is { } node ? Values.Choice(node, Findings, key, choices, choices[0].Value) : choices[0].Value;

    public T Choice<T>(string key, ImmutableArray<(string Word, T Value)> choices, T otherwise) =>
        Find(key) is { } node ? Values.Choice(node, Findings, key, choices, otherwise) : otherwise;

    /// <summary>A plain number, or one in the unit that stands elsewhere (a tag's own).</summary>
    public double Number(string key, Unit unit, double low = double.NegativeInfinity, double high = double.PositiveInfinity) =>
        Need(key) is { } node ? Values.Quantity(node, Findings, key, unit, low, high, bare: true) : Values.StandIn(low);

    public double Number(string key, double otherwise) =>
        Find(key) is { } node ? Values.Quantity(node, Findings, key, Unit.One, double.NegativeInfinity, double.PositiveInfinity, bare: true) : otherwise;

    /// <summary>A quantity whose unit must be written.</summary>
    public double Quantity(string key, Unit unit, double low = double.NegativeInfinity, double high = double.PositiveInfinity) =>
        Need(key) is { } node ? Values.Quantity(node, Findings, key, unit, low, high, bare: false) : Values.StandIn(low);

    public double? OptionalQuantity(string key, Unit unit, double low = double.NegativeInfinity, double high = double.PositiveInfinity) =>
        Find(key) is { } node ? Values.Quantity(node, Findings, key, unit, low, high, bare: false) : null;

    public TimeSpan Duration(string key) => Need(key) is { } node ? Values.Duration(node, Findings, key) : TimeSpan.Zero;

    public TimeSpan Duration(string key, TimeSpan otherwise) => Find(key) is { } node ? Values.Duration(node, Findings, key) : otherwise;

    /// <summary>A range in a unit that stands elsewhere.</summary>
    public (double Low, double High) Range(string key, Unit unit, bool ascending = true) =>
        Need(key) is { } node ? Values.Range(node, Findings, key, unit, ascending) : (0, 1);

    /// <summary>The items of a list; a single item may stand without brackets.</summary>
    public ImmutableArray<YamlNode> Items(string key) => Find(key) switch
    {
        null => [],
        YamlSequence list => list.Items,
        YamlNode single => [single],
    };

    public ImmutableArray<string> Texts(string key) =>
        [.. Items(key).Select(node => Values.Text(node, Findings, key)).OfType<string>()];

    /// <summary>The entries of a mapping of names to whatever; absent is empty.</summary>
    public ImmutableArray<YamlEntry> Named(string key)
    {
        YamlNode? node = Find(key);
        if (node is null) return [];
        if (node is YamlScalar { Text: "" }) return [];
        if (Open(node, Findings, $"'{key}' of {What}") is not { } fields) return [];
        return fields.map.Entries.DistinctBy(e => e.Key.Text).ToImmutableArray();
    }
}
