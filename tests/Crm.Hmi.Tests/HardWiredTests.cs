using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Crm.Hmi.Tests;

/// <summary>The bench kit on real wires, with nothing at their other end.</summary>
public sealed class WiredBench : Bench
{
    protected override string[] Beginning => ["--recipe", "recipes/bench/neutralise-soda-liquor.yaml", "--live", "--at", "field=/dev/null", "--at", "analysis=127.0.0.1:1"];

    protected override string Role => "engineer";
}

/// <summary>On a real rig START waits for commissioning, and its grey key says for what (SAF-33, S88-20).</summary>
public sealed class HardWiredTests(WiredBench bench) : IClassFixture<WiredBench>
{
    private const string Rig = "/rigs/bench-kit";

    private static readonly LocatorClickOptions Grey = new() { Force = true };

    [Fact]
    public async Task Start_says_which_protections_nobody_has_seen_and_one_is_set_aside_with_a_reason_SAF33_SAF13()
    {
        var page = await bench.Open(Rig + "/about");
        await Expect(page.Locator("#twin")).ToHaveCountAsync(0);
        await Expect(page.Locator("#hard-wired-count")).ToContainTextAsync("START waits for them");
        await page.Locator("#start").ClickAsync(Grey);
        var said = page.Locator("#said");
        foreach (string name in (string[])["emergency stop", "output watchdogs", "heater cut out", "tray"]) await Expect(said).ToContainTextAsync($"hard-wired {name} is not ticked as seen to work");
        await Demonstration.Screenshot(page, "start-why-not");
        var stop = (await page.Locator("#abort").BoundingBoxAsync())!;
        var box = (await said.BoundingBoxAsync())!;
        Assert.True(box.X + box.Width <= stop.X, "what is said covers ABORT");
        await page.Keyboard.PressAsync("Escape");
        await Expect(said).ToBeEmptyAsync();

        foreach (string name in (string[])["emergency_stop", "output_watchdogs", "heater_cut_out"])
        {
            var row = page.Locator($"[data-hard-wired='{name}']");
            await row.Locator("[name=found]").FillAsync("works as written");
            await row.GetByRole(AriaRole.Button, new() { Name = "Seen to work" }).ClickAsync();
            await Expect(row).ToHaveAttributeAsync("data-ticked", "true");
        }

        var tray = page.Locator("[data-hard-wired='tray']");
        await tray.Locator("summary").ClickAsync();
        await tray.GetByRole(AriaRole.Button, new() { Name = "Set aside" }).ClickAsync();
        await Expect(said).ToContainTextAsync("it needs a reason in words");
        await tray.Locator("[name=found]").FillAsync("tray comes on Monday, 0.5 L at most");
        await tray.GetByRole(AriaRole.Button, new() { Name = "Set aside" }).ClickAsync();
        await Expect(page.Locator("#aside-count")).ToContainTextAsync("1 set aside");
        await page.GotoAsync(bench.Address + Rig + "/alarms");
        var stands = page.Locator("[data-aside='tray']");
        await Expect(stands).ToContainTextAsync("NOT SEEN TO WORK");
        await Expect(stands).ToContainTextAsync("ends by itself in");
        await page.Locator("#start").ClickAsync(Grey);
        await Expect(said).ToContainTextAsync("START not now");
        await Expect(said).Not.ToContainTextAsync("hard-wired");
        await stands.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(stands).ToHaveCountAsync(0);
        await page.Locator("#start").ClickAsync(Grey);
        await Expect(said).ToContainTextAsync("hard-wired tray is not ticked");
        await page.CloseAsync();
    }
}
