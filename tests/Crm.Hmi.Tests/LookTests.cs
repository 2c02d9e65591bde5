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
}
