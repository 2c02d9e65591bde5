using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Crm.Plant.Records;

namespace Crm.Host.Service;

/// <summary>
/// The last picture of a rig that was in charge, once a second in a small file: after a kill it tells what was energised in the last second,
/// and since when nobody was in charge. Not a record: it is written over, and without it the journal's own pictures serve.
/// </summary>
/// <param name="Batch">Journal number of the entry with which the batch begins: a sign of another batch is not believed.</param>
/// <param name="Utc">By the machine's clock.</param>
public sealed record LifeSign(long Batch, DateTimeOffset Utc, BatchEvent Picture)
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>Whole or not at all: the file takes the place of the one before.</summary>
    public void Write(string path)
    {
        var text = new Text(Batch, Utc, Picture.At.Ticks, Picture.Scan, new SortedDictionary<string, string>(Picture.Data, StringComparer.Ordinal));
        string next = path + ".next";
        File.WriteAllText(next, JsonSerializer.Serialize(text));
        File.Move(next, path, overwrite: true);
    }

    /// <summary>Null when there is none, or it cannot be read: it is no more than a help.</summary>
    public static LifeSign? Read(string path)
    {
        try
        {
            if (!File.Exists(path) || JsonSerializer.Deserialize<Text>(File.ReadAllText(path)) is not { Data: not null } text) return null;
            var picture = new BatchEvent(
                new TimeSpan(text.Ticks), text.Scan, BatchEventKind.Note, Control.PlantPicture.Subject, "last sign of life", "controller", text.Data.ToImmutableSortedDictionary(StringComparer.Ordinal));
            return new LifeSign(text.Batch, text.Utc, picture);
        }
        catch (Exception damaged) when (damaged is JsonException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Utc:u} at {Picture.At}");

    private sealed record Text(long Batch, DateTimeOffset Utc, long Ticks, long Scan, SortedDictionary<string, string> Data);
}
