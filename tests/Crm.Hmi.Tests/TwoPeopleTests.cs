using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Crm.Hmi.Tests;

/// <summary>Two browsers at once: what one does the other sees within two seconds, with the name of who did it; and what a page does with a picture that is old.</summary>
[Collection(SharedBench.Name)]
public sealed class TwoPeopleTests(Bench bench)
{
    private const string Rig = "/rigs/lithium-pilot";

    /// <summary>Two seconds are asked of the pages; the rest is what a loaded test machine adds to looking.</summary>
    private const float Soon = 4000;

    [Fact]
    public async Task What_one_does_the_other_sees_with_the_name()
    {
        var page = await bench.Open(Rig + "/picture");
        var other = await bench.OpenAs("emil", "engineer", Rig + "/picture");
        await other.Locator("[data-output='neutralise.alum_pump']").ClickAsync();
        await page.Locator("[data-output='neutralise.alum_pump']").ClickAsync();
        await page.Locator("#manual-value").FillAsync("15");
        await page.Locator("#take-manual").ClickAsync();
        await Expect(other.Locator("[data-output='neutralise.alum_pump']")).ToContainTextAsync("MANUAL", new() { Timeout = Soon });
        await Expect(other.Locator("#faceplate dd").First).ToHaveTextAsync("tessa, in manual", new() { Timeout = Soon });
        // Each may give back what the other took, and is named for it.
        await other.Locator("#give-back").ClickAsync();
        await Expect(page.Locator("[data-output='neutralise.alum_pump']")).Not.ToContainTextAsync("MANUAL", new() { Timeout = Soon });

        await page.GotoAsync(bench.Address + Rig + "/alarms");
        await other.GotoAsync(bench.Address + Rig + "/alarms");
        string electrode = ".alarm[data-alarm='leach.ph-fault']";
        await Expect(other.Locator("#events")).ToContainTextAsync("emil");
        await Expect(page.Locator(electrode)).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await page.Locator(electrode).GetByText("With a note …").ClickAsync();
        await page.Locator(electrode).Locator("[name=note]").FillAsync("tip is cracked, new one is on its way");
        await page.Locator(electrode).GetByRole(AriaRole.Button, new() { Name = "Acknowledge with this note" }).ClickAsync();
        await Expect(other.Locator(electrode)).ToHaveAttributeAsync("data-state", "AcknowledgedActive", new() { Timeout = Soon });
        await Expect(other.Locator("#events tr").Filter(new() { HasText = "tip is cracked, new one is on its way" })).ToContainTextAsync("tessa", new() { Timeout = Soon });

        await page.Locator("#hold").ClickAsync();
        await Expect(other.Locator("#batch-state")).ToHaveTextAsync(new Regex("HOLDING|HELD"), new() { Timeout = Soon });
        await Expect(other.Locator("#batch-step")).ToContainTextAsync("tessa", new() { Timeout = Soon });
        await Expect(page.Locator("#batch-state")).ToHaveTextAsync("HELD", new() { Timeout = 30_000 });
        await Expect(other.Locator("#start")).ToHaveTextAsync("RESTART");
        await other.Locator("#start").ClickAsync();
        await Expect(page.Locator("#batch-state")).ToHaveTextAsync("RUNNING", new() { Timeout = 30_000 });
        await Expect(page.Locator("#events tr").Filter(new() { HasText = "RESTART" }).First).ToContainTextAsync("emil", new() { Timeout = Soon });
        await other.Context.CloseAsync();
        await page.CloseAsync();
    }

