using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Crm.Hmi.Tests;

/// <summary>The formula of a running batch, changed from the browser: proposed with a reason, and not reviewed by who proposed it.</summary>
public sealed class RevisionTests(WeighingBench bench) : IClassFixture<WeighingBench>
{
    private const string Recipe = "lithium/black-mass-to-carbonate.yaml";

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

    /// <summary>A researcher edits the recipe of the running batch, sees what it would change, and proposes; the technician at the rig takes it and sees the new step.</summary>
    [Fact]
    public async Task Steps_to_come_are_changed_by_two_people()
    {
        var researcher = await bench.OpenAs("rosa", "researcher", "/rigs/lithium-pilot/batch");
        var box = researcher.Locator("#steps-change");
        await box.Locator("summary").ClickAsync();
        var text = box.Locator(".cm-content");
        await Expect(text).ToBeVisibleAsync(new() { Timeout = 30_000 });

        // What has begun stays; a mistake is marked at its line; taken back, both are gone.
        await RecipeEditing.Line(researcher, text, Recipe, "{id: cover-impeller", l => l.Replace("id: cover-impeller", "id: cover", StringComparison.Ordinal));
        await Expect(box.Locator("#steps-compared")).ToContainTextAsync("leach/cover-impeller has begun", new() { Timeout = 30_000 });
        await RecipeEditing.Line(researcher, text, Recipe, "{id: cover-impeller", l => l.Replace("rate:", "rat:", StringComparison.Ordinal));
        await Expect(box.Locator("#steps-compared")).ToContainTextAsync("did you mean 'rate'", new() { Timeout = 30_000 });
        await Expect(box.Locator(".cm-lint-marker-error").First).ToBeVisibleAsync();
        await RecipeEditing.Line(researcher, text, Recipe, "{id: cover-impeller", l => l);
        await RecipeEditing.Line(researcher, text, Recipe, "{id: wet-out, speed: 300 rpm, for: 15 min}", l => l.Replace("speed: 300 rpm", "speed: 320 rpm", StringComparison.Ordinal) + "\n          - agitate: {id: slowly, speed: 150 rpm, for: 5 min}");
        await Expect(box.Locator("#steps-compared")).ToContainTextAsync("leach/slowly (agitate) is new", new() { Timeout = 30_000 });
        await box.Locator("#steps-compared").ScrollIntoViewIfNeededAsync();
        await Demonstration.Screenshot(researcher, "batch-change");
        await box.GetByLabel("Reason of the change of steps").FillAsync("it clots");
        await box.GetByRole(AriaRole.Button, new() { Name = "PROPOSE the steps" }).ClickAsync();
        await Expect(researcher.Locator("[data-revision=rosa]")).ToContainTextAsync("it clots");

        var technician = await bench.Open("/rigs/lithium-pilot/batch");
        await Expect(technician.Locator("[data-step='leach/slowly']")).ToHaveCountAsync(0);
        await technician.Locator("#revision").ScrollIntoViewIfNeededAsync();
        await Demonstration.Screenshot(technician, "batch-review");
        await technician.Locator("[data-revision=rosa]").GetByRole(AriaRole.Button, new() { Name = "ACCEPT" }).ClickAsync();
        await Expect(technician.Locator("[data-step='leach/slowly']")).ToHaveCountAsync(1);
        await Expect(technician.Locator("[data-revision]")).ToHaveCountAsync(0);
    }
}
