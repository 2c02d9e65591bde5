using System.Net.Http.Json;
using Crm.Contracts;
using Crm.Host.Access;
using Xunit;

namespace Crm.Host.Tests.Api;

/// <summary>A change of the formula or the steps of a running batch over the service: proposed by one person, seen by all, reviewed by another.</summary>
public sealed class RevisionApiTests(FillingRig served) : IClassFixture<FillingRig>
{
    private const string Rig = "/api/v1/rigs/lithium-pilot";

    [Fact]
    public async Task One_proposes_another_accepts_and_everybody_sees_it()
    {
        using var technician = served.As(Roles.Technician);
        using var engineer = served.As(Roles.Engineer);
        Assert.Contains(await Adjustable(engineer), f => f is { Name: "leach_time", Value: 120 });

        var (refused, why) = await ServedRig.Send(technician, Rig + "/batch/formula", new { id = "f0", values = new { charge = "2 kg" }, reason = "less is there" });
        Assert.Equal(409, refused);
        Assert.Contains("does not declare charge adjustable", why.GetProperty("detail").GetString(), StringComparison.Ordinal);

        var (status, _) = await ServedRig.Send(technician, Rig + "/batch/formula", new { id = "f1", values = new { leach_time = "1.5 h" }, reason = "fine material" });
        Assert.Equal(200, status);
        RevisionSeen seen = Assert.Single((await Seen(engineer)).Revisions);
        Assert.Equal(["leach_time 120 to 90 min"], seen.Changes);
        Assert.Equal("fine material", seen.Reason);

        (status, why) = await ServedRig.Send(technician, Rig + "/batch/revision/review", new { id = "f2", accept = true });
        Assert.Equal(409, status);
        Assert.Contains("another person", why.GetProperty("detail").GetString(), StringComparison.Ordinal);
        (status, _) = await ServedRig.Send(engineer, Rig + "/batch/revision/review", new { id = "f3", accept = true });
        Assert.Equal(200, status);
        Assert.Empty((await Seen(engineer)).Revisions);
        Assert.Contains(await Adjustable(technician), f => f is { Name: "leach_time", Value: 90 });
    }

    [Fact]
    public async Task Steps_to_come_are_compared_proposed_by_a_researcher_and_reviewed_by_who_runs_the_rig()
    {
        using var researcher = served.As(Roles.Researcher);
        using var technician = served.As(Roles.Technician);
        string recipe = (await researcher.GetFromJsonAsync<BatchRecipe>(Rig + "/batches/B1/recipe", TestContext.Current.CancellationToken))!.Text;
        string text = recipe.Replace("id: wet-out, speed: 300 rpm, for: 15 min", "id: wet-out, speed: 320 rpm, for: 20 min", StringComparison.Ordinal);

        var (status, compared) = await ServedRig.Send(technician, Rig + "/batch/steps/compare", new { id = "s0", text });
        Assert.Equal(200, status);
        Assert.Equal(["~ leach/wet-out (agitate): speed was 300 rpm; is 320 rpm", "~ leach/wet-out (agitate): for was 15 min; is 20 min"], compared.GetProperty("changes").EnumerateArray().Select(c => c.GetString()));
        (status, compared) = await ServedRig.Send(technician, Rig + "/batch/steps/compare", new { id = "s0", text = text.Replace("id: cover-impeller", "id: cover", StringComparison.Ordinal) });
        Assert.Contains("has begun", compared.GetProperty("problems")[0].GetString(), StringComparison.Ordinal);

        (status, _) = await ServedRig.Send(technician, Rig + "/batch/steps", new { id = "s1", text, reason = "it clots" });
        Assert.Equal(403, status);
        (status, var why) = await ServedRig.Send(researcher, Rig + "/batch/steps", new { id = "s2", text = text.Replace("320 rpm", "320 kg", StringComparison.Ordinal), reason = "it clots" });
        Assert.Equal(409, status);
        Assert.Contains("black-mass-to-carbonate.yaml:100:", why.GetProperty("detail").GetString(), StringComparison.Ordinal);
        (status, _) = await ServedRig.Send(researcher, Rig + "/batch/steps", new { id = "s3", text, reason = "it clots" });
        Assert.Equal(200, status);
        Assert.Equal(2, Assert.Single((await Seen(technician)).Revisions).Changes.Count);
        (status, _) = await ServedRig.Send(technician, Rig + "/batch/revision/review", new { id = "s4", accept = true });
        Assert.Equal(200, status);
        Assert.Equal(text, (await technician.GetFromJsonAsync<BatchRecipe>(Rig + "/batches/B1/recipe", TestContext.Current.CancellationToken))!.Text);
        Assert.Contains("speed 320 rpm", await Chart(technician, "B1"), StringComparison.Ordinal);
    }

    /// <summary>The chart of the Batch page: every step a box whose title is its id, with the values the batch has.</summary>
    [Fact]
    public async Task The_chart_of_a_batch_is_drawn_with_its_steps_and_its_values()
    {
        using var technician = served.As(Roles.Technician);
        string recipe = Path.Combine(ServedRig.Root(), "recipes", "lithium", "black-mass-to-carbonate.yaml");
        var (status, _) = await ServedRig.Send(technician, Rig + "/batches", new { id = "c1", recipe = Path.GetFileName(recipe), formula = new Dictionary<string, string> { ["acid_rate"] = "3.5 kg/h" } });
        Assert.Equal(200, status);
        string batch = served.Core.Plant.Batches[^1].Id, chart = await Chart(technician, batch);
        Assert.Contains("3.5 kg/h", chart, StringComparison.Ordinal);
        var procedure = new Crm.Plant.Procedure.ProcedureTree(served.Core.Plant.RecipeOf(batch)!.Procedure);
        string[] passes = [.. Enumerable.Range(0, procedure.Count).Where(n => procedure[n] is Crm.Plant.Procedure.RepeatNode).Select(n => procedure[n].Id)];
        foreach (int n in Enumerable.Range(0, procedure.Count).Where(n => procedure[n] is Crm.Plant.Procedure.PhaseNode or Crm.Plant.Procedure.PromptNode or Crm.Plant.Procedure.SampleNode or Crm.Plant.Procedure.GateNode or Crm.Plant.Procedure.WaitNode))
            if (!passes.Any(p => procedure[n].Id.StartsWith(p, StringComparison.Ordinal))) Assert.Contains($"<title>{procedure[n].Id}</title>", chart, StringComparison.Ordinal);

        using var answer = await technician.GetAsync(Rig + "/batches/B64/chart", TestContext.Current.CancellationToken);
        Assert.Equal(404, (int)answer.StatusCode);
    }

    private static async Task<string> Chart(HttpClient person, string batch)
    {
        using var answer = await person.GetAsync($"{Rig}/batches/{batch}/chart", TestContext.Current.CancellationToken);
        Assert.Equal("image/svg+xml", answer.Content.Headers.ContentType!.MediaType);
        // No line ends between a number and its unit.
        return (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Replace('\u00a0', ' ');
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public async Task A_proposal_without_a_text_is_no_request(string? text)
    {
        using var researcher = served.As(Roles.Researcher);
        Assert.Equal(400, (await ServedRig.Send(researcher, Rig + "/batch/steps", new { id = "e1", text, reason = "x" })).Status);
    }

    private static async Task<IReadOnlyList<FormulaInfo>> Adjustable(HttpClient client) => (await Seen(client)).Adjustable;

    private static async Task<Situation> Seen(HttpClient client) =>
        (await client.GetFromJsonAsync<BatchDetail>(Rig + "/batches/B1", TestContext.Current.CancellationToken))!.Situation;
}
