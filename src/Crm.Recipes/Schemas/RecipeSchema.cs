using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Plant.UnitOperations;
using Crm.Recipes.Procedures;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Schemas;

/// <summary>JSON Schema (draft 2020-12) of the recipe language, for completion and hints in editors; the checker stays the judge.</summary>
public static class RecipeSchema
{
    private static readonly JsonSerializerOptions readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Json(ImmutableArray<UnitOperationDescription> operations)
    {
        JsonObject schema = Schema.Group("A recipe: what is made, from what, and how, step by step.", RecipeWords.Head, ["format", "recipe", "version", "title", "rig", "product", "procedure"]);
        return Whole("Crm recipe", schema, operations);
    }

    /// <summary>Files of blocks that recipes share: the same steps.</summary>
    public static string Blocks(ImmutableArray<UnitOperationDescription> operations)
    {
        JsonObject head = RecipeWords.Head, own = new() { ["format"] = head["format"]!.DeepClone(), ["title"] = Schema.Text("What the blocks are for, in a line.", "string"), ["blocks"] = head["blocks"]!.DeepClone() };
        return Whole("Crm blocks", Schema.Group("Steps with names and parameters that recipes share.", own, ["format", "blocks"]), operations);
    }

    internal static string Written(string title, JsonObject schema)
    {
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", title);
        return schema.ToJsonString(readable) + "\n";
    }

    private static string Whole(string title, JsonObject schema, ImmutableArray<UnitOperationDescription> operations)
    {
        schema["$defs"] = new JsonObject
        {
            ["quantity"] = Schema.Text("A number and its unit (3 kg, 70 degC, 90 min), a formula name, or an expression of them.", "string", "number"),
            ["condition"] = With(Schema.Text("A condition on tags, clocks and results: leach.temperature < 55 degC and leach.ph > 1", "string"), "leach.temperature < 55 degC", "plateau(leach.orp, 10 min)", "lab(pls.Cu) < 20 mg/kg"),
            ["consequence"] = Schema.Choice("What follows.", RecipeReader.Consequences.Select(c => c.Word)),
            ["step"] = WithPlaceholders(Step(operations)),
        };
        return Written(title, schema);
    }

    /// <summary>Inside a block, <c>$name</c> may stand where a list or one of some words is expected.</summary>
    private static JsonObject WithPlaceholders(JsonObject schema)
    {
        foreach ((string key, JsonNode? value) in schema.ToArray())
        {
            if (key is "enum" or "required" or "examples" or "defaultSnippets" or "type" || value is not (JsonObject or JsonArray)) continue;
            if (value is JsonArray forms)
                for (int i = 0; i < forms.Count; i++) forms[i] = Replaced(forms[i]!);
            else schema[key] = key is "properties" ? Each((JsonObject)value) : Replaced(value);
        }

        return schema;

        static JsonObject Each(JsonObject properties) => new([.. properties.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)Replaced(p.Value!)))]);

        static JsonNode Replaced(JsonNode form)
        {
            if (form is not JsonObject node) return form.DeepClone();
            JsonObject inner = WithPlaceholders((JsonObject)node.DeepClone());
            bool takes = inner.ContainsKey("enum") || (inner["type"] is JsonValue type && type.GetValue<string>() == "array");
            if (!takes) return inner;
            JsonNode? says = inner["description"]?.DeepClone();
            return new JsonObject { ["description"] = says, ["anyOf"] = new JsonArray(inner, new JsonObject { ["type"] = "string", ["pattern"] = "^\\$[a-z]" }) };
        }
    }

    private static JsonObject With(JsonObject form, params string[] examples)
    {
        form["examples"] = new JsonArray([.. examples.Select(e => (JsonNode)e)]);
        return form;
    }

    private static JsonObject Step(ImmutableArray<UnitOperationDescription> operations)
    {
        JsonObject words = [];
        foreach (UnitOperationDescription operation in operations) words[operation.Name] = Operation(operation);
        foreach ((string word, JsonObject form) in RecipeWords.Steps()) words[word] = form;
        return new JsonObject
        {
            ["description"] = "One step: a unit procedure, an operation, steps side by side, a unit operation, or something people do.",
            ["type"] = "object",
            ["properties"] = words,
            ["additionalProperties"] = false,
            ["minProperties"] = 1,
            ["defaultSnippets"] = new JsonArray([.. operations.Select(o => (JsonNode)Snippet(o.Name, $"{o.Label}. {o.Summary}", o.Parameters.Where(p => !p.Optional && p.Default is null).Select(p => p.Name))), .. RecipeWords.Snippets.Select(s => (JsonNode)Snippet(s.Word, s.Says, s.Keys))]),
        };
    }

    /// <summary>What an editor writes when the word is picked: its id and the keys it cannot do without, one after the other with the tabulator.</summary>
    private static JsonObject Snippet(string word, string says, IEnumerable<string> keys)
    {
        JsonObject body = new() { ["id"] = "${1:name}" };
        int stop = 2;
        foreach (string key in keys) body[key] = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"${{{stop++}:{key}}}");
        return new JsonObject { ["label"] = word, ["description"] = says, ["body"] = new JsonObject { [word] = body } };
    }

    private static JsonObject Operation(UnitOperationDescription operation)
    {
        JsonObject properties = RecipeWords.Phase();
        foreach (ParameterDefinition parameter in operation.Parameters) properties[parameter.Name] = Parameter(parameter);
        JsonObject schema = Schema.Group($"{operation.Label}. {operation.Summary}", properties, operation.Parameters.Where(p => !p.Optional).Select(p => p.Name));
        schema.Insert(0, "title", operation.Label);
        if (operation.Parameters.All(p => p.Optional)) schema["type"] = new JsonArray("object", "null");
        return schema;
    }

    private static JsonObject Parameter(ParameterDefinition parameter)
    {
        string otherwise = parameter.Default is { } value ? $" {Values.Plain(value)} {parameter.Unit} if not given.".Replace("  ", " ", StringComparison.Ordinal) : "";
        string bounds = parameter.Unit.Length == 0 ? "" : $" {Values.Plain(parameter.Low)}..{Values.Plain(parameter.High)} {parameter.Unit}.";
        string description = parameter.Meaning + (parameter.Kind == ParameterKind.Number ? bounds + otherwise : "");
        return parameter.Kind switch
        {
            ParameterKind.Number => With(Schema.Reference("quantity", description), $"{Values.Plain(parameter.Default ?? parameter.Low)} {parameter.Unit}".TrimEnd()),
            ParameterKind.Condition => Schema.Reference("condition", description),
            ParameterKind.Choice => Schema.Choice(description, parameter.Choices),
            _ => Schema.Text(description, "string"),
        };
    }
}
