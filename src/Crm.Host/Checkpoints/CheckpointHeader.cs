using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Crm.Host.CommandLine;
using Crm.Plant.Quantities;

namespace Crm.Host.Checkpoints;

/// <summary>The first line of a checkpoint: what it is of and how it came about, for people and for the run that goes on from it.</summary>
/// <param name="Recipe">As it was typed.</param>
/// <param name="Definitions">Fingerprint of recipe, rig, twin and program: all their numbers.</param>
/// <param name="Fitted">Path as typed; null for none.</param>
public sealed record CheckpointHeader(
    int Format,
    string Rig,
    string Recipe,
    ImmutableArray<string> Further,
    ImmutableSortedDictionary<string, string> Settings,
    ImmutableSortedDictionary<string, string> TwinSettings,
    string? Fitted,
    ImmutableArray<string> Faults,
    string? Day,
    int Seed,
    string Moment,
    double AtSeconds,
    string Software,
    string Definitions)
{
    public const int Version = 1;

    /// <summary>The options of the run it was taken in; those that only say where and how this run is shown are kept.</summary>
    /// <exception cref="UsageException">One of them contradicts the checkpoint.</exception>
    public RunOptions Continue(RunOptions asked)
    {
        Refuse(asked.Settings.Count > 0, "--set", "the batch has its formula since its start");
        Refuse(asked.TwinSettings.Count > 0 || asked.Fitted is not null, "--twin and --fitted", "the twin is as it was made");
        Refuse(asked.Day is not null, "--date", "the run knows what day it is");
        Refuse(asked.Further.Count > 0, "--batches and further recipes", "its batches are those it was taken with");
        foreach (var fault in asked.Faults.Where(f => f.At.TotalSeconds < AtSeconds))
            throw new UsageException($"--fault {fault.Id}@{PlantClock.Text(fault.At)}: the checkpoint is of {PlantClock.Text(TimeSpan.FromSeconds(AtSeconds))}; times count from the start of the run");
        return asked with { Settings = Settings, TwinSettings = TwinSettings, Fitted = Fitted, Further = [.. Further], Seed = Seed, Rig = asked.Rig ?? Rig };
    }

    /// <summary>The command that takes it again.</summary>
    public string Again => string.Join(' ',
    [
        "crm run", Recipe, .. Further, $"--seed {Seed}", .. Settings.Select(s => $"--set \"{s.Key}={s.Value}\""), .. TwinSettings.Select(s => $"--twin \"{s.Key}={s.Value}\""),
        .. Fitted is { } file ? [$"--fitted {file}"] : Array.Empty<string>(), .. Day is { } day ? [$"--date {day}"] : Array.Empty<string>(), .. Faults.Select(f => $"--fault {f}"), $"--checkpoint {Moment}",
    ]);

    public byte[] Line() => [.. JsonSerializer.SerializeToUtf8Bytes(this, CheckpointJson.Default.CheckpointHeader), (byte)'\n'];

    /// <exception cref="InvalidDataException">No header of a checkpoint.</exception>
    public static CheckpointHeader Read(ReadOnlySpan<byte> line)
    {
        try
        {
            CheckpointHeader header = JsonSerializer.Deserialize(line, CheckpointJson.Default.CheckpointHeader) ?? throw new InvalidDataException("empty");
            return header.Format == Version ? header : throw new InvalidDataException($"format {header.Format}; this version reads {Version}");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("it does not begin as a checkpoint does", e);
        }
    }

    private static void Refuse(bool asked, string option, string why)
    {
        if (asked) throw new UsageException($"{option} with --from: {why}");
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(CheckpointHeader))]
internal sealed partial class CheckpointJson : JsonSerializerContext;
