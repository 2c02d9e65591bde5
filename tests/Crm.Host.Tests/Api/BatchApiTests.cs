using System.Net.Http.Json;
using System.Text.Json;
using Crm.Contracts;
using Crm.Host.Access;
using Crm.Plant.Phases;
using Xunit;

namespace Crm.Host.Tests.Api;

/// <summary>Further batches on a served rig: put beside the others, addressed by name, waiting in words; what people set aside stays (S88-14, S88-17, SAF-13, ALM-22).</summary>
public sealed class BatchApiTests(FillingRig served) : IClassFixture<FillingRig>
{
    private const string Rig = "/api/v1/rigs/lithium-pilot";
    private const string Recipe = "black-mass-to-carbonate.yaml";

    [Fact]
    public async Task A_further_batch_waits_in_words_is_addressed_by_name_and_nothing_set_aside_is_lost()
    {
        using var technician = served.As(Roles.Technician);
        using var engineer = served.As(Roles.Engineer);
        await served.Rig.SetPace(1);
        await served.Until(c => c.Plant.Frame is { RigTrip.IsTripped: false }, "reset");
        Assert.Equal(200, await Status(engineer, "/trips/neutralise-alkaline/bypass", new { id = "by", cause = 1, minutes = 50, reason = "electrode is changed" }));
        Assert.Equal(200, await Status(technician, "/loops/bicarbonation.temperature_loop/mode", new { id = "oos", mode = "OOS" }));
        await Shelve(technician);
        string[] before = [.. (await Situation(technician, "")).Aside.Select(a => a.Kind + " " + a.Target)];
        Assert.Equal(3, before.Length);

        var (status, made) = await ServedRig.Send(technician, Rig + "/batches", new { id = "second", recipe = Recipe });
        Assert.Equal((200, "B2"), (status, made.GetProperty("reason").GetString()));
        (_, made) = await ServedRig.Send(technician, Rig + "/batches", new { id = "second", recipe = Recipe });
        Assert.Equal("B2", made.GetProperty("reason").GetString());
        var list = await technician.GetFromJsonAsync<BatchSeen[]>(Rig + "/batches", TestContext.Current.CancellationToken);
        Assert.Equal(["B1", "B2"], list!.Select(b => b.Id));

        Assert.Equal(200, await Status(technician, "/batch/start", new { id = "start", batch = "B2" }));
        foreach (string prompt in (string[])["line-up", "services"])
        {
            await served.Until(c => c.Look("B2").Prompts.Any(p => p.Prompt.Id == prompt), prompt);
            Assert.Equal(200, await Status(technician, "/prompts/answer", new { id = prompt, prompt, batch = "B2" }));
        }

        await served.Until(c => c.Plant.Batches[1].Waits.Contains("held by batch B1", StringComparison.Ordinal), "B2 waits for B1");
        var detail = await technician.GetFromJsonAsync<BatchDetail>(Rig + "/batches/B2", TestContext.Current.CancellationToken);
        Assert.Equal(("B2", "Running"), (detail!.Situation.Id, detail.Batch.State));
        Assert.Contains("leach", detail.Batch.Waits, StringComparison.Ordinal);
        Assert.Contains(detail.Steps, s => s.Id == "leach/water");
        Assert.Contains(await technician.GetFromJsonAsync<AllocationSeen[]>(Rig + "/allocations", TestContext.Current.CancellationToken) ?? [], a => a is { Resource: "leach", Owner: "B1" });

        // A command to B2 does not touch what B1 is doing, at the pin.
        int pump = served.Rig.Rig.Output("leach.water_pump");
        var (held, why) = await ServedRig.Send(technician, Rig + "/units/leach/hold", new { id = "hold", batch = "B2" });
        Assert.Equal(409, held);
        Assert.Contains("held by batch B1", why.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(200, await Status(technician, "/batch/abort", new { id = "abort", batch = "B2" }));
        await served.Until(c => c.Plant.StateOf("B2") == PhaseState.Aborted, "B2 aborted");
        Assert.Equal(PhaseState.Running, await served.Rig.Ask(c => c.Plant.StateOf("B1")));
        Assert.True(await served.Rig.Ask(c => c.Pin(pump)) > 1, "water of B1 runs on");
        Assert.Equal(before, (await Situation(technician, "B2")).Aside.Select(a => a.Kind + " " + a.Target));
    }

    [Theory]
    [InlineData("no-such.yaml", "there is no recipe no-such.yaml")]
    [InlineData("../bench/neutralise-soda-liquor.yaml", "there is no recipe")]
    public async Task A_recipe_that_does_not_lie_there_is_refused(string recipe, string why)
    {
        using var technician = served.As(Roles.Technician);
        var (status, body) = await ServedRig.Send(technician, Rig + "/batches", new { id = recipe, recipe });

        Assert.Equal(409, status);
        Assert.Contains(why, body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recipes_on_the_shelf_say_whether_they_fit()
    {
        using var researcher = served.As(Roles.Researcher);
        var shelf = await researcher.GetFromJsonAsync<RecipeChoice[]>(Rig + "/recipes", TestContext.Current.CancellationToken);

        Assert.Contains(shelf!, r => r is { File: Recipe, Problem: "" });
        Assert.All(shelf!, r => Assert.True(r.Problem.Length > 0 || r.Title.Length > 0, r.File));
        Assert.Equal(403, await Status(researcher, "/batches", new { id = "r", recipe = Recipe }));
    }

    [Theory]
    [InlineData("/batches/B9")]
    [InlineData("/snapshot?batch=B9")]
    [InlineData("/explanation?batch=B9")]
    [InlineData("?batch=B9")]
    public async Task A_batch_that_is_not_there_is_not_found(string path)
    {
        using var technician = served.As(Roles.Technician);
        using var answer = await technician.GetAsync(Rig + path, TestContext.Current.CancellationToken);

        Assert.Equal(404, (int)answer.StatusCode);
    }

    /// <summary>Shelves the first alarm on the list that may be, or breaks nothing: a dead electrode makes one.</summary>
    private async Task Shelve(HttpClient technician)
    {
        await served.Rig.Ask(c =>
        {
            c.Inject(new Plant.Ports.PlantFault("leach.ph:dead", c.Now));
            return true;
        });
        await served.Until(c => c.Look().Alarms.Any(a => a.Definition.Id == "leach.ph-fault"), "electrode alarm");
        Assert.Equal(200, await Status(technician, "/alarms/shelve", new { id = "shelve", alarm = "leach.ph-fault", minutes = 240, reason = "electrode ordered" }));
    }

    private static async Task<int> Status(HttpClient person, string path, object body) => (await ServedRig.Send(person, Rig + path, body)).Status;

    private static async Task<Situation> Situation(HttpClient person, string batch) =>
        (await person.GetFromJsonAsync<Snapshot>($"{Rig}/snapshot?batch={batch}", JsonSerializerOptions.Web, TestContext.Current.CancellationToken))!.Situation;
}

/// <summary>A rig of its own, for it is stopped.</summary>
public sealed class StopOfTwoBatchesTests(FillingRig served) : IClassFixture<FillingRig>
{
    /// <summary>SAF-26: an orderly stop holds every batch, not only the current one.</summary>
    [Fact]
    public async Task Stopping_holds_both_batches()
    {
        using var technician = served.As(Roles.Technician);
        const string rig = "/api/v1/rigs/lithium-pilot";
        await served.Rig.SetPace(1);
        await served.Until(c => c.Plant.Frame is { RigTrip.IsTripped: false }, "reset");
        Assert.Equal(200, (await ServedRig.Send(technician, rig + "/batches", new { id = "second", recipe = "black-mass-to-carbonate.yaml" })).Status);
        Assert.Equal(200, (await ServedRig.Send(technician, rig + "/batch/start", new { id = "start", batch = "B2" })).Status);
        await served.Until(c => c.Plant.StateOf("B2") == PhaseState.Running, "B2 runs");

        served.Rig.Stop();

        Assert.Equal([PhaseState.Held, PhaseState.Held], served.Core.Plant.Batches.Select(b => b.State));
    }
}

/// <summary>A rig of its own, for it gets a batch more.</summary>
public sealed class FurtherFormulaTests(FillingRig served) : IClassFixture<FillingRig>
{
    private const string Rig = "/api/v1/rigs/lithium-pilot";
    private const string Recipe = "black-mass-to-carbonate.yaml";

    /// <summary>S88-16: formula values of its own, judged before there is a batch; ask answers the same and begins nothing.</summary>
    [Fact]
    public async Task A_further_batch_takes_formula_values_of_its_own_S88_16()
    {
        using var technician = served.As(Roles.Technician);
        var parameter = (await technician.GetFromJsonAsync<RecipeChoice[]>(Rig + "/recipes", TestContext.Current.CancellationToken))!.Single(r => r.File == Recipe).Formula.First(f => f.Unit.Length > 0 && f.Low < f.High);
        double value = Math.Round((parameter.Low + parameter.High) / 2, 3);
        int before = (await technician.GetFromJsonAsync<BatchSeen[]>(Rig + "/batches", TestContext.Current.CancellationToken))!.Length;
        foreach (var (text, why) in ((string, string)[])[(FormattableString.Invariant($"{parameter.High * 10} {parameter.Unit}"), "outside its range"), ("plenty", "is no value for")])
        {
            var (status, refused) = await ServedRig.Send(technician, Rig + "/batches", Asked("f" + text, text, false));
            Assert.Equal(409, status);
            Assert.Contains(why, refused.GetProperty("detail").GetString(), StringComparison.Ordinal);
            (_, refused) = await ServedRig.Send(technician, Rig + "/batches", Asked("g" + text, text, true));
            Assert.Contains(why, refused.GetProperty("reasons")[0].GetString(), StringComparison.Ordinal);
        }

        var (_, free) = await ServedRig.Send(technician, Rig + "/batches", Asked("h", FormattableString.Invariant($"{value} {parameter.Unit}"), true));
        Assert.Equal(0, free.GetProperty("reasons").GetArrayLength());
        Assert.Equal(before, (await technician.GetFromJsonAsync<BatchSeen[]>(Rig + "/batches", TestContext.Current.CancellationToken))!.Length);

        var (made, body) = await ServedRig.Send(technician, Rig + "/batches", Asked("i", FormattableString.Invariant($"{value} {parameter.Unit}"), false));
        Assert.Equal(200, made);
        string name = body.GetProperty("reason").GetString()!;
        var detail = await technician.GetFromJsonAsync<BatchDetail>($"{Rig}/batches/{name}", TestContext.Current.CancellationToken);
        Assert.Equal(value, detail!.Recipe.Formula.Single(f => f.Name == parameter.Name).Value, 6);
        Assert.Contains(await served.Rig.Ask(c => c.Story.After(0, 2000)), e => e.Batch == name && e.Text.Contains(parameter.Name, StringComparison.Ordinal));

        object Asked(string id, string text, bool ask) => new { id, recipe = Recipe, formula = new Dictionary<string, string> { [parameter.Name] = text }, ask };
    }
}
