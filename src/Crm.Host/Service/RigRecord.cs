using System.Collections.Immutable;
using System.Globalization;
using Crm.Control;
using Crm.Host.Live;
using Crm.Host.Runs;
using Crm.Plant.Campaigns;
using Crm.Plant.Phases;
using Crm.Plant.Ports;
using Crm.Plant.Procedure;
using Crm.Plant.Protection;
using Crm.Plant.Records;
using Crm.Plant.Scan;
using Crm.Store;
using Crm.Store.Journal;

namespace Crm.Host.Service;

/// <summary>
/// The record of a served rig across its controllers: opens the journal, finds the batch that was interrupted, and marks in the journal
/// where each controller and each batch begins. A file that cannot be read is kept under another name, never deleted.
/// </summary>
public sealed class RigRecord : IDisposable
{
    private const string Subject = "service", Chained = "campaign", Recovery = "recovery";
    internal const string Begins = "service.begins", Batch = "batch", Beside = "further";
    private const string FormulaKey = "service.formula.";
    internal const string RecipeFile = "service.recipe_file", RecipeHash = "service.recipe";
    private const string RigHash = "service.rig", Protection = "service.protection";

    private readonly SqliteJournal file;
    private readonly JournalThread? thread;
    private readonly string signPath;
    private long batch;

    private RigRecord(SqliteJournal file, string signPath, bool hasThread)
    {
        (this.file, this.signPath) = (file, signPath);
        thread = hasThread ? new JournalThread(file) : null;
    }

    /// <summary>On hardware with a thread of its own; a twin waits for its record, so that the same seed gives the same history at any pace.</summary>
    public IJournal Journal => thread ?? (IJournal)file;

    public string Path { get; private init; } = "";

    /// <summary>How long entries take to the disk, and how many commits wait for it.</summary>
    public (CommitMeter Meter, int Waiting) Commits => (file.Commits, thread?.Waiting ?? 0);

    /// <summary>The batch that was interrupted; null when none was.</summary>
    public LostBatch? Lost { get; private set; }

    /// <summary>What a person should know about the files.</summary>
    public List<string> Said { get; } = [];

    /// <summary>What was done to the rig before, all batches, as far as something of it may still stand; and the time since the last of it.</summary>
    public IReadOnlyList<BatchEvent> Before { get; private set; } = [];

    public TimeSpan Away { get; private set; }

    /// <summary>Protection checksum of the last controller on this record; null when there was none.</summary>
    public string? LastProtection { get; private set; }

