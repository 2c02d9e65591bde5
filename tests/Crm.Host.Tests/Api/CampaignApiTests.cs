using System.Net.Http.Json;
using Crm.Contracts;
using Crm.Host.Access;
using Crm.Plant.Phases;
using Xunit;

namespace Crm.Host.Tests.Api;

/// <summary>The rare-earth rig, served on its twin from the start.</summary>
public sealed class RareEarthRig : ServedRig
{
    protected override string Recipe => "rare-earth/magnet-leachate-to-oxalate.yaml";
}

/// <summary>A campaign on a served rig: chosen, put beside the first batch, started once, stopped with a reason (S88-17).</summary>
public sealed class CampaignApiTests(RareEarthRig served) : IClassFixture<RareEarthRig>
{
    private const string Rig = "/api/v1/rigs/rare-earth-pilot";
    private const string File = "campaigns/magnets-to-oxide.yaml";

    [Fact]
    public async Task It_is_listed_put_there_started_once_seen_with_what_each_batch_waits_for_and_stopped()
    {
        using var technician = served.As(Roles.Technician);
        var choices = await technician.GetFromJsonAsync<CampaignChoice[]>(Rig + "/campaign-files", TestContext.Current.CancellationToken);
        var choice = Assert.Single(choices!, c => c.File == File);
        Assert.Equal(("", "after oxalate-1; takes rare_earth_oxalate from rare-earth-oxalate of oxalate-1"), (choice.Problem, choice.Batches.Single(b => b.Name == "oxide-1").Plan.Replace("; when calciner.temperature < 60 degC", "", StringComparison.Ordinal)));

        Assert.Empty((await Ask(technician, "/campaigns", new { id = "ask", campaign = File, ask = true }))!.Reasons);
        var (status, made) = await ServedRig.Send(technician, Rig + "/campaigns", new { id = "put", campaign = File });
        Assert.Equal((200, "C1"), (status, made.GetProperty("reason").GetString()));
        (_, made) = await ServedRig.Send(technician, Rig + "/campaigns", new { id = "put", campaign = File });
        Assert.Equal("C1", made.GetProperty("reason").GetString());
        Assert.Equal(("Waits", 4), (await Seen(technician) is var put ? (put.State, put.Batches.Count) : default));

        (status, made) = await ServedRig.Send(technician, Rig + "/batch/start", new { id = "alone", batch = "C1-oxalate-1" });
        Assert.Equal((409, "campaign C1 is not started"), (status, made.GetProperty("detail").GetString()));
        Assert.Equal(["campaign C1 is not started"], (await Ask(technician, "/batch/start", new { id = "why", batch = "C1-oxalate-1", ask = true }))!.Reasons.Take(1));
        Assert.Equal(200, (await ServedRig.Send(technician, Rig + "/trips/reset", new { id = "reset" })).Status);
        await served.Until(c => c.Plant.Frame is { RigTrip.IsTripped: false }, "reset");
        Assert.Equal(200, (await ServedRig.Send(technician, Rig + "/campaigns/C1/start", new { id = "start" })).Status);
        await served.Until(c => c.Plant.StateOf("C1-oxalate-1") == PhaseState.Running, "the first batch begins by itself");
        Assert.Equal("batch C1-oxalate-1 is not complete", (await Seen(technician)).Batches.Single(b => b.Id == "C1-oxide-1").Waits);

        (status, made) = await ServedRig.Send(technician, Rig + "/campaigns/C1/stop", new { id = "stop" });
        Assert.Equal((409, "a reason is needed, and goes on record"), (status, made.GetProperty("detail").GetString()));
        Assert.Equal(200, (await ServedRig.Send(technician, Rig + "/campaigns/C1/stop", new { id = "stop2", reason = "no leachate left" })).Status);
        var stopped = await Seen(technician);
        Assert.Equal(("Stopped", "no leachate left"), (stopped.State, stopped.Reason));
        Assert.Equal(["Running", "Stopped", "Stopped", "Stopped"], stopped.Batches.Select(b => b.State));
        Assert.Contains(await served.Rig.Ask(c => c.Story.After(0, 2000)), e => e is { Batch: "C1-oxide-2" } && e.Text.Contains("withdrawn by technician: no leachate left", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("campaigns/no-such.yaml", "there is no campaign campaigns/no-such.yaml")]
    [InlineData("../lithium/x.yaml", "there is no campaign")]
    public async Task A_campaign_that_does_not_lie_there_is_refused(string campaign, string why)
    {
        using var technician = served.As(Roles.Technician);
        var (status, body) = await ServedRig.Send(technician, Rig + "/campaigns", new { id = campaign, campaign });

        Assert.Equal(409, status);
        Assert.Contains(why, body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_researcher_looks_and_puts_nothing_there_and_nobody_commands_one_that_is_not_there()
    {
        using var researcher = served.As(Roles.Researcher);
        using var technician = served.As(Roles.Technician);
        Assert.Equal(403, (await ServedRig.Send(researcher, Rig + "/campaigns", new { id = "r", campaign = File })).Status);
        Assert.Equal(409, (await ServedRig.Send(technician, Rig + "/campaigns/C9/start", new { id = "c9" })).Status);
    }

    private static async Task<CampaignSeen> Seen(HttpClient person) => (await person.GetFromJsonAsync<CampaignSeen[]>(Rig + "/campaigns", TestContext.Current.CancellationToken))!.Single();

    private static async Task<WhyNot?> Ask(HttpClient person, string path, object body)
    {
        using var answer = await person.PostAsJsonAsync(Rig + path, body, TestContext.Current.CancellationToken);
        return await answer.Content.ReadFromJsonAsync<WhyNot>(TestContext.Current.CancellationToken);
    }
}
