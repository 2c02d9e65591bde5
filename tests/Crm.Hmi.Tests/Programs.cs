using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Crm.Hmi.Tests;

/// <summary>One program of ours, started as a person starts it, with its output.</summary>
public sealed class Program(string name, params string[] arguments) : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);
    private readonly List<string> lines = [];
    private Process? process;

    public int Id => process!.Id;

    /// <summary>Home folder of who starts it; null: that of the tests.</summary>
    public string? Home { get; init; }

    public bool HasExited => process is null or { HasExited: true };

    public int ExitCode => process!.ExitCode;

    public string Output
    {
        get
        {
            lock (lines) return string.Join('\n', lines);
        }
    }

    /// <summary>Starts it and returns the first match in its output.</summary>
    public async Task<Match> Start(string until)
    {
        var found = new TaskCompletionSource<Match>(TaskCreationOptions.RunContinuationsAsynchronously);
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = Tree.Root };
        start.ArgumentList.Add(Tree.Built("Crm.Host", "crm.dll"));
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        if (Home is { } home) start.Environment["HOME"] = home;
        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        void Hear(object _, DataReceivedEventArgs line)
        {
            if (line.Data is null) return;
            lock (lines) lines.Add(line.Data);
            if (Regex.Match(line.Data, until) is { Success: true } match) found.TrySetResult(match);
        }

        process.OutputDataReceived += Hear;
        process.ErrorDataReceived += Hear;
        process.Exited += (_, _) => found.TrySetException(new InvalidOperationException($"{name} ended:\n{Output}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return await found.Task.WaitAsync(StartLimit);
    }

    /// <summary>A line that may follow soon; null when it does not.</summary>
    public async Task<Match?> Heard(string pattern, TimeSpan within)
    {
        var since = Stopwatch.StartNew();
        while (since.Elapsed < within)
        {
            if (Regex.Match(Output, pattern) is { Success: true } match) return match;
            await Task.Yield();
        }

        return null;
    }

    /// <summary>As a power cut ends it.</summary>
    public async Task Kill()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>As an orderly shutdown ends it.</summary>
    public async Task Terminate()
    {
        using (var kill = Process.Start("kill", ["-TERM", process!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
    }

    public async ValueTask DisposeAsync()
    {
        if (!HasExited) await Kill();
        process?.Dispose();
    }
}

/// <summary>Places in the source tree.</summary>
public static class Tree
{
    public static readonly string Root = Find();

    public static string Built(string project, string file)
    {
        string here = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        return Path.Combine(Root, "src", project, "bin", Path.GetFileName(Path.GetDirectoryName(here)!), Path.GetFileName(here), file);
    }

    private static string Find()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Crm.sln"))) at = at.Parent;
        return at?.FullName ?? throw new InvalidOperationException("Crm.sln not found above the test assembly");
    }
}
