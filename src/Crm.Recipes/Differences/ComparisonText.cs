using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crm.Recipes.Differences;

/// <summary>A comparison as text for people and JSON for scripts.</summary>
public static class ComparisonText
{
    private static readonly JsonSerializerOptions indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Sections with their lines: <c>+</c> new, <c>-</c> gone, <c>~</c> changed, <c>&gt;</c> moved. Empty when nothing differs.</summary>
    public static string Text(ImmutableArray<RecipeChange> changes)
    {
        StringBuilder text = new();
        foreach (var section in changes.GroupBy(c => c.Section, StringComparer.Ordinal))
        {
            text.Append(section.Key).Append('\n');
            foreach (RecipeChange change in section) text.Append("  ").Append(Line(change)).Append('\n');
        }

        return text.ToString();
    }

    public static string Json(RecipeOutline old, RecipeOutline now, ImmutableArray<RecipeChange> changes) => new JsonObject
    {
        ["same"] = changes.IsEmpty,
        ["old"] = Head(old),
        ["new"] = Head(now),
        ["changes"] = new JsonArray([.. changes.Select(c => (JsonNode)new JsonObject
        {
            ["section"] = c.Section,
            ["kind"] = c.Kind.ToString().ToLowerInvariant(),
            ["subject"] = c.Subject,
            ["what"] = c.What,
            ["aspect"] = c.Aspect,
            ["was"] = c.Was,
            ["is"] = c.Is,
            ["block"] = c.Block,
            ["line"] = c.Line,
        })]),
    }.ToJsonString(indented);

    private static JsonObject Head(RecipeOutline outline) =>
        new() { ["recipe"] = outline.Recipe.Id, ["version"] = outline.Recipe.Version, ["rig"] = outline.Recipe.Rig, ["content"] = outline.Recipe.ContentHash };

    internal static string Line(RecipeChange change)
    {
        string subject = change.What.Length == 0 ? change.Subject : $"{change.Subject} ({change.What})";
        string aspect = change.Aspect.Length == 0 ? "" : $"{(change.What.Length > 0 || change.Section is not "head" ? ": " : " ")}{change.Aspect}";
        string block = change.Block.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" [{change.Block}]");
        return change.Kind switch
        {
            ChangeKind.Added => $"+ {subject} is new{(change.Aspect.Length > 0 ? ", " + change.Aspect : "")}{Colon(change.Is)}{block}",
            ChangeKind.Removed => $"- {subject} is gone{Colon(change.Was)}{block}",
            ChangeKind.Moved => $"> {subject} moved: was {change.Was}; is {change.Is}{block}",
            ChangeKind.Renamed => $"~ {subject} was called {change.Was}{block}",
            _ when change.Was is null => $"~ {subject}{aspect} is new{Colon(change.Is)}{block}",
            _ when change.Is is null => $"~ {subject}{aspect} is gone{Colon(change.Was)}{block}",
            _ => $"~ {subject}{aspect} was {change.Was}; is {change.Is}{block}",
        };
    }

    private static string Colon(string? words) => string.IsNullOrEmpty(words) ? "" : ": " + words;
}
