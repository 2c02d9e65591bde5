using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Crm.Hmi.Tests;

/// <summary>The controller dies and comes back while a hundred and more look at it through one HMI: all of them come back, and nothing of it costs the plant.</summary>
public sealed class StormTests(DosingBench bench) : IClassFixture<DosingBench>
{
    private const string Rig = "/rigs/lithium-pilot";
    private const int Clients = 120, Deaths = 2;

    /// <summary>Memory of the HMI, MB: at most this with all of them, and at most so much more after the last death than after the first.</summary>
    private const double MostMemory = 400, MostGrowth = 60;

    private static readonly TimeSpan AllBack = TimeSpan.FromSeconds(60);

    private long frames;
    private int connected;

    [Fact]
    public async Task A_hundred_streams_and_two_pages_come_back_by_themselves()
    {
        var page = await bench.Open(Rig + "/picture");
        var other = await bench.OpenAs("emil", "engineer", Rig + "/batch");
        var cookie = (await page.Context.CookiesAsync()).Single(c => c.Name == "crm_session");
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var crowd = Enumerable.Range(0, Clients).Select(i => Look(i, cookie.Value, ended.Token)).ToList();
        await All();
        double first = 0, memory = 0;
        for (int death = 0; death < Deaths; death++)
        {
            await bench.Controller!.Kill();
            await Expect(page.Locator("#lost")).ToBeVisibleAsync();
            await Expect(other.Locator("#lost")).ToBeVisibleAsync();
            await Until(() => Volatile.Read(ref connected) == 0);
            await bench.StartAgain();
            await All();
            foreach (var each in (Microsoft.Playwright.IPage[])[page, other])
            {
                await Expect(each.Locator("#lost")).ToBeHiddenAsync(new() { Timeout = 30_000 });
                await Expect(each.Locator("#batch-state")).ToHaveTextAsync("HELD", new() { Timeout = 30_000 });
            }

            using var http = new HttpClient { BaseAddress = bench.Api };
            using var health = await http.GetAsync("/health", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, health.StatusCode);
            memory = Memory();
            if (death == 0) first = memory;
        }

        TestContext.Current.SendDiagnosticMessage($"HMI {first:0} MB after the first death, {memory:0} MB after the last");
        Assert.True(memory < MostMemory && memory < first + MostGrowth, $"the HMI had {first:0} MB after the first death and has {memory:0} MB after the last");
        // A person can act at once, in the middle of it.
        await other.Locator("[data-command='/presence']").ClickAsync();
        await Expect(other.Locator("#said")).ToContainTextAsync("done");
        await ended.CancelAsync();
        await Task.WhenAll(crowd);
    }

    private Task All() => Until(() => Volatile.Read(ref connected) == Clients);

    private async Task Until(Func<bool> done)
    {
        var since = Stopwatch.StartNew();
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!done())
        {
            Assert.True(since.Elapsed < AllBack, $"{Volatile.Read(ref connected)} of {Clients} are connected");
            await look.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>A page's stream without a page: reads what comes, and is back as a page is when it ends.</summary>
    private async Task Look(int number, string session, CancellationToken ended)
    {
        var random = new Random(number);
        byte[] buffer = new byte[64 * 1024];
        for (int wait = 300; !ended.IsCancellationRequested; wait = Math.Min(wait * 17 / 10, 3000))
        {
            bool counted = false;
            try
            {
                using var socket = new ClientWebSocket();
                socket.Options.SetRequestHeader("Cookie", "crm_session=" + session);
                await socket.ConnectAsync(new Uri(bench.Address.Replace("http", "ws", StringComparison.Ordinal) + $"/api/v1{Rig}/stream"), ended);
                while (socket.State == WebSocketState.Open)
                {
                    var part = await socket.ReceiveAsync(buffer.AsMemory(), ended);
                    if (part.MessageType == WebSocketMessageType.Close) break;
                    Interlocked.Increment(ref frames);
                    if (counted) continue;
                    counted = true;
                    wait = 300;
                    Interlocked.Increment(ref connected);
                }
            }
            catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
            {
                // Comes again below, unless the test is over.
            }

            if (counted) Interlocked.Decrement(ref connected);
            if (ended.IsCancellationRequested) return;
            using var backOff = new PeriodicTimer(TimeSpan.FromMilliseconds(wait * (0.7 + (0.6 * random.NextDouble()))));
            await backOff.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <summary>Of the HMI's own process, a child of the one that was started, MB.</summary>
    private double Memory()
    {
        using var asked = Process.Start(new ProcessStartInfo("pgrep", ["-P", bench.Hmi!.Id.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true })!;
        using var hmi = Process.GetProcessById(int.Parse(asked.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture));
        return hmi.WorkingSet64 / 1e6;
    }
}
