using System.Globalization;
using Crm.Host.CommandLine;
using Crm.Host.Runs;
using Crm.Plant.Ports;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;
using Crm.Recipes.Procedures;
using Crm.Store.History;
using Crm.Store.Journal;

namespace Crm.Host.Records;

/// <summary>
/// The record of a rig on the disk, without its controller: <c>RIG.journal.db</c> of a service, live or copied away, or the folder of <c>crm run</c>. Says of a batch what its report is made of.
/// </summary>
internal sealed class RecordFolder
{
    private const string RunJournal = "journal.db", ServiceTail = ".journal.db";

    private readonly string journal, folder;
    private readonly string? recipeAsked;
    private readonly RecordBook book;

    private RecordFolder(string journal, string? rigAsked, string? recipeAsked)
    {
        (this.journal, this.recipeAsked) = (journal, recipeAsked);
        folder = Path.GetDirectoryName(Path.GetFullPath(journal))!;
        string name = Path.GetFileName(journal);
        IsOfService = name != RunJournal;
        book = new RecordBook(journal);
        Batches = Read(() => book.Batches().Where(b => b.State != "Idle" || b.Last > b.First).ToArray());
        if (Batches.Count == 0) throw new UsageException($"{journal}: no batch is on record; expected the record of a rig that has run one");
        string rig = rigAsked ?? (IsOfService ? name[..^ServiceTail.Length] : RigOfRun());
        string at = Places.RigFolder(rig, recipeAsked ?? journal, out var looked) ?? throw new UsageException($"no rig {rig}; looked for rig.yaml in {string.Join(", ", looked)}; name its folder with --rig");
        var (read, problems) = RigFiles.Rig(Path.Combine(at, "rig.yaml"));
        Rig = read ?? throw new UsageException(string.Join(Environment.NewLine, problems));
    }

    /// <summary>Of a service, with stamps and batches of many controllers; else of one run.</summary>
    public bool IsOfService { get; }

    public RigDefinition Rig { get; }

    /// <summary>The newest first.</summary>
    public IReadOnlyList<RecordedBatch> Batches { get; }

    /// <param name="place">Folder or journal file.</param>
    /// <exception cref="UsageException">Not readable; says place and what was expected.</exception>
    public static RecordFolder Open(string place, string? rigAsked, string? recipeAsked)
    {
        if (recipeAsked is not null && !File.Exists(recipeAsked)) throw new UsageException($"--recipe {recipeAsked}: there is no such file");
        if (File.Exists(place) && Path.GetFileName(place) is var name && (name == RunJournal || name.EndsWith(ServiceTail, StringComparison.Ordinal))) return new RecordFolder(place, rigAsked, recipeAsked);
        if (File.Exists(place)) throw new UsageException($"{place}: no journal by its name; expected RIG.journal.db of crm serve, journal.db of crm run, or the folder of one");
        if (!Directory.Exists(place)) throw new UsageException($"{place}: no such file or folder");
        string[] journals = [.. Directory.EnumerateFiles(place, "*" + RunJournal).Order(StringComparer.Ordinal)];
        return journals.Length switch
        {
            0 => throw new UsageException($"{place}: there is no journal in it; expected RIG.journal.db of crm serve, or journal.db of crm run"),
            1 => new RecordFolder(journals[0], rigAsked, recipeAsked),
            _ => throw new UsageException($"{place}: more than one journal; name one of {string.Join(", ", journals)}"),
        };
    }

    /// <param name="name">Name or key; null: the only one.</param>
    /// <exception cref="UsageException">None, or not the only one; lists those there are.</exception>
    public RecordedBatch Pick(string? name)
    {
        if (name is null && Batches.Count == 1) return Batches[0];
        string known = string.Join(", ", Batches.Select(b => IsOfService ? $"{b.Key} ({b.State.ToLowerInvariant()}, began {(b.Began.Length >= 16 ? b.Began[..16].Replace('T', ' ') + " UTC" : "without a stamp")})" : b.Batch));
        if (name is null) throw new UsageException($"{journal}: {Batches.Count} batches are on record; name one with --batch: {known}");
        RecordedBatch[] meant = [.. Batches.Where(b => b.Key == name || b.Batch == name)];
        return meant.Length switch
        {
            1 => meant[0],
            0 => throw new UsageException($"--batch {name}: no such batch on record; there are {known}"),
            _ => throw new UsageException($"--batch {name}: {meant.Length} batches of that name, of controllers one after the other; name one by its number: {string.Join(", ", meant.Select(b => b.Key))}"),
        };
    }

    /// <summary>Where a report of a batch lies of itself: beside its run, else in the folder one is in.</summary>
    public string ReportPath(RecordedBatch batch) => IsOfService ? $"{Rig.Name}-{batch.Key}.html" : Path.Combine(FolderOf(batch), "report.html");

    /// <summary>The batch as a report is made of it, and its entries. Null with the reason where its recipe is not found.</summary>
    public (BatchRecord? Record, IReadOnlyList<JournalEntry> Entries, string Why) Read(RecordedBatch batch)
    {
        bool isWholeRun = !IsOfService && Batches.Count == 1;
        var entries = Read(() => isWholeRun ? [.. SqliteJournal.Read(journal, 0, long.MaxValue)] : book.Entries(batch));
        if (isWholeRun) batch = batch with { To = entries[^1].Event.At };
        var facts = IsOfService ? null : RunFacts.Read(FolderOf(batch));
        var (recipe, why) = Recipe(batch, facts);
        if (recipe is null) return (null, entries, why);
        using var history = History(batch, out var columns);
        var record = Read(() => BatchFile.Record(Rig, null, batch, entries, recipe, columns));
        return (facts?.Restored(record) ?? record, entries, "");
    }

