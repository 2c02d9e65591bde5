using System.Text.Json;
using System.Text.RegularExpressions;
using Crm.Host.CommandLine;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Schemas;
using Crm.Recipes.Yaml;
using Xunit;

namespace Crm.Host.Tests;

/// <summary>The schemas that editors read are those of this version, and every shipped file is valid by its own.</summary>
public sealed class FileSchemaTests
{
    private static readonly string root = ProcedureChartTests.Root();

    public static TheoryData<string> Kinds => [.. FileSchemas.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_committed_schema_is_that_of_this_version(string kind) =>
        Assert.True(File.ReadAllText(Path.Combine(root, "docs", "schemas", kind + ".schema.json")) == RecipeCommand.Schema(kind), $"docs/schemas/{kind}.schema.json is out of date: write it anew with docs/schemas/write");

    /// <summary>Every file that .vscode/settings.json binds to a schema, with the schema.</summary>
    public static TheoryData<string, string> Bound
    {
        get
        {
            using JsonDocument settings = JsonDocument.Parse(File.ReadAllText(Path.Combine(root, ".vscode", "settings.json")));
            var bound = new TheoryData<string, string>();
            foreach (JsonProperty schema in settings.RootElement.GetProperty("yaml.schemas").EnumerateObject())
                foreach (string pattern in schema.Value.EnumerateArray().Select(p => p.GetString()!))
                    foreach (string file in Files(pattern)) bound.Add(schema.Name, file);
            return bound;
        }
    }

    [Theory]
    [MemberData(nameof(Bound))]
    public void A_shipped_file_is_valid_by_the_schema_that_the_editor_binds_it_to(string schema, string file)
    {
        using JsonDocument read = JsonDocument.Parse(File.ReadAllText(Path.Combine(root, schema)));
        YamlMapping yaml = YamlText.Read(File.ReadAllBytes(Path.Combine(root, file)), new Findings(file))!;
        string[] wrong = [.. Wrong(yaml, read.RootElement, read.RootElement).Take(5)];
        Assert.True(wrong.Length == 0, $"{file} by {schema}:\n{string.Join('\n', wrong)}");
    }

    [Fact]
    public void Every_yaml_file_of_recipes_rigs_and_twins_is_bound_to_one_schema()
    {
        string[] bound = [.. Bound.Select(b => b.Data.Item2)];
        Assert.Equal(bound.Length, bound.Distinct(StringComparer.Ordinal).Count());
        foreach (string kind in (string[])["recipe", "blocks", "formula", "specification", "twin", "rig"])
            foreach (string file in Directory.EnumerateFiles(Path.Combine(root, kind is "twin" or "rig" ? "hardware" : "recipes"), "*.yaml", SearchOption.AllDirectories).Where(f => SourceKind.Of(f).Value == kind))
                Assert.Contains(Path.GetRelativePath(root, file).Replace('\\', '/'), bound);
    }

    [Theory]
    [InlineData("acid:   {value: 3 kg, range: 1..4 kg, lable: Acid}", "lable")]
    [InlineData("acid:   {range: 1..4 kg}", "value")]
    public void A_mistake_is_seen_by_the_schema(string entry, string says)
    {
        using JsonDocument schema = JsonDocument.Parse(RecipeCommand.Schema("recipe"));
        YamlMapping yaml = YamlText.Read(System.Text.Encoding.UTF8.GetBytes($"formula:\n  {entry}\n"), new Findings("x"))!;
        Assert.Contains(Wrong(yaml.Entries[0].Value, schema.RootElement.GetProperty("properties").GetProperty("formula"), schema.RootElement), w => w.Contains(says, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Files(string pattern)
    {
        string rule = "^" + Regex.Escape(pattern).Replace("\\*", "[^/]*", StringComparison.Ordinal) + "$";
        return new[] { "recipes", "hardware", "deploy" }.SelectMany(f => Directory.EnumerateFiles(Path.Combine(root, f), "*.yaml", SearchOption.AllDirectories))
            .Select(f => Path.GetRelativePath(root, f).Replace('\\', '/')).Where(f => Regex.IsMatch(f, rule)).Order(StringComparer.Ordinal);
    }

    /// <summary>As much of JSON Schema as these schemas use.</summary>
    private static IEnumerable<string> Wrong(YamlNode node, JsonElement schema, JsonElement whole)
    {
        if (schema.TryGetProperty("$ref", out JsonElement reference)) schema = whole.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]);
        if (schema.TryGetProperty("anyOf", out JsonElement any))
        {
            string[][] each = [.. any.EnumerateArray().Select(form => Wrong(node, form, whole).ToArray())];
            if (each.All(e => e.Length > 0)) yield return $"line {node.Line}: none of {each.Length} forms: {each.MinBy(e => e.Length)![0]}";
            yield break;
        }

        if (schema.TryGetProperty("const", out JsonElement only) && (node as YamlScalar)?.Text != only.ToString()) yield return $"line {node.Line}: expected {only}";
        if (schema.TryGetProperty("enum", out JsonElement words) && !words.EnumerateArray().Any(w => w.GetString() == (node as YamlScalar)?.Text)) yield return $"line {node.Line}: no choice";
        string[] types = !schema.TryGetProperty("type", out JsonElement type) ? [] : type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(t => t.GetString()!)] : [type.GetString()!];
        string is1 = node switch { YamlMapping => "object", YamlSequence => "array", _ => "value" };
        bool isEmpty = node is YamlScalar { Text: "" } && types.Contains("null");
        if (types.Length > 0 && !isEmpty && !(is1 == "value" ? types.Any(t => t is "string" or "number" or "boolean") : types.Contains(is1))) yield return $"line {node.Line}: {is1}, expected {string.Join(" or ", types)}";
        if (node is YamlSequence list && schema.TryGetProperty("items", out JsonElement items))
            foreach (string wrong in list.Items.SelectMany(i => Wrong(i, items, whole))) yield return wrong;
        if (node is not YamlMapping map || types.Length == 0) yield break;
        foreach (string wrong in Keys(map, schema, whole)) yield return wrong;
    }

    private static IEnumerable<string> Keys(YamlMapping map, JsonElement schema, JsonElement whole)
    {
        bool hasKeys = schema.TryGetProperty("properties", out JsonElement properties), hasMore = schema.TryGetProperty("additionalProperties", out JsonElement more);
        foreach (YamlEntry entry in map.Entries)
        {
            if (hasKeys && properties.TryGetProperty(entry.Key.Text, out JsonElement form))
                foreach (string wrong in Wrong(entry.Value, form, whole)) yield return wrong;
            else if (hasMore && more.ValueKind == JsonValueKind.Object)
                foreach (string wrong in Wrong(entry.Value, more, whole)) yield return wrong;
            else if (hasMore && more.ValueKind == JsonValueKind.False) yield return $"line {entry.Key.Line}: no key '{entry.Key.Text}'";
        }

        if (schema.TryGetProperty("required", out JsonElement required))
            foreach (string key in required.EnumerateArray().Select(r => r.GetString()!).Where(k => map.Entries.All(e => e.Key.Text != k))) yield return $"line {map.Line}: '{key}' is missing";
    }
}
