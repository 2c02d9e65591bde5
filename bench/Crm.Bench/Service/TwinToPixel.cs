using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace Crm.Bench.Service;

/// <summary>
/// From a pin of the lithium twin to its changed pixels, scan 100 ms: a temperature jumps at known moments of plant time, and the browser notes when its text had
/// been painted. What plant time is on the wall's clock is taken from the frames themselves.
/// </summary>
internal static class TwinToPixel
{
    private const int Jumps = 60;
    private const double Jump = 10, First = 3720, Apart = 1.73;
    private const string Tag = "leach.temperature";

    /// <summary>Notes every text of the value with the ms since 1970 at which it had been painted.</summary>
    private const string Watch =
        """
        (tag) => {
          window.seen = [];
          const value = document.querySelector(`.value[data-tag="${tag}"]`);
          new MutationObserver(() => {
            const text = value.textContent;
            requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = () => window.seen.push([Date.now(), Number((text.match(/-?[0-9.]+/) ?? ['NaN'])[0])]); c.port2.postMessage(0); });
          }).observe(value, { subtree: true, childList: true, characterData: true });
        }
        """;

    /// <returns>ms from pin to pixel, one of each jump.</returns>
    public static async Task<List<double>> Measure(IBrowser browser, Func<IBrowser, string, Task<string>> signIn)
    {
        string data = Directory.CreateTempSubdirectory("crm-bench-").FullName;
        double[] moments = [.. Enumerable.Range(0, Jumps).Select(i => First + (i * Apart))];
        string[] faults = [.. moments.SelectMany((m, i) => new[] { "--fault", FormattableString.Invariant($"{Tag}:offset={(i % 2 == 0 ? Jump : -Jump)}@{m:F2}s") })];
        using var served = new ServedRig(data, ["--recipe", "recipes/lithium/black-mass-to-carbonate.yaml", "--from", "leach/portion-4+30s", .. faults]);
        using var hmi = new OurProgram(OurProgram.Crm, "hmi", "--api", served.Client.BaseAddress!.ToString(), "--port", "0");
        string address = hmi.Heard(@"HMI at (http://127\.0\.0\.1:\d+)/");
        await using var context = await browser.NewContextAsync(new BrowserNewContextOptions { StorageState = await signIn(browser, address) });
        var page = await context.NewPageAsync();
        await page.GotoAsync(address + "/rigs/lithium-pilot/picture");
        await page.Locator("body[data-ready=true]").WaitForAsync();
        await page.EvaluateAsync(Watch, Tag);
        var clocks = new List<(double Now, double Zero)>();
        double now;
        do
        {
            await Task.Delay(83);
            (now, double wall) = await Frame(served.Client);
            clocks.Add((now, wall - (now * 1000)));
        }
        while (now < moments[^1] + 3);

        double[][] seen = JsonSerializer.Deserialize<double[][]>(await page.EvaluateAsync<string>("() => JSON.stringify(window.seen.filter((s) => Number.isFinite(s[1])))"))!;
        served.Dispose();
        hmi.Dispose();
        Directory.Delete(data, recursive: true);
        return [.. moments.Select((m, i) => Latency(seen, Zero(clocks, m) + (m * 1000), up: i % 2 == 0)).OfType<double>()];
    }

    /// <summary>When plant time was zero by the wall's clock, ms, as the frames around a moment have it: on a busy machine plant time falls behind.</summary>
    private static double Zero(List<(double Now, double Zero)> clocks, double moment) => clocks.Where(c => Math.Abs(c.Now - moment) < Apart).Min(c => c.Zero);

    /// <summary>The first text after the jump that lies beyond its half; null when the value was being read for the first time.</summary>
    private static double? Latency(double[][] seen, double jumped, bool up)
    {
        if (Array.FindLast(seen, s => s[0] < jumped) is not { } before) return null;
        return Array.Find(seen, s => s[0] >= jumped && (up ? s[1] - before[1] > Jump / 2 : before[1] - s[1] > Jump / 2)) is { } after ? after[0] - jumped : throw new InvalidOperationException($"a jump at {jumped} was never seen: {string.Join(", ", seen.Where(s => Math.Abs(s[0] - jumped) < 4000).Select(s => FormattableString.Invariant($"{s[0] - jumped:F0} ms {s[1]}")))}");
    }

    private static async Task<(double Now, double Wall)> Frame(HttpClient client)
    {
        using var snapshot = JsonDocument.Parse(await client.GetStringAsync(new Uri("/api/v1/rigs/lithium-pilot/snapshot", UriKind.Relative)));
        JsonElement frame = snapshot.RootElement.GetProperty("frame");
        return (frame.GetProperty("now").GetDouble(), DateTimeOffset.Parse(frame.GetProperty("at").GetString()!, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds());
    }
}
