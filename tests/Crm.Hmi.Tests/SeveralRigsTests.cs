using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Crm.Hmi.Tests;

/// <summary>One controller with two rigs, each at its beginning.</summary>
public sealed class TwoRigsBench : Bench
{
    protected override string[] Beginning =>
    [
        "--recipe", Path.Combine(Tree.Root, "recipes", "lithium", "black-mass-to-carbonate.yaml"),
        "--recipe", Path.Combine(Tree.Root, "recipes", "bench", "neutralise-soda-liquor.yaml"),
    ];
}

/// <summary>Several rigs of one controller: each has its pages, its banner and its commands, and every page says how the others stand.</summary>
public sealed class SeveralRigsTests(TwoRigsBench bench) : IClassFixture<TwoRigsBench>
{
    private const string Pilot = "lithium-pilot", Kit = "bench-kit";

    [Fact]
    public async Task Each_rig_has_its_pages_and_a_command_addresses_the_rig_of_its_page_only()
    {
        var page = await bench.Open("/");
        foreach (string rig in (string[])[Pilot, Kit])
        {
            await Expect(Bar(page, rig)).ToContainTextAsync("IDLE");
            await Expect(Bar(page, rig)).ToContainTextAsync("TRIPPED");
        }

        // Overview is the rig's own; the pages go on with the rig that was chosen.
        await page.Locator($"[data-rig-link='{Kit}']").ClickAsync();
        await page.Locator("body[data-ready=true]").WaitForAsync();
        await Expect(page.Locator(".rig-line")).ToContainTextAsync(Kit);
        await page.GetByRole(AriaRole.Link, new() { Name = "Batch", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Overview", Exact = true }).ClickAsync();
        await page.Locator("body[data-ready=true]").WaitForAsync();
        await Expect(page.Locator(".rig-line")).ToContainTextAsync(Kit);
        await Expect(page.Locator("#rig-id")).ToHaveTextAsync(Kit);

        var pilot = await Start(Pilot);
        var kit = await Start(Kit);
        await Expect(pilot.Locator("#alarm-strip .tripped")).ToHaveCountAsync(0);
        await Expect(Bar(pilot, Kit)).ToContainTextAsync("1 prompt waiting");
        await kit.Locator("#hold").ClickAsync();
        await Expect(kit.Locator("#batch-state")).ToHaveTextAsync("HELD", new() { Timeout = 30_000 });
        await Expect(Bar(pilot, Kit)).ToContainTextAsync("HELD");
        await Expect(pilot.Locator("#batch-state")).ToHaveTextAsync("RUNNING");
        await Expect(Bar(kit, Pilot)).ToContainTextAsync("RUNNING");
        await Demonstration.Screenshot(kit, "two-rigs");
        await kit.SetViewportSizeAsync(1024, 600);
        Assert.Equal(1024, await kit.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        var hold = (await kit.Locator("#hold").BoundingBoxAsync())!;
        Assert.True(hold.Y + hold.Height <= 600.5, "HOLD is outside");

        // The trail of each rig is its own.
        await pilot.GotoAsync($"{bench.Address}/rigs/{Pilot}/records");
        await pilot.Locator("#audit tr[data-entry]").First.WaitForAsync();
        await Expect(pilot.Locator("#audit")).Not.ToContainTextAsync("HOLD");
    }

    /// <summary>A trip stands in the banner of its own rig, and beside the name of that rig on the pages of the other.</summary>
    private async Task<IPage> Start(string rig)
    {
        var page = await bench.Open($"/rigs/{rig}/alarms");
        await Expect(page.Locator("#alarm-strip .tripped")).ToBeVisibleAsync();
        await page.Locator("#reset-all").ClickAsync();
        await Expect(page.Locator("#trips")).ToContainTextAsync("No trip stands.");
        await Expect(Bar(page, rig)).Not.ToContainTextAsync("TRIPPED");
        await page.Locator("#start").ClickAsync();
        await Expect(page.Locator("#batch-state")).ToHaveTextAsync("RUNNING");
        return page;
    }

    private static ILocator Bar(IPage page, string rig) => page.Locator($"[data-rig-now='{rig}']");
}
