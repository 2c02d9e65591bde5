using System.Collections.Concurrent;
using System.Diagnostics;

namespace Crm.Instruments.Tests;

/// <summary>A process on the far side of the wire, spoken to by lines. Waits for its words with a generous limit and never sleeps.</summary>
internal sealed class OtherProcess : IDisposable
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly BlockingCollection<string> replies = [], events = [];
    private readonly ConcurrentQueue<string> errors = new();

    private OtherProcess(string program, string folder, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = folder,
        };
        process = Process.Start(start) ?? throw new InvalidOperationException("cannot start " + program);
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => errors.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The fake instruments; the first line tells where they are.</summary>
    public static OtherProcess Fakes(params string[] arguments)
    {
        OtherProcess fakes = new("dotnet", Repository.Root, [Repository.Fakes, .. arguments]);
        fakes.Place = fakes.Next(fakes.replies)["place ".Length..];
        return fakes;
    }

    /// <summary>A script under <c>peers</c>, by node.</summary>
    public static OtherProcess Node(string script, params string[] arguments)
    {
        OtherProcess node = new("node", Peers.Folder, [script, .. arguments]);
        node.Place = node.Next(node.replies)["place ".Length..];
        return node;
    }

    /// <summary><c>host:port</c> or a serial device.</summary>
    public string Place { get; private set; } = "";

    /// <summary>Says a line and waits for the answer, without its <c>ok</c>.</summary>
    public string Ask(string line)
    {
        process.StandardInput.WriteLine(line);
        process.StandardInput.Flush();
        string reply = Next(replies);
        Assert.StartsWith("ok", reply, StringComparison.Ordinal);
        return reply.Length > 2 ? reply[3..].Trim() : "";
    }

    public int Number(string line) => int.Parse(Ask(line), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Waits for something that happens by itself.</summary>
    public string Event() => Next(events);

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null) return;
        if (line.StartsWith("event ", StringComparison.Ordinal)) events.Add(line[6..]);
        else replies.Add(line);
    }

    private string Next(BlockingCollection<string> lines) =>
        lines.TryTake(out string? line, patience) ? line : throw new TimeoutException("the other process says nothing; its errors: " + string.Join(" | ", errors));
}
