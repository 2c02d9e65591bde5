using System.IO.Compression;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Crm.Hmi.Tests;

/// <summary>Purity, Water and Records on the demonstration, as a technician looks at them (HMI-21 to 23: keyboard, size, words).</summary>
public sealed class RecordPagesTests(Demonstration demo) : IClassFixture<Demonstration>
{
    private const string Rig = "/rigs/lithium-pilot";

    /// <summary>Every limit of the specification has its line; before there is product nothing passes for measured.</summary>
    [Fact]
    public async Task Purity_shows_each_limit_and_what_is_not_measured_yet()
    {
        var page = await demo.Open(Rig + "/purity", 1024, 600);
        await Expect(page.Locator("#limits tr[data-analyte]").First).ToBeVisibleAsync();
        Assert.Equal(await page.Locator("#limits tr[data-analyte]").CountAsync(), await page.Locator("#limits tr[data-verdict=NotMeasured]").CountAsync());
        await Expect(page.Locator("#purity-title")).ToContainTextAsync("no product booked yet");
        await Expect(page.Locator("#lab")).ToContainTextAsync("No results yet");
        await Fits(page);
        await Demonstration.Screenshot(page, "purity");
    }

    [Fact]
    public async Task Water_is_drawn_with_what_came_in_and_what_is_not_measured_is_a_dash()
    {
        var page = await demo.Open(Rig + "/water", 1024, 600);
        await Expect(page.Locator("#sankey svg, #sankey p").First).ToBeVisibleAsync();
        await Expect(page.Locator("#water-title")).ToContainTextAsync("by the meters so far");
        await Expect(page.Locator("#water-figures tr").Filter(new LocatorFilterOptions { HasText = "Fresh water" }).First).ToContainTextAsync(" L");
        await Expect(page.Locator("#water-figures tr").Filter(new LocatorFilterOptions { HasText = "Closure error" })).ToContainTextAsync("–");
        await Fits(page);
        await Demonstration.Screenshot(page, "water");
    }

    /// <summary>A finished batch, its figures put in on the way to the browser: every way out is drawn with its litres, and what comes back.</summary>
    [Fact]
    public async Task A_finished_batch_has_its_water_drawn_and_its_limits_judged()
    {
        var page = await demo.Open(Rig + "/about", 1024, 600);
        await page.RouteAsync("**/figures", async route =>
        {
            var answer = await route.FetchAsync();
            var figures = JsonNode.Parse(await answer.TextAsync())!;
            figures["water"] = JsonNode.Parse("""
                {"fresh":62.1,"inFeed":4.2,"opening":1.2,"returned":88.4,"inWetSolids":3.1,"crystal":21.4,"evaporation":6.2,"discharge":null,"inLiquorLots":12.0,"holdupChange":24.3,
                "recycleRate":0.587,"recycledOverWithdrawal":1.42,"specificFreshWater":70.2,"unaccounted":0.5,"unaccountedUncertainty":0.9,"closureError":0.0074,"closureUncertainty":0.013}
                """);
            figures["productMass"] = JsonNode.Parse("""{"value":0.885,"uncertainty":0.002}""");
            var sodium = figures["limits"]!.AsArray().Single(l => (string)l!["analyte"]! == "Na")!;
            sodium["found"] = JsonNode.Parse("""{"value":244,"uncertainty":12}""");
            sodium["verdict"] = "Uncertain";
            sodium["within"] = true;
            sodium["course"] = JsonNode.Parse("""
                [{"sample":"leach-liquor","place":"leach","at":14000,"atMost":{"value":90500,"uncertainty":2100}},{"sample":"crude","place":"filter2","at":90000,"atMost":{"value":2100,"uncertainty":60}},
                {"sample":"product","place":"dryer","at":200000,"atMost":{"value":244,"uncertainty":12}}]
                """);
            await route.FulfillAsync(new RouteFulfillOptions { Response = answer, Body = figures.ToJsonString() });
        });
        await page.GotoAsync(demo.Address + Rig + "/water");
        var drawing = page.Locator("#sankey svg");
        foreach (string words in (string[])["Fresh water", "62.1 L", "Water of crystallisation", "returned 88.4 L", "Not accounted for"]) await Expect(drawing).ToContainTextAsync(words);
        await Expect(page.Locator("#water-figures")).ToContainTextAsync("0.7 % ± 1.3 %");
        await Fits(page);
        await Demonstration.Screenshot(page, "water-finished");
        await page.GotoAsync(demo.Address + Rig + "/purity");
        var line = page.Locator("tr[data-analyte=Na]");
        await Expect(line).ToContainTextAsync("244 ± 12 ppm");
        await Expect(line).ToContainTextAsync("too near to tell, value within");
        await Expect(line.Locator("svg")).ToBeVisibleAsync();
        await Demonstration.Screenshot(page, "purity-finished");
    }

    /// <summary>A report is read, everything of the batch is taken away, the record is proved, and a remark is found in the audit trail.</summary>
    [Fact]
    public async Task A_report_is_read_the_batch_taken_away_and_the_record_proved()
    {
        var page = await demo.Open(Rig + "/records", 1024, 600);
        var row = page.Locator("#record-batches tr[data-batch]").First;
        await Expect(row).ToContainTextAsync("B1");
        string report = (await row.GetByText("Report").GetAttributeAsync("href"))!;
        var answer = await page.APIRequest.GetAsync(demo.Address + report);
        Assert.Contains("not over", await answer.TextAsync(), StringComparison.Ordinal);
        var download = await page.RunAndWaitForDownloadAsync(() => row.GetByText("Export").ClickAsync());
        await using (var archive = new ZipArchive(File.OpenRead((await download.PathAsync())!)))
            Assert.Equal(["batch.json", "history.csv", "record.jsonl", "report.html"], archive.Entries.Select(e => e.Name).Order(StringComparer.Ordinal));
        await page.Locator("#prove").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#proof")).ToContainTextAsync("Whole:");
        await page.Locator("#audit-filter").FillAsync("signed in");
        await Expect(page.Locator("#audit tr[data-entry]").First).ToContainTextAsync("visitor");
        await page.Locator("#audit-filter").FillAsync("no such words");
        await Expect(page.Locator("#audit")).ToContainTextAsync("None of the newest");
        await page.Locator("#audit-filter").FillAsync("");
        await Fits(page);
        await Demonstration.Screenshot(page, "records");
    }

    /// <summary>Nothing runs off the side at 1024 x 600, and no alarm colour is on a page that tells of no alarm (HMI-02).</summary>
    private static async Task Fits(IPage page) =>
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth && [...document.querySelectorAll('#content, #content > div, .sheet')].every(e => e.scrollWidth <= e.clientWidth + 1)"), "the page is wider than the screen");
}