    /// <summary>What the record says of a batch that was put beside those there were.</summary>
    /// <param name="formula">Values other than the file's, with their units.</param>
    public static BatchEvent Further(string name, ControlRecipe recipe, string file, IReadOnlyDictionary<string, string> formula, string by, TimeSpan at, long scan)
    {
        string other = string.Concat(formula.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $", {f.Key} {f.Value}"));
        return new(at, scan, BatchEventKind.Note, Subject, $"batch {name} of {recipe.Id} {recipe.Version} put beside the others{other}", by, BatchEvent.NoData
            .Add(Begins, Beside).Add(RecipeHash, recipe.ContentHash).Add(RecipeFile, file)
            .AddRange(formula.Select(f => KeyValuePair.Create(FormulaKey + f.Key, f.Value))))
        {
            Batch = name,
        };
    }

    /// <summary>What the record says of a campaign whose batches were put beside those there were.</summary>
    /// <param name="plan">With the names its batches have on this rig.</param>
    public static BatchEvent Further(CampaignOnRig campaign, CampaignPlan plan, string file, TimeSpan at, long scan) => new(
        at, scan, BatchEventKind.Note, Subject, $"campaign {campaign.Name}, {plan.Id} {plan.Version}, put on the rig with {plan.Batches.Length} batches", campaign.By,
        campaign.Facts.Add(Begins, Chained).Add(RecipeHash, plan.ContentHash).Add(RecipeFile, file)
            .AddRange(plan.Batches.Select(b => KeyValuePair.Create("plan." + b.Name, $"{b.Recipe.Id} {b.Recipe.Version}; {(b.Start == PlannedStart.AtOnce ? "at once" : b.Start)}"))));

    /// <param name="abandon">Why an interrupted batch is given up; null brings it back.</param>
    /// <exception cref="CommandLine.UsageException">A batch was interrupted that these files cannot bring back.</exception>
    public static RigRecord Open(string folder, RunInputs inputs, bool isLive, string? abandon, TimeProvider clock)
    {
        string path = System.IO.Path.Combine(folder, inputs.Rig.Name + ".journal.db");
        var said = new List<string>();
        var record = new RigRecord(OpenOrSetAside(path, clock, said), System.IO.Path.Combine(folder, inputs.Rig.Name + ".alive"), isLive) { Path = path };
        record.Said.AddRange(said);
        record.Find(inputs, abandon, clock.GetUtcNow());
        record.Mark(inputs, abandon);
        return record;
    }

    /// <summary>Main thread; a disk that does not take it costs the help it would have been.</summary>
    public void Sign(BatchEvent picture, DateTimeOffset now)
    {
        try
        {
            new LifeSign(batch, now, picture).Write(signPath);
        }
        catch (Exception failed) when (DiskFault.Is(failed))
        {
            // The journal's own pictures serve instead.
        }
    }

    public void Dispose()
    {
        thread?.Dispose();
        file.Dispose();
    }

    private static SqliteJournal OpenOrSetAside(string path, TimeProvider clock, List<string> said)
    {
        string? problem = null;
        if (File.Exists(path))
        {
            try
            {
                problem = JournalVerification.Verify(path).Problem;
                if (problem is null) return SqliteJournal.Open(path, clock);
            }
            catch (JournalFaultException unreadable)
            {
                // A full disk makes no record unreadable: put aside, its batch would not come back.
                if (DiskFault.Is(unreadable)) throw;
                problem = unreadable.Message;
            }

            string aside = KeptAside.Move(path, "unreadable", clock);
            said.Add($"the record {path} is not as it was written ({problem}); it is kept as {aside}, and a new one begins");
        }

        var journal = SqliteJournal.Open(path, clock);
        foreach (string line in said)
        {
            journal.Append(new BatchEvent(TimeSpan.Zero, 0, BatchEventKind.Note, Subject, line, "controller", BatchEvent.NoData));
            journal.Commit();
        }

        return journal;
    }

    private void Find(RunInputs inputs, string? abandon, DateTimeOffset now)
    {
        var record = new List<BatchEvent>();
        var before = new List<BatchEvent>();
        JournalEntry? last = null;
        string recipe = "", rig = "";
        var beside = new List<BatchEvent>();
        foreach (var entry in file.Entries())
        {
            var data = entry.Event.Data;
            if (data.GetValueOrDefault(Begins) == Batch)
            {
                record.Clear();
                beside.Clear();
                (batch, recipe, rig) = (entry.Sequence, data.GetValueOrDefault(RecipeHash, ""), data.GetValueOrDefault(RigHash, ""));
            }

            if (data.GetValueOrDefault(Begins) is Beside or Chained) beside.Add(entry.Event);
            LastProtection = data.GetValueOrDefault(Protection) ?? LastProtection;
            record.Add(entry.Event);
            if (ScanCore.Recalls(entry.Event)) before.Add(entry.Event);
            last = entry;
        }

        Before = before;
        if (before.Count > 0 && last is not null && DateTimeOffset.Parse(last.Stamp, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind) is var stamped && stamped < now)
            Away = now - stamped + (last.Event.At > before[^1].At ? last.Event.At - before[^1].At : TimeSpan.Zero);

        if (last is null || batch == 0 || (!IsOpen(record) && OpenCampaign(record) is null)) return;
        string what = IsOpen(record) ? $"a batch was interrupted (record {file.Head.Sequence}, last state {State(record)})" : $"campaign {OpenCampaign(record)} was interrupted between two batches (record {file.Head.Sequence})";
        if (abandon is not null) Said.Add($"{what} and is given up: {abandon}");
        else if (recipe != inputs.Recipe.ContentHash || rig != inputs.Rig.ContentHash)
        {
            Dispose();
            throw new CommandLine.UsageException(
                $"{what} on another {(rig == inputs.Rig.ContentHash ? "recipe" : "rig")} file than the present one: start with the files it ran on, or give it up with --abandon \"why\"");
        }
        else
        {
            Lost = Alone(record, last, now) with { Further = [.. beside.SelectMany(b => b.Data[Begins] == Chained ? AgainAll(b, inputs, what) : [Again(b, inputs, what)])] };
            if (Lost.Unreadable(inputs.Recipe, inputs.Rig) is { } lost)
            {
                Dispose();
                throw new CommandLine.UsageException($"{what}; the steps of batch {lost.Name} were changed while it ran, and what {lost.Recipe.File} names (blocks, specification) is not as it was then: put it back, or give it up with --abandon \"why\"");
            }

            Said.Add($"{what}: it comes back HELD, a person decides");
        }
    }

    /// <summary>A batch that stood beside the first one comes back with its own recipe, which must be the one it ran on.</summary>
    private PlannedBatch Again(BatchEvent beside, RunInputs inputs, string what)
    {
        string path = beside.Data.GetValueOrDefault(RecipeFile, "");
        if (File.Exists(path) && RigFiles.Recipe(path, inputs.Rig).Value is { } recipe && recipe.ContentHash == beside.Data.GetValueOrDefault(RecipeHash)
            && RecipeShelf.With(recipe, FormulaOf(beside)).Recipe is { } own) return new PlannedBatch(beside.Batch, own, PlannedStart.AtOnce);
        Dispose();
        throw new CommandLine.UsageException($"{what} with batch {beside.Batch} beside it, whose recipe {path} is not there or not the same any more: put it back, or give the batches up with --abandon \"why\"");
    }

    /// <summary>Every batch of a campaign comes back with its recipe and what it waits for and takes, which must be as they were.</summary>
    private ImmutableArray<PlannedBatch> AgainAll(BatchEvent put, RunInputs inputs, string what)
    {
        string path = put.Data.GetValueOrDefault(RecipeFile, ""), name = CampaignOnRig.Recall([put])[0].Name;
        if (File.Exists(path) && RigFiles.Campaign(path, inputs.Rig).Value is { } plan && plan.ContentHash == put.Data.GetValueOrDefault(RecipeHash)) return RecipeShelf.OnRig(plan, name).Batches;
        Dispose();
        throw new CommandLine.UsageException($"{what} with campaign {name} on it, whose file {path}, or a recipe of it, is not there or not the same any more: put it back, or give the batches up with --abandon \"why\"");
    }

    internal static SortedDictionary<string, string> FormulaOf(BatchEvent beside) =>
        new(beside.Data.Where(d => d.Key.StartsWith(FormulaKey, StringComparison.Ordinal)).ToDictionary(d => d.Key[FormulaKey.Length..], d => d.Value), StringComparer.Ordinal);

    /// <summary>Since the last sign of life where it belongs to this batch, else since the last entry.</summary>
    private LostBatch Alone(List<BatchEvent> record, JournalEntry last, DateTimeOffset now)
    {
        var since = DateTimeOffset.Parse(last.Stamp, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
        if (LifeSign.Read(signPath) is { } sign && sign.Batch == batch && sign.Picture.At >= last.Event.At)
        {
            record.Add(sign.Picture);
            since = sign.Utc;
        }

        if (now < since) Said.Add($"the machine's clock stands before the last record ({since:u}): how long the rig was alone cannot be told");
        return new LostBatch(record, now > since ? now - since : TimeSpan.Zero);
    }

    private void Mark(RunInputs inputs, string? abandon)
    {
        string text = Lost is null ? "a controller begins" : $"a controller begins and takes over after {Lost.Away.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s";
        if (abandon is not null) text += $"; what stood before was given up: {abandon}";
        file.Append(new BatchEvent(Lost?.Now ?? TimeSpan.Zero, 0, BatchEventKind.Note, Subject, text, "controller", BatchEvent.NoData
            .Add(Begins, Lost is null ? Batch : Recovery).Add(RecipeHash, inputs.Recipe.ContentHash).Add(RigHash, inputs.Rig.ContentHash)
            .Add(Protection, MatrixTable.Of(inputs.Rig).Checksum)));
        file.Commit();
        if (Lost is null) batch = file.Head.Sequence;
    }

    private static string State(List<BatchEvent> record) =>
        record.LastOrDefault(e => e.Kind == BatchEventKind.BatchState)?.Data.GetValueOrDefault("state", "") ?? "";

    /// <summary>Name of a campaign that was started and has batches to come; null when there is none.</summary>
    private static string? OpenCampaign(List<BatchEvent> record)
    {
        var begun = record.Where(e => e.Kind == BatchEventKind.BatchState).Select(e => e.Batch).ToHashSet(StringComparer.Ordinal);
        return CampaignOnRig.Recall(record).FirstOrDefault(c => c.Standing == CampaignStanding.Held && c.Batches.Any(b => !begun.Contains(b)))?.Name;
    }

    private static bool IsOpen(List<BatchEvent> record) =>
        record.Where(e => e.Kind == BatchEventKind.BatchState).GroupBy(e => e.Batch).Any(own =>
            Enum.TryParse(State([.. own]), true, out PhaseState state) && state is not (PhaseState.Idle or PhaseState.Complete or PhaseState.Stopped or PhaseState.Aborted));
}
