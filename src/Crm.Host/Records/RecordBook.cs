using Crm.Plant.Records;
using Crm.Store.Journal;

namespace Crm.Host.Records;

/// <summary>A batch in the record: where it begins and ends there.</summary>
/// <param name="Era">Entry with which its first controller begins.</param>
/// <param name="RecipeHash">Of the recipe it ran on; empty when the record does not say.</param>
public sealed record RecordedBatch(long Era, string Batch, string RecipeHash, string RecipeFile, long First, long Last, string Began, string Ended, TimeSpan From, TimeSpan To, string State)
{
    public string Key => FormattableString.Invariant($"{Era}-{Batch}");
}

/// <summary>
/// Reads the journal of a rig beside whoever writes it. Keeps the table of its batches, grown with each look; entries are read from the file when
/// asked for. Thread-safe.
/// </summary>
public sealed class RecordBook(string path)
{
    /// <summary>Batches kept in the table; the oldest go first.</summary>
    private const int Most = 2000;

    private readonly Lock gate = new();
    private readonly Dictionary<(long Era, string Batch), RecordedBatch> batches = [];
    private readonly Dictionary<string, (string Hash, string File)> recipes = new(StringComparer.Ordinal);
    private long seen, era;
    private string eraRecipe = "";

    public string Path => path;

    /// <summary>Every batch on record, the newest first.</summary>
    public IReadOnlyList<RecordedBatch> Batches()
    {
        lock (gate)
        {
            foreach (var entry in SqliteJournal.Read(path, seen, long.MaxValue))
            {
                seen = entry.Sequence;
                Note(entry);
            }

            return [.. batches.Values.Where(b => b.Era == era || b.Last > b.Era).OrderByDescending(b => b.First)];
        }
    }

    public RecordedBatch? Find(string key) => Batches().FirstOrDefault(b => b.Key == key);

    /// <summary>The controller that runs now began with this entry.</summary>
    public long Era
    {
        get
        {
            lock (gate) return era;
        }
    }

    /// <summary>A batch's own entries, and what happened to the plant while it ran.</summary>
    public IReadOnlyList<JournalEntry> Entries(RecordedBatch batch) =>
        [.. SqliteJournal.Read(path, batch.First - 1, batch.Last).Where(e => e.Event.Batch == batch.Batch || (e.Event.Batch.Length == 0 && e.Event.Kind != BatchEventKind.CommandRefused))];

    /// <summary>Entries behind a number, at most so many.</summary>
    public IReadOnlyList<JournalEntry> After(long sequence, int most) => [.. SqliteJournal.Read(path, sequence, long.MaxValue).Take(most)];

    public IReadOnlyList<JournalEntry> Newest(int most) => [.. SqliteJournal.Read(path, Math.Max(0, SqliteJournal.LastOf(path) - most), long.MaxValue)];

    private void Note(JournalEntry entry)
    {
        var happened = entry.Event;
        string begins = happened.Data.GetValueOrDefault(Service.RigRecord.Begins, "");
        if (begins == Service.RigRecord.Batch)
        {
            era = entry.Sequence;
            eraRecipe = happened.Data.GetValueOrDefault(Service.RigRecord.RecipeHash, "");
            recipes.Clear();
            // The first batch stands ready before anything happens to it; from its own first entry on it begins there.
            batches[(era, Control.PlantController.FirstBatch)] = new RecordedBatch(era, Control.PlantController.FirstBatch, eraRecipe, "", era, era, entry.Stamp, entry.Stamp, happened.At, happened.At, "Idle");
        }
        else if (begins == Service.RigRecord.Beside)
        {
            recipes[happened.Batch] = (happened.Data.GetValueOrDefault(Service.RigRecord.RecipeHash, ""), happened.Data.GetValueOrDefault(Service.RigRecord.RecipeFile, ""));
        }

        if (happened.Batch.Length == 0) return;
        var key = (era, happened.Batch);
        string state = happened.Kind == BatchEventKind.BatchState ? happened.Data.GetValueOrDefault("state", "") : "";
        if (!batches.TryGetValue(key, out var known) || known.Last == era)
        {
            var (hash, file) = recipes.GetValueOrDefault(happened.Batch, (happened.Batch == Control.PlantController.FirstBatch ? eraRecipe : "", ""));
            known = new RecordedBatch(era, happened.Batch, hash, file, entry.Sequence, entry.Sequence, entry.Stamp, entry.Stamp, happened.At, happened.At, "Idle");
            if (batches.Count >= Most) batches.Remove(batches.MinBy(b => b.Value.First).Key);
        }

        batches[key] = known with { Last = entry.Sequence, Ended = entry.Stamp, To = happened.At, State = state.Length > 0 ? state : known.State };
    }
}
