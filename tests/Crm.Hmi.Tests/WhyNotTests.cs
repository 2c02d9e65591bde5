using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Crm.Hmi.Tests;

/// <summary>Somebody who may look, enter results and steer the twin, and nothing else: most keys are grey.</summary>
public sealed class ResearcherBench : Bench
{
    protected override string Role => "researcher";
}

/// <summary>No key of any page is dead: pressed, every grey one says what stands against it (S88-20).</summary>
public sealed class WhyNotTests(Bench technician, ResearcherBench researcher) : IClassFixture<Bench>, IClassFixture<ResearcherBench>
{
    private const string Rig = "/rigs/lithium-pilot";

    /// <summary>Presses every grey control of the page in the way it wants to be pressed, and returns those that stay silent; and whatever is dead altogether.</summary>
    private const string PressAll =
        """
        async () => {
          const name = (e) => `${e.tagName.toLowerCase()} '${(e.textContent || e.getAttribute('aria-label') || e.name || e.id).trim().slice(0, 60)}'`;
          const said = document.getElementById('said');
          const silent = [...document.querySelectorAll('button:disabled, input:disabled, select:disabled, option:disabled')].map((e) => `${name(e)} is disabled and can say nothing`);
          let pressed = 0;
          for (const control of [...document.querySelectorAll('[aria-disabled="true"]')]) {
            if (!control.isConnected || control.getAttribute('aria-disabled') !== 'true') continue;
            said.replaceChildren();
            delete said.dataset.kind;
            control.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
            control.click();
            pressed++;
            const until = performance.now() + 8000;
            while (performance.now() < until && !(said.dataset.kind === 'refused' && said.textContent.length > 12)) await new Promise((go) => setTimeout(go, 20));
            if (said.dataset.kind !== 'refused') silent.push(`${name(control)} says nothing: '${said.textContent}'`);
          }
          return { silent, pressed };
        }
        """;

    public static TheoryData<bool, string, string, int> Pages => new()
    {
        { true, "/", "", 1 },
        { true, Rig + "/picture", "", 1 },
        { true, Rig + "/picture", "[data-open-unit='leach']", 3 },
        { true, Rig + "/picture", "[data-open-unit='neutralise']", 6 },
        { true, Rig + "/picture", "[data-loop='leach.temperature_loop']", 3 },
        { true, Rig + "/picture", "[data-output='leach.heater']", 1 },
        { true, Rig + "/picture", "[data-tag='leach.temperature']", 1 },
        { true, Rig + "/batch", "", 1 },
        { true, Rig + "/trends", "", 1 },
        { true, Rig + "/alarms", "", 30 },
        { true, Rig + "/alarms", "#alarm-strip .strip-text", 30 },
        { true, Rig + "/about", "", 1 },
        { false, Rig + "/material", "", 1 },
        { false, "/", "", 2 },
        { false, Rig + "/picture", "[data-open-unit='leach']", 8 },
        { false, Rig + "/picture", "[data-loop='leach.temperature_loop']", 6 },
        { false, Rig + "/picture", "[data-output='leach.heater']", 3 },
        { false, Rig + "/batch", "", 7 },
        { false, Rig + "/trends", "", 1 },
        { false, Rig + "/alarms", "#alarm-strip .strip-text", 35 },
        { false, Rig + "/about", "", 1 },
    };

    /// <param name="open">What is opened on the page first.</param>
    /// <param name="least">Grey keys there are at least: a walk that finds none proves nothing.</param>
    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Every_grey_key_of_every_page_says_why_not_S88_20(bool isTechnician, string path, string open, int least)
    {
        var page = await (isTechnician ? technician : researcher).Open(path);
        await page.Locator("#alarm-strip .strip-text").WaitForAsync(new() { Timeout = 30000 });
        if (open.Length > 0) await page.Locator(open).First.ClickAsync();
        await page.EvaluateAsync("document.querySelectorAll('details').forEach((d) => { d.open = true; })");
        if (path.EndsWith("/batch", StringComparison.Ordinal)) await Expect(page.Locator("#further-recipe option").First).ToBeAttachedAsync();
        if (open.Contains("loop", StringComparison.Ordinal)) await page.Locator("#faceplate [data-command$='/mode']").First.WaitForAsync();

        var found = await page.EvaluateAsync<Found>(PressAll);

        Assert.Empty(found.Silent);
        Assert.True(found.Pressed >= least, $"{found.Pressed} grey keys found, {least} expected at least");
        await page.CloseAsync();
    }

    private sealed class Found
    {
        public string[] Silent { get; set; } = [];

        public int Pressed { get; set; }
    }
}
