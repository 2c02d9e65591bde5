using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Crm.Hmi.Tests;

/// <summary>A shift of a person who reads Dutch: an alarm acknowledged with a note, a prompt answered; what others wrote in English is marked as English (decision 18).</summary>
public sealed class DutchShiftTests(Bench bench) : IClassFixture<Bench>
{
    private const string Rig = "/rigs/lithium-pilot";

    [Fact]
    public async Task An_alarm_is_acknowledged_with_a_note_and_a_prompt_answered_in_Dutch()
    {
        var page = await bench.OpenAs("jan", "technician", Rig + "/alarms");
        await page.GetByRole(AriaRole.Button, new() { Name = "Nederlands" }).ClickAsync();
        await page.Locator("body[data-ready=true]").WaitForAsync();
        var alarm = page.Locator(".alarm[data-alarm='leach.ph-fault']");
        await Expect(alarm).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Expect(alarm.Locator("b[lang=en]").First).ToBeVisibleAsync();
        await alarm.GetByText("Met een notitie …").ClickAsync();
        await alarm.GetByPlaceholder("notitie").FillAsync("elektrode gebarsten, nieuwe is onderweg");
        await English(page, "alarm list");
        await alarm.GetByRole(AriaRole.Button, new() { Name = "Bevestigen met deze notitie" }).ClickAsync();
        await Expect(page.Locator("#said")).ToContainTextAsync("gedaan");
        await Expect(page.Locator("#said [lang=en]")).ToHaveCountAsync(1);
        await Expect(alarm).ToHaveAttributeAsync("data-state", "AcknowledgedActive");
        var noted = page.Locator("#events tr").Filter(new() { HasText = "elektrode gebarsten, nieuwe is onderweg" });
        await Expect(noted).ToContainTextAsync("jan");
        // From the banner of any page: what it means and what to do, in English that is marked, under Dutch headings.
        await page.GotoAsync(bench.Address + Rig + "/batch");
        var prompt = page.Locator("[data-prompt='leach/portion-4']");
        await Expect(prompt.Locator(".hazard [lang=en]")).ToContainTextAsync("P3 respirator");
        await English(page, "prompt");
        await prompt.Locator("[data-twin-work]").ClickAsync();
        await Expect(page.Locator("#said")).ToContainTextAsync("de twin heeft het gedaan");
        await prompt.Locator("[name=lot]").FillAsync("no-such-lot");
        await prompt.Locator("button[type=submit]").ClickAsync();
        await Expect(page.Locator("#said")).ToContainTextAsync("geweigerd");
        await Expect(page.Locator("#said b > [lang=en]").Last).ToContainTextAsync("no-such-lot");
        await English(page, "refusal");
        await prompt.Locator("[name=lot]").FillAsync("");
        await prompt.Locator("button[type=submit]").ClickAsync();
        await Expect(page.Locator("[data-step='leach/portion-4']")).ToHaveAttributeAsync("data-state", "done");
        await English(page, "answered");
    }

    private static async Task English(IPage page, string where) => Assert.Empty((await page.EvaluateAsync<string[]>(DutchTests.English)).Select(text => $"{where}: {text}"));
}
