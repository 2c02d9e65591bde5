using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Recipes.Diagnostics;

namespace Crm.Host.CommandLine;

/// <summary>Findings as text for people, JSON for scripts, SARIF for editors and forges.</summary>
public static class FindingsText
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(FileCheck check, string format) => format switch
    {
        "json" => Json(check).ToJsonString(Indented) + Environment.NewLine,
        "sarif" => Sarif(check).ToJsonString(Indented) + Environment.NewLine,
        _ => string.Concat(check.Diagnostics.Select(d => d + Environment.NewLine)),
    };

    private static JsonObject Json(FileCheck check) => new()
    {
        ["files"] = check.Files,
        ["problems"] = new JsonArray([.. check.Diagnostics.Select(d => (JsonNode)new JsonObject
        {
            ["file"] = d.File,
            ["line"] = d.Line,
            ["column"] = d.Column,
            ["code"] = d.Code,
            ["level"] = d.IsAdvice ? "warning" : "error",
            ["message"] = d.Message,
            ["remedy"] = d.Remedy,
        })]),
    };

    private static JsonObject Sarif(FileCheck check) => new()
    {
        ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json",
        ["version"] = "2.1.0",
        ["runs"] = new JsonArray(new JsonObject
        {
            ["tool"] = new JsonObject { ["driver"] = new JsonObject { ["name"] = "crm lint", ["rules"] = Rules(check) } },
            ["results"] = new JsonArray([.. check.Diagnostics.Select(Result)]),
        }),
    };

    private static JsonArray Rules(FileCheck check) =>
        [.. check.Diagnostics.Select(d => d.Code).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(code => (JsonNode)Rule(code))];

    private static JsonObject Rule(string code)
    {
        var rule = new JsonObject { ["id"] = code };
        if (!CodeExplanation.All.TryGetValue(code, out var told)) return rule;
        rule["shortDescription"] = new JsonObject { ["text"] = told.Meaning };
        rule["help"] = new JsonObject { ["text"] = $"{told.Why}\n\nwrong:\n{told.Wrong}\n\nright:\n{told.Right}\n\nfrom: {told.From}" };
        return rule;
    }

    private static JsonNode Result(Diagnostic d) => new JsonObject
    {
        ["ruleId"] = d.Code,
        ["level"] = d.IsAdvice ? "warning" : "error",
        ["message"] = new JsonObject { ["text"] = d.Remedy.Length == 0 ? d.Message : $"{d.Message}; {d.Remedy}" },
        ["locations"] = new JsonArray(new JsonObject
        {
            ["physicalLocation"] = new JsonObject
            {
                ["artifactLocation"] = new JsonObject { ["uri"] = d.File },
                ["region"] = new JsonObject { ["startLine"] = d.Line, ["startColumn"] = d.Column },
            },
        }),
    };
}
