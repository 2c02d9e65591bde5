using System.Globalization;
using System.Text.RegularExpressions;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;
using Crm.Store.History;
using Microsoft.Playwright;

namespace Crm.Bench.Service;

/// <summary>
/// What a person in front of the screen waits for: the first page, a value from a register of the fake instruments (Modbus, in a process of their own) to its
/// changed pixels, and a day of eight pens; with what controller and HMI hold in memory. The bench kit with <c>--live</c>, in Debian's Chromium.
/// </summary>
internal static class ScreenQuick
{
    private const int Pages = 7, Values = 100, Days = 5;

    /// <summary>Waits until the value says what the pattern asks for and has been painted; ms since 1970.</summary>
    private const string Painted =
        """
        ([tag, begins]) => new Promise((painted) => {
          const value = document.querySelector(`.value[data-tag="${tag}"]`);
          const look = () => value.textContent.includes(begins) ? requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = () => painted(Date.now()); c.port2.postMessage(0); }) : undefined;
          new MutationObserver(look).observe(value, { subtree: true, childList: true, characterData: true });
          look();
        })
        """;

    /// <summary>From a press of the button that asks for two days until the picture has been painted, ms.</summary>
    private const string Drawn =
        """
        () => new Promise((drawn) => {
          const range = document.getElementById('range');
          const begun = performance.now();
          const watch = new MutationObserver(() => { watch.disconnect(); requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = () => drawn(performance.now() - begun); c.port2.postMessage(0); }); });
          watch.observe(range, { childList: true, characterData: true, subtree: true });
          [...document.querySelectorAll('.trend-bar button')].find((b) => b.textContent === '48 h').click();
        })
        """;

    /// <summary>Notes of each frame of the stream how long after it was made its changes have been painted, ms.</summary>
    private const string Framed =
        """
        window.took = [];
        const Plain = window.WebSocket;
        window.WebSocket = class extends Plain {
          constructor(...given) {
            super(...given);
            this.addEventListener('message', (message) => {
              const made = Date.parse(JSON.parse(message.data).at ?? '');
              if (made) requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = () => window.took.push(Date.now() - made); c.port2.postMessage(0); });
            });
          }
        };
        """;

    private static readonly BrowserTypeLaunchOptions chromium = new()
    {
        ExecutablePath = "/usr/bin/chromium",
        Headless = true,
        Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
    };

