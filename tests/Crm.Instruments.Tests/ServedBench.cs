using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Crm.Plant.Records;
using Crm.Store.Journal;

namespace Crm.Instruments.Tests;

/// <summary>
/// <c>crm serve --live</c> on the bench kit in a process of its own, the instruments in another, and a person at the API. The beaker is filled and warm
/// before the batch begins, so that the pump has work within seconds.
/// </summary>
internal sealed partial class ServedBench : IDisposable
{
    private const string Rig = "/api/v1/rigs/bench-kit", Password = "correct horse battery";

    private static readonly TimeSpan patience = TimeSpan.FromSeconds(90);

    /// <summary>The watchdog of the rig file, and the steps of the fakes' clock.</summary>
    private static readonly TimeSpan fall = TimeSpan.FromSeconds(2), tick = TimeSpan.FromMilliseconds(50);

    private readonly string folder = Directory.CreateTempSubdirectory("crm-killed-").FullName;
    private readonly string data;
    private readonly OtherProcess fake = OtherProcess.Fakes("bench");
    private readonly Random random;
    private readonly HttpClient client = new() { Timeout = TimeSpan.FromSeconds(20) };
    private readonly StringBuilder story = new(), said = new();
    private readonly List<string> told = [];
    private Process? service;
    private int number;

    /// <param name="data">Data folder; null: one of its own.</param>
    public ServedBench(Random random, string? data = null)
    {
        this.random = random;
        this.data = data ?? folder;
        // A pseudo terminal has no parity, and who was killed does not put the line back as it was: the second opening would be refused.
        Directory.CreateDirectory(RigFolder);
        File.WriteAllText(Path.Combine(RigFolder, "rig.yaml"), BenchKit.Text.Replace("parity: even", "parity: none", StringComparison.Ordinal));
        File.Copy(Path.Combine(Repository.Root, "hardware", "bench-kit", "twin.yaml"), Path.Combine(RigFolder, "twin.yaml"));
        fake.Ask("charge 2");
        fake.Ask("warm 40");
    }

    private string RigFolder => Path.Combine(folder, "bench-kit");

    public string Journal => Path.Combine(data, "bench-kit.journal.db");

    public int Kills { get; private set; }

    public int KilledWhileDriving { get; private set; }

    /// <summary>Times a batch came back, with its assessment checked.</summary>
    public int Assessed { get; private set; }

    public string Story
    {
        get
        {
            lock (story) return story.ToString();
        }
    }

    public string Said
    {
        get
        {
            lock (said) return said.ToString();
        }
    }

    public async Task Campaign(int kills)
    {
        await Start();
        for (int i = 0; i < kills; i++)
        {
            // Every other kill finds something that is driven, whatever a busy machine takes to get there.
            if (i % 2 == 1) await WorkFor(TimeSpan.FromSeconds(30), () => Driven() is not (false, false));
            else await WorkFor(TimeSpan.FromSeconds(random.NextDouble() * 5), () => false);
            (bool Pump, bool Heater) on = Driven();
            DateTimeOffset killed = DateTimeOffset.UtcNow;
            Kill();
            Kills++;
            if (on.Pump || on.Heater) KilledWhileDriving++;
            Falls(killed);
            (bool isOpen, SortedSet<string> running) = ReadRecord();
            await Start();
            if (isOpen) await CheckRecovery(killed, running);
            else Assert.Equal("Idle", (await Situation()).GetProperty("batch").GetString());
            Tell($"kill {i + 1}: {(on.Pump ? "pump on " : "")}{(on.Heater ? "heater on " : "")}{(isOpen ? "batch open, " + string.Join(' ', running) : "no batch")}");
        }
    }

