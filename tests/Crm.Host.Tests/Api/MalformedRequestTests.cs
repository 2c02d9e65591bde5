using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Crm.Host.Access;
using Crm.Host.Api;
using Crm.Host.Service;
using Crm.Plant.Records;
using Crm.Store.Journal;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Crm.Host.Tests.Api;

/// <summary>
/// SEC-25, SEC-28: whatever is sent, nothing falls over, nothing answers 500, and nothing happens that the sender may not do. Sampled; CRM_DEEP=1 sends
/// 50,000. CRM_SEED draws others.
/// </summary>
public sealed class MalformedRequestTests(ServedRig served, ITestOutputHelper output) : IClassFixture<ServedRig>
{
    private const int Senders = 4;
    private static readonly int requests = Environment.GetEnvironmentVariable("CRM_DEEP") == "1" ? 50_000 : 3_000;

    [Fact]
    public async Task Nothing_falls_over_and_nothing_happens()
    {
        int seed = Environment.GetEnvironmentVariable("CRM_SEED") is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : Random.Shared.Next();
        output.WriteLine($"{requests} requests, CRM_SEED={seed}");
        var endpoints = served.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToArray();
        string[] names = [.. served.Rig.Rig.Tags.Select(t => t.Name), .. served.Rig.Rig.Outputs.Select(o => o.Name), "leach", "leach-overheat", "B1", "leach.temperature_control"];
        long scansBefore = served.Rig.Meter.Took.Count;
        var statuses = new int[600];
        int broken = 0;
        string administrator = served.TokenOf(Roles.Administrator);
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(async () =>
        {
            var random = new Random(seed + sender);
            var malformed = new MalformedRequest(random, names);
            using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = served.Address, Timeout = TimeSpan.FromSeconds(30) };
            for (int i = 0; i < requests / Senders; i++)
            {
                if (random.Next(30) == 0)
                {
                    await Raw(malformed.Bytes());
                    Interlocked.Increment(ref broken);
                    continue;
                }

                RouteEndpoint endpoint;
                // A password costs a fifth of a second of a core: now and then is enough.
                do endpoint = endpoints[random.Next(endpoints.Length)];
                while (endpoint.RoutePattern.RawText!.EndsWith("sessions", StringComparison.Ordinal) && random.Next(40) > 0);
                var needed = endpoint.Metadata.GetMetadata<Needs>()!.Permission;
                using var request = malformed.Of(endpoint);
                // What is towards safe everybody who is signed in may do: it is sent by nobody and by strangers only.
                if (random.Next(3) > 0 && needed != Permission.TowardsSafe && request.RequestUri!.OriginalString is var path && !path.Contains("/sessions/me", StringComparison.Ordinal))
                    request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", administrator);
                else if (random.Next(2) == 0)
                    request.Headers.TryAddWithoutValidation("Authorization", random.Next(2) == 0 ? "Bearer " + new string('f', random.Next(200)) : "Basic YTpi");
                string what = $"CRM_SEED={seed}: {request.Method} {request.RequestUri}";
                using var answer = await Sent(client, request);
                if (answer is null)
                {
                    Interlocked.Increment(ref broken);
                    continue;
                }

                int status = (int)answer.StatusCode;
                Interlocked.Increment(ref statuses[status]);
                Assert.False(status is 500 or > 503, $"{what} answered {status}: {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}; sent {(request.Content is { } body ? await body.ReadAsStringAsync(TestContext.Current.CancellationToken) : "nothing")}");
            }
        })));

        output.WriteLine($"{broken} were no HTTP or got no answer; answers: {string.Join(", ", statuses.Select((count, status) => (count, status)).Where(s => s.count > 0).Select(s => $"{s.status}: {s.count}"))}");
        using (var nobody = served.As()) Assert.Equal("healthy\n", await nobody.GetStringAsync("/health", TestContext.Current.CancellationToken));
        Assert.Null(served.Rig.Failure);
        Assert.True(served.Rig.Meter.Took.Count > scansBefore, "the scan went on");
        Assert.True(JournalVerification.Verify(served.JournalPath).IsUntouched);
        await Nothing_was_done(seed);
    }

    /// <summary>By the record nobody commanded anything; by the pins the twin stands as one that nobody ever spoke to.</summary>
    private async Task Nothing_was_done(int seed)
    {
        var (now, pins, states) = await served.Rig.Ask(core => (
            core.Now, core.Rig.Outputs.Select(o => core.Pin(o.Ordinal)).ToArray(), core.Plant.Batches.Select(b => b.Id + " " + b.State).ToArray()));
        using var journal = SqliteJournal.Open(served.JournalPath);
        string[] done = [.. journal.Entries().Where(e => e.Event.Kind is BatchEventKind.Command or BatchEventKind.Answer or BatchEventKind.Revision or BatchEventKind.ModeChanged or BatchEventKind.LabResult).Select(e => $"{e.Event.Kind} {e.Event.Subject}: {e.Event.Text} by {e.Event.Cause}")];
        Assert.True(done.Length == 0, $"CRM_SEED={seed}: {string.Join("; ", done)}");
        Assert.Equal(["B1 Idle"], states);
        using var untouched = served.Untouched();
        while (untouched.Now < now) untouched.Scan();
        Assert.Equal(untouched.Rig.Outputs.Select(o => untouched.Pin(o.Ordinal)), pins);
    }

    /// <returns>Null when the server closed the connection without an answer, as it may on what is no HTTP.</returns>
    private static async Task<HttpResponseMessage?> Sent(HttpClient client, HttpRequestMessage request)
    {
        try
        {
            return await client.SendAsync(request, TestContext.Current.CancellationToken);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private async Task Raw(byte[] bytes)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(served.Address.Host, served.Address.Port, TestContext.Current.CancellationToken);
        await socket.GetStream().WriteAsync(bytes, TestContext.Current.CancellationToken);
    }
}
