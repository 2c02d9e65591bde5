using System.Globalization;
using Microsoft.Playwright;
using Xunit;

[assembly: CollectionBehavior(MaxParallelThreads = 2)]

namespace Crm.Hmi.Tests;

/// <summary>The demonstration as <c>crm demo</c> starts it, and Debian's Chromium in front of it. One for all tests: starting it costs seconds.</summary>
public sealed class Demonstration : IAsyncLifetime
{
    private static readonly string[] Flags =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--force-color-profile=srgb"];

    public static BrowserTypeLaunchOptions Launch => new() { ExecutablePath = Chromium(), Args = Flags, Headless = true };

    private readonly string data = Directory.CreateTempSubdirectory("crm-demo-").FullName;
    private IPlaywright? playwright;
    private Program program = null!;

    public IBrowser? Browser { get; private set; }

    public string Address { get; private set; } = "";

    public string StorageState { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        program = new Program("crm demo", "demo", "--data", data, "--port", "0", "--speed", "1", "--predict", "false");
        var match = await program.Start(@"(http://127\.0\.0\.1:\d+)/sign-in/\w+");
        Address = match.Groups[1].Value;
        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(Launch);
        await using var context = await Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(match.Value);
        await page.Locator("body[data-ready=true]").WaitForAsync();
        StorageState = await context.StorageStateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        // Also when the start failed half way: no program outlives the tests.
        if (Browser is not null) await Browser.DisposeAsync();
        playwright?.Dispose();
        if (!program.HasExited) await program.Terminate();
        await program.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    /// <summary>A page of a person who is signed in, at a path, when it is alive.</summary>
    public async Task<IPage> Open(string path, int width = 1280, int height = 800)
    {
        var context = await Browser!.NewContextAsync(new BrowserNewContextOptions { StorageState = StorageState, ViewportSize = new ViewportSize { Width = width, Height = height }, Locale = "en-GB" });
        var page = await context.NewPageAsync();
        await page.GotoAsync(Address + path);
        await page.Locator("body[data-ready=true]").WaitForAsync();
        return page;
    }

    /// <summary>A picture for people: docs/screens, when CRM_SCREENS asks for them; else only proof that it can be drawn. Everything that is pictured is judged by axe-core too (HMI-21).</summary>
    public static async Task Screenshot(IPage page, string name)
    {
        bool wasLive = await page.Locator("body.is-lost").CountAsync() == 0;
        await Accessibility.Judge(page, name);
        if (wasLive) await Live(page);
        byte[] picture = await page.ScreenshotAsync();
        Assert.True(picture.Length > 10_000, $"{name} is an empty picture");
        if (Environment.GetEnvironmentVariable("CRM_SCREENS") is not { Length: > 0 }) return;
        string folder = Path.Combine(Tree.Root, "docs", "screens");
        Directory.CreateDirectory(folder);
        await File.WriteAllBytesAsync(Path.Combine(folder, name + ".png"), picture);
    }

    /// <summary>Waits until the page shows a new picture and may be acted on: who judged it kept it from running, and after that it looks first.</summary>
    private static async Task Live(IPage page)
    {
        if (await page.Locator("#plant-time").CountAsync() == 0) return;
        string shown = await page.Locator("#plant-time").InnerTextAsync();
        await Assertions.Expect(page.Locator("#plant-time")).Not.ToHaveTextAsync(shown, new() { Timeout = 15_000 });
        await Assertions.Expect(page.Locator("[data-cut]")).ToHaveCountAsync(0, new() { Timeout = 15_000 });
    }

    public static async Task<double> Number(ILocator text) => double.Parse((await text.InnerTextAsync()).Trim(), CultureInfo.InvariantCulture);

    private static string Chromium()
    {
        string[] places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
        return places.FirstOrDefault(File.Exists) ?? throw new InvalidOperationException("Chromium is not installed; ./test installs it, or: apt-get install chromium");
    }
}
