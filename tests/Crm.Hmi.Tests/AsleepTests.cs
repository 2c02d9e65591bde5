using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Crm.Hmi.Tests;

/// <summary>A browser that sleeps while the plant goes on, and wakes with an old picture on its screen.</summary>
public sealed class AsleepTests(DosingBench bench) : IClassFixture<DosingBench>
{
    private const string Rig = "/rigs/lithium-pilot";

    /// <summary>Least plant time to be slept through, s; wall time is longer than the page takes for a sleep.</summary>
    private const double Slept = 600, Awhile = 5;

    /// <summary>ms that an old number may be on the screen as it was when the page fell asleep, and until it is live again; two seconds are asked, the rest is a loaded test machine's.</summary>
    private const double Glimpse = 500, Back = 4000;

    /// <summary>Notes at every paint whether the page says that it is live, and which plant time it shows.</summary>
    private const string Watch =
        """
        () => {
          window.painted = [];
          const look = () => {
            const [h, m, s] = document.getElementById('plant-time').textContent.split(':').map(Number);
            window.painted.push([performance.now(), document.body.classList.contains('is-lost') ? 0 : 1, 3600 * h + 60 * m + s]);
            requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        }
        """;

    /// <summary>
    /// Its processes are stopped, as a machine that sleeps stops them, and the twin skips on. Awake, it is grey or fresh, the key that was pressed on the
    /// old picture has done nothing, and the trend is history up to now, without a seam (HMI-17).
    /// </summary>
    [Fact]
    public async Task A_page_that_wakes_is_grey_or_fresh_and_no_key_acts_on_the_old_picture_HMI17()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "processes are stopped by signals");
        var awake = await bench.Open(Rig + "/picture");
        await using var chromium = await bench.Chromium();
        var page = await bench.OpenAs("emil", "engineer", Rig + "/picture", chromium);
        var trends = await page.Context.NewPageAsync();
        await trends.GotoAsync(bench.Address + Rig + "/trends?tags=leach.temperature");
        await trends.Locator("body[data-ready=true]").WaitForAsync();
        await page.BringToFrontAsync();
        await page.Locator("[data-output='neutralise.alum_pump']").ClickAsync();
        await page.Locator("#manual-value").FillAsync("20");
        await page.Locator("#take-manual").FocusAsync();
        await page.EvaluateAsync(Watch);
        double from = await PlantTime(page);

        int[] renderers = await Renderers(chromium);
        await Signal("STOP", renderers);
        while (await PlantTime(awake) < from + Slept)
        {
            await awake.Locator("#skip").ClickAsync();
            await Expect(awake.Locator("#pace")).ToHaveTextAsync("▶▶");
            await Expect(awake.Locator("#pace")).ToHaveTextAsync("1×", new() { Timeout = 60_000 });
        }

        await Until(awake, await PlantTime(awake) + Awhile);
        double at = await PlantTime(awake);
        var pressed = page.Keyboard.PressAsync("Enter");
        await Signal("CONT", renderers);
        await pressed;

        await Until(page, at);
        await Expect(page.Locator("#lost")).ToBeHiddenAsync();
        double[][] painted = JsonSerializer.Deserialize<double[][]>(await page.EvaluateAsync<string>("() => JSON.stringify(window.painted)"))!;
        int woke = Enumerable.Range(1, painted.Length - 1).MaxBy(i => painted[i][0] - painted[i - 1][0]);
        var after = painted[woke..];
        double begin = after[0][0];
        Assert.Contains(after, p => p[1] == 0);
        double old = after.Where(p => p[1] == 1 && p[2] < at - 2).Select(p => p[0] - begin).DefaultIfEmpty(0).Max();
        Assert.True(old < Glimpse, $"an old picture passed for live until {old:0} ms after the wake");
        double fresh = after.First(p => p[1] == 1 && p[2] >= at - 2)[0] - begin;
        Assert.True(fresh < Back, $"fresh only {fresh:0} ms after the wake");

        // The key that was pressed on the old picture has set nothing; pressed on the present one it does.
        await Expect(page.Locator("[data-output='neutralise.alum_pump']")).Not.ToContainTextAsync("MANUAL");
        await Expect(page.Locator("#faceplate dd").First).Not.ToContainTextAsync("in manual");

        await trends.BringToFrontAsync();
        var answer = await trends.RunAndWaitForResponseAsync(() => trends.GetByRole(AriaRole.Button, new() { Name = "4 h" }).ClickAsync(), r => r.Url.Contains("/trends?tags", StringComparison.Ordinal) && r.Ok);
        var trend = (await answer.JsonAsync())!.Value;
        double left = trend.GetProperty("from").GetDouble(), step = trend.GetProperty("step").GetDouble();
        var last = trend.GetProperty("pens")[0].GetProperty("last").EnumerateArray().ToList();
        Assert.True(left + step * last.Count >= at, "the trend ends before the wake");
        Assert.DoesNotContain(last.Where((_, i) => left + step * i > from && left + step * (i + 1) < at), v => v.ValueKind == JsonValueKind.Null);
        await Expect(trends.Locator("#range")).ToContainTextAsync("live");
        await awake.CloseAsync();
    }

    /// <summary>
    /// The clocks of the page go on by an hour at once, and what waited in its old stream is handed over at the wake, as a network hands it over: none of it
    /// is shown as live, a new stream is asked for, and its first frame is.
    /// </summary>
    [Fact]
    public async Task What_waited_in_the_stream_for_an_hour_is_never_shown_as_live_HMI17()
    {
        var awake = await bench.Open(Rig + "/picture");
        var page = await bench.OpenAs("henk", "operator", "/");
        bool asleep = false, speak = false;
        int streams = 0;
        ConcurrentQueue<string> waited = new(), next = new();
        IWebSocketRoute? old = null, fresh = null;
        await page.RouteWebSocketAsync(new Regex("/stream"), socket =>
        {
            // On a busy machine a page may seem to have slept before it does: it has asked for another stream then.
            bool isBefore = !asleep;
            if (isBefore) old = socket;
            else (fresh, streams) = (socket, streams + 1);
            var server = socket.ConnectToServer();
            server.OnMessage(frame =>
            {
                if (isBefore && asleep) waited.Enqueue(frame.Text!);
                else if (!isBefore && !speak) next.Enqueue(frame.Text!);
                else socket.Send(frame.Text!);
            });
        });
        await page.Clock.InstallAsync();
        await page.GotoAsync(bench.Address + Rig + "/picture");
        await page.Locator("body[data-ready=true]").WaitForAsync();
        await Until(page, await PlantTime(page) + 1);
        asleep = true;
        await Until(awake, await PlantTime(awake) + 3);
        double at = await PlantTime(awake);
        await page.EvaluateAsync(Note);
        await page.Clock.FastForwardAsync("01:00:00");
        await Expect(page.Locator("#lost")).ToBeVisibleAsync();
        foreach (string frame in waited) old!.Send(frame);
        await Until(awake, at + 2);
        await Expect(page.Locator("#lost")).ToBeVisibleAsync();
        speak = true;
        foreach (string frame in next) fresh!.Send(frame);
        await Until(page, at);
        double[][] noted = JsonSerializer.Deserialize<double[][]>(await page.EvaluateAsync<string>("() => JSON.stringify(window.noted)"))!;
        Assert.DoesNotContain(noted, n => n[0] == 1 && n[1] < at - 1);
        Assert.Equal(1, streams);
        await page.Context.CloseAsync();
        await awake.CloseAsync();
    }

    /// <summary>Notes whenever it changes whether the page says that it is live, and which plant time it shows.</summary>
    private const string Note =
        """
        () => {
          window.noted = [];
          const place = document.getElementById('plant-time');
          const look = () => { const [h, m, s] = place.textContent.split(':').map(Number); window.noted.push([document.body.classList.contains('is-lost') ? 0 : 1, 3600 * h + 60 * m + s]); };
          new MutationObserver(look).observe(place, { childList: true, characterData: true, subtree: true });
          new MutationObserver(look).observe(document.body, { attributes: true, attributeFilter: ['class'] });
        }
        """;

    private static async Task<double> PlantTime(IPage page) => TimeSpan.ParseExact(await page.Locator("#plant-time").InnerTextAsync(), @"hh\:mm\:ss", CultureInfo.InvariantCulture).TotalSeconds;

    private static Task Until(IPage page, double seconds) => page.WaitForFunctionAsync(
        "(s) => { const [h, m, t] = document.getElementById('plant-time').textContent.split(':').map(Number); return !document.body.classList.contains('is-lost') && 3600 * h + 60 * m + t >= s; }", seconds, new() { Timeout = 60_000 });

    private static async Task<int[]> Renderers(IBrowser chromium)
    {
        var debugger = await chromium.NewBrowserCDPSessionAsync();
        var found = (await debugger.SendAsync("SystemInfo.getProcessInfo"))!.Value;
        return [.. found.GetProperty("processInfo").EnumerateArray().Where(p => p.GetProperty("type").GetString() == "renderer").Select(p => p.GetProperty("id").GetInt32())];
    }

    private static async Task Signal(string name, int[] processes)
    {
        using var kill = Process.Start("kill", ["-" + name, .. processes.Select(p => p.ToString(CultureInfo.InvariantCulture))]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }
}
