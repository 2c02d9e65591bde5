using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Crm.Hmi.Tests;

/// <summary>What instruments vote, what people propose to a loop, and a further batch with values of its own, each where a person would look for it (SAF-11, PID-18, PID-19, S88-16).</summary>
public sealed class ProposalTests(Demonstration demo) : IClassFixture<Demonstration>
{
    private const string Rig = "/rigs/lithium-pilot";

    /// <summary>SAF-11, SAF-12: voted value, channels and the vote that is left; a value by hand in one of three is seen in all of them.</summary>
    [Fact]
    public async Task Votes_are_on_the_faceplate_of_each_instrument_and_of_the_loop()
    {
        var page = await demo.Open(Rig + "/picture");
        await page.Locator("[data-tag='leach.temperature']").ClickAsync();
        var vote = page.Locator("[data-vote='leach.temperature_loop']");
        await Expect(vote).ToContainTextAsync("median of 3");
        await Expect(vote.Locator(".voted")).ToHaveTextAsync(new Regex(@"^\d+\.\d °C$"));
        await Expect(vote.Locator("[data-channel]")).ToHaveCountAsync(3);
        await Expect(page.Locator(".vote .chip").GetByText("2oo3").First).ToBeVisibleAsync();
        await Expect(page.Locator("[data-channel='leach.temperature_b']").Last).ToContainTextAsync("votes to go on");
        await vote.ScrollIntoViewIfNeededAsync();
        await Demonstration.Screenshot(page, "tag-votes");
        await page.Locator("[data-loop='leach.temperature_loop']").First.ClickAsync();
        await Expect(page.Locator("[data-vote='leach.temperature_loop']")).ToContainTextAsync("counts");
        await page.CloseAsync();
    }

    /// <summary>PID-18, PID-19: proposed, seen beside what is in use, used by a press, taken back by another.</summary>
    [Fact]
    public async Task A_tuning_is_proposed_by_hand_and_by_SIMC_and_a_person_accepts_it()
    {
        var page = await demo.Open(Rig + "/picture");
        await page.Locator("[data-loop='neutralise.temperature_loop']").ClickAsync();
        var plate = page.Locator("#faceplate");
        await plate.Locator("#propose-tuning > summary").ClickAsync();
        var form = plate.Locator("#propose-form");
        await Expect(form.Locator("[name=gain]")).ToHaveValueAsync("5");
        await form.Locator("[name=gain]").FillAsync("4");
        await form.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(plate.Locator("#proposed-tuning")).ToContainTextAsync("Kc 4, Ti 450 s");
        await plate.Locator("#propose-tuning").ScrollIntoViewIfNeededAsync();
        await Demonstration.Screenshot(page, "loop-proposal");
        var simc = plate.Locator("#simc-form");
        await simc.Locator("[name=gain]").FillAsync("0.5");
        await simc.Locator("[name=lag]").FillAsync("600");
        await simc.Locator("[name=delay]").FillAsync("60");
        await simc.Locator("[name=closedLoop]").FillAsync("120");
        await simc.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(plate.Locator("#proposed-tuning")).ToContainTextAsync("Kc 6.6667, Ti 600 s");
        await plate.Locator("[data-command$='/tuning/apply']").ClickAsync();
        await Expect(plate.Locator(".tuning")).ToContainTextAsync("In use: Kc 6.6667, Ti 600 s");
        await plate.Locator("[data-command$='/tuning/restore']").ClickAsync();
        await Expect(plate.Locator(".tuning")).ToContainTextAsync("In use: Kc 5, Ti 450 s");
        await page.CloseAsync();
    }

    /// <summary>SAF-30: what is overdue stands where everything stands that the next shift must know, and leaves it when the test is on record.</summary>
    [Fact]
    public async Task An_overdue_proof_test_is_in_sight_until_it_is_done()
    {
        var page = await demo.Open(Rig + "/alarms");
        await page.Locator("#all-proof-tests > summary").ClickAsync();
        await Expect(page.Locator("#day")).ToContainTextAsync("Nobody has said what day it is");
        var due = new Regex(@"due (\d{4}-\d{2}-\d{2})").Matches(await page.Locator("#all-proof-tests").InnerTextAsync()).Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal).First();
        await page.Locator("#day [name=day]").FillAsync(due);
        await page.Locator("#day button").ClickAsync();
        var test = page.Locator("#proof-tests [data-proof]").First;
        await Expect(test).ToContainTextAsync("PROOF TEST OVERDUE");
        string row = (await test.GetAttributeAsync("data-proof"))!;
        await Expect(page.Locator("#proof-count")).ToContainTextAsync("overdue");
        await Expect(page.Locator("#alarm-strip .glyph")).ToHaveCountAsync(0);
        await test.Locator(".key").ClickAsync();
        await Expect(page.Locator("#said")).ToContainTextAsync("what was found");
        await test.ScrollIntoViewIfNeededAsync();
        await Demonstration.Screenshot(page, "alarms-proof-test");
        await test.Locator("[name=found]").FillAsync("tripped at 25 %LEL");
        await test.Locator(".key").ClickAsync();
        await Expect(page.Locator($"#proof-tests [data-proof='{row}']")).ToHaveCountAsync(0);
        await Expect(page.Locator("#events")).ToContainTextAsync($"{row}: proof test passed, tripped at 25 %LEL");
        await page.CloseAsync();
    }

    /// <summary>S88-16: a value out of its range begins nothing; one within it is the new batch's own.</summary>
    [Fact]
    public async Task A_further_batch_is_given_formula_values_of_its_own()
    {
        var page = await demo.Open(Rig + "/batch");
        await page.Locator("#further > summary").ClickAsync();
        await page.Locator("#further-formula > summary").ClickAsync();
        var charge = page.Locator("#further-formula [name=charge]");
        await Expect(charge).ToHaveValueAsync("3");
        await charge.FillAsync("30");
        await page.Locator("#begin-batch").ClickAsync();
        await Expect(page.Locator("#said")).ToContainTextAsync("charge = 30 kg is outside its range");
        await charge.FillAsync("2");
        await page.Locator("#begin-batch").ClickAsync();
        await Expect(page.Locator("#said")).ToContainTextAsync("stands beside the others");
        await page.GotoAsync(demo.Address + Rig + "/alarms");
        await Expect(page.Locator("#events")).ToContainTextAsync("put beside the others, charge 2 kg");
        await page.CloseAsync();
    }
}
