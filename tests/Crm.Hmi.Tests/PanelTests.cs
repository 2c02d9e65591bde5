using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Crm.Hmi.Tests;

/// <summary>The leach pH electrode dies, and ten seconds later the scrubber fan stops.</summary>
public sealed class ScrubberBench : Bench
{
    protected override string[] Beginning => ["--from", "leach/portion-4+30s", "--fault", "leach.ph:dead@61min40s", "--fault", "scrubber:lost@61min50s"];
}

/// <summary>Panel, horn, alarm list and what an alarm asks for, at the moment when several speak (ALM-03, ALM-06, ALM-14, ALM-25, ALM-26).</summary>
public sealed class PanelTests(ScrubberBench bench) : IClassFixture<ScrubberBench>
{
    private const string Rig = "/rigs/lithium-pilot";

    [Fact]
    public async Task Lamps_flash_and_the_horn_sounds_until_it_is_silenced_which_acknowledges_nothing_ALM03_ALM14()
    {
        var page = await bench.Open(Rig + "/alarms");
        var lamp = page.Locator("[data-lamp='panel.scrubber_lamp']");
        await Expect(lamp).ToHaveAttributeAsync("data-show", "flash", new() { Timeout = 60000 });
        await Expect(page.Locator("[data-horn]")).ToHaveAttributeAsync("data-horn", "true");
        await Expect(lamp).ToContainTextAsync("Scrubber fan stopped");
        await Expect(page.Locator("[data-lamp='panel.hf_lamp']")).ToHaveAttributeAsync("data-show", "off");
        await Demonstration.Screenshot(page, "alarms-panel");

        // The key is where the alarm is told, on every page, and has an accelerator (HMI-22).
        var overview = await bench.Open("/");
        var silence = overview.Locator("#alarm-strip .horn");
        await Expect(silence).ToHaveAttributeAsync("accesskey", "s");
        await silence.ClickAsync();
        await Expect(overview.Locator("#said")).ToContainTextAsync("Silence of the horn: done");
        await Expect(overview.Locator("#alarm-strip .horn")).ToHaveCountAsync(0);
        await overview.CloseAsync();
        await Expect(page.Locator("[data-horn]")).ToHaveAttributeAsync("data-horn", "false");
        await Expect(lamp).ToHaveAttributeAsync("data-show", "flash");
        var alarm = page.Locator(".alarm[data-alarm='scrubber-stopped']");
        await Expect(alarm).ToHaveAttributeAsync("data-state", "UnacknowledgedActive");
        await page.Locator("[data-horn] .key").ClickAsync(new() { Force = true });
        await Expect(page.Locator("#said")).ToContainTextAsync("the horn is silent");
        await alarm.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" }).ClickAsync();
        await Expect(lamp).ToHaveAttributeAsync("data-show", "steady");
        await page.CloseAsync();
    }

    [Fact]
    public async Task A_filter_says_what_it_hides_and_how_many_there_are_ALM25()
    {
        var page = await bench.Open(Rig + "/alarms");
        await Expect(page.Locator(".alarm[data-alarm='scrubber-stopped']")).ToBeVisibleAsync(new() { Timeout = 60000 });
        await Expect(page.Locator(".alarm[data-alarm='leach.ph-fault']")).ToBeVisibleAsync(new() { Timeout = 60000 });
        var count = page.Locator("#alarm-count");
        int all = int.Parse(Regex.Match(await count.InnerTextAsync(), @"^(\d+) alarms?, \d+ not acknowledged").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        await page.Locator("#alarm-filter [name=words]").FillAsync("scrubber fan");
        await Expect(page.Locator(".alarm[data-alarm='leach.ph-fault']")).ToHaveCountAsync(0);
        await Expect(count).ToContainTextAsync($"{all} alarm");
        await Expect(count).ToContainTextAsync($"a filter hides {all - 1} of them");
        await Expect(page.Locator("#alarm-strip")).ToContainTextAsync(new Regex("Scrubber|Leach|Hydrogen|Sweep|Fan|Vent"));
        await page.Locator("#alarm-filter [name=words]").FillAsync("no such alarm");
        await Expect(page.Locator("#alarm-list")).ToContainTextAsync("A filter hides every alarm there is");
        await page.Locator("#show-all").ClickAsync();
        await Expect(page.Locator(".alarm[data-alarm='leach.ph-fault']")).ToBeVisibleAsync();
        await Expect(count).Not.ToContainTextAsync("hides");
        await page.Locator("#alarm-filter [name=order]").SelectOptionAsync("oldest");
        string[] since = [.. (await page.Locator("#alarm-list .alarm").AllInnerTextsAsync()).Select(t => Regex.Match(t, @"Since (\d\d:\d\d:\d\d)").Groups[1].Value)];
        Assert.Equal(all, since.Length);
        Assert.Equal(since.Order(StringComparer.Ordinal), since);
        await page.CloseAsync();
    }

    /// <summary>From any page, one touch on what is told: what to do, why, and how soon.</summary>
    [Fact]
    public async Task Help_is_one_touch_away_ALM26()
    {
        var page = await bench.Open(Rig + "/trends");
        await page.Locator("#alarm-strip .strip-text").ClickAsync(new() { Timeout = 60000 });
        var plate = page.Locator("#faceplate");
        await Expect(plate).ToContainTextAsync("Do: ");
        await Expect(plate).ToContainTextAsync("Likely cause: ");
        await Expect(plate).ToContainTextAsync(new Regex(@"If not: .+, within \d+ (min|s)"));
        await Demonstration.Screenshot(page, "alarm-faceplate");
        await page.CloseAsync();
    }

    /// <summary>A one-shot shelving ends with the alarm's own return, a remark stands in the record (ALM-06, S88-24).</summary>
    [Fact]
    public async Task An_alarm_is_shelved_once_and_a_remark_is_put_on_record()
    {
        var page = await bench.Open(Rig + "/alarms");
        var alarm = page.Locator(".alarm[data-alarm='leach.ph-fault']");
        await Expect(alarm).ToBeVisibleAsync(new() { Timeout = 60000 });
        await alarm.GetByText("Shelve …").ClickAsync();
        await alarm.Locator("form input[type=text]").FillAsync("electrode is being changed");
        await alarm.Locator("form input[type=checkbox]").CheckAsync();
        await alarm.GetByRole(AriaRole.Button, new() { Name = "Shelve", Exact = true }).ClickAsync();
        var stands = page.Locator("[data-aside='leach.ph-fault']");
        await Expect(stands).ToContainTextAsync("electrode is being changed");
        await stands.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(alarm).ToBeVisibleAsync();

        await page.Locator("[name=remark]").FillAsync("new electrode from drawer 3");
        await page.Locator("[name=remark]").PressAsync("Enter");
        await Expect(page.Locator("#events")).ToContainTextAsync("new electrode from drawer 3");
        await Expect(page.Locator("[name=remark]")).ToHaveValueAsync("");
        await page.CloseAsync();
    }
}
