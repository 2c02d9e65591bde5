using System.IO.Compression;
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
        await Expect(page.Locator("#water-figures tr").Filter(new LocatorFilterOptions { HasText = "Closure error" })).ToContainTextAsync("–");
        await Fits(page);
        await Demonstration.Screenshot(page, "water");
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
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), "the page is wider than the screen");
}
