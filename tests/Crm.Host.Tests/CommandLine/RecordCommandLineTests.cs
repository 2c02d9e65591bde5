using System.CommandLine;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Crm.Host.CommandLine;
using Crm.Host.Records;
using Crm.Host.Runs;
using Crm.Host.Service;
using Crm.Host.Tests.Api;
using Crm.Plant.Phases;
using Xunit;

namespace Crm.Host.Tests.CommandLine;

/// <summary>A finished run of the bench kit, as <c>crm run</c> leaves it, and the same batch on the record of a service that is not running any more.</summary>
public sealed class WrittenRecords : IDisposable
{
    public WrittenRecords()
    {
        Folder = Directory.CreateTempSubdirectory("crm-records-").FullName;
        string recipe = Path.Combine(ServedRig.Root(), "recipes", "bench", "neutralise-soda-liquor.yaml");
        var options = new RunOptions(recipe, null, new Dictionary<string, string> { ["hold_time"] = "7 min" }, 3, null, [], null, true, false);
        var (inputs, problems) = RunInputs.Load(options);
        Assert.Empty(problems);
        using (var interrupt = new Interrupt()) TwinRun.Execute(inputs!, options, Run, new Progress(options), interrupt);

        Directory.CreateDirectory(Service);
        var (plain, _) = RunInputs.Load(options with { Settings = new Dictionary<string, string>() });
        using var record = RigRecord.Open(Service, plain!, false, null, TimeProvider.System);
        var rig = new TwinRig(plain!, 3, record.Journal);
        using var core = new RigCore(rig, record.Journal, record, RigHistory.Open(Service, rig, false, Crm.Store.History.HistoryLimits.Usual, TimeProvider.System, TextWriter.Null)) { Unattended = true };
        while (core.Plant.StateOf("B1") != PhaseState.Complete) Assert.True(core.Now < TimeSpan.FromHours(3) && Scanned(core), "the batch does not end");
        for (int i = 0; i < 100; i++) core.Scan();
    }

    public string Folder { get; }

    public string Run => Path.Combine(Folder, "run");

    public string Service => Path.Combine(Folder, "service");

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static bool Scanned(RigCore core)
    {
        for (int i = 0; i < 50; i++) core.Scan();
        return true;
    }
}

