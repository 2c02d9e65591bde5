using System.Globalization;
using Crm.Control;
using Crm.Host.Checkpoints;
using Crm.Plant.Ports;
using Crm.Plant.Quantities;

namespace Crm.Host.CommandLine;

/// <summary>What <c>crm run</c> was asked to do, after its words were checked.</summary>
/// <param name="Pace">Plant seconds per wall second; null is as fast as the machine allows.</param>
public sealed record RunOptions(
    string Recipe,
    string? Rig,
    IReadOnlyDictionary<string, string> Settings,
    int Seed,
    double? Pace,
    IReadOnlyList<PlantFault> Faults,
    string? Out,
    bool Quiet,
    bool Json)
{
    /// <summary>What day it is, for overdue proof tests; null: nobody says.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>Recipes of further batches on the same rig, in the order they are started.</summary>
    public IReadOnlyList<string> Further { get; init; } = [];

    /// <summary>Other numbers of the twin than its file's, by address or name of an uncertain parameter.</summary>
    public IReadOnlyDictionary<string, string> TwinSettings { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>File of fitted multipliers for the twin; applied before <see cref="TwinSettings"/>.</summary>
    public string? Fitted { get; init; }

    /// <summary>Moments at which the run is kept as a file beside its report.</summary>
    public IReadOnlyList<Moment> Checkpoints { get; init; } = [];

    /// <summary>Checkpoint from which the run goes on; null: from the start.</summary>
    public string? From { get; init; }

    /// <summary>On the real buses instead of the twin.</summary>
    public bool Live { get; init; }

    /// <summary>Other places of buses than the rig file's, by bus.</summary>
    public IReadOnlyDictionary<string, string> At { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Folder of accounts and approvals, that of <c>crm serve</c>.</summary>
    public string Data { get; init; } = RecipeApprove.DefaultData;

    /// <summary>Print the chain of reasons at every held or refused moment.</summary>
    public bool Explain { get; init; }
}

/// <summary>The words of an option could not be understood; the message is for the person who typed them.</summary>
public sealed class UsageException(string message) : Exception(message);

public static class OptionWords
{
    /// <summary><c>max</c>, or plant seconds per wall second.</summary>
    public static double? Pace(string text)
    {
        if (text == "max") return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double pace) && pace > 0 && double.IsFinite(pace)) return pace;
        throw new UsageException($"--speed {text}: expected max or a number above 0 (plant seconds per second), for example --speed 60");
    }

    /// <summary><c>name=value</c>.</summary>
    public static KeyValuePair<string, string> Setting(string text)
    {
        int at = text.IndexOf('=');
        if (at > 0 && at < text.Length - 1) return new(text[..at].Trim(), text[(at + 1)..].Trim());
        throw new UsageException($"--set {text}: expected name=value, for example --set leach_time=90min");
    }

    /// <summary>Several of them; of two with the same name the last counts.</summary>
    public static SortedDictionary<string, string> Settings(IEnumerable<string> words)
    {
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in words.Select(Setting)) settings[name] = value;
        return settings;
    }

    /// <summary><c>fault@time</c>, the time counted from the start of the run.</summary>
    public static PlantFault Fault(string text)
    {
        int at = text.LastIndexOf('@');
        if (at > 0 && DurationText.TryParse(text[(at + 1)..], out var time)) return new PlantFault(text[..at], time);
        throw new UsageException($"--fault {text}: expected fault@time, for example --fault leach.peroxide_pump:fail@4h");
    }

    /// <summary>The batches after the first: the other recipes, or the one recipe again.</summary>
    public static IReadOnlyList<string> Further(IReadOnlyList<string> recipes, int batches)
    {
        if (batches is < 1 or > PlantController.MostBatches) throw new UsageException($"--batches {batches}: expected 1 to {PlantController.MostBatches}");
        if (batches > 1 && recipes.Count > 1) throw new UsageException("--batches goes with one recipe; name a recipe as often as it is to be run");
        return [.. recipes.Skip(1), .. Enumerable.Repeat(recipes[0], batches - 1)];
    }

    /// <summary>A day, <c>2026-01-31</c>; null stays null.</summary>
    public static DateOnly? Day(string? text)
    {
        if (text is null) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        throw new UsageException($"--date {text}: expected a day, for example --date 2026-01-31");
    }
}
