using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Crm.Hmi.Tests;

/// <summary>Light and dark, chosen by each person and kept by the terminal.</summary>
public sealed class LookTests(Demonstration demonstration) : IClassFixture<Demonstration>
{
    [Fact]
    public async Task Dark_is_chosen_once_and_holds_on_every_page()
    {
        var page = await demonstration.Open("/rigs/lithium-pilot/picture");
        await page.GetByRole(AriaRole.Button, new() { Name = "Dark" }).ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-look", "dark");
        Assert.EndsWith("/rigs/lithium-pilot/picture", page.Url, StringComparison.Ordinal);
        foreach (string name in (string[])["picture", "batch", "trends", "alarms", "material", "recipes", "purity", "water", "records", "about"])
        {
            await page.GotoAsync($"{demonstration.Address}/rigs/lithium-pilot/{name}");
            await page.Locator("body[data-ready=true]").WaitForAsync();
            await Expect(page.Locator("html")).ToHaveAttributeAsync("data-look", "dark");
            await Demonstration.Screenshot(page, name + "-dark");
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Light" }).ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-look", "light");
    }

    /// <summary>The procedure as a chart: what runs, is done and comes is marked on it as in the list; kept while the window is open.</summary>
    [Fact]
    public async Task The_procedure_is_shown_as_a_chart_with_the_active_path()
    {
        var page = await demonstration.Open("/rigs/lithium-pilot/batch");
        string active = await page.Locator(".step:not(.group)[data-state=active]").First.GetAttributeAsync("data-step") ?? "";
        await page.GetByRole(AriaRole.Button, new() { Name = "Chart" }).ClickAsync();
        await Expect(page.Locator("#steps")).ToBeHiddenAsync();
        var box = page.Locator($"[data-chart-step='{active}']");
        await Expect(box).ToHaveAttributeAsync("data-state", "active");
        await Expect(box).ToBeInViewportAsync();
        await Expect(page.Locator("[data-chart-step='leach/water']")).ToHaveTextAsync("✓");
        // The last step of the recipe is still to come.
        await Expect(page.Locator("[data-chart-step]").Last).ToHaveAttributeAsync("data-state", "ahead");
        await Demonstration.Screenshot(page, "batch-chart");
        double wide = (await page.Locator(".chart-sheet").BoundingBoxAsync())!.Width;
        await page.GetByRole(AriaRole.Button, new() { Name = "Smaller" }).ClickAsync();
        Assert.Equal(0.8, (await page.Locator(".chart-sheet").BoundingBoxAsync())!.Width / wide, 2);
        await Expect(box).ToBeInViewportAsync();

        // Kept while the window is open, at night and on a small panel too.
        await page.SetViewportSizeAsync(1024, 600);
        await page.GetByRole(AriaRole.Button, new() { Name = "Dark" }).ClickAsync();
        await page.Locator("body[data-ready=true]").WaitForAsync();
        await Expect(box).ToBeInViewportAsync();
        await Demonstration.Screenshot(page, "batch-chart-dark-1024x600");
        await page.GetByRole(AriaRole.Button, new() { Name = "Light" }).ClickAsync();
        await page.Locator("body[data-ready=true]").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "List" }).ClickAsync();
        await Expect(page.Locator("#procedure-chart")).ToBeHiddenAsync();
        await Expect(page.Locator($"[data-step='{active}']")).ToBeInViewportAsync();
        await page.CloseAsync();
    }
}
