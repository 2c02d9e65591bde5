using System.Collections.Immutable;
using Crm.Plant.Rigs;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Services;

/// <summary>Reads the list <c>rigs</c> of a service file.</summary>
internal sealed class ServedRigs(string folder, Findings findings, FindRig? find)
{
    private readonly SortedDictionary<string, int> lines = new(StringComparer.Ordinal);

    public ImmutableArray<RigToServe> Read(Fields file)
    {
        if (file.Find("rigs") is YamlMapping map)
        {
            findings.Add(map, DiagnosticCodes.KindWrong, "'rigs' is a mapping", "expected a list: a line '- recipe: FILE' for each rig");
            return [];
        }

        ImmutableArray<YamlNode> items = file.Items("rigs");
        return items.IsEmpty ? [] : [.. items.Select(Entry).OfType<RigToServe>()];
    }

    private RigToServe? Entry(YamlNode node)
    {
        if (Fields.Open(node, findings, "a rig of the service") is not { } entry) return null;
        int before = findings.Count;
        string recipe = Recipe(entry);
        string? rig = Folder(entry);
        bool live = entry.Flag("live", false);
        ImmutableArray<YamlEntry> at = entry.Named("at");
        if (at.Length > 0 && !live) findings.Add(entry.Find("at")!, DiagnosticCodes.ServiceBus, "'at' names places of buses, and the rig runs on its twin", "add 'live: true', or leave 'at' out");
        entry.Close();
        RigToServe read = new(recipe, rig, live, at.ToImmutableSortedDictionary(e => e.Key.Text, e => Values.Text(e.Value, findings, e.Key.Text) ?? "", StringComparer.Ordinal));
        if (findings.Count == before && find?.Invoke(recipe, rig) is { } found) Judge(found, node, entry, at, live);
        return read;
    }

    private void Judge(RigDefinition rig, YamlNode node, Fields entry, ImmutableArray<YamlEntry> at, bool live)
    {
        if (!lines.TryAdd(rig.Name, node.Line)) findings.Add(node, DiagnosticCodes.ServiceRigTwice, $"rig {rig.Name} stands twice in the list, first in line {lines[rig.Name]}", "a rig is served once, with one recipe; others are chosen beside it in the browser");
        foreach (YamlEntry place in at.Where(p => rig.Buses.All(b => b.Name != p.Key.Text)))
            findings.Add(place.Key, DiagnosticCodes.ServiceBus, $"rig {rig.Name} has no bus '{place.Key.Text}'", $"it has {string.Join(", ", rig.Buses.Select(b => b.Name))}");
        if (live && rig.Buses.FirstOrDefault(b => b.Driver == BusDefinition.Simulated) is { } simulated)
            findings.Add(entry.Find("live")!, DiagnosticCodes.ServiceBus, $"bus {simulated.Name} of rig {rig.Name} is simulated only", "leave 'live' out: there is nothing to drive");
    }

    private string Recipe(Fields entry)
    {
        if (entry.Need("recipe") is not { } node || Values.Text(node, findings, "recipe") is not { } text) return "";
        string file = Path.GetFullPath(Path.Combine(folder, text));
        if (!File.Exists(file)) findings.Add(node, DiagnosticCodes.ServicePath, $"there is no recipe {file}", "a path from this file's folder");
        return file;
    }

    /// <summary>A folder with a rig file in it, or the name of a rig.</summary>
    private string? Folder(Fields entry)
    {
        if (entry.Find("rig") is not { } node || Values.Text(node, findings, "rig") is not { } text) return null;
        string place = Path.GetFullPath(Path.Combine(folder, text));
        if (File.Exists(Path.Combine(place, "rig.yaml"))) return place;
        if (text.Contains('/', StringComparison.Ordinal)) findings.Add(node, DiagnosticCodes.ServicePath, $"there is no rig in {place}", "a folder with rig.yaml in it, from this file's folder; or the name of a rig");
        return text;
    }
}