    /// <summary>Frames that come six seconds late, as behind a network that holds them back: the page cannot know, the controller can.</summary>
    [Fact]
    public async Task A_value_set_on_an_old_picture_is_refused_and_hold_is_not()
    {
        var page = await Blank(bench);
        bool late = false;
        await page.RouteWebSocketAsync(new Regex("/stream"), socket =>
        {
            var server = socket.ConnectToServer();
            server.OnMessage(frame => socket.Send(late ? Regex.Replace(frame.Text!, "\"at\":\"[^\"]+\"", $"\"at\":\"{DateTimeOffset.UtcNow.AddSeconds(-6):O}\"") : frame.Text!));
        });
        await Go(page, Rig + "/picture");
        var pump = page.Locator("[data-output='neutralise.alum_pump']");
        await pump.ClickAsync();
        late = true;
        // Of two further seconds of plant time the second came late for sure.
        for (int i = 0; i < 2; i++) await Expect(page.Locator("#plant-time")).Not.ToHaveTextAsync(await page.Locator("#plant-time").InnerTextAsync());
        await page.Locator("#manual-value").FillAsync("33");
        await page.Locator("#take-manual").ClickAsync();
        await Expect(page.Locator("#said")).ToContainTextAsync(new Regex("the page showed values [67] s old: look at the present ones and set it again"));
        await Expect(page.Locator("#said")).ToHaveAttributeAsync("data-kind", "refused");
        await Expect(pump).Not.ToContainTextAsync("MANUAL");
        await page.Locator("#hold").ClickAsync();
        await Expect(page.Locator("#batch-state")).ToHaveTextAsync("HELD", new() { Timeout = 30_000 });
        late = false;
        await Restart(page);
        await page.CloseAsync();
    }

    /// <summary>The stream falls silent while the controller lives: nothing is offered on the old picture, but HOLD, STOP and ABORT are (S88-08).</summary>
    [Fact]
    public async Task On_a_silent_page_only_what_leads_towards_safe_is_left_S88_08_HMI17()
    {
        var page = await Blank(bench);
        bool silent = false;
        var kept = new Queue<string>();
        await page.RouteWebSocketAsync(new Regex("/stream"), socket =>
        {
            var server = socket.ConnectToServer();
            server.OnMessage(frame =>
            {
                kept.Enqueue(frame.Text!);
                while (!silent && kept.TryDequeue(out string? next)) socket.Send(next);
            });
        });
        var asked = new List<string>();
        await page.RouteAsync(new Regex("/batch/(stop|abort)$"), async route =>
        {
            asked.Add(route.Request.Url.Split('/')[^1]);
            await route.FulfillAsync(new() { ContentType = "application/json", Body = """{"id":"1","state":"accepted","reason":""}""" });
        });
        await Go(page, Rig + "/picture");
        await page.Locator("[data-output='neutralise.alum_pump']").ClickAsync();
        silent = true;
        await Expect(page.Locator("#lost")).ToBeVisibleAsync(new() { Timeout = Soon });
        await Expect(page.Locator("#take-manual")).ToBeDisabledAsync();
        await Expect(page.Locator("#start")).ToBeDisabledAsync();
        foreach (string word in (string[])["stop", "abort"])
        {
            await page.Locator("#" + word).HoverAsync();
            await page.Mouse.DownAsync();
            await Expect(page.Locator("#said")).ToContainTextAsync($"{word.ToUpperInvariant()}: done");
            await page.Mouse.UpAsync();
        }

        Assert.Equal(["stop", "abort"], asked);
        await page.Locator("#hold").ClickAsync();
        await Expect(page.Locator("#said")).ToContainTextAsync("HOLD: done");
        var other = await bench.Open(Rig + "/batch");
        await Expect(other.Locator("#batch-state")).ToHaveTextAsync("HELD", new() { Timeout = 30_000 });
        silent = false;
        await Expect(page.Locator("#lost")).ToBeHiddenAsync(new() { Timeout = Soon });
        await Expect(page.Locator("#batch-state")).ToHaveTextAsync("HELD", new() { Timeout = Soon });
        await Expect(page.Locator("#take-manual")).ToBeEnabledAsync();
        await Restart(other);
        await other.CloseAsync();
        await page.CloseAsync();
    }

    private static async Task Restart(IPage page)
    {
        await Expect(page.Locator("#start")).ToHaveTextAsync("RESTART");
        await page.Locator("#start").ClickAsync();
        await Expect(page.Locator("#batch-state")).ToHaveTextAsync("RUNNING", new() { Timeout = 30_000 });
    }

    private static Task<IPage> Blank(Bench bench) => bench.Open("/");

    private async Task Go(IPage page, string path)
    {
        await page.GotoAsync(bench.Address + path);
        await page.Locator("body[data-ready=true]").WaitForAsync();
    }
}
