using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Crm.Hmi.Tests;

/// <summary>The bench kit on its twin, its batch IDLE, an engineer in front of the browser.</summary>
public sealed class PredictionBench : Bench
{
    protected override string[] Beginning => ["--recipe", Path.Combine(Tree.Root, "recipes", "bench", "neutralise-soda-liquor.yaml")];

    protected override string Role => "engineer";
}

/// <summary>The twin's word on a batch stands on its Purity page, apart from what is measured.</summary>
public sealed class PredictionTests(PredictionBench bench) : IClassFixture<PredictionBench>
{
    [Fact]
    public async Task A_batch_is_predicted_before_its_start_and_never_passes_for_measured()
    {
        var page = await bench.Open("/rigs/bench-kit/purity");
        await Expect(page.Locator("#limits tr[data-analyte]").First).ToBeVisibleAsync();
        await Expect(page.Locator("#predicted-when")).ToHaveCountAsync(0);
        await page.Locator("#predict").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#predicted-when")).ToContainTextAsync("A prediction by the twin, not a measurement.", new() { Timeout = 90_000 });
        await Expect(page.Locator("#predicted-when")).ToContainTextAsync("for tessa");
        await Expect(page.Locator("#predicted-when")).ToContainTextAsync("empty plant");
        await Expect(page.Locator("#limits [data-predicted]:has(i)").First).ToBeVisibleAsync();
        int lines = await page.Locator("#limits tr[data-analyte]").CountAsync();
        await Expect(page.Locator("#limits tr[data-verdict=NotMeasured]")).ToHaveCountAsync(lines);
        await Expect(page.Locator("#purity-title")).ToContainTextAsync("no product booked yet");
        string report = (await page.Locator("#predicted-when a").GetAttributeAsync("href"))!;
        Assert.True((await page.APIRequest.GetAsync(bench.Address + report)).Ok);

        // What is expected of it stands on the overview and beside the steps to come.
        var overview = await bench.Open("/");
        await Expect(overview.Locator("#expected-end")).ToContainTextAsync("by the twin’s prediction");
        await Expect(overview.Locator("#batch-result")).ToContainTextAsync("the twin predicts: in specification");
        await overview.EvaluateAsync("document.getElementById('batch-result').scrollIntoView()");
        await Demonstration.Screenshot(overview, "overview-predicted");
        await overview.GotoAsync(bench.Address + "/rigs/bench-kit/batch");
        await Expect(overview.Locator("[data-step='reactor/liquor-in'] .step-state")).ToContainTextAsync("about 00:0");
        await Expect(overview.Locator("#next-end")).ToContainTextAsync("Expected end");
        await overview.CloseAsync();

        await page.RouteAsync("**/figures", async route =>
        {
            var answer = await route.FetchAsync();
            var figures = JsonNode.Parse(await answer.TextAsync())!;
            var twins = figures["limits"]!.AsArray().Where(l => l!["predicted"]?["value"] is not null).ToList();
            for (int i = 0; i < twins.Count; i++)
            {
                twins[i]!["found"] = JsonNode.Parse("""{"value":3.1,"uncertainty":0.2}""");
                (twins[i]!["predicted"]!["against"], twins[i]!["predicted"]!["factor"]) = i == 0 ? ("above", 2.5) : ("within", 1.02);
            }

            figures["prediction"]!["present"] = false;
            await route.FulfillAsync(new RouteFulfillOptions { Response = answer, Body = figures.ToJsonString() });
        });
        await page.ReloadAsync();
        await Expect(page.Locator("#limits [data-predicted]").Filter(new() { HasText = "measured: 2.5 times what was predicted" })).ToHaveCountAsync(1);
        await Expect(page.Locator("#predicted-old")).ToContainTextAsync("predict it again");
        await page.SetViewportSizeAsync(1024, 600);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth && [...document.querySelectorAll('.sheet')].every(e => e.scrollWidth <= e.clientWidth + 1)"), "the page is wider than the screen");
        await Demonstration.Screenshot(page, "purity-predicted");
    }

    [Fact]
    public async Task Who_may_not_start_dry_runs_is_told_so()
    {
        var page = await bench.OpenAs("otto", "operator", "/rigs/bench-kit/purity");
        await page.Locator("#predict[aria-disabled=true]").ClickAsync(new() { Force = true });
        await Expect(page.Locator("#said")).ToContainTextAsync("PREDICT not now:");
    }
}
