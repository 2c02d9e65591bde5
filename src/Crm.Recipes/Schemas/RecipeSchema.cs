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
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "Crm recipe");
        schema["$defs"] = new JsonObject
        {
            ["quantity"] = Schema.Text("A number and its unit (3 kg, 70 degC, 90 min), a formula name, or an expression of them.", "string", "number"),
            ["condition"] = Schema.Text("A condition on tags, clocks and results: leach.temperature < 55 degC and leach.ph > 1", "string"),
            ["consequence"] = Schema.Choice("What follows.", RecipeReader.Consequences.Select(c => c.Word)),
            ["step"] = Step(operations),
        };
        return schema.ToJsonString(readable) + "\n";
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
        };
    }

    private static JsonObject Operation(UnitOperationDescription operation)
    {
        JsonObject properties = RecipeWords.Phase();
        foreach (ParameterDefinition parameter in operation.Parameters) properties[parameter.Name] = Parameter(parameter);
        JsonObject schema = Schema.Group($"{operation.Label}. {operation.Summary}", properties, operation.Parameters.Where(p => !p.Optional).Select(p => p.Name));
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
            ParameterKind.Number => Schema.Reference("quantity", description),
            ParameterKind.Condition => Schema.Reference("condition", description),
            ParameterKind.Choice => Schema.Choice(description, parameter.Choices),
            _ => Schema.Text(description, "string"),
        };
    }
}
