using System.Collections.Immutable;
using System.Text.Json;
using Crm.Host.CommandLine;
using Crm.Plant.Ports;
using Crm.Plant.Records;
using Crm.Plant.Twins;

namespace Crm.Host.Records;

/// <summary>What only <c>batch.json</c> of a finished run says: which recipe with which values, seed, outcome, and what the twin knew.</summary>
internal sealed class RunFacts
{
    private readonly JsonElement root;

    private RunFacts(JsonElement root) => this.root = root;

    public string Rig => Text(root.GetProperty("rig"), "name");

    public string Recipe => Text(root.GetProperty("recipe"), "id");

    public string RecipeHash => Text(root.GetProperty("recipe"), "sha256");

    public IReadOnlyDictionary<string, string> Formula => root.GetProperty("recipe").GetProperty("formula").EnumerateArray()
        .ToDictionary(p => Text(p, "name"), p => $"{p.GetProperty("value").GetRawText()} {Text(p, "unit")}".TrimEnd(), StringComparer.Ordinal);

    /// <summary>Null when the run wrote none, which one that was killed does not.</summary>
    /// <exception cref="UsageException">It is there, and is not what crm run writes.</exception>
    public static RunFacts? Read(string folder)
    {
        string path = Path.Combine(folder, "batch.json");
        if (!File.Exists(path)) return null;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var facts = new RunFacts(document.RootElement.Clone());
            return facts.Rig.Length > 0 && facts.RecipeHash.Length > 0 && facts.Formula is not null ? facts : throw new KeyNotFoundException("rig or recipe is empty");
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path}: not a batch.json of crm run: {problem.Message}");
        }
    }

    /// <summary>The record with what the run said of itself.</summary>
    public BatchRecord Restored(BatchRecord record) => record with
    {
        Id = Text(root, "batch"),
        Seed = root.TryGetProperty("seed", out var seed) && seed.ValueKind == JsonValueKind.Number ? seed.GetUInt64() : null,
        Recipe = record.Recipe with { State = Text(root.GetProperty("recipe"), "state") },
        Rig = record.Rig with { TwinContentHash = Text(root.GetProperty("rig"), "twin_sha256") is { Length: > 0 } twin ? twin : null, TwinChanges = Changes(root.GetProperty("rig")) },
        Outcome = Enum.TryParse(Text(root.GetProperty("outcome"), "state"), out BatchOutcome outcome) ? outcome : record.Outcome,
        OutcomeText = Text(root.GetProperty("outcome"), "text"),
        Truth = Truth(),
    };

    private TwinTruth? Truth() => !root.TryGetProperty("truth", out var truth) || truth.ValueKind != JsonValueKind.Object ? null : new TwinTruth(
        [.. truth.EnumerateObject().Where(e => e.Value.TryGetProperty("initial_kg", out _)).Select(e => Element(e.Name, e.Value))])
    {
        Heat = truth.TryGetProperty("heat", out var heat) ? Account(heat) : null,
    };

    /// <summary>The model's own error stands apart: it is smaller than the digits of the masses.</summary>
    private static ElementTruth Element(string name, JsonElement of)
    {
        double initial = Number(of, "initial_kg") ?? 0;
        return new ElementTruth(name, initial, initial == 0 ? Number(of, "final_kg") ?? 0 : initial * (1 + (Number(of, "relative_error") ?? 0)), Number(of, "in_product_kg"));
    }

    /// <summary>The file has what is held more than at the start, and every flow by its name in small letters.</summary>
    private static HeatTruth Account(JsonElement heat)
    {
        const string unit = "_j", held = "held_more_j";
        var flows = heat.EnumerateObject().Where(f => f.Name != held && f.Name.EndsWith(unit, StringComparison.Ordinal))
            .ToImmutableSortedDictionary(f => $"{char.ToUpperInvariant(f.Name[0])}{f.Name[1..^unit.Length]}", f => f.Value.GetDouble(), StringComparer.Ordinal);
        double rise = Number(heat, held) ?? 0, all = flows.Values.Sum(Math.Abs) + Math.Abs(rise);
        return new HeatTruth(rise - flows.Values.Sum() - ((Number(heat, "relative_error") ?? 0) * all), rise, flows);
    }

    private static ImmutableArray<TwinChange> Changes(JsonElement rig) => rig.TryGetProperty("twin_changes", out var changes)
        ? [.. changes.EnumerateArray().Select(c => new TwinChange(Text(c, "name"), Text(c, "value"), Text(c, "by")))]
        : [];

    private static double? Number(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static string Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : "";
}
