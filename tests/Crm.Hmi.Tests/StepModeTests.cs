using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Crm.Hmi.Tests;

/// <summary>At the last weighing of black mass, nothing broken.</summary>
public sealed class WeighingBench : Bench
{
    protected override string[] Beginning => ["--from", "leach/portion-4+30s"];
}

/// <summary>A batch driven step by step from the browser: each confirmed in semi-automatic mode, picked with a reason in manual mode (S88-20).</summary>
public sealed class StepModeTests(WeighingBench bench) : IClassFixture<WeighingBench>
{
    private const string Rig = "/rigs/lithium-pilot";

    [Fact]
    public async Task A_step_waits_to_be_confirmed_and_another_is_picked_with_a_reason()
    {
        var page = await bench.Open(Rig + "/batch");
        await page.Locator("#modes [data-mode=semi_automatic]").ClickAsync();
        await Expect(page.Locator("#modes [data-mode=semi_automatic]")).ToHaveAttributeAsync("aria-pressed", "true");
        var prompt = page.Locator("[data-prompt='leach/portion-4']");
        await prompt.Locator("[data-twin-work]").ClickAsync();
        await Expect(prompt.Locator("[name=mass]")).Not.ToHaveValueAsync("");
        await prompt.GetByRole(AriaRole.Button, new() { Name = "Enter" }).ClickAsync();

        // The step that would follow by itself waits, says so where a person looks, and begins when it is confirmed.
        var waits = page.Locator("#modes [data-waits='leach/wet-out']");
        await Expect(waits).ToContainTextAsync("waits for a person to confirm");
        await Expect(page.Locator("[data-step='leach/wet-out']")).ToHaveAttributeAsync("data-state", "waiting");
        await waits.ScrollIntoViewIfNeededAsync();
        await Demonstration.Screenshot(page, "batch-confirm");
        var overview = await bench.Open("/");
        await Expect(overview.Locator("#needs-you")).ToContainTextAsync("wet out");
        await overview.CloseAsync();
        await waits.GetByRole(AriaRole.Button, new() { Name = "CONFIRM" }).ClickAsync();
        await Expect(page.Locator("[data-step='leach/wet-out']")).ToHaveAttributeAsync("data-state", "active");
        await Expect(waits).ToHaveCountAsync(0);

        // In manual mode nothing follows: a person picks, and says why.
        await page.Locator("#modes [data-mode=manual]").ClickAsync();
        await Expect(page.Locator("#modes [data-mode=manual]")).ToHaveAttributeAsync("aria-pressed", "true");
        await page.Locator("[data-pace='60']").ClickAsync();
        var pick = page.Locator("#modes [data-waits]");
        await Expect(pick).ToContainTextAsync("pick", new() { Timeout = 60000 });
        await page.Locator("[data-pace='1']").ClickAsync();
        string next = (await pick.GetAttributeAsync("data-waits"))!;
        await Expect(page.Locator("[data-step='leach/wet-out']")).ToHaveAttributeAsync("data-state", "done");
        await pick.GetByRole(AriaRole.Button, new() { Name = "PICK" }).ClickAsync();
        await Expect(page.Locator("#said")).ToContainTextAsync("reason");
        await Expect(page.Locator("#refusals")).ToContainTextAsync("reason");
        await Expect(page.Locator($"[data-step='{next}']")).ToHaveAttributeAsync("data-state", "waiting");
        await pick.Locator("[name=reason]").FillAsync("the slurry is still lumpy: stir once more");
        await pick.Locator("select").SelectOptionAsync(next);
        await pick.ScrollIntoViewIfNeededAsync();
        await Demonstration.Screenshot(page, "batch-pick");
        await pick.GetByRole(AriaRole.Button, new() { Name = "PICK" }).ClickAsync();

        await Expect(page.Locator("#said")).ToContainTextAsync("done");
        await page.GotoAsync(bench.Address + Rig + "/alarms");
        await Expect(page.Locator("#events")).ToContainTextAsync("the slurry is still lumpy: stir once more");
        await page.CloseAsync();
    }
}
