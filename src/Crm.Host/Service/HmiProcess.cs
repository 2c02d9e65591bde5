using System.Diagnostics;
using System.Globalization;
using Crm.Host.Access;
using Crm.Host.CommandLine;

namespace Crm.Host.Service;

/// <summary>
/// The HMI as a child of its own: it may die and is started again, and the plant does not notice. It reads its standard input, which
/// ends when this process ends in whatever way: no orphan is left.
/// </summary>
/// <param name="data">Data folder; its log is kept there.</param>
/// <param name="ended">Told its exit code when it died and is started again.</param>
public sealed class HmiProcess(int askedPort, Listening listening, string data, Action<int>? ended = null) : IDisposable
{
    /// <summary>A child that dies at once is not started again faster than this.</summary>
    private static readonly TimeSpan BetweenStarts = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    private Process? child;
    private long started;
    private string api = "";
    private string? fingerprint;

    public int Port { get; private set; } = askedPort;

    public bool HasExited => child is null or { HasExited: true };

    /// <summary>Where it is found.</summary>
    public string Url => listening.Url(Port);

    /// <summary>Starts it and returns when it listens.</summary>
    /// <param name="controller">Address of the API.</param>
    /// <param name="known">SHA-256 of the controller's certificate, by which the HMI knows it; null trusts what this machine trusts.</param>
    /// <exception cref="UsageException">It is not built, or did not come up.</exception>
    public void Start(string controller, string? known)
    {
        (api, fingerprint) = (controller, known);
        string program = Find() ?? throw new UsageException("the HMI is not built; ./crm demo and ./crm hmi build it, or: dotnet build src/Crm.Hmi -c Release");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        List<string> words = [program, "--api", api, "--port", Port.ToString(CultureInfo.InvariantCulture), "--listen", listening.Address.ToString(), "--data", Path.GetFullPath(data), "--with-parent"];
        if (listening.Tls is { } tls) words.AddRange(["--tls", tls.File]);
        if (fingerprint is { } sha256) words.AddRange(["--api-fingerprint", sha256]);
        words.ForEach(start.ArgumentList.Add);
        started = Stopwatch.GetTimestamp();
        child = Process.Start(start) ?? throw new UsageException("the HMI could not be started");
        var line = child.StandardOutput.ReadLineAsync();
        // Its first line is the port it listens on.
        if (!line.Wait(StartLimit) || !int.TryParse(line.Result, out int port)) throw new UsageException("the HMI did not come up");
        Port = port;
        _ = child.StandardOutput.ReadToEndAsync();
    }

    /// <summary>Starts it again when it has died.</summary>
    public void Watch()
    {
        if (!HasExited || Stopwatch.GetElapsedTime(started) < BetweenStarts) return;
        ended?.Invoke(child?.ExitCode ?? -1);
        child?.Dispose();
        Start(api, fingerprint);
    }

    public void Stop()
    {
        if (child is null or { HasExited: true }) return;
        child.StandardInput.Close();
        if (!child.WaitForExit(StopLimit)) child.Kill(entireProcessTree: true);
    }

    public void Dispose()
    {
        Stop();
        child?.Dispose();
    }

    /// <summary>Beside this program when installed, else in the build tree.</summary>
    private static string? Find()
    {
        string here = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        string framework = Path.GetFileName(here), configuration = Path.GetFileName(Path.GetDirectoryName(here)!);
        string[] places =
        [
            Path.Combine(here, "hmi", "Crm.Hmi.dll"),
            Path.Combine(here, "..", "..", "..", "..", "Crm.Hmi", "bin", configuration, framework, "Crm.Hmi.dll"),
            Path.Combine(here, "..", "..", "..", "..", "..", "src", "Crm.Hmi", "bin", configuration, framework, "Crm.Hmi.dll"),
        ];
        return places.Select(Path.GetFullPath).FirstOrDefault(File.Exists);
    }
}