    public async Task Start()
    {
        var started = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        string? token = null;
        ProcessStartInfo start = CommandLine();
        service = new Process { StartInfo = start, EnableRaisingEvents = true };
        void Hear(object _, DataReceivedEventArgs line)
        {
            if (line.Data is null) return;
            lock (said) said.AppendLine(line.Data);
            if (Regex.Match(line.Data, "administrator: (\\w+)") is { Success: true } first) token = first.Groups[1].Value;
            if (Regex.Match(line.Data, @"API at (http://127\.0\.0\.1:\d+)") is { Success: true } api) started.TrySetResult(api.Groups[1].Value);
        }

        service.OutputDataReceived += Hear;
        service.ErrorDataReceived += Hear;
        service.Exited += (_, _) => started.TrySetException(new InvalidOperationException("the service ended:\n" + Said));
        service.Start();
        service.BeginOutputReadLine();
        service.BeginErrorReadLine();
        string address = await started.Task.WaitAsync(patience);
        if (client.DefaultRequestHeaders.Authorization is null)
        {
            await Until(() => Task.FromResult(token is not null), "a sign-in token");
            await SignUp(address, token!);
        }

        Address = address;
        await Until(async () => (int)(await client.GetAsync(new Uri(Address + Rig + "/snapshot"))).StatusCode == 200, "a first scan");
    }

    /// <summary>The service's command line, by a shell that lets writes beyond a limit of file size fail instead of ending the process.</summary>
    private ProcessStartInfo CommandLine()
    {
        string[] places = fake.Place.Split(' ');
        return new ProcessStartInfo("sh", ["-c", "trap '' XFSZ; exec \"$@\"", "sh", "dotnet", Repository.Crm, "serve", "--recipe", "recipes/bench/neutralise-soda-liquor.yaml", "--rig", RigFolder, "--live", "--at", "field=" + places[0], "--at", "analysis=" + places[1], "--data", data, "--port", "0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Repository.Root,
        };
    }

    private string Address { get; set; } = "";

    /// <summary>SIGKILL: nothing of the process runs any more.</summary>
    public void Kill()
    {
        service!.Kill();
        service.WaitForExit();
    }

    public async Task<JsonElement> Situation() => (await Get("/snapshot")).GetProperty("situation");

    public async Task BeginBatch() => await Until(async () =>
    {
        await Work();
        return (await Situation()).GetProperty("batch").GetString() == "Running";
    }, "a running batch");

    public void Dispose()
    {
        if (service is { HasExited: false }) Kill();
        service?.Dispose();
        client.Dispose();
        fake.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task SignUp(string address, string token)
    {
        async Task<string> Session(object with) =>
            (await (await client.PostAsJsonAsync(address + "/api/v1/sessions", with)).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await Session(new { link = token }));
        (await client.PostAsJsonAsync(address + "/api/v1/accounts", new { name = "anna", password = Password, roles = (string[])["technician"] })).EnsureSuccessStatusCode();
        foreach (string signer in (string[])["erna", "emil"])
        {
            (await client.PostAsJsonAsync(address + "/api/v1/accounts", new { name = signer, password = Password, roles = (string[])["engineer"] })).EnsureSuccessStatusCode();
            await Approve(signer);
        }

        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await Session(new { name = "anna", password = Password }));
    }

    /// <summary>The recipe runs on hardware when two engineers have signed for it.</summary>
    private async Task Approve(string signer)
    {
        var ask = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = Repository.Root };
        foreach (string word in (string[])[Repository.Crm, "recipe", "approve", "recipes/bench/neutralise-soda-liquor.yaml", "--as", signer, "--state", "approved", "--reason", "for the test", "--data", data]) ask.ArgumentList.Add(word);
        using Process approve = Process.Start(ask)!;
        await approve.StandardInput.WriteLineAsync(Password);
        approve.StandardInput.Close();
        string text = await approve.StandardOutput.ReadToEndAsync() + await approve.StandardError.ReadToEndAsync();
        await approve.WaitForExitAsync();
        Assert.True(approve.ExitCode == 0, text);
    }

