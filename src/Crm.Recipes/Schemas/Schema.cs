using System.Text.Json.Nodes;

namespace Crm.Recipes.Schemas;

/// <summary>The few forms of JSON Schema that the recipe language needs.</summary>
internal static class Schema
{
    public static JsonObject Text(string description, params string[] types) => new()
    {
        ["description"] = description,
        ["type"] = types.Length == 1 ? types[0] : new JsonArray([.. types.Select(t => (JsonNode)t)]),
    };

    public static JsonObject Choice(string description, IEnumerable<string> words) => new()
    {
        ["description"] = description,
        ["enum"] = new JsonArray([.. words.Select(w => (JsonNode)w)]),
    };

    public static JsonObject Reference(string definition, string description) => new() { ["description"] = description, ["$ref"] = "#/$defs/" + definition };

    public static JsonObject Group(string description, JsonObject properties, IEnumerable<string> required) => new()
    {
        ["description"] = description,
        ["type"] = "object",
        ["properties"] = properties,
        ["required"] = new JsonArray([.. required.Select(r => (JsonNode)r)]),
        ["additionalProperties"] = false,
    };

    public static JsonObject List(string description, JsonObject items) => new()
    {
        ["description"] = description,
        ["type"] = "array",
        ["items"] = items,
    };

    /// <summary>Names of the writer's own to one form.</summary>
    public static JsonObject Named(string description, JsonObject form) => new()
    {
        ["description"] = description,
        ["type"] = "object",
        ["additionalProperties"] = form,
    };
}