    public static async Task Run(TextWriter output)
    {
        string folder = Directory.CreateTempSubdirectory("crm-bench-").FullName;
        string rigFolder = Path.Combine(folder, "bench-kit"), data = Path.Combine(folder, "data");
        Directory.CreateDirectory(rigFolder);
        Directory.CreateDirectory(data);
        // A pseudo terminal has no parity.
        File.WriteAllText(Path.Combine(rigFolder, "rig.yaml"), File.ReadAllText(Path.Combine(OurProgram.Root, "hardware/bench-kit/rig.yaml")).Replace("parity: even", "parity: none", StringComparison.Ordinal));
        File.Copy(Path.Combine(OurProgram.Root, "hardware/bench-kit/twin.yaml"), Path.Combine(rigFolder, "twin.yaml"));
        RigDefinition rig = Host.Runs.RigFiles.Rig(Path.Combine(rigFolder, "rig.yaml")).Value ?? throw new InvalidOperationException("the bench kit cannot be read");
        WriteDay(Path.Combine(data, "bench-kit.history.db"), rig);
        using var fakes = new OurProgram(OurProgram.Fakes, "bench");
        string[] places = fakes.Heard("^place (.+)$").Split(' ');
        fakes.Say("charge 2");
        using var served = new ServedRig(data, "--recipe", "recipes/bench/neutralise-soda-liquor.yaml", "--rig", rigFolder, "--live", "--at", "field=" + places[0], "--at", "analysis=" + places[1]);
        using var hmi = new OurProgram(OurProgram.Crm, "hmi", "--api", served.Client.BaseAddress!.ToString(), "--port", "0");
        string address = hmi.Heard(@"HMI at (http://127\.0\.0\.1:\d+)/");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(chromium);
        string state = await SignIn(browser, address);
        await FirstPages(output, browser, address, state);
        await PinToPixel(output, browser, address, state, fakes);
        await DayOfPens(output, browser, address, state, rig);
        Tell(output, "controller", served.Controller);
        Tell(output, "HMI", hmi);
        served.Dispose();
        hmi.Dispose();
        await TwinPages(output, browser);
        await browser.CloseAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task FirstPages(TextWriter output, IBrowser browser, string address, string state)
    {
        var alive = new List<double>();
        var painted = new List<double>();
        for (int i = 0; i < Pages; i++)
        {
            // A new context has an empty cache.
            await using var context = await browser.NewContextAsync(new BrowserNewContextOptions { StorageState = state });
            var page = await context.NewPageAsync();
            var watch = System.Diagnostics.Stopwatch.StartNew();
            await page.GotoAsync(address + "/");
            await page.Locator("body[data-ready=true]").WaitForAsync();
            alive.Add(watch.Elapsed.TotalMilliseconds);
            painted.Add(await page.EvaluateAsync<double>("() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN"));
        }

        Line(output, $"first page, empty cache, {Pages} times: first paint {Of(painted, 0.5):F0} ms (worst {painted.Max():F0}), live {Of(alive, 0.5):F0} ms (worst {alive.Max():F0})");
    }

    private static async Task PinToPixel(TextWriter output, IBrowser browser, string address, string state, OurProgram fakes)
    {
        await using var context = await browser.NewContextAsync(new BrowserNewContextOptions { StorageState = state });
        var page = await context.NewPageAsync();
        await page.GotoAsync(address + "/rigs/bench-kit/picture");
        await page.Locator("body[data-ready=true]").WaitForAsync();
        var random = new Random(3);
        var took = new List<double>();
        for (int i = 0; i < Values; i++)
        {
            await Task.Delay(random.Next(200, 600));
            int degrees = 30 + (i % 20);
            var seen = page.EvaluateAsync<double>(Painted, new object[] { "reactor.temperature", FormattableString.Invariant($"{degrees}.") });
            double set = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
            fakes.Say(FormattableString.Invariant($"warm {degrees + 0.5}"));
            took.Add(await seen.WaitAsync(TimeSpan.FromSeconds(20)) - set);
        }

        Line(output, $"register to pixel, scan 200 ms, {Values} values: median {Of(took, 0.5):F0} ms, p95 {Of(took, 0.95):F0} ms, worst {took.Max():F0} ms");
    }

    /// <summary>
    /// The lithium twin at 10 Hz in mid-leach, its noisy values changing with every scan. A pin that changes right after it was read is in the image two
    /// scans later at most, and in the frame of that scan.
    /// </summary>
    private static async Task TwinPages(TextWriter output, IBrowser browser)
    {
        string data = Directory.CreateTempSubdirectory("crm-bench-").FullName;
        using var served = new ServedRig(data, "--recipe", "recipes/lithium/black-mass-to-carbonate.yaml", "--from", "leach/portion-4");
        using var hmi = new OurProgram(OurProgram.Crm, "hmi", "--api", served.Client.BaseAddress!.ToString(), "--port", "0");
        string address = hmi.Heard(@"HMI at (http://127\.0\.0\.1:\d+)/");
        await using var context = await browser.NewContextAsync(new BrowserNewContextOptions { StorageState = await SignIn(browser, address) });
        var page = await context.NewPageAsync();
        await page.AddInitScriptAsync(Framed);
        await page.GotoAsync(address + "/rigs/lithium-pilot/picture");
        await page.Locator("body[data-ready=true]").WaitForAsync();
        await page.WaitForFunctionAsync($"() => window.took.length > {3 * Values}");
        var took = (await page.EvaluateAsync<double[]>("() => window.took")).ToList();
        Line(output, $"pin of the lithium twin to pixel: frame to pixels median {Of(took, 0.5):F0} ms, p95 {Of(took, 0.95):F0} ms, worst {took.Max():F0} ms of {took.Count}; before it two scans of 100 ms at most: p95 below {200 + Of(took, 0.95):F0} ms");
        Tell(output, "controller of the lithium twin", served.Controller);
        Tell(output, "its HMI", hmi);
        served.Dispose();
        hmi.Dispose();
        Directory.Delete(data, recursive: true);
    }

    private static async Task DayOfPens(TextWriter output, IBrowser browser, string address, string state, RigDefinition rig)
    {
        var took = new List<double>();
        for (int i = 0; i < Days; i++)
        {
            await using var context = await browser.NewContextAsync(new BrowserNewContextOptions { StorageState = state, ViewportSize = new ViewportSize { Width = 1600, Height = 900 } });
            var page = await context.NewPageAsync();
            await page.GotoAsync(address + "/rigs/bench-kit/trends?tags=" + string.Join(',', rig.Tags.Select(t => t.Name).Take(8)));
            await page.Locator("body[data-ready=true]").WaitForAsync();
            await Assertions.Expect(page.Locator("#range")).ToHaveTextAsync(new Regex("live"));
            took.Add(await page.EvaluateAsync<double>(Drawn));
        }

        Line(output, $"{Math.Min(8, rig.Tags.Length)} pens x 24 h at 10 Hz, from the press to the picture, {Days} times: median {Of(took, 0.5):F0} ms, worst {took.Max():F0} ms");
    }

    private static async Task<string> SignIn(IBrowser browser, string address)
    {
        await using var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(address + "/sign-in");
        await page.Locator("[name=name]").FillAsync(ServedRig.Person);
        await page.Locator("[name=password]").FillAsync(ServedRig.Password);
        await page.Locator("button[type=submit].key").ClickAsync();
        await page.Locator("body[data-ready=true]").WaitForAsync();
        return await context.StorageStateAsync();
    }

    /// <summary>The day before, as a controller would have left it.</summary>
    private static void WriteDay(string path, RigDefinition rig)
    {
        using var file = SqliteHistory.Open(path, rig);
        TimeSpan period = TimeSpan.FromMilliseconds(100);
        int day = (int)(TimeSpan.FromDays(1) / period);
        for (int scan = 0; scan < day; scan++)
            for (int tag = 0; tag < 8; tag++) file.Keep(scan * period, tag, Reading.Good(5 + Math.Sin((scan + tag) * 0.01), scan * period));
        file.Begin(day * period, goesOn: true, DateTimeOffset.UtcNow);
    }

    private static double Of(List<double> figures, double share) => figures.Order().ElementAt((int)Math.Min(figures.Count - 1, Math.Ceiling(share * figures.Count) - 1));

    private static void Tell(TextWriter output, string what, OurProgram program)
    {
        (double now, double most) = program.Memory;
        Line(output, $"{what}: {now:F0} MB resident, {most:F0} at most");
    }

    private static void Line(TextWriter output, FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
