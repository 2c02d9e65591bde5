using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Crm.Contracts;

namespace Crm.Host.Workshop;

/// <summary>Keeps what it wants of a run that is done, before anybody sees that it is; any thread.</summary>
/// <param name="folder">Its report and figures.</param>
/// <returns>Null, or why it could not.</returns>
public delegate string? DryRunKept(string folder, DryRunSeen run);

/// <summary>One recipe run to its end on a twin by a process of its own: <c>crm run</c>, below the controller's priority. Thread-safe.</summary>
internal sealed class DryRun : IDisposable
{
    /// <summary>A twin runs days in minutes; what takes longer hangs.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    private const int KeptWords = 4000;

    private readonly Lock gate = new();
    private readonly Process process;
    private readonly DryRunKept? keep;
    private readonly Stopwatch wall = Stopwatch.StartNew();
    private readonly Timer limit;
    private string text = "";
    private bool stopped;
    private DryRunSeen seen;

    private DryRun(int number, string file, string title, string by, string folder, Process process, DryRunKept? keep)
    {
        (this.process, this.keep) = (process, keep);
        Folder = folder;
        seen = new DryRunSeen(number, file, title, by, "running", "", 0, null, "", "", null, null, null, null, null, []);
        limit = new Timer(_ => Stop("it took longer than half an hour"), null, Longest, Timeout.InfiniteTimeSpan);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.OutputDataReceived += static (_, _) => { };
        process.Exited += (_, _) => Ended();
    }

    public string Folder { get; }

    /// <summary>Report of the batch; null when there is none.</summary>
    public string? Report => Path.Combine(Folder, "report.html") is var path && File.Exists(path) ? path : null;

    public DryRunSeen Seen
    {
        get
        {
            lock (gate) return seen.State == "running" ? seen with { Seconds = Math.Round(wall.Elapsed.TotalSeconds, 1) } : seen;
        }
    }

    public bool Runs => Seen.State == "running";

    /// <param name="path">The recipe.</param>
    /// <param name="keep">What more becomes of a run that is done.</param>
    public static (DryRun? Run, string Why) Begin(int number, string file, string title, string by, string path, string rigFolder, string folder, DryRunKept? keep)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (string word in (string[])[typeof(DryRun).Assembly.Location, "run", path, "--rig", rigFolder, "--seed", "3", "--quiet", "--out", folder]) start.ArgumentList.Add(word);
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var run = new DryRun(number, file, title, by, folder, process, keep);
        try
        {
            process.Start();
            process.PriorityClass = ProcessPriorityClass.BelowNormal;
        }
        catch (Exception problem) when (problem is System.ComponentModel.Win32Exception or InvalidOperationException && !IsAlive(process))
        {
            run.Dispose();
            return (null, $"the twin could not be started: {problem.Message}");
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return (run, "");
    }

    public void Stop(string why)
    {
        lock (gate)
        {
            if (seen.State != "running") return;
            stopped = true;
            text = why;
        }

        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended in this instant.
        }
    }

    public void Dispose()
    {
        Stop("the service stops");
        limit.Dispose();
        process.Dispose();
    }

    private static bool IsAlive(Process process)
    {
        try
        {
            return !process.HasExited;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private void Hear(string? line)
    {
        if (string.IsNullOrEmpty(line)) return;
        lock (gate)
            if (text.Length < KeptWords) text += (text.Length > 0 ? "\n" : "") + line;
    }

    private void Ended()
    {
        limit.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        lock (gate)
        {
            seen = seen with { Seconds = Math.Round(wall.Elapsed.TotalSeconds, 1), State = stopped ? "stopped" : "failed", Text = text };
            string result = Path.Combine(Folder, "batch.json");
            if (stopped || !File.Exists(result)) return;
            DryRunSeen done = Read(seen, File.ReadAllBytes(result));
            seen = keep?.Invoke(Folder, done) is { } problem ? done with { State = "failed", Text = problem } : done;
        }
    }

    private static DryRunSeen Read(DryRunSeen run, byte[] written)
    {
        using JsonDocument document = JsonDocument.Parse(written);
        JsonElement root = document.RootElement, outcome = root.GetProperty("outcome"), recovery = root.GetProperty("recovery"), purity = root.GetProperty("purity");
        string state = outcome.GetProperty("state").GetString() ?? "", why = outcome.GetProperty("text").GetString() ?? "";
        double hours = (Number(outcome.GetProperty("duration_s")) ?? 0) / 3600;
        return run with
        {
            State = "done",
            Text = string.Create(CultureInfo.InvariantCulture, $"{state} after {hours:0.0} h of plant time{(why.Length > 0 ? $": {why}" : "")}"),
            InSpecification = purity.GetProperty("in_specification").GetBoolean(),
            Grade = $"{purity.GetProperty("specification").GetString()} {purity.GetProperty("version").GetString()}".Trim(),
            Element = recovery.GetProperty("main_element").GetString() ?? "",
            Recovery = Number(recovery.GetProperty("main").GetProperty("value")),
            LeastRecovery = Number(recovery.GetProperty("asked_for")),
            Hours = hours,
            Water = Number(root.GetProperty("water").GetProperty("drawn_l")) ?? Number(root.GetProperty("water").GetProperty("fresh_l")),
            Product = Number(root.GetProperty("product").GetProperty("mass_kg").GetProperty("value")),
            Doubts = [.. root.GetProperty("doubts").EnumerateArray().Select(d => d.GetString() ?? "")],
        };
    }

    private static double? Number(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}
