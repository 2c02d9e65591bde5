using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Crm.Bench.Service;

/// <summary>A program of ours in a process of its own, with what it says.</summary>
internal sealed class OurProgram : IDisposable
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(90);
    private readonly Process process;
    private readonly List<string> lines = [];
    private bool isOver;

    public OurProgram(string dll, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = Root };
        start.ArgumentList.Add(dll);
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        process = Process.Start(start) ?? throw new InvalidOperationException($"{dll} does not start");
        process.OutputDataReceived += Hear;
        process.ErrorDataReceived += Hear;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Folder of the solution.</summary>
    public static string Root { get; } = Find();

    public static string Crm => Built("src", "Crm.Host", "crm.dll");

    public static string Fakes => Built("tests", "fakes", "Crm.Instruments.Fakes", "Crm.Instruments.Fakes.dll");

    /// <summary>Resident now and at most, MB.</summary>
    public (double Now, double Most) Memory
    {
        get
        {
            string[] status = File.ReadAllLines($"/proc/{process.Id}/status");
            double Of(string key) => double.Parse(Regex.Match(status.First(l => l.StartsWith(key, StringComparison.Ordinal)), "[0-9]+").Value, CultureInfo.InvariantCulture) / 1024;
            return (Of("VmRSS"), Of("VmHWM"));
        }
    }

    /// <summary>Waits for a line and returns its first group.</summary>
    public string Heard(string pattern)
    {
        for (var since = Stopwatch.StartNew(); since.Elapsed < patience; Thread.Sleep(20))
        {
            lock (lines)
                if (lines.Select(l => Regex.Match(l, pattern)).FirstOrDefault(m => m.Success) is { } match) return match.Groups[1].Value;
            if (process.HasExited) break;
        }

        lock (lines) throw new InvalidOperationException($"'{pattern}' was not said:\n{string.Join('\n', lines)}");
    }

    public void Say(string line)
    {
        process.StandardInput.WriteLine(line);
        process.StandardInput.Flush();
    }

    /// <summary>Ends it; asked again does nothing.</summary>
    public void Dispose()
    {
        if (isOver) return;
        isOver = true;
        if (!process.HasExited) process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null) return;
        lock (lines) lines.Add(line.Data);
    }

    private static string Built(params string[] parts) => Path.Combine([Root, .. parts[..^1], "bin", "Release", "net10.0", parts[^1]]);

    private static string Find()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Crm.sln"))) at = at.Parent;
        return at?.FullName ?? throw new InvalidOperationException("Crm.sln not found above the benchmarks");
    }
}

/// <summary><c>crm serve</c> with an account that is signed in.</summary>
internal sealed class ServedRig : IDisposable
{
    public const string Person = "tessa", Password = "leaching at three o'clock";

    public ServedRig(string data, params string[] arguments)
    {
        Controller = new OurProgram(OurProgram.Crm, ["serve", "--data", data, "--port", "0", .. arguments]);
        string token = Controller.Heard(@"first administrator: (\w+)");
        Client = new HttpClient { BaseAddress = new Uri(Controller.Heard(@"API at (http://127\.0\.0\.1:\d+)")) };
        Enter(new { link = token });
        using var made = Client.PostAsJsonAsync("/api/v1/accounts", new { name = Person, password = Password, roles = new[] { "technician" } }).Result;
        made.EnsureSuccessStatusCode();
        Enter(new { name = Person, password = Password });
    }

    public OurProgram Controller { get; }

    public HttpClient Client { get; }

    public string Token { get; private set; } = "";

    /// <summary>A number of the metrics, summed over its labels.</summary>
    /// <param name="label">Only with it.</param>
    public double Metric(string name, string label = "") => Client.GetStringAsync(new Uri("/metrics", UriKind.Relative)).Result.Split('\n')
        .Where(l => l.StartsWith(name, StringComparison.Ordinal) && l[name.Length] is ' ' or '{' && l.Contains(label, StringComparison.Ordinal)).Sum(l => double.Parse(l[(l.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));

    public void Dispose()
    {
        Client.Dispose();
        Controller.Dispose();
    }

    private void Enter(object who)
    {
        using var answer = Client.PostAsJsonAsync("/api/v1/sessions", who).Result;
        answer.EnsureSuccessStatusCode();
        Token = answer.Content.ReadFromJsonAsync<JsonElement>().Result.GetProperty("token").GetString()!;
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }
}
