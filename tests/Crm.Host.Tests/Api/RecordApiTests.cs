using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Crm.Contracts;
using Crm.Host.Access;
using Crm.Host.Runs;
using Crm.Host.Service;
using Crm.Plant.Phases;
using Crm.Plant.Records;
using Crm.Store.Journal;
using Xunit;

namespace Crm.Host.Tests.Api;

/// <summary>The bench kit on a record that a controller before wrote, whose recipe is not at hand any more.</summary>
public sealed class RecordedRig : ServedRig
{
    protected override string Recipe => "bench/neutralise-soda-liquor.yaml";

    protected override IRunningRig Compose(RunInputs inputs, SqliteJournal journal)
    {
        Begin(journal, "0000");
        journal.Append(new BatchEvent(TimeSpan.FromSeconds(1), 10, BatchEventKind.BatchState, "bench/gone", "Batch Complete", "recipe", BatchEvent.NoData.Add("state", "Complete")) { Batch = "B1" });
        Begin(journal, inputs.Recipe.ContentHash);
        journal.Commit();
        return base.Compose(inputs, journal);
    }

    private static void Begin(SqliteJournal journal, string recipe) => journal.Append(new BatchEvent(
        TimeSpan.Zero, 0, BatchEventKind.Note, "service", "a controller begins", "controller", BatchEvent.NoData.Add(RigRecord.Begins, RigRecord.Batch).Add(RigRecord.RecipeHash, recipe)));
}

/// <summary>What is on record over the service: batches, figures, report, everything of one to take away, the audit trail by pages, the proof of the chain (S88-24, SEC-15).</summary>
public sealed class RecordApiTests(RecordedRig served) : IClassFixture<RecordedRig>
{
    private const string Record = "/api/v1/rigs/bench-kit/record";

    [Fact]
    public async Task The_batches_of_this_controller_and_those_before_are_listed_the_newest_first()
    {
        using var technician = served.As(Roles.Technician);
        string key = await Started(technician);
        var all = await Get<RecordedBatchSeen[]>(technician, "/batches");
        Assert.Equal([key, "1-B1"], all.Select(b => b.Key));
        Assert.Equal((true, true, "B1"), (all[0].Current, all[0].Report, all[0].Batch));
        Assert.StartsWith("Neutralisation of 2 L soda liquor", all[0].Recipe, StringComparison.Ordinal);
        Assert.Equal((false, false, "", "Complete"), (all[1].Current, all[1].Report, all[1].Recipe, all[1].State));
        Assert.Equal("3-B1", key);
    }

