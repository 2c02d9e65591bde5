using System.Globalization;
using Crm.Contracts;

namespace Crm.Host.Workshop;

/// <summary>The dry runs of one rig, one at a time; the last few are kept. Thread-safe.</summary>
public sealed class DryRuns(string folder) : IDisposable
{
    private const int Kept = 8;

    private readonly Lock gate = new();
    private readonly List<DryRun> runs = [];
    private int last;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<DryRunSeen> All
    {
        get
        {
            lock (gate) return [.. runs.Select(r => r.Seen).Reverse()];
        }
    }

    /// <summary>Why none can be begun now; null when one can.</summary>
    public string? WhyNot
    {
        get
        {
            lock (gate) return runs.Find(r => r.Runs) is { } going ? $"{going.Seen.By} runs {going.Seen.Title} already: one at a time, wait or stop it" : null;
        }
    }

    /// <param name="file">What it is of: a file of the library, or a batch.</param>
    /// <param name="keep">What more becomes of it when it is done.</param>
    /// <returns>Its number, or why not.</returns>
    public (int Number, string Why) Begin(string file, string title, string by, string path, string rigFolder, DryRunKept? keep = null)
    {
        lock (gate)
        {
            if (WhyNot is { } why) return (0, why);
            // A new process begins with an empty folder; what another service left there is not its own.
            if (last == 0 && Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            string place = Path.Combine(folder, (last + 1).ToString(CultureInfo.InvariantCulture));
            Directory.CreateDirectory(folder);
            var (run, failed) = DryRun.Begin(last + 1, file, title, by, path, rigFolder, place, keep);
            if (run is null) return (0, failed);
            last++;
            runs.Add(run);
            if (runs.Count > Kept) Forget(runs[0]);
            return (last, "");
        }
    }

    public DryRunSeen? Find(int number) => Of(number)?.Seen;

    /// <summary>The report of a run that is done; null when there is none.</summary>
    public string? Report(int number) => Of(number)?.Report;

    public bool Stop(int number, string why)
    {
        if (Of(number) is not { Runs: true } run) return false;
        run.Stop(why);
        return true;
    }

    public void Dispose()
    {
        lock (gate) runs.ForEach(r => r.Dispose());
    }

    private DryRun? Of(int number)
    {
        lock (gate) return runs.Find(r => r.Seen.Number == number);
    }

    private void Forget(DryRun old)
    {
        runs.Remove(old);
        old.Dispose();
        if (Directory.Exists(old.Folder)) Directory.Delete(old.Folder, recursive: true);
    }
}
