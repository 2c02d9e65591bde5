using System.Net.Http.Json;
using System.Text.Json;
using Crm.Contracts;
using Crm.Host.Access;
using Xunit;

namespace Crm.Host.Tests.Api;

/// <summary>Parameters and models that people bring wait for a person, like those of an autotune (PID-18, PID-19); feed-forward, and votes as they stand (PID-09, SAF-11).</summary>
public sealed class TuningApiTests(ServedRig served) : IClassFixture<ServedRig>
{
    private const string Rig = "/api/v1/rigs/lithium-pilot";
    private const string Loop = "/loops/neutralise.temperature_loop";

    [Fact]
    public async Task What_is_proposed_waits_until_a_person_applies_it_PID19()
    {
        using var engineer = served.As(Roles.Engineer);
        await Scanned();
        var before = await Seen(engineer);
        Assert.Equal(200, await Status(engineer, Loop + "/tuning/propose", new { id = "p1", gain = 4.5, integralTime = 500 }));
        var waits = await Seen(engineer);
        Assert.Equal(before.Tuning, waits.Tuning);
        Assert.StartsWith("Kc 4.5, Ti 500 s, Td 0 s", waits.Proposed, StringComparison.Ordinal);
        // What was not given is as it is in use.
        Assert.Contains(FormattableString.Invariant($"filter {before.Parameters.FilterTime:0.#} s"), waits.Proposed, StringComparison.Ordinal);

        Assert.Equal(200, await Status(engineer, Loop + "/tuning/apply", new { id = "p2" }));
        var used = await Seen(engineer);
        Assert.Equal((4.5, 500.0, before.Tuning), (used.Parameters.Gain, used.Parameters.IntegralTime, used.Before));
        Assert.Contains(await served.Rig.Ask(c => c.Story.After(0, 2000)), e => e.Subject == "neutralise.temperature_loop" && e.Text.Contains("tuned", StringComparison.Ordinal) && e.Cause == Roles.Engineer);
        Assert.Equal(200, await Status(engineer, Loop + "/tuning/restore", new { id = "p3" }));
    }

    /// <summary>SIMC PI of K = 0.5 per percent, tau = 600 s, theta = 60 s with tau_c = 120 s by hand: Kc = 600 / (0.5 * 180), Ti = min(600, 4 * 180).</summary>
    [Fact]
    public async Task A_model_becomes_parameters_by_SIMC_PID18()
    {
        using var engineer = served.As(Roles.Engineer);
        await Scanned();
        Assert.Equal(200, await Status(engineer, Loop + "/tuning/simc", new { id = "m1", gain = 0.5, lag = 600, delay = 60, closedLoop = 120 }));
        Assert.StartsWith("Kc 6.6667, Ti 600 s, Td 0 s", (await Seen(engineer)).Proposed, StringComparison.Ordinal);
    }

    public static TheoryData<string, object, string, string> Refusals => new()
    {
        { "/tuning/propose", new { id = "x", gain = -4.5, integralTime = 500 }, Roles.Engineer, "turns the loop round" },
        { "/tuning/propose", new { id = "x2", gain = 4.5, integralTime = -1 }, Roles.Engineer, "the integral time must be 0 or more" },
        { "/tuning/propose", new { id = "x", gain = 4.5, integralTime = 500 }, Roles.Operator, "tuning a loop is for" },
        { "/tuning/simc", new { id = "x4", gain = 0.5, lag = 600, delay = 0 }, Roles.Engineer, "without a delay nothing limits the gain" },
        { "/tuning/simc", new { id = "x5", gain = 0.0, lag = 600, delay = 60 }, Roles.Engineer, "a number and not 0" },
        { "/tuning/simc", new { id = "x6", gain = 0.5, lag = 60, secondLag = 600, delay = 60 }, Roles.Engineer, "the second lag is the shorter one" },
        { "/feed-forward", new { id = "x3", on = true }, Roles.Engineer, "has no feed-forward" },
        { "/feed-forward", new { id = "x", on = true }, Roles.Operator, "needs Manual" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task What_cannot_be_is_refused_with_a_reason_and_ask_says_the_same(string path, object body, string role, string why)
    {
        using var person = served.As(role);
        await Scanned();
        var (status, answer) = await ServedRig.Send(person, Rig + Loop + path, body);
        Assert.True(status is 409 or 403, $"{status}");
        Assert.Contains(why, answer.GetProperty("detail").GetString(), StringComparison.Ordinal);
        if (status == 403) return;
        var asking = JsonSerializer.SerializeToNode(body)!.AsObject();
        asking["ask"] = true;
        var (_, asked) = await ServedRig.Send(person, Rig + Loop + path, asking);
        Assert.Contains(why, asked.GetProperty("reasons")[0].GetString(), StringComparison.Ordinal);
    }

    /// <summary>Value, channels and the vote that is left: first of three good instruments, then with one substituted beyond its trip limit.</summary>
    [Fact]
    public async Task Votes_are_shown_channel_by_channel_SAF11()
    {
        using var engineer = served.As(Roles.Engineer);
        await Scanned();
        var votes = (await engineer.GetFromJsonAsync<VoteSeen[]>(Rig + "/tags/leach.temperature_b/votes", TestContext.Current.CancellationToken))!;
        var loop = Assert.Single(votes, v => v.Kind == "loop");
        Assert.Equal(("median of 3", "median of 3", 3), (loop.Rule, loop.Left, loop.Channels.Count));
        Assert.InRange(loop.Value!.Value, 15, 25);
        Assert.All(loop.Channels, c => Assert.Equal("counts", c.Says));
        var trips = votes.Where(v => v.Kind == "trip").ToArray();
        Assert.Equal(2, trips.Length);
        Assert.All(trips, v => Assert.Equal(("2oo3", "2oo3", false, 3), (v.Rule, v.Left, v.True, v.Channels.Count)));
        Assert.All(trips.SelectMany(v => v.Channels), c => Assert.Equal("votes to go on", c.Says));

        await served.Rig.Ask(c =>
        {
            c.Inject(new Plant.Ports.PlantFault("leach.temperature_b:dead", c.Now));
            return true;
        });
        await served.Until(c => c.Plant.Frame!.Image[c.Rig.Tag("leach.temperature_b")].IsBad, "a dead thermometer");
        votes = (await engineer.GetFromJsonAsync<VoteSeen[]>(Rig + "/tags/leach.temperature/votes", TestContext.Current.CancellationToken))!;
        Assert.Equal(("mean of 2", "bad: drops out"), (votes[0].Left, votes[0].Channels[1].Says));
        Assert.InRange(votes[0].Value!.Value, 15, 25);
        Assert.Contains(votes, v => v is { Kind: "trip", Left: "1oo2" } && v.Channels[1].Says == "bad: drops out");
        Assert.Contains(votes, v => v is { Kind: "trip" } && v.Left.StartsWith("2oo3, 1 of them bad, which votes to trip", StringComparison.Ordinal) && v.Channels[1].Says == "bad: votes to trip");
        Assert.Equal(404, (int)(await engineer.GetAsync(Rig + "/tags/leach.nothing/votes", TestContext.Current.CancellationToken)).StatusCode);
    }

    private Task Scanned() => served.Until(c => c.Now > TimeSpan.FromSeconds(2), "some scans");

    private static async Task<LoopSeen> Seen(HttpClient person) => (await person.GetFromJsonAsync<LoopSeen>(Rig + Loop, TestContext.Current.CancellationToken))!;

    private static async Task<int> Status(HttpClient person, string path, object body) => (await ServedRig.Send(person, Rig + path, body)).Status;
}
