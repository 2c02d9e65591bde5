using System.Globalization;
using System.Text.Json;
using Crm.Contracts;
using Crm.Host.Records;
using Crm.Host.Service;
using Crm.Plant.Lots;
using Crm.Plant.Procedure;

namespace Crm.Host.Workshop;

/// <summary>What the twin's product holds of one analyte; the value in the unit of the limit.</summary>
internal sealed record PredictedLimit(string Analyte, string Unit, Quantity? Value, string Verdict, bool Within);

/// <summary>A prediction as it is kept.</summary>
/// <param name="At">yyyy-MM-dd HH:mm, UTC.</param>
/// <param name="Identity">Of the recipe with its values.</param>
internal sealed record KeptPrediction(
    string At, string By, string From, string Recipe, string Identity, IReadOnlyList<string> Values, string Outcome, bool InSpecification, Quantity? Product, IReadOnlyList<PredictedLimit> Limits)
{
    /// <summary>From START to the end, plant time; 0 in a prediction that was kept before steps were.</summary>
    public double Seconds { get; init; }

    public IReadOnlyList<ExpectedStep> Steps { get; init; } = [];
}

/// <summary>
/// Predictions of batches by the rig's twin, each kept in a folder of the controller's data under the key of its batch: what was run, what it gave, its report. A dry run makes them, so
/// there is one at a time. No state but the files; any thread.
/// </summary>
internal sealed class Predictions(string root)
{
    /// <summary>The plant at its very start.</summary>
    public const string Empty = "empty";

    private const string FileName = "prediction.json", ReportName = "report.html";

    /// <summary>Predictions kept; the oldest go first.</summary>
    private const int Most = 100;

    public static Predictions Of(RecipePlace place) => new(Path.Combine(place.Data, "predictions", place.Rig.Name));

    /// <summary>What a prediction is called among the dry runs.</summary>
    public static string Name(string key) => "batch " + key;

    /// <summary>Runs the batch's recipe with its values on a twin, in a process of its own.</summary>
    /// <returns>Number of the dry run, or why there is none.</returns>
    public (int Number, string Why) Begin(string key, string batch, ControlRecipe frozen, RecipePlace place, DryRuns runs, string by, TimeProvider clock)
    {
        if (runs.WhyNot is { } busy) return (0, busy);
        string folder = FolderOf(key);
        try
        {
            var (path, why) = FrozenRecipe.Write(frozen, place, Path.Combine(folder, "recipe"));
            if (why.Length > 0) return (0, why);
            string at = clock.GetUtcNow().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
            return runs.Begin(Name(key), $"{frozen.Title}, batch {batch}, as a prediction", by, path, place.RigFolder, (made, run) => Keep(folder, made, run, new KeptPrediction(
                at, by, Empty, $"{frozen.Title} {frozen.Version}", FrozenRecipe.Identity(frozen), FrozenRecipe.Values(frozen), "", false, null, [])));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return (0, $"the prediction cannot be written: {problem.Message}");
        }
    }

    /// <summary>Null when there is none, or its file is not readable.</summary>
    public KeptPrediction? Read(string key)
    {
        string path = Path.Combine(FolderOf(key), FileName);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<KeptPrediction>(File.ReadAllBytes(path), ApiJson.Options) : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Report of the run that predicted; null when there is none.</summary>
    public string? Report(string key) => Path.Combine(FolderOf(key), ReportName) is var path && File.Exists(path) ? path : null;

    private string FolderOf(string key) => Path.Combine(root, string.Concat(key.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_')));

    private string? Keep(string folder, string made, DryRunSeen run, KeptPrediction head)
    {
        try
        {
            var done = Found(File.ReadAllBytes(Path.Combine(made, "batch.json")), head with { Outcome = run.Text, InSpecification = run.InSpecification == true });
            File.Copy(Path.Combine(made, ReportName), Path.Combine(folder, ReportName), overwrite: true);
            string fresh = Path.Combine(folder, FileName + ".new");
            File.WriteAllBytes(fresh, JsonSerializer.SerializeToUtf8Bytes(done, ApiJson.Options));
            File.Move(fresh, Path.Combine(folder, FileName), overwrite: true);
            foreach (string old in Directory.EnumerateDirectories(root).OrderByDescending(Directory.GetLastWriteTimeUtc).Skip(Most).ToArray()) Directory.Delete(old, recursive: true);
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return $"the prediction cannot be kept: {problem.Message}";
        }
    }

    /// <summary>What a dry run does not tell: uncertainties, and limit by limit.</summary>
    private static KeptPrediction Found(byte[] written, KeptPrediction head)
    {
        using JsonDocument document = JsonDocument.Parse(written);
        JsonElement root = document.RootElement;
        var (seconds, steps) = ExpectedTimes.Course([.. root.GetProperty("phases").EnumerateArray().Select(s => new ExpectedStep(s.GetProperty("step").GetString() ?? "", Number(s.GetProperty("from_s")) ?? 0, Number(s.GetProperty("to_s")) ?? 0))]);
        return head with
        {
            Seconds = seconds,
            Steps = steps,
            Product = Measured(root.GetProperty("product").GetProperty("mass_kg")),
            Limits = [.. root.GetProperty("purity").GetProperty("limits").EnumerateArray().Select(l => new PredictedLimit(
                l.GetProperty("analyte").GetString() ?? "", l.GetProperty("unit").GetString() ?? "", Measured(l.GetProperty("found")), l.GetProperty("verdict").GetString() ?? "", l.GetProperty("within_limit").GetBoolean()))],
        };
    }

    /// <summary>With the expanded uncertainty (k = 2).</summary>
    private static Quantity? Measured(JsonElement found) => Number(found.GetProperty("value")) is { } value ? new Quantity(value, new Measured(value, Number(found.GetProperty("u")) ?? 0).Expanded) : null;

    private static double? Number(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}

/// <summary>A prediction as pages show it.</summary>
internal static class PredictionText
{
    /// <param name="kept">Null while none was made.</param>
    /// <param name="last">The newest dry run for it of this service; null when there was none.</param>
    /// <param name="identity">Of what the batch runs on now.</param>
    public static Prediction Of(KeptPrediction? kept, DryRunSeen? last, string identity) => new(
        last?.State ?? (kept is null ? "none" : "done"), last?.Text ?? "", last?.Number ?? 0, kept?.At ?? "", kept?.By ?? "", kept?.From ?? "", kept?.Recipe ?? "",
        kept?.Values ?? [], kept?.Identity == identity, kept?.Outcome ?? "", kept?.InSpecification ?? false, kept?.Product);
}