    private (ControlRecipe? Recipe, string Why) Recipe(RecordedBatch batch, RunFacts? facts)
    {
        string hash = facts?.RecipeHash ?? batch.RecipeHash;
        var (found, why) = recipeAsked is not null ? Take(recipeAsked, hash) : Find(hash, batch.RecipeFile, facts?.Recipe ?? "");
        if (found is null) return (null, why);
        var (set, refusals) = FormulaSetting.ApplyAll(found, facts?.Formula ?? batch.Formula);
        return refusals.IsEmpty ? (set, "") : (null, $"value {refusals[0].Name} of the batch: {refusals[0].Reason}");
    }

    private (ControlRecipe? Recipe, string Why) Take(string file, string hash)
    {
        var (read, problems) = RigFiles.Recipe(file, Rig);
        if (read is null) return (null, string.Join(Environment.NewLine, problems));
        return hash.Length == 0 || read.ContentHash == hash ? (read, "") : (null, $"--recipe {file}: it is not what the batch ran on: content {read.ContentHash[..12]}…, on record {hash[..Math.Min(12, hash.Length)]}…");
    }

    /// <summary>By its content: where the record says it lay, in the library, among the drafts beside the record.</summary>
    private (ControlRecipe? Recipe, string Why) Find(string hash, string file, string id)
    {
        if (hash.Length == 0) return (null, $"{journal} does not say which recipe the batch ran on (no batch.json beside it, or it did not come to its end): name it with --recipe");
        string[] library = [.. Libraries().Distinct(StringComparer.Ordinal)];
        IEnumerable<string> files = [.. file.Length > 0 && File.Exists(file) ? (string[])[file] : [], .. library.SelectMany(l => Directory.EnumerateFiles(l, "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))];
        foreach (string candidate in files.OrderBy(f => id.Length == 0 || !f.EndsWith(id + ".yaml", StringComparison.Ordinal)))
            if (RecipeFile.RigOf(candidate).Value == Rig.Name && RigFiles.Recipe(candidate, Rig).Value is { } read && read.ContentHash == hash) return (read, "");
        return (null, $"no recipe at hand is the one the batch ran on (content {hash[..Math.Min(12, hash.Length)]}…; looked in {(library.Length == 0 ? "no folder" : string.Join(", ", library))}): name it with --recipe, as it was then");
    }

    private IEnumerable<string> Libraries()
    {
        if (Directory.Exists(Path.Combine(folder, "drafts"))) yield return Path.Combine(folder, "drafts");
        foreach (string start in (string[])[folder, Directory.GetCurrentDirectory(), AppContext.BaseDirectory])
            for (var at = new DirectoryInfo(start); at is not null; at = at.Parent)
                if (Directory.Exists(Path.Combine(at.FullName, "recipes")))
                {
                    yield return Path.Combine(at.FullName, "recipes");
                    break;
                }
    }

    private string FolderOf(RecordedBatch batch) => Path.Combine(folder, batch.Batch) is var own && File.Exists(Path.Combine(own, "batch.json")) ? own : folder;

    private string RigOfRun() => Batches.Select(b => RunFacts.Read(FolderOf(b))?.Rig).FirstOrDefault(r => r is not null)
        ?? (recipeAsked is not null ? RecipeFile.RigOf(recipeAsked).Value : null)
        ?? throw new UsageException($"{journal} does not say which rig it is of (no batch.json beside it): name the recipe with --recipe");

    /// <summary>Trends of a batch from what lies beside its journal; none where that is not there.</summary>
    private IDisposable? History(RecordedBatch batch, out HistoryOf? columns)
    {
        columns = null;
        string path = IsOfService ? journal[..^ServiceTail.Length] + ".history.db" : Path.Combine(folder, "history.csv");
        if (!File.Exists(path)) return null;
        if (!IsOfService)
        {
            columns = Loaded(path).Columns;
            return null;
        }

        if (!DateTimeOffset.TryParse(batch.Began, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var began)) return null;
        var archive = Read(() => HistoryArchive.Open(path, Rig));
        if (archive.Knows(began)) columns = (channel, from, step, count) => archive.Columns(channel, began, from, step, count);
        return archive;
    }

    private MemoryHistory Loaded(string path)
    {
        var memory = new MemoryHistory(Rig);
        foreach (var row in HistoryRows.Read(path))
        {
            if (HistoryChannel.Find(Rig, row.Name) is not (>= 0 and var channel)) continue;
            bool isBad = row.Value is null || row.Quality.StartsWith("bad", StringComparison.Ordinal);
            var at = TimeSpan.FromSeconds(row.Second);
            memory.Keep(at, channel, new Reading(isBad ? double.NaN : row.Value!.Value, isBad ? Quality.Bad : Quality.Good, Reason.None, at));
        }

        return memory;
    }

    private T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (JournalFaultException unreadable)
        {
            throw new UsageException($"{journal}: the record cannot be read: {unreadable.Message}");
        }
    }
}
