using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Crm.Hmi.Tests;

/// <summary>A person who reads Dutch reads every page in Dutch; nobody else notices (decision 18).</summary>
public sealed class DutchTests(Demonstration demonstration) : IClassFixture<Demonstration>
{
    private const string Rig = "/rigs/lithium-pilot/";

    /// <summary>A page, and what is there when it has been drawn.</summary>
    private static readonly (string Name, string Drawn)[] Pages =
    [
        ("overview", "#now-steps .step-now"), ("picture", "[data-unit=leach] .value"), ("batch", "#steps li"), ("material", "#places tr[data-place]"), ("trends", "#pens .pen"), ("alarms", "#events tr"),
        ("purity", "#limits tr[data-analyte]"), ("water", "#loop-now tr"), ("recipes", "#recipe-head h2"), ("records", "#audit tr[data-entry]"), ("about", "#hard-wired-list .alarm"),
    ];

    /// <summary>Common English words that are no Dutch ones, in text that is not marked as English.</summary>
    internal const string English = """
        () => {
          const common = /\b(the|and|not|with|are|for|from|no|to|by|it|its|this|that|has|have|on|off|until|what|who|when|where|which|nothing|nobody|yes|you|your|an|good|bad|since|asked|waits|running out)\b/i;
          const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          for (let at = walk.nextNode(); at; at = walk.nextNode())
            if (!at.parentElement.closest('[lang=en], script, style') && common.test(at.textContent)) found.push(at.textContent.trim());
          for (const field of document.querySelectorAll('[placeholder]')) if (common.test(field.placeholder)) found.push(`placeholder: ${field.placeholder}`);
          return [...new Set(found)];
        }
        """;

    [Fact]
    public async Task Every_page_is_read_in_Dutch_by_who_chose_it()
    {
        var page = await demonstration.Open("/");
        await page.GetByRole(AriaRole.Button, new() { Name = "Nederlands" }).ClickAsync();
        var english = new List<string>();
        foreach (var (name, drawn) in Pages)
        {
            await page.GotoAsync(demonstration.Address + (name == "overview" ? "/" : Rig + name));
            await page.Locator("body[data-ready=true]").WaitForAsync();
            await page.Locator(drawn).First.WaitForAsync(new() { Timeout = 60_000, State = WaitForSelectorState.Attached });
            await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "nl");
            english.AddRange(await InEnglish(page, name));
            await Demonstration.Screenshot(page, name + "-nl");
            await page.EvaluateAsync("() => { for (const folded of document.querySelectorAll('details')) folded.open = true; }");
            english.AddRange(await InEnglish(page, name + ", unfolded"));
        }

        await page.GotoAsync(demonstration.Address + Rig + "picture");
        foreach (string plate in (string[])["[data-output='leach.agitator']", "[data-open-unit=leach]", "[data-loop='leach.temperature_loop']", "[data-tag='leach.temperature']"])
        {
            await page.Locator(plate).First.ClickAsync();
            await Expect(page.Locator("#faceplate h2")).ToBeVisibleAsync();
            english.AddRange(await InEnglish(page, "faceplate of " + plate));
        }

        await Demonstration.Screenshot(page, "faceplate-nl");
        Assert.True(english.Count == 0, string.Join('\n', english));
        await page.CloseAsync();
    }

    /// <summary>Commands and states stay the standard's words; what they mean and what became of them is said in Dutch.</summary>
    [Fact]
    public async Task Its_keys_work_in_Dutch_and_others_see_English()
    {
        var page = await demonstration.Open(Rig + "batch", 1024, 600);
        await page.GetByRole(AriaRole.Button, new() { Name = "Nederlands" }).ClickAsync();
        await page.Locator("body[data-ready=true]").WaitForAsync();
        Assert.Equal(1024, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        foreach (var target in await page.Locator(".top button").AllAsync()) Assert.True((await target.BoundingBoxAsync())! is { Height: >= 24, Width: >= 24 }, "a target of the head (HMI-20)");

        await page.GetByRole(AriaRole.Button, new() { Name = "HOLD", Exact = true }).ClickAsync();
        await Expect(page.Locator("#said")).ToContainTextAsync("HOLD: gedaan");
        await Expect(page.Locator("#batch-state")).ToHaveTextAsync("HELD", new() { Timeout = 15_000 });
        await Expect(page.Locator("#batch-gloss")).ToHaveTextAsync("vastgehouden");
        await Dutch(page, "held");
        await Demonstration.Screenshot(page, "batch-held-nl-1024x600");
        await page.Locator("#stop").ClickAsync();
        await Expect(page.Locator("#said")).ToContainTextAsync("STOP beëindigt de batch");
        await page.GetByPlaceholder("wat u zag of deed").FillAsync("roerder nagekeken");
        await page.GetByRole(AriaRole.Button, new() { Name = "Opmerking in het dossier" }).ClickAsync();
        await Expect(page.Locator("#said")).ToContainTextAsync("Opmerking: gedaan");

        var other = await demonstration.Open(Rig + "batch");
        await Expect(other.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await Expect(other.Locator("#batch-gloss")).ToHaveTextAsync("");
        await Expect(other.GetByRole(AriaRole.Heading, new() { Name = "Waits for you" })).ToBeVisibleAsync();
        await Expect(other.Locator("script[src*=dutch]")).ToHaveCountAsync(0);
        await page.Locator("#start").ClickAsync();
        await Expect(page.Locator("#batch-state")).ToHaveTextAsync("RUNNING", new() { Timeout = 30_000 });
        await other.CloseAsync();
        await page.CloseAsync();
    }

    /// <summary>Where nobody is known the browser's own language is spoken, until another is asked for.</summary>
    [Fact]
    public async Task The_sign_in_page_speaks_the_language_of_the_browser()
    {
        await using var context = await demonstration.Browser!.NewContextAsync(new() { Locale = "nl-NL" });
        var page = await context.NewPageAsync();
        await page.GotoAsync(demonstration.Address + "/sign-in");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "nl");
        await Dutch(page, "sign-in");
        await Demonstration.Screenshot(page, "sign-in-nl");
        await page.GetByLabel("Naam").FillAsync("jan");
        await page.GetByLabel("Wachtwoord").FillAsync("not the password");
        await page.GetByRole(AriaRole.Button, new() { Name = "Aanmelden" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("naam of wachtwoord klopt niet");

        await page.GetByRole(AriaRole.Button, new() { Name = "English" }).ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign in" })).ToBeVisibleAsync();
    }

    private static async Task<IEnumerable<string>> InEnglish(IPage page, string where) => (await page.EvaluateAsync<string[]>(English)).Select(text => $"{where}: {text}");

    private static async Task Dutch(IPage page, string where) => Assert.Empty(await InEnglish(page, where));
}
