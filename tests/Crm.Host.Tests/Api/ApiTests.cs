using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Crm.Contracts;
using Crm.Host.Access;
using Crm.Host.Api;
using Crm.Store.Journal;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Crm.Host.Tests.Api;

public sealed class ApiTests(ServedRig served) : IClassFixture<ServedRig>
{
    private const string Rig = "/api/v1/rigs/lithium-pilot";

    /// <summary>SEC-06: an endpoint that declares nothing would let nobody through; there is none.</summary>
    [Fact]
    public void Every_endpoint_declares_its_permission()
    {
        var endpoints = served.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToArray();

        Assert.True(endpoints.Length > 25, $"{endpoints.Length} endpoints");
        Assert.Empty(endpoints.Where(e => e.Metadata.GetMetadata<Needs>() is null).Select(e => e.RoutePattern.RawText));
        string[] open = [.. endpoints.Where(e => e.Metadata.GetMetadata<Needs>()!.Permission == Permission.Public).Select(e => e.RoutePattern.RawText!.Trim('/')).Order(StringComparer.Ordinal)];
        Assert.Equal(["api/v1/sessions", "health", "metrics", "openapi/{documentName}.json"], open);
    }

    [Fact]
    public async Task Nobody_sees_anything_without_signing_in()
    {
        using var nobody = served.As();
        foreach (string path in (string[])["/api/v1/rigs", Rig, Rig + "/snapshot", Rig + "/events", "/api/v1/accounts", "/api/v1/sessions/me"])
        {
            using var answer = await nobody.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(401, (int)answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        }
    }

    [Theory]
    [InlineData("/batch/start", 403)]
    [InlineData("/outputs/leach.agitator/manual", 403)]
    [InlineData("/batch/hold", 409)]
    public async Task A_researcher_may_only_hold_and_the_refusal_is_on_record(string path, int expected)
    {
        using var researcher = served.As(Roles.Researcher);
        var (status, _) = await ServedRig.Send(researcher, Rig + path, new { id = "r" + path });

        Assert.Equal(expected, status);
        if (expected != 403) return;
        var seen = await served.Rig.Ask(core => core.Story.After(0, 500));
        Assert.Contains(seen, e => e.Subject == "access" && e.Cause == Roles.Researcher && e.Text.Contains(path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_description_and_the_frame_speak_of_the_same_ordinals()
    {
        using var engineer = served.As(Roles.Engineer);
        await served.Until(c => c.Plant.Frame is not null, "first scan");
        var rig = await engineer.GetFromJsonAsync<RigDescription>(Rig, TestContext.Current.CancellationToken);
        var seen = await engineer.GetFromJsonAsync<Snapshot>(Rig + "/snapshot", TestContext.Current.CancellationToken);

        Assert.True(rig!.Twin);
        Assert.Equal(rig.Tags.Count, seen!.Frame.Values.Count);
        Assert.Equal(rig.Tags.Count, seen.Frame.Quality.Length);
        Assert.Equal(rig.Outputs.Count, seen.Frame.Outputs.Count);
        Assert.Equal(rig.Outputs.Count, seen.Frame.Sources.Length);
        Assert.Equal(rig.Loops.Count, seen.Frame.Setpoints.Count);
        Assert.Contains(rig.Steps, s => s.Id == "leach/peroxide" && s.Unit == "leach");
    }

    /// <summary>A pump is taken to manual, shows it, and is given back; the same id twice does it once.</summary>
    [Fact]
    public async Task Manual_is_taken_and_given_back()
    {
        using var technician = served.As(Roles.Technician);
        await ServedRig.Send(technician, Rig + "/trips/reset", new { id = "reset" });
        await served.Until(c => c.Plant.Frame is { RigTrip.IsTripped: false }, "reset");
        int fan = served.Rig.Rig.Output("neutralise.agitator");
        var take = new { id = "m1", value = 120.0, seenAt = DateTimeOffset.UtcNow };

        Assert.Equal((200, "accepted"), await Result(technician, "/outputs/neutralise.agitator/manual", take));
        await served.Until(c => c.Plant.Frame!.Outputs[fan].InManual && c.Plant.Frame.Plan.Values[fan] > 100, "manual value at the output");
        Assert.Equal((200, "accepted"), await Result(technician, "/outputs/neutralise.agitator/automatic", new { id = "m2" }));
        Assert.Equal((200, "accepted"), await Result(technician, "/outputs/neutralise.agitator/manual", take));
        await served.Until(c => !c.Plant.Frame!.Outputs[fan].InManual, "a repeated id changes nothing");
    }

    [Fact]
    public async Task A_value_set_on_a_stale_page_is_refused_in_words()
    {
        using var technician = served.As(Roles.Technician);
        var (status, body) = await ServedRig.Send(technician, Rig + "/outputs/leach.agitator/manual", new { id = "old", value = 10.0, seenAt = DateTimeOffset.UtcNow.AddMinutes(-2) });

        Assert.Equal(409, status);
        Assert.Contains("look at the present ones", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_command_says_why()
    {
        using var technician = served.As(Roles.Technician);
        var (status, body) = await ServedRig.Send(technician, Rig + "/batch/restart", new { id = "why" });

        Assert.Equal(409, status);
        Assert.Equal("refused", body.GetProperty("state").GetString());
        Assert.NotEmpty(body.GetProperty("detail").GetString()!);
    }

    [Fact]
    public async Task The_stream_sends_the_situation_and_frames_that_go_on()
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", "Bearer " + served.TokenOf(Roles.Operator));
        await socket.ConnectAsync(new UriBuilder(served.Address) { Scheme = "ws", Path = Rig + "/stream" }.Uri, TestContext.Current.CancellationToken);
        var kinds = new HashSet<string>();
        var scans = new List<long>();
        while (scans.Count < 5 || kinds.Count < 2)
        {
            using var message = JsonDocument.Parse(await Receive(socket));
            string kind = message.RootElement.GetProperty("kind").GetString()!;
            kinds.Add(kind);
            if (kind == "frame") scans.Add(message.RootElement.GetProperty("scan").GetInt64());
        }

        Assert.Equal(scans.Order(), scans);
        Assert.True(scans[^1] > scans[0]);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);
    }

    /// <summary>Seeded nonsense at every endpoint: no 500, and nothing happens to the plant.</summary>
    [Fact]
    public async Task Malformed_requests_are_refused_and_do_nothing()
    {
        const int seed = 20261121;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed: {seed}");
        var chance = new Random(seed);
        using var engineer = served.As(Roles.Engineer, Roles.Administrator);
        string[] paths = [.. served.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") == true).Select(e => e.RoutePattern.RawText!)];
        string[] bodies = ["", "{", "[]", "null", "\"x\"", "{\"id\":null}", "{\"id\":\"\"}", "{\"id\":{}}", "{\"id\":\"a\",\"value\":\"NaN\"}", "{\"id\":\"a\",\"value\":1e999}", "{\"id\":\"a\",\"unknown\":1}", "{\"pace\":-5}", "{\"prompt\":null}", "{\"id\":\"a\",\"prompt\":\"\\u0000\",\"mass\":-1}", new string('[', 2000)];
        for (int i = 0; i < 600; i++)
        {
            string path = paths[chance.Next(paths.Length)].Replace("{rig}", chance.Next(4) == 0 ? "nowhere" : "lithium-pilot", StringComparison.Ordinal).Replace("{name}", chance.Next(2) == 0 ? "leach" : "%00..%2f", StringComparison.Ordinal);
            if (path.EndsWith("/skip", StringComparison.Ordinal)) continue;
            using var content = new StringContent(bodies[chance.Next(bodies.Length)], Encoding.UTF8, chance.Next(5) == 0 ? "text/plain" : "application/json");
            using var answer = await engineer.PostAsync(path, content, TestContext.Current.CancellationToken);
            Assert.True((int)answer.StatusCode is >= 400 and < 500, $"{path} answered {(int)answer.StatusCode}");
        }

        Assert.Null(served.Rig.Failure);
    }

    [Theory]
    [InlineData("/trends?tags=leach.temperature&from=0&to=-1&columns=10")]
    [InlineData("/trends?tags=no.such&from=0&to=10&columns=10")]
    [InlineData("/trends?tags=leach.temperature&from=0&to=10&columns=999999")]
    [InlineData("/trends?tags=leach.temperature&from=NaN&to=10&columns=10")]
    [InlineData("/trends?tags=&from=0&to=10&columns=10")]
    public async Task A_range_that_is_none_is_refused(string path)
    {
        using var engineer = served.As(Roles.Engineer);
        using var answer = await engineer.GetAsync(Rig + path, TestContext.Current.CancellationToken);

        Assert.Equal(400, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Health_metrics_and_the_document_are_there()
    {
        using var nobody = served.As();
        await served.Until(c => c.Plant.Frame is not null, "first scan");

        Assert.Equal("healthy\n", await nobody.GetStringAsync("/health", TestContext.Current.CancellationToken));
        Assert.Contains("crm_scan_seconds_count{rig=\"lithium-pilot\"}", await nobody.GetStringAsync("/metrics", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var document = JsonDocument.Parse(await nobody.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken));
        Assert.True(document.RootElement.GetProperty("paths").TryGetProperty("/api/v1/rigs/{rig}/batch/hold", out _));
    }

    private static async Task<(int Status, string? State)> Result(HttpClient client, string path, object body)
    {
        var (status, answer) = await ServedRig.Send(client, Rig + path, body);
        return (status, answer.GetProperty("state").GetString());
    }

    private static async Task<ReadOnlyMemory<byte>> Receive(ClientWebSocket socket)
    {
        var all = new MemoryStream();
        byte[] buffer = new byte[16384];
        WebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
            all.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return all.ToArray();
    }
}

/// <summary>A rig of its own, for it is stopped.</summary>
public sealed class OrderlyStopTests(FillingRig served) : IClassFixture<FillingRig>
{
    /// <summary>SAF-26: the batch is held and every feed is at 0 at the pin before the service lets go; the record says so and is whole.</summary>
    [Fact]
    public async Task Stopping_holds_the_batch_and_brings_feeds_to_zero_at_the_pin()
    {
        int pump = served.Rig.Rig.Output("leach.water_pump");
        await served.Until(c => c.Pin(pump) > 1, "water runs");

        served.Rig.Stop();

        Assert.Equal(Crm.Plant.Phases.PhaseState.Held, served.Core.Plant.BatchState);
        foreach (var output in served.Rig.Rig.Outputs.Where(o => o.Role is Crm.Plant.Outputs.OutputRole.Feed or Crm.Plant.Outputs.OutputRole.Heat))
            Assert.True(served.Core.Pin(output.Ordinal) < 0.5, $"{output.Name} is at {served.Core.Pin(output.Ordinal)}");
        Assert.True(JournalVerification.Verify(served.JournalPath).IsUntouched);
        Assert.Throws<Crm.Host.Service.ControllerBusyException>(() => { _ = served.Rig.Ask(c => c.Now); });
    }
}
