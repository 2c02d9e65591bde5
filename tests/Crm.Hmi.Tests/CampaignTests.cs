using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Crm.Hmi.Tests;

/// <summary>The rare-earth rig at its very start: its recipe IDLE, a campaign beside it.</summary>
public sealed class CampaignBench : Bench
{
    protected override string[] Beginning => ["--recipe", Path.Combine(Tree.Root, "recipes", "rare-earth", "magnet-leachate-to-oxalate.yaml")];
}

/// <summary>A campaign from the browser: chosen, put on the rig, started once, stopped with a reason; a batch that nobody wants withdrawn (S88-17).</summary>
public sealed class CampaignTests(CampaignBench bench) : IClassFixture<CampaignBench>
{
    [Fact]
    public async Task A_campaign_is_put_on_the_rig_started_and_stopped_with_a_reason()
    {
        var page = await bench.Open("/rigs/rare-earth-pilot/batch");
        var said = page.Locator("#said");
        await page.Locator("#further-campaigns summary").ClickAsync();
        await Expect(page.Locator("#further-campaigns")).ToContainTextAsync("takes rare earth oxalate from rare-earth-oxalate of oxalate-1");
        await page.Locator("#put-campaign").ClickAsync();
        await Expect(said).ToContainTextAsync("campaign C1 is on the rig, not started");
        var campaign = page.Locator("[data-campaign=C1]");
        await Expect(campaign).ToContainTextAsync("NOT STARTED");
        await Expect(campaign.Locator("[data-campaign-batch='C1-oxide-1']")).ToContainTextAsync("waits: campaign C1 is not started");
        await Demonstration.Screenshot(page, "campaign-put");

        await page.Locator("[data-batch-row=B1] input").FillAsync("the campaign instead");
        await page.Locator("[data-batch-row=B1]").GetByRole(AriaRole.Button, new() { Name = "Withdraw" }).ClickAsync();
        await Expect(page.Locator("[data-batch-row=B1]")).ToContainTextAsync("withdrawn by tessa: the campaign instead");

        await campaign.GetByRole(AriaRole.Button, new() { Name = "START campaign" }).ClickAsync();
        await Expect(campaign).ToContainTextAsync("GOES");
        await page.GotoAsync(bench.Address + "/rigs/rare-earth-pilot/alarms");
        await page.Locator("body[data-ready=true]").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Reset all that are clear" }).First.ClickAsync();
        await page.GotoAsync(bench.Address + "/rigs/rare-earth-pilot/batch");
        await page.Locator("body[data-ready=true]").WaitForAsync();
        await Expect(campaign.Locator("[data-campaign-batch='C1-oxalate-1']")).ToContainTextAsync("RUNNING", new() { Timeout = 20_000 });
        await Expect(campaign.Locator("[data-campaign-batch='C1-oxide-1']")).ToContainTextAsync("waits: batch C1-oxalate-1 is not complete");
        await campaign.ScrollIntoViewIfNeededAsync();
        await Demonstration.Screenshot(page, "campaign");

        await HoldDown(page, campaign.GetByRole(AriaRole.Button, new() { Name = "STOP campaign" }));
        await Expect(said).ToContainTextAsync("a reason is needed");
        await campaign.GetByLabel("Reason for campaign C1").FillAsync("no leachate left");
        await HoldDown(page, campaign.GetByRole(AriaRole.Button, new() { Name = "STOP campaign" }));
        await Expect(campaign).ToContainTextAsync("STOPPED: what had not begun is withdrawn (no leachate left)");
        await Expect(campaign.Locator("[data-campaign-batch='C1-oxalate-1']")).ToContainTextAsync("RUNNING");
        await Expect(campaign.Locator("[data-campaign-batch='C1-oxide-2']")).ToContainTextAsync("STOPPED");
    }

    internal static async Task HoldDown(IPage page, ILocator key)
    {
        await key.FocusAsync();
        await page.Keyboard.DownAsync("Enter");
        await Expect(page.Locator("#said")).ToContainTextAsync(new System.Text.RegularExpressions.Regex("refused|done"), new() { Timeout = 8_000 });
        await page.Keyboard.UpAsync("Enter");
    }
}

/// <summary>Extraction of manganese ten minutes after its feed began: a phase that runs until its feed is gone.</summary>
public sealed class ExtractionBench : Bench
{
    protected override string[] Beginning => ["--recipe", Path.Combine(Tree.Root, "recipes", "nickel-cobalt", "liquor-to-manganese-sulfate.yaml"), "--from", "mn_train/extract+40min"];
}

/// <summary>FINISH: offered beside what runs on, held down like its peers, and told why not when it cannot be (SX operation until the feed is gone).</summary>
public sealed class FinishTests(ExtractionBench bench) : IClassFixture<ExtractionBench>
{
    [Fact]
    public async Task What_runs_until_its_feed_is_gone_is_finished_by_holding_the_key_down()
    {
        var page = await bench.Open("/rigs/nickel-cobalt-pilot/batch");
        var finish = page.Locator("#finish [data-runs-on=mn_train] .key");
        await Expect(finish).ToContainTextAsync("FINISH");
        await finish.ClickAsync();
        await Expect(page.Locator("#said")).ToContainTextAsync("FINISH ends the feed");
        await Expect(page.Locator("#said")).ToContainTextAsync("Keep it held down");
        await Demonstration.Screenshot(page, "batch-finish");

        await CampaignTests.HoldDown(page, finish);
        await Expect(page.Locator("#said")).ToContainTextAsync("done", new() { Timeout = 8_000 });
        await page.Locator("#hold").ClickAsync();
        await Expect(finish).ToHaveAttributeAsync("aria-disabled", "true", new() { Timeout = 10_000 });
        await finish.PressAsync("Enter");
        await Expect(page.Locator("#said")).ToContainTextAsync("it is finished while it runs");
    }
}
