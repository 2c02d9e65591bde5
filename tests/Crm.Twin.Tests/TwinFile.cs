using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Crm.Plant.Twins;

namespace Crm.Twin.Tests;

/// <summary>Reads the repository's twin file without the real reader, which this project cannot see. Understands its one-line flow style only.</summary>
internal static partial class TwinFile
{
    public static TwinDefinition Lithium() => Read(Path.Combine(Root(), "hardware", "lithium-pilot", "twin.yaml"));

    private static TwinDefinition Read(string path)
    {
        List<EquipmentDefinition> equipment = [];
        List<MaterialDefinition> materials = [];
        string text = File.ReadAllText(path);
        foreach (Match m in Unit().Matches(text)) equipment.Add(Equipment(m.Groups[1].Value, m.Groups[2].Value));
        foreach (Match m in Material().Matches(text))
            materials.Add(new MaterialDefinition(m.Groups[1].Value, Pairs(m.Groups[2].Value).ToImmutableSortedDictionary(p => p.Key, p => Number(p.Value), StringComparer.Ordinal), "file"));
        return new TwinDefinition("lithium-pilot", "", [.. equipment], [.. materials], [], ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create("temperature", 20.0)]));
    }

    private static EquipmentDefinition Equipment(string unit, string body)
    {
        ImmutableSortedDictionary<string, double> numbers = ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal);
        ImmutableSortedDictionary<string, string> names = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
        ImmutableSortedDictionary<string, ImmutableArray<string>> lists = ImmutableSortedDictionary.Create<string, ImmutableArray<string>>(StringComparer.Ordinal);
        string model = "";
        Match list = List().Match(body);
        if (list.Success)
        {
            lists = lists.Add(list.Groups[1].Value, [.. list.Groups[2].Value.Split(',', StringSplitOptions.TrimEntries)]);
            body = body.Remove(list.Index, list.Length);
        }
        foreach ((string key, string value) in Pairs(body))
        {
            if (key == "model") model = value;
            else if (char.IsAsciiDigit(value[0]) || value[0] == '-') numbers = numbers.Add(key, Number(value.Split(' ')[0]));
            else names = names.Add(key, value);
        }
        return new EquipmentDefinition(unit, model, numbers, names, ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, double>>.Empty, lists, 0);
    }

    private static IEnumerable<KeyValuePair<string, string>> Pairs(string body) =>
        body.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(p => KeyValuePair.Create(p.Split(':')[0].Trim(), p.Split(':')[1].Trim()));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Root([CallerFilePath] string here = "")
    {
        DirectoryInfo? directory = new(Path.GetDirectoryName(here)!);
        if (!directory.Exists) directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Crm.sln"))) directory = directory.Parent;
        return directory?.FullName ?? throw new DirectoryNotFoundException("Crm.sln");
    }

    [GeneratedRegex(@"^  (\w+):\s+\{(model:[^}]*)\}", RegexOptions.Multiline)]
    private static partial Regex Unit();

    [GeneratedRegex(@"^  (\w+):\s*\n\s+source:.*\n\s+minerals: \{([^}]*)\}", RegexOptions.Multiline)]
    private static partial Regex Material();

    [GeneratedRegex(@"(\w+): \[([^\]]*)\],?")]
    private static partial Regex List();
}