    /// <summary>What a person does next, whatever the state: reset, start, answer, decide, restart; now and then a hold.</summary>
    private async Task Work()
    {
        JsonElement now = await Situation();
        string batch = now.GetProperty("batch").GetString()!;
        if (now.GetProperty("trips").GetArrayLength() > 0 || now.GetProperty("rigTrip").GetString()!.Length > 0) await Post("/trips/reset", null, new { id = Id() });
        foreach (JsonElement prompt in now.GetProperty("prompts").EnumerateArray())
        {
            string id = prompt.GetProperty("id").GetString()!;
            object answer = prompt.GetProperty("kind").GetString() == "confirm"
                ? new { id = Id(), prompt = id, note = "done" }
                : new { id = Id(), prompt = id, mass = 1.0, assay = new Dictionary<string, object> { ["Na"] = new { value = 0.0087 }, ["SO4"] = new { value = 0.0 }, ["Fe"] = new { value = 0.0 }, ["H2O"] = new { value = 0.98 } } };
            await Post("/prompts/answer", "Answer " + id, answer);
        }

        if (batch == "Idle")
            foreach (JsonElement wired in (await Get("/about")).GetProperty("hardWired").EnumerateArray().Where(h => h.GetProperty("by").GetString() == ""))
                await Post($"/hard-wired/{wired.GetProperty("name").GetString()}/tick", null, new { id = Id(), reason = "seen to work" });
        if (batch == "Idle") await Post("/batch/start", "START", new { id = Id() });
        if (batch == "Held")
        {
            foreach (JsonElement step in now.GetProperty("recoveries").EnumerateArray().SelectMany(r => r.GetProperty("steps").EnumerateArray()).Where(s => s.GetProperty("decision").GetString() == ""))
            {
                string reason = "looked " + Id();
                await Post("/steps/decide", reason, new { id = Id(), step = step.GetProperty("step").GetString(), decision = step.GetProperty("choices")[0].GetString(), reason });
            }

            await Post("/batch/restart", "RESTART", new { id = Id() });
        }

        if (batch == "Running" && !isCalm && random.Next(60) == 0) await Post("/batch/hold", "held", new { id = Id(), reason = "a look" });
    }