    [Fact]
    public async Task Figures_and_report_of_a_batch_that_runs_say_that_it_is_not_over()
    {
        using var technician = served.As(Roles.Technician);
        string key = await Started(technician);
        var figures = await Get<BatchFigures>(technician, $"/batches/{key}/figures");
        Assert.Equal(("B1", "Na", false), (figures.Batch, figures.MainElement, figures.InSpecification));
        Assert.NotEmpty(figures.Limits);
        Assert.All(figures.Limits, l => Assert.Equal("NotMeasured", l.Verdict));
        Assert.Null(figures.ProductMass);
        using var report = await technician.GetAsync($"{Record}/batches/{key}/report", TestContext.Current.CancellationToken);
        Assert.Equal("text/html", report.Content.Headers.ContentType?.MediaType);
        string text = await report.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("not over: these are the figures at", text, StringComparison.Ordinal);
        Assert.EndsWith("</html>", text.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_opens_and_its_entries_are_those_of_the_chain()
    {
        using var technician = served.As(Roles.Technician);
        string key = await Started(technician);
        using var answer = await technician.GetAsync($"{Record}/batches/{key}/export", TestContext.Current.CancellationToken);
        Assert.Equal("application/zip", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal($"bench-kit-{key}.zip", answer.Content.Headers.ContentDisposition?.FileName);
        using var archive = new ZipArchive(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["batch.json", "history.csv", "record.jsonl", "report.html"], archive.Entries.Select(e => e.FullName).Order(StringComparer.Ordinal));
        Assert.StartsWith("<!doctype html>", Text(archive, "report.html"), StringComparison.OrdinalIgnoreCase);
        using var batch = JsonDocument.Parse(Text(archive, "batch.json"));
        Assert.Equal("bench/neutralise-soda-liquor", batch.RootElement.GetProperty("recipe").GetProperty("id").GetString());
        Assert.StartsWith("time_s,", Text(archive, "history.csv"), StringComparison.Ordinal);
        Fits(Text(archive, "record.jsonl"), "B1");
    }

    /// <summary>Without its recipe nothing can be judged, and everything that was written can still be taken away.</summary>
    [Fact]
    public async Task A_batch_whose_recipe_is_gone_has_no_figures_but_its_entries()
    {
        using var technician = served.As(Roles.Technician);
        foreach (string what in (string[])["figures", "report"])
        {
            using var refused = await technician.GetAsync($"{Record}/batches/1-B1/{what}", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
            Assert.Contains("no recipe file at hand is the one this batch ran on", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        using var archive = new ZipArchive(await technician.GetStreamAsync($"{Record}/batches/1-B1/export", TestContext.Current.CancellationToken));
        Assert.Equal(["record.jsonl"], archive.Entries.Select(e => e.FullName));
        Fits(Text(archive, "record.jsonl"), "B1");
    }

    [Fact]
    public async Task Entries_come_by_pages_and_the_proof_walks_them_all()
    {
        using var technician = served.As(Roles.Technician);
        await Started(technician);
        var first = await Get<AuditSeen[]>(technician, "/entries?after=0&most=2");
        Assert.Equal([1L, 2L], first.Select(e => e.Sequence));
        var next = await Get<AuditSeen[]>(technician, "/entries?after=2&most=2");
        Assert.Equal([3L, 4L], next.Select(e => e.Sequence));
        Assert.Single(await Get<AuditSeen[]>(technician, "/entries?after=-5&most=0"));
        var newest = await Get<AuditSeen[]>(technician, "/entries?most=3");
        Assert.Equal(3, newest.Length);
        Assert.True(newest[0].Sequence > 2);
        Assert.Empty(await Get<AuditSeen[]>(technician, "/entries?after=99999999"));
        Assert.Equal(400, (int)(await technician.GetAsync(Record + "/entries?after=yesterday", TestContext.Current.CancellationToken)).StatusCode);
        var proof = await Get<RecordProof>(technician, "/proof");
        Assert.Equal((true, ""), (proof.Whole, proof.Problem));
        Assert.True(proof.Entries >= newest[^1].Sequence);
        Assert.Matches("^[0-9]+:[0-9a-f]{64}$", proof.Head);
    }

    [Theory]
    [InlineData("/rigs/nowhere/record/batches")]
    [InlineData("/rigs/bench-kit/record/batches/77-B9/figures")]
    [InlineData("/rigs/bench-kit/record/batches/77-B9/report")]
    [InlineData("/rigs/bench-kit/record/batches/77-B9/export")]
    [InlineData("/rigs/nowhere/record/entries")]
    [InlineData("/rigs/nowhere/record/proof")]
    public async Task What_is_not_there_is_said_and_who_is_nobody_sees_nothing(string path)
    {
        using var technician = served.As(Roles.Technician);
        using var unknown = await technician.GetAsync("/api/v1" + path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal("application/problem+json", unknown.Content.Headers.ContentType?.MediaType);
        using var nobody = served.As();
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync("/api/v1" + path, TestContext.Current.CancellationToken)).StatusCode);
    }

    /// <summary>Every line has the hash that the journal has for it, and none is missing.</summary>
    private void Fits(string lines, string batch)
    {
        using var journal = SqliteJournal.Open(served.JournalPath);
        var chain = journal.Entries().ToDictionary(e => e.Sequence, e => (Hash: Convert.ToHexStringLower(e.Hash.AsSpan()), e.Event.Batch));
        var taken = lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).ToDictionary(e => e.GetProperty("sequence").GetInt64(), e => e.GetProperty("hash").GetString());
        Assert.NotEmpty(taken);
        Assert.All(taken, t => Assert.Equal(chain[t.Key].Hash, t.Value));
        Assert.Equal(chain.Where(c => c.Value.Batch == batch && c.Key >= taken.Keys.Min() && c.Key <= taken.Keys.Max()).Select(c => c.Key).Order(), taken.Keys.Where(k => chain[k].Batch == batch).Order());
    }

    private static string Text(ZipArchive archive, string name)
    {
        using var reader = new StreamReader(archive.GetEntry(name)!.Open(), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>START by the simulated technician, who then leaves the first prompt open; the key of the batch.</summary>
    private async Task<string> Started(HttpClient technician)
    {
        await served.Until(core => (core.Unattended = core.Plant.StateOf("B1") == PhaseState.Idle) is false, "the batch starts");
        return (await Get<RecordedBatchSeen[]>(technician, "/batches")).First(b => b.Current).Key;
    }

    private static async Task<T> Get<T>(HttpClient client, string path) => (await client.GetFromJsonAsync<T>(Record + path, TestContext.Current.CancellationToken))!;
}
