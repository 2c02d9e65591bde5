using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Crm.Hmi.Tests;

/// <summary>The bench kit at its beginning: tripped, as every rig starts, its batch IDLE.</summary>
public sealed class IdleBench : Bench
{
    protected override string[] Beginning => ["--recipe", Path.Combine(Tree.Root, "recipes", "bench", "neutralise-soda-liquor.yaml")];
}

/// <summary>A technician's first act of the day: from a tripped, idle rig to a running batch, by what the pages say.</summary>
public sealed class FirstBatchTests(IdleBench bench) : IClassFixture<IdleBench>
{
    private const string Rig = "/rigs/bench-kit";

    /// <summary>S88-05, SAF-04: grey START says what it waits for; trips are reset; START; the first prompt is open.</summary>
    [Fact]
    public async Task A_batch_is_started_on_a_rig_at_its_beginning_S88_05_SAF04()
    {
        var page = await bench.Open("/");
        await Expect(page.Locator("#batch-state")).ToHaveTextAsync("IDLE");
        await Expect(page.Locator("#start")).ToHaveAttributeAsync("aria-disabled", "true");
        await page.Locator("#start").ClickAsync(new() { Force = true });
        await Expect(page.Locator("#said")).ToContainTextAsync("START not now");
        await Expect(page.Locator("#said")).ToContainTextAsync("trip");

        await page.Locator("#alarm-strip .tripped").ClickAsync();
        await page.Locator("#reset-all").ClickAsync();
        await Expect(page.Locator("#trips")).ToContainTextAsync("No trip stands.");
        // A reset starts nothing.
        await Expect(page.Locator("#batch-state")).ToHaveTextAsync("IDLE");
        await Expect(page.Locator("#start")).ToHaveAttributeAsync("aria-disabled", "false");
        await page.Locator("#start").ClickAsync();
        await Expect(page.Locator("#batch-state")).ToHaveTextAsync("RUNNING");
        await page.Locator("#alarm-strip .prompt-mark").First.ClickAsync();
        await Expect(page.Locator("[data-prompt]").First).ToContainTextAsync("Goggles and gloves");
        await Expect(page.Locator("#steps [data-state=active]").First).ToBeVisibleAsync();
        await page.CloseAsync();
    }
}

/// <summary>The bench kit with its only sample just taken; the laboratory needs five minutes of plant time.</summary>
public sealed class SampleBench : Bench
{
    protected override string[] Beginning => ["--recipe", Path.Combine(Tree.Root, "recipes", "bench", "neutralise-soda-liquor.yaml"), "--from", "reactor/sulfate"];
}

/// <summary>From the laboratory's slip to the record: entered once, by a person, on the page of the batch.</summary>
public sealed class SampleTests(SampleBench bench) : IClassFixture<SampleBench>
{
    private const string Rig = "/rigs/bench-kit";

    [Fact]
    public async Task Results_of_a_sample_are_entered_and_judged_and_seen_on_Purity()
    {
        var page = await bench.Open(Rig + "/batch");
        await Expect(page.Locator("#prompts .sample-away")).ToContainTextAsync("at the laboratory until", new() { Timeout = 30_000 });
        await page.Locator("[data-pace='60']").ClickAsync();
        var form = page.Locator("form[data-sample=end]");
        await Expect(form).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await page.Locator("[data-pace='1']").ClickAsync();
        var overview = await bench.Open("/");
        await Expect(overview.Locator("#needs-you")).ToContainTextAsync("results of sample end");
        await overview.CloseAsync();

        // An empty field enters nothing; a typed value is mass percent.
        await form.Locator("[name=assay-SO4]").FillAsync("0.43");
        await form.GetByRole(AriaRole.Button, new() { Name = "Enter results" }).ClickAsync();
        await Expect(form.Locator("[name=assay-Na]:invalid")).ToBeVisibleAsync();
        await form.Locator("[name=assay-Na]").FillAsync("0.21");
        await Demonstration.Screenshot(page, "batch-sample");
        await form.GetByRole(AriaRole.Button, new() { Name = "Enter results" }).ClickAsync();
        await Expect(page.Locator("#said")).ToContainTextAsync("Results of end: done");
        await Expect(form).ToHaveCountAsync(0);
        // The gate that waited for it lets the batch go on.
        await Expect(page.Locator("[data-step='reactor/sulfate']")).ToHaveAttributeAsync("data-state", "done");

        await page.GotoAsync(bench.Address + Rig + "/purity");
        var line = page.Locator("#lab tr[data-sample=end]");
        await Expect(line).ToContainTextAsync("by tessa");
        await Expect(line).ToContainTextAsync("4.3");
        await page.GotoAsync(bench.Address + Rig + "/records");
        await page.Locator("#audit-filter").FillAsync("tessa");
        await Expect(page.Locator("#audit tr[data-entry]").Filter(new() { HasText = "tessa" }).First).ToContainTextAsync("Results of sample end");
        await page.CloseAsync();
    }
}
