using System.Net.Http.Json;
using System.Text.Json;
using Crm.Contracts;
using Crm.Host.Access;
using Xunit;

namespace Crm.Host.Tests.Api;

/// <summary>The bench kit, served on its twin.</summary>
public sealed class BenchKitRig : ServedRig
{
    protected override string Recipe => "bench/neutralise-soda-liquor.yaml";
}

/// <summary>The recipes of a served rig: looked at, judged while they are written, kept as drafts, tried on a twin, signed by two (decision 16).</summary>
public sealed class RecipeApiTests(BenchKitRig served) : IClassFixture<BenchKitRig>
{
    private const string Rig = "/api/v1/rigs/bench-kit";
    private const string File = "neutralise-soda-liquor.yaml";

    private static string Stored => System.IO.File.ReadAllText(Path.Combine(ServedRig.Root(), "recipes", "bench", File));

    [Fact]
    public async Task The_library_says_what_each_recipe_makes_and_one_is_seen_with_its_chart()
    {
        using var technician = served.As(Roles.Technician);
        var entry = Assert.Single((await technician.GetFromJsonAsync<RecipeEntry[]>(Rig + "/recipe-library", TestContext.Current.CancellationToken))!, r => r.File == File);
        Assert.Equal(("Na2SO4", false, ""), (entry.Product, entry.Draft, entry.Problem));
        var seen = await Seen(technician, File);
        Assert.Equal(Stored, seen.Text);
        Assert.StartsWith("<svg", seen.Checked.Chart.TrimStart(), StringComparison.Ordinal);
        Assert.DoesNotContain(seen.Checked.Findings, f => !f.Advice);
        Assert.Empty(seen.Checked.Changes);
        Assert.Equal(404, (int)(await technician.GetAsync(Rig + "/recipe-library/text?file=../lithium/black-mass-to-carbonate.yaml", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Contains("\"title\": \"Crm recipe\"", await technician.GetStringAsync("/api/v1/recipe-schema", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_is_judged_as_crm_lint_does_and_compared_in_process_words()
    {
        using var researcher = served.As(Roles.Researcher);
        using var technician = served.As(Roles.Technician);
        var wrong = await Check(researcher, Stored.Replace("reagent: sulfuric_acid", "reagent: sulfuric_acit", StringComparison.Ordinal));
        var finding = Assert.Single(wrong.Findings, f => !f.Advice);
        Assert.Contains("sulfuric_acid", finding.Message + finding.Remedy, StringComparison.Ordinal);
        Assert.Equal(Stored.Split('\n').Index().First(l => l.Item.Contains("reagent: sulfuric_acid", StringComparison.Ordinal)).Index + 1, finding.Line);
        Assert.Equal("", wrong.Chart);

        var changed = await Check(researcher, Stored.Replace("hold_time:   {value: 3 min", "hold_time:   {value: 6 min", StringComparison.Ordinal));
        Assert.Contains(changed.Changes, c => c.Contains("6 min", StringComparison.Ordinal));
        Assert.Equal(403, (await ServedRig.Send(technician, Rig + "/recipe-checks", new { file = File, text = "x" })).Status);
        Assert.Equal(400, (await ServedRig.Send(researcher, Rig + "/recipe-checks", new { file = File, text = new string('x', 210_000) })).Status);
    }

    [Fact]
    public async Task A_draft_is_kept_with_what_it_names_and_the_library_stays_as_it_was()
    {
        using var researcher = served.As(Roles.Researcher);
        string text = Stored.Replace("hold_time:   {value: 3 min", "hold_time:   {value: 5 min", StringComparison.Ordinal), before = Stored;
        var (status, kept) = await ServedRig.Send(researcher, Rig + "/recipe-drafts", new { id = "d", name = "longer-hold", file = File, text });
        Assert.Equal((200, "drafts/longer-hold.yaml"), (status, kept.GetProperty("reason").GetString()));
        var seen = await Seen(researcher, "drafts/longer-hold.yaml");
        Assert.Equal((text, true, ""), (seen.Text, seen.Entry.Draft, seen.Entry.Problem));
        Assert.Equal(before, Stored);
        // It lies on the shelf: a batch can be started of it.
        Assert.Contains((await researcher.GetFromJsonAsync<RecipeChoice[]>(Rig + "/recipes", TestContext.Current.CancellationToken))!, r => r is { File: "drafts/longer-hold.yaml", Problem: "" });

        foreach (string name in (string[])["../evil", "", "Upper", "a/b"])
            Assert.Equal(409, (await ServedRig.Send(researcher, Rig + "/recipe-drafts", new { id = "n" + name, name, file = File, text })).Status);
        Assert.Equal(404, (await ServedRig.Send(researcher, Rig + "/recipe-drafts", new { id = "f", name = "x", file = "../../etc/passwd", text })).Status);
    }

    [Fact]
    public async Task Two_persons_approve_with_their_passwords_and_what_is_signed_is_not_written_over()
    {
        using var rosa = await served.Account("rosa", Roles.Researcher);
        using var emil = await served.Account("emil", Roles.Engineer);
        using var tom = await served.Account("tom", Roles.Technician);
        string text = Stored.Replace("recipe: bench/neutralise-soda-liquor", "recipe: bench/neutralise-twice", StringComparison.Ordinal);
        Assert.Equal(200, (await ServedRig.Send(rosa, Rig + "/recipe-drafts", new { id = "d", name = "twice", file = File, text })).Status);
        const string draft = "drafts/twice.yaml";
        string content = (await Seen(rosa, draft)).Content;

        async Task<(int Status, string Words)> Sign(HttpClient person, string id, string password, string of, string state = "approved")
        {
            var (status, body) = await ServedRig.Send(person, Rig + "/recipe-signatures", new { id, file = draft, content = of, state, reason = "three trials in grade", password });
            return (status, (status == 200 ? body.GetProperty("reason") : body.GetProperty("detail")).GetString()!);
        }

        Assert.Contains("password is wrong", (await Sign(rosa, "1", "not my password", content)).Words, StringComparison.Ordinal);
        Assert.Contains(await served.Rig.Ask(c => c.Story.After(0, 2000)), e => e.Text.Contains("signature under bench/neutralise-twice", StringComparison.Ordinal) && e.Text.Contains("wrong", StringComparison.Ordinal));
        Assert.Contains("another than the one you looked at", (await Sign(rosa, "2", ServedRig.Password, new string('0', 64))).Words, StringComparison.Ordinal);
        Assert.Contains("may not approve", (await Sign(tom, "3", ServedRig.Password, content)).Words, StringComparison.Ordinal);
        Assert.Equal(200, (await Sign(rosa, "4", ServedRig.Password, content)).Status);
        Assert.Equal(("draft", true), (await Seen(rosa, draft) is var half ? (half.Entry.State, half.Waits.Contains("approved, put forward by rosa", StringComparison.Ordinal)) : default));
        Assert.Contains("another person signs", (await Sign(rosa, "5", ServedRig.Password, content)).Words, StringComparison.Ordinal);
        Assert.Equal(200, (await Sign(emil, "6", ServedRig.Password, content)).Status);
        var signed = await Seen(rosa, draft);
        Assert.Equal(("approved", "", 2), (signed.Entry.State, signed.Waits, signed.History.Count(h => h is { Act: "approved", Present: true })));

        var (over, why) = await ServedRig.Send(rosa, Rig + "/recipe-drafts", new { id = "o", name = "twice", file = File, text = text + "\n" });
        Assert.Equal(409, over);
        Assert.Contains("it is signed (approved", why.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains("bounded", (await Sign(emil, "7", ServedRig.Password, content, "experimental")).Words, StringComparison.Ordinal);
        Assert.Equal(200, (await Sign(emil, "8", ServedRig.Password, content, "retired")).Status);
        Assert.Equal("retired", (await Seen(rosa, draft)).Entry.State);
    }

    [Fact]
    public async Task A_dry_run_predicts_grade_recovery_time_and_water_in_a_process_of_its_own()
    {
        using var researcher = served.As(Roles.Researcher);
        using var technician = served.As(Roles.Technician);
        Assert.Equal(403, (await ServedRig.Send(technician, Rig + "/dry-runs", new { id = "t", file = File })).Status);
        var (status, begun) = await ServedRig.Send(researcher, Rig + "/dry-runs", new { id = "r", file = File });
        Assert.True(status == 200, begun.ToString());
        Assert.Equal(409, (await ServedRig.Send(researcher, Rig + "/dry-runs", new { id = "r2", file = File })).Status);
        DryRunSeen run = await Ended(technician);
        Assert.True(run.State == "done", run.Text);
        Assert.True(run.InSpecification);
        Assert.InRange(run.Recovery!.Value, 0.9, 1.1);
        Assert.InRange(run.Hours!.Value, 0.5, 1.5);
        using var report = await technician.GetAsync($"{Rig}/dry-runs/{run.Number}/report", TestContext.Current.CancellationToken);
        Assert.Contains("sandbox", string.Join(' ', report.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Contains("id=\"trends\"", await report.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(404, (int)(await technician.GetAsync($"{Rig}/dry-runs/99/report", TestContext.Current.CancellationToken)).StatusCode);
    }

    private static async Task<DryRunSeen> Ended(HttpClient person)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (true)
        {
            DryRunSeen run = (await person.GetFromJsonAsync<DryRunSeen[]>(Rig + "/dry-runs", limit.Token))![0];
            if (run.State != "running") return run;
            await Task.Yield();
        }
    }

    private static async Task<RecipeSeen> Seen(HttpClient person, string file) =>
        (await person.GetFromJsonAsync<RecipeSeen>($"{Rig}/recipe-library/text?file={Uri.EscapeDataString(file)}", TestContext.Current.CancellationToken))!;

    private static async Task<RecipeChecked> Check(HttpClient person, string text)
    {
        var (status, body) = await ServedRig.Send(person, Rig + "/recipe-checks", new { file = File, text });
        Assert.Equal(200, status);
        return body.Deserialize<RecipeChecked>(JsonSerializerOptions.Web)!;
    }
}
