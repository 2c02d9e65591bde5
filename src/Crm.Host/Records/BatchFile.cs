using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Crm.Host.Reports;
using Crm.Host.Runs;
using Crm.Host.Service;
using Crm.Plant.Balances;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Protection;
using Crm.Plant.Quantities;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Store.History;
using Crm.Store.Journal;

namespace Crm.Host.Records;

/// <summary>A range of one channel, folded.</summary>
/// <param name="from">Plant time, s.</param>
/// <param name="step">Width of a column, s.</param>
public delegate HistoryColumns HistoryOf(int channel, double from, double step, int columns);

/// <summary>What is made of a batch on record: its figures, its report, and everything of it in one file.</summary>
public static class BatchFile
{
    /// <summary>Columns of a channel in a report's drawings.</summary>
    private const int Columns = 600;

    /// <summary>The batch as a report is made of it.</summary>
    /// <param name="isCurrent">Its plant time is that of this controller, so that its trends are at hand.</param>
    public static BatchRecord Record(RigService rig, RecordedBatch batch, IReadOnlyList<JournalEntry> entries, ControlRecipe recipe, bool isCurrent, bool withTrends) =>
        Record(rig.Rig, rig.TwinHash, batch, entries, recipe, withTrends && isCurrent ? rig.History.Columns : null);

    /// <summary>The same from what is on the disk.</summary>
    /// <param name="twinHash">Content of the twin file; null on hardware, or not known.</param>
    /// <param name="history">Where its trends are; null for none.</param>
    public static BatchRecord Record(RigDefinition rig, string? twinHash, RecordedBatch batch, IReadOnlyList<JournalEntry> entries, ControlRecipe recipe, HistoryOf? history)
    {
        ImmutableArray<BatchEvent> events = [.. entries.Select(e => e.Event)];
        bool isOver = Enum.TryParse(batch.State, true, out PhaseState state) && state is PhaseState.Complete or PhaseState.Stopped or PhaseState.Aborted;
        var outcome = isOver ? BatchFolder.Ended(state, interrupted: false) ?? BatchOutcome.Held : BatchOutcome.Held;
        string text = isOver ? events.LastOrDefault(e => e.Kind == BatchEventKind.BatchState)?.Text ?? "" : $"not over: these are the figures at {PlantClock.Text(batch.To)}, the batch is {batch.State.ToUpperInvariant()}";
        return new BatchRecord(
            $"{rig.Name} {batch.Key}", BatchFolder.Software,
            new RecipeIdentity(recipe.Id, recipe.Version, recipe.Title, recipe.ContentHash) { ProcedureOf = recipe.ProcedureOf },
            new RigIdentity(rig.Name, rig.Version, rig.ContentHash, twinHash) { ProtectionChecksum = MatrixTable.Of(rig).Checksum, Shift = rig.Shift },
            null, outcome, text, batch.To, recipe.Product, recipe.Formula, events,
            BatchBalance.Compute(events, recipe.Product, rig.Reagents, batch.To),
            history is null ? [] : History(rig, history, batch), null);
    }

    /// <summary>report.html, batch.json, record.jsonl (the batch's own entries with their hashes) and history.csv (folded) in one archive.</summary>
    public static byte[] Archive(BatchRecord? record, IReadOnlyList<JournalEntry> entries)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            if (record is not null)
            {
                Add(archive, "report.html", Encoding.UTF8.GetBytes(ReportWriter.Html(record)));
                Add(archive, "batch.json", ReportWriter.Json(record));
                Add(archive, "history.csv", Encoding.UTF8.GetBytes(Csv(record)));
            }

            var lines = new StringBuilder();
            foreach (var entry in entries)
            {
                var e = entry.Event;
                lines.Append(JsonSerializer.Serialize(
                    new { entry.Sequence, entry.Stamp, AtSeconds = e.At.TotalSeconds, e.Scan, Kind = e.Kind.ToString(), e.Batch, e.Subject, e.Text, e.Cause, e.Data, Hash = Convert.ToHexStringLower(entry.Hash.AsSpan()) },
                    ApiJson.Options)).Append('\n');
            }

            Add(archive, "record.jsonl", Encoding.UTF8.GetBytes(lines.ToString()));
        }

        return bytes.ToArray();
    }

    private static string Csv(BatchRecord record)
    {
        var text = new StringBuilder(HistoryFormat.Columns).Append('\n');
        foreach (var series in record.History)
            foreach (var point in series.Points)
                text.Append(FormattableString.Invariant($"{point.Time:0.###},{HistoryFormat.Quoted(series.Tag)},{(double.IsNaN(point.Value) ? "" : point.Value)},{HistoryFormat.Quoted(series.Unit)},{HistoryFormat.QualityWord(point.Quality, Plant.Tags.Reason.None)}\n"));
        return text.ToString();
    }

    private static void Add(ZipArchive archive, string name, byte[] content)
    {
        using var entry = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
        entry.Write(content);
    }

    private static ImmutableArray<HistorySeries> History(RigDefinition rig, HistoryOf history, RecordedBatch batch)
    {
        double from = batch.From.TotalSeconds, step = Math.Max((batch.To.TotalSeconds - from) / Columns, 1);
        var all = ImmutableArray.CreateBuilder<HistorySeries>();
        foreach (var channel in HistoryChannel.Of(rig))
        {
            var folded = history(channel.Ordinal, from, step, Columns);
            if (Array.TrueForAll(folded.Last, value => value is null)) continue;
            all.Add(new HistorySeries(channel.Name, channel.Label, channel.Unit, [.. Enumerable.Range(0, Columns).Where(i => folded.Low[i] is not null).SelectMany(i => Points(folded, i, from + i * step, step))]));
        }

        return all.ToImmutable();
    }

    /// <summary>Lowest and highest where they differ, so that no peak is lost; a gap where the column ends in one.</summary>
    private static IEnumerable<HistoryPoint> Points(HistoryColumns folded, int column, double at, double step)
    {
        if (folded.High[column] > folded.Low[column])
        {
            yield return new HistoryPoint(at, folded.Low[column]!.Value, Plant.Tags.Quality.Good);
            yield return new HistoryPoint(at + 0.4 * step, folded.High[column]!.Value, Plant.Tags.Quality.Good);
        }

        yield return new HistoryPoint(at + 0.8 * step, folded.Last[column] ?? double.NaN, folded.Last[column] is null ? Plant.Tags.Quality.Bad : Plant.Tags.Quality.Good);
    }
}