    private async Task WorkFor(TimeSpan most, Func<bool> isEnough)
    {
        for (long begin = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begin) < most && !isEnough();) await Work();
    }

    /// <param name="witness">Words that its record must have once it is told to be accepted; null: not looked for.</param>
    private async Task Post(string path, string? witness, object body)
    {
        using HttpResponseMessage answer = await client.PostAsJsonAsync(Address + Rig + path, body);
        Assert.True((int)answer.StatusCode is 200 or 202 or 409, $"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        // What is done and said not to be on record yet was not acknowledged.
        if ((int)answer.StatusCode == 200 && witness is not null && !(await answer.Content.ReadAsStringAsync()).Contains("not on record", StringComparison.Ordinal)) told.Add(witness);
    }

    /// <summary>Pump and heater are off by their own watchdogs, within its time by their own clocks: a machine that gives the fake no processor for seconds is not what is judged.</summary>
    private void Falls(DateTimeOffset killed)
    {
        while (Driven() is not (false, false)) Assert.True(DateTimeOffset.UtcNow - killed < patience, "pump or heater stay on after the kill\n" + Story);
        int pump = fake.Number("silence 1"), heater = fake.Number("silence 3");
        Assert.True(Math.Max(pump, heater) <= (fall + tick).TotalMilliseconds, $"pump fell after {pump} ms, heater after {heater} ms without a master\n{Story}");
    }

    private (bool Pump, bool Heater) Driven() => (fake.Number("holding 1 49") > 0, fake.Number("holding 3 49") > 0);

    /// <summary>The chain holds, everything told is there; whether a batch was open, and which phases.</summary>
    private (bool IsOpen, SortedSet<string> Running) ReadRecord()
    {
        VerificationResult verified = JournalVerification.Verify(Journal);
        Assert.True(verified.IsUntouched, verified.Problem);
        using SqliteJournal journal = SqliteJournal.Open(Journal);
        BatchEvent[] events = [.. journal.Entries().Select(e => e.Event)];
        foreach (var witness in told.GroupBy(t => t))
            Assert.True(events.Count(e => Is(e, witness.Key)) >= witness.Count(), $"'{witness.Key}' was told {witness.Count()} times and is on record {events.Count(e => Is(e, witness.Key))} times\n{Story}");
        var phases = new SortedDictionary<string, string>(StringComparer.Ordinal);
        string step = "";
        foreach (BatchEvent e in events)
        {
            // One phase after the other on the one unit: a step that begins ends whatever was skipped before it, also what is told of that later.
            if (e.Kind == BatchEventKind.StepStarted)
            {
                step = e.Subject;
                phases.Clear();
            }

            if (e.Kind == BatchEventKind.PhaseState && e.Subject == step) phases[e.Subject] = e.Data.GetValueOrDefault("to", "");
            if (e.Kind == BatchEventKind.StepEnded) phases.Remove(e.Subject);
        }

        string state = events.LastOrDefault(e => e.Kind == BatchEventKind.BatchState)?.Data.GetValueOrDefault("state", "") ?? "";
        return (state is not ("" or "idle" or "complete" or "stopped" or "aborted"), [.. phases.Where(p => p.Value is not ("COMPLETE" or "IDLE")).Select(p => p.Key)]);
    }

    private static bool Is(BatchEvent e, string witness) => witness.StartsWith("Answer ", StringComparison.Ordinal)
        ? e.Kind == BatchEventKind.Answer && e.Subject == witness[7..]
        : witness == "held" ? e.Kind == BatchEventKind.BatchState && e.Text.Contains("hold", StringComparison.Ordinal)
        : e.Text.Contains(witness, StringComparison.Ordinal) && e.Kind != BatchEventKind.CommandRefused;

    private async Task CheckRecovery(DateTimeOffset killed, SortedSet<string> running)
    {
        TimeSpan alone = DateTimeOffset.UtcNow - killed;
        Assert.Equal("Held", (await Situation()).GetProperty("batch").GetString());
        JsonElement found = await Get("/recovery");
        Assert.Equal(running, found.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("step").GetString()!).Order(StringComparer.Ordinal));
        // The last sign of life is a second old at most, and a busy machine may be late with it.
        double away = found.GetProperty("away").GetDouble();
        Assert.True(away > 0 && away < alone.TotalSeconds + 5, $"alone for {alone.TotalSeconds:0.0} s, told {away:0.0}");
        Assert.Equal((false, false), Driven());
        Assessed++;
    }

    private async Task<JsonElement> Get(string path)
    {
        using HttpResponseMessage answer = await Answer(path);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode} {text}\n{Said}\n{Story}");
        return JsonDocument.Parse(text).RootElement.Clone();
    }

    private async Task<HttpResponseMessage> Answer(string path)
    {
        try
        {
            return await client.GetAsync(new Uri(Address + Rig + path));
        }
        catch (HttpRequestException gone)
        {
            bool ended = service!.WaitForExit(2000);
            throw new InvalidOperationException($"{path}: {gone.Message}; the service {(ended ? $"ended with {service.ExitCode}" : "runs")}\n{Said}", gone);
        }
    }

    private static async Task Until(Func<Task<bool>> isSo, string what)
    {
        for (long begin = Stopwatch.GetTimestamp(); !await isSo();) Assert.True(Stopwatch.GetElapsedTime(begin) < patience, "waited in vain for " + what);
    }

    private string Id() => string.Create(CultureInfo.InvariantCulture, $"c{++number}");

    private void Tell(string line)
    {
        lock (story) story.AppendLine(line);
    }
}
