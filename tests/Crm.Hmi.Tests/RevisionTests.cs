using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Crm.Hmi.Tests;

/// <summary>The formula of a running batch, changed from the browser: proposed with a reason, and not reviewed by who proposed it.</summary>
public sealed class RevisionTests(WeighingBench bench) : IClassFixture<WeighingBench>
{
    [Fact]
    public async Task A_change_is_proposed_with_a_reason_and_waits_for_another_person()
    {
        var page = await bench.Open("/rigs/lithium-pilot/batch");
        var panel = page.Locator("#revision");
        await panel.Locator("[name=leach_time]").FillAsync("90");
        await panel.GetByRole(AriaRole.Button, new() { Name = "PROPOSE" }).ClickAsync();
        await Expect(page.Locator("#said")).ToContainTextAsync("a reason is needed");
        await panel.GetByLabel("Reason of the proposal").FillAsync("fine material");
        await panel.GetByRole(AriaRole.Button, new() { Name = "PROPOSE" }).ClickAsync();

        var waiting = panel.Locator("[data-revision]");
        await Expect(waiting).ToContainTextAsync("leach time 120 to 90 min");
        await Expect(waiting).ToContainTextAsync("fine material");
        await waiting.GetByRole(AriaRole.Button, new() { Name = "ACCEPT" }).ClickAsync();
        await Expect(page.Locator("#said")).ToContainTextAsync("another person reviews it");
    }
}
