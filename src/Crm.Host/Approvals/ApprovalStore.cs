using System.Collections.Immutable;
using System.Text;
using Crm.Control;
using Crm.Plant.Procedure;
using Crm.Plant.Rigs;
using Crm.Recipes.Approval;
using Crm.Recipes.Diagnostics;

namespace Crm.Host.Approvals;

/// <summary>The file of approvals in a controller's data folder. Thread-safe; other processes add to it too.</summary>
public sealed class ApprovalStore(string folder)
{
    public const string FileName = "approvals.yaml";

    private readonly Lock gate = new();
    private (DateTime Written, long Length) read = (DateTime.MinValue, -1);
    private ImmutableArray<ApprovalEntry> entries = [];
    private ImmutableArray<Diagnostic> problems = [];
    private string fingerprint = "";

    public string Path { get; } = System.IO.Path.Combine(folder, FileName);

    /// <summary>The entries, read again when the file has changed; none when it was tampered with, which the problems say.</summary>
    public (ImmutableArray<ApprovalEntry> Entries, ImmutableArray<Diagnostic> Problems, string Fingerprint) Read()
    {
        lock (gate)
        {
            var file = new FileInfo(Path);
            var seen = file.Exists ? (file.LastWriteTimeUtc, file.Length) : (DateTime.MinValue, 0);
            if (seen == read) return (entries, problems, fingerprint);
            string text = file.Exists ? File.ReadAllText(Path) : "";
            (entries, problems) = ApprovalFile.Read(Path, text);
            fingerprint = text.Length == 0 ? "" : ApprovalFile.Fingerprint(text);
            read = seen;
            return (entries, problems, fingerprint);
        }
    }

    /// <summary>Adds an entry behind what is there now; the file belongs to this process meanwhile.</summary>
    /// <returns>Null when it was added, else why not.</returns>
    public string? Add(ApprovalEntry entry)
    {
        Directory.CreateDirectory(folder);
        try
        {
            using var stream = new FileStream(Path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            using var reader = new StreamReader(stream, new UTF8Encoding(false), false, 4096, leaveOpen: true);
            string text = reader.ReadToEnd();
            var (_, wrong) = ApprovalFile.Read(Path, text);
            if (!wrong.IsEmpty) return wrong[0].ToString();
            byte[] added = Encoding.UTF8.GetBytes(ApprovalFile.Added(text, entry)[text.Length..]);
            stream.Seek(0, SeekOrigin.End);
            stream.Write(added);
            stream.Flush(flushToDisk: true);
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return $"{Path} cannot be written: {problem.Message}";
        }
    }

    /// <summary>State of a recipe by what is signed here.</summary>
    public RecipeStanding Of(ControlRecipe recipe, RigDefinition rig)
    {
        var (all, wrong, _) = Read();
        RecipeStanding standing = ApprovalJudge.Of(all, ApprovalRoles.Thing(recipe, rig.Version));
        return wrong.IsEmpty ? standing : standing with { Words = $"the file of approvals was changed after it was signed: {wrong[0]}" };
    }
}

/// <summary>Says to the controller of a real rig which recipes may be started, and counts what was. The file is looked at by another thread than the scan's.</summary>
public sealed class RecipeRelease : IRecipeRelease, IDisposable
{
    private static readonly TimeSpan lookEvery = TimeSpan.FromSeconds(1);

    private readonly ApprovalStore store;
    private readonly RigDefinition rig;
    private readonly TimeProvider clock;
    private readonly ITimer looks;
    private volatile Snapshot now;

    public RecipeRelease(ApprovalStore store, RigDefinition rig, TimeProvider clock)
    {
        (this.store, this.rig, this.clock) = (store, rig, clock);
        now = Look();
        looks = clock.CreateTimer(_ => now = Look(), null, lookEvery, lookEvery);
    }

    /// <summary>Batches that were started since the file was last read: they count at once.</summary>
    private ImmutableArray<ApprovalEntry> mine = [];

    public ImmutableArray<string> Against(ControlRecipe recipe)
    {
        Snapshot seen = now;
        if (seen.Problem.Length > 0) return [seen.Problem];
        ImmutableArray<ApprovalEntry> entries = [.. seen.Entries, .. mine.Where(m => !seen.Entries.Any(m.IsSameStart))];
        return ApprovalJudge.AgainstStart(entries, ApprovalJudge.Of(entries, ApprovalRoles.Thing(recipe, rig.Version)), recipe, clock.GetLocalNow(), rig.Shift);
    }

    public string Started(ControlRecipe recipe, string batch, string by)
    {
        Snapshot seen = now;
        RecipeStanding standing = ApprovalJudge.Of(seen.Entries, ApprovalRoles.Thing(recipe, rig.Version));
        // Whole seconds, as they are written: the entry is known again when the file has it.
        DateTimeOffset at = DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds());
        var entry = new ApprovalEntry(at, by, [], ApprovalAct.Started, ApprovalRoles.Thing(recipe, rig.Version), ApprovalTerms.None, batch);
        mine = mine.Add(entry);
        _ = Task.Run(() =>
        {
            if (store.Add(entry) is { } why) Console.Error.WriteLine($"crm: the start of {batch} is not in the file of approvals: {why}");
        });
        return $"{standing.Word}: {standing.Words}; file of approvals {(seen.Fingerprint.Length > 12 ? seen.Fingerprint[..12] : "empty")}";
    }

    public void Dispose() => looks.Dispose();

    private Snapshot Look()
    {
        try
        {
            var (entries, problems, fingerprint) = store.Read();
            return new Snapshot(entries, problems.IsEmpty ? "" : $"no recipe is approved: {problems[0]}", fingerprint);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Somebody may just be writing it; what was read before still holds, but not from nothing.
            return now ?? new Snapshot([], $"no recipe is approved: {problem.Message}", "");
        }
    }

    private sealed record Snapshot(ImmutableArray<ApprovalEntry> Entries, string Problem, string Fingerprint);
}
