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
        var waits = page.Locator("#prompts [data-waits='leach/wet-out']");
        await Expect(waits).ToContainTextAsync("waits for a person to confirm");
        await Expect(page.Locator("[data-step='leach/wet-out']")).ToHaveAttributeAsync("data-state", "waiting");
        await waits.ScrollIntoViewIfNeededAsync();
        await Demonstration.Screenshot(page, "batch-confirm");
        var overview = await bench.Open("/");
        await Expect(overview.Locator("#needs-you")).ToContainTextAsync("wet out");
        await Expect(overview.Locator("#batch-step")).ToContainTextAsync("waits for a person to confirm");
        await overview.CloseAsync();

        // In manual mode a person picks, here a step before, and says why.
        await page.Locator("#modes [data-mode=manual]").ClickAsync();
        await Expect(page.Locator("#modes [data-mode=manual]")).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(waits).ToContainTextAsync("pick");
        await waits.Locator("select").SelectOptionAsync("leach/start-agitator");
        await waits.GetByRole(AriaRole.Button, new() { Name = "PICK" }).ClickAsync();
        await Expect(page.Locator("#said")).ToContainTextAsync("a reason is needed");
        await Expect(page.Locator("#refusals")).ToContainTextAsync("a reason is needed");
        await waits.Locator("[name=reason]").FillAsync("lumps on the surface");
        await Demonstration.Screenshot(page, "batch-pick");
        await waits.GetByRole(AriaRole.Button, new() { Name = "PICK" }).ClickAsync();
        await Expect(page.Locator("#said")).ToContainTextAsync("done");

        // Picked again, it has been done before: from it the procedure goes on, and the person steers it back to where it was.
        var next = page.Locator("#prompts [data-waits]");
        await Expect(next).ToContainTextAsync("pick", new() { Timeout = 60000 });
        await next.Locator("select").SelectOptionAsync("leach/wet-out");
        await next.Locator("[name=reason]").FillAsync("water and powder are in");
        await next.GetByRole(AriaRole.Button, new() { Name = "PICK" }).ClickAsync();
        await Expect(page.Locator("[data-step='leach/wet-out']")).ToHaveAttributeAsync("data-state", "active");
        await page.Locator("#modes [data-mode=semi_automatic]").ClickAsync();
        await page.Locator("[data-pace='60']").ClickAsync();

        // The next group begins by itself, its first step is confirmed and runs.
        var acid = page.Locator("#prompts [data-waits='leach/acid']");
        await Expect(acid).ToContainTextAsync("confirm", new() { Timeout = 60000 });
        await page.Locator("[data-pace='1']").ClickAsync();
        await acid.GetByRole(AriaRole.Button, new() { Name = "CONFIRM" }).ClickAsync();
        await Expect(page.Locator("[data-step='leach/acid']")).ToHaveAttributeAsync("data-state", "active");
        await Expect(page.Locator("#batch-step")).ToContainTextAsync("Dose acid");

        await page.GotoAsync(bench.Address + Rig + "/alarms");
        await Expect(page.Locator("#events")).ToContainTextAsync("leach/start-agitator picked instead of leach/wet-out: lumps on the surface");
        await page.CloseAsync();
    }
}