/// <summary><c>crm report</c> and <c>crm export</c>: what a record says of a batch without the controller that wrote it (S88-24).</summary>
public sealed class RecordCommandLineTests(WrittenRecords written) : IClassFixture<WrittenRecords>
{
    [Fact]
    public void The_report_of_a_run_is_written_again_as_it_was()
    {
        string was = File.ReadAllText(Path.Combine(written.Run, "report.html")), again = Path.Combine(written.Folder, "again.html");
        var (exit, said, _) = Crm("report", written.Run, "--out", again);
        Assert.Equal((ExitCodes.Good, $"{again}: neutralise-soda-liquor-3: complete\n"), (exit, said));
        string text = File.ReadAllText(again);
        foreach (string section in (string[])["purity", "recovery", "closure", "water", "reagents", "timeline", "lots"]) Assert.Equal(Section(was, section), Section(text, section));
        Assert.Contains("id=\"trends\"", text, StringComparison.Ordinal);
        Assert.Contains("7 min", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_record_of_a_service_has_report_and_archive_of_its_batch()
    {
        string page = Path.Combine(written.Folder, "served.html"), archive = Path.Combine(written.Folder, "served.zip");
        Assert.Equal(ExitCodes.Good, Crm("report", written.Service, "--out", page).Exit);
        string text = File.ReadAllText(page);
        Assert.Contains("bench-kit 1-B1", text, StringComparison.Ordinal);
        Assert.Contains("<svg", Section(text, "trends"), StringComparison.Ordinal);

        Assert.Equal(ExitCodes.Good, Crm("export", Path.Combine(written.Service, "bench-kit.journal.db"), "--batch", "B1", "--out", archive).Exit);
        using var zip = ZipFile.OpenRead(archive);
        Assert.Equal(["batch.json", "history.csv", "record.jsonl", "report.html"], zip.Entries.Select(e => e.FullName).Order(StringComparer.Ordinal));
        using var batch = JsonDocument.Parse(zip.GetEntry("batch.json")!.Open());
        Assert.True(batch.RootElement.GetProperty("outcome").GetProperty("in_specification").GetBoolean());
        using var history = new StreamReader(zip.GetEntry("history.csv")!.Open(), Encoding.UTF8);
        Assert.Contains("reactor.ph", history.ReadToEnd(), StringComparison.Ordinal);
    }

    /// <summary>Copied to another machine whose library has another recipe by now: what was written can still be taken away.</summary>
    [Fact]
    public void Without_its_recipe_an_archive_has_the_entries_and_says_what_is_missing()
    {
        string other = Path.Combine(written.Folder, "other.yaml"), archive = Path.Combine(written.Folder, "bare.zip");
        Directory.CreateDirectory(Path.Combine(written.Folder, "specs"));
        File.Copy(Path.Combine(ServedRig.Root(), "recipes", "bench", "specs", "neutral-liquor.yaml"), Path.Combine(written.Folder, "specs", "neutral-liquor.yaml"), overwrite: true);
        File.WriteAllText(other, File.ReadAllText(Path.Combine(ServedRig.Root(), "recipes", "bench", "neutralise-soda-liquor.yaml")) + "\n# another one\n");
        var (exit, _, errors) = Crm("export", written.Service, "--recipe", other, "--out", archive);
        Assert.Equal(ExitCodes.Problems, exit);
        Assert.Contains("without report and figures: --recipe", errors, StringComparison.Ordinal);
        Assert.Contains("it is not what the batch ran on", errors, StringComparison.Ordinal);
        using var zip = ZipFile.OpenRead(archive);
        Assert.Equal(["record.jsonl"], zip.Entries.Select(e => e.FullName));
        Assert.Contains("it is not what the batch ran on", Assert.Throws<UsageException>(() => Crm("report", written.Service, "--recipe", other)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere: no such file or folder", "report", "nowhere")]
    [InlineData("there is no journal in it; expected RIG.journal.db of crm serve, or journal.db of crm run", "report", "FOLDER")]
    [InlineData("--batch B7: no such batch on record; there are B1", "report", "RUN", "--batch", "B7")]
    [InlineData("report.html: no journal by its name; expected RIG.journal.db", "report", "RUN/report.html")]
    [InlineData("--out all.tar: expected the name of an archive, FILE.zip", "export", "RUN", "--out", "all.tar")]
    [InlineData("--recipe none.yaml: there is no such file", "report", "RUN", "--recipe", "none.yaml")]
    [InlineData("no rig lost; looked for rig.yaml in", "report", "RUN", "--rig", "lost")]
    [InlineData("cannot be written", "report", "RUN", "--out", "RUN")]
    public void What_is_not_there_is_named_with_what_was_expected(string expected, params string[] words)
    {
        string[] meant = [.. words.Select(w => w.Replace("RUN", written.Run, StringComparison.Ordinal).Replace("FOLDER", written.Folder, StringComparison.Ordinal))];
        Assert.Contains(expected, Assert.Throws<UsageException>(() => { _ = Crm(meant); }).Message, StringComparison.Ordinal);
    }

    /// <summary>From its heading to the next one.</summary>
    private static string Section(string page, string id)
    {
        int at = page.IndexOf($"id=\"{id}\"", StringComparison.Ordinal);
        Assert.True(at >= 0, $"no section {id}");
        int next = page.IndexOf("<h2", at, StringComparison.Ordinal);
        return page[at..(next < 0 ? page.Length : next)];
    }

    private static (int Exit, string Said, string Errors) Crm(params string[] words)
    {
        var (before, errorsBefore) = (Console.Out, Console.Error);
        using StringWriter said = new(), errors = new();
        Console.SetOut(said);
        Console.SetError(errors);
        try
        {
            var root = new RootCommand { RecordCommandLine.Report(), RecordCommandLine.Export() };
            return (root.Parse(words).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false }), said.ToString(), errors.ToString());
        }
        finally
        {
            Console.SetOut(before);
            Console.SetError(errorsBefore);
        }
    }
}
