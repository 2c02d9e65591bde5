using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Crm.Hmi.Tests;

/// <summary>The bench kit, with a researcher in front of it.</summary>
public sealed class RecipeBench : Bench
{
    protected override string[] Beginning => ["--recipe", Path.Combine(Tree.Root, "recipes", "bench", "neutralise-soda-liquor.yaml")];

    protected override string Role => "researcher";
}

/// <summary>A recipe from its first change to its approval, in the browser: written with findings beside it, kept as a draft, tried on a twin, signed by two (decision 16).</summary>
public sealed class RecipesTests(RecipeBench bench) : IClassFixture<RecipeBench>
{
    private const string Place = "/rigs/bench-kit/recipes";

    [Fact]
    public async Task A_recipe_is_edited_checked_tried_on_a_twin_and_approved_by_two()
    {
        var page = await bench.Open(Place);
        var text = page.Locator("#editor .cm-content");
        await Expect(text).ToContainTextAsync("bench/neutralise-soda-liquor", new() { Timeout = 30_000 });
        await Expect(page.Locator("[data-recipe='neutralise-soda-liquor.yaml']")).ToContainTextAsync("DRAFT");
        await Expect(page.Locator("#chart img")).ToBeVisibleAsync();
        Assert.True(await page.Locator("#chart img").EvaluateAsync<int>("i => i.naturalWidth") > 100, "the chart is drawn");

        // A mistake is found while it is written, with its line; taken back it is gone.
        await text.ClickAsync();
        await page.Keyboard.PressAsync("Control+Home");
        await page.Keyboard.InsertTextAsync("reciep: wrong\n");
        await Expect(page.Locator("#finding-count")).ToContainTextAsync(new Regex("[1-9]\\d* mistake"), new() { Timeout = 30_000 });
        await Expect(page.Locator(".finding[data-advice=false]").First).ToContainTextAsync("reciep");
        await Expect(page.Locator("#editor .cm-lint-marker-error").First).ToBeVisibleAsync();
        await Demonstration.Screenshot(page, "recipe-finding");
        await page.Keyboard.PressAsync("Control+z");
        await Expect(page.Locator("#finding-count")).Not.ToContainTextAsync(new Regex("[1-9]\\d* mistake"), new() { Timeout = 30_000 });

        await RecipeEditing.Line(page, text, "bench/neutralise-soda-liquor.yaml", "  hold_time:   {value: 3 min", _ => "  hold_time:   {value: 4 min, range: 1..30 min, label: Time at temperature after the pH}");
        await Expect(page.Locator("#changes")).ToContainTextAsync("4 min", new() { Timeout = 30_000 });
        await page.Locator("#draft-name").FillAsync("longer");
        await page.Locator("#save-draft").ClickAsync();
        await Expect(page.Locator("#said")).ToContainTextAsync("saved as drafts/longer.yaml", new() { Timeout = 30_000 });
        await Expect(page.Locator("[data-recipe='drafts/longer.yaml']")).ToHaveAttributeAsync("aria-pressed", "true", new() { Timeout = 30_000 });

        await page.Locator("#begin-dry-run").ClickAsync();
        await Expect(page.Locator("#dry-run")).ToContainTextAsync("✓ in specification", new() { Timeout = 180_000 });
        await Expect(page.Locator("#dry-run")).ToContainTextAsync("% of Na");
        await page.Locator("#dry-run").ScrollIntoViewIfNeededAsync();
        await Demonstration.Screenshot(page, "recipe-dry-run");

        await Sign(page, Bench.Password);
        await Expect(page.Locator("#signature-waits")).ToContainTextAsync("put forward by tessa", new() { Timeout = 30_000 });
        var other = await bench.OpenAs("emil", "engineer", Place + "#drafts%2Flonger.yaml");
        await Expect(other.Locator("#signature-waits")).ToContainTextAsync("put forward by tessa", new() { Timeout = 30_000 });
        await Sign(other, "not the password of emil");
        await Expect(other.Locator("#said")).ToContainTextAsync("the password is wrong", new() { Timeout = 30_000 });
        await Sign(other, Bench.Password, open: false);
        await Expect(other.Locator("[data-recipe='drafts/longer.yaml'] .chip")).ToHaveTextAsync("APPROVED", new() { Timeout = 30_000 });
        await Expect(other.Locator("#signature-history")).ToContainTextAsync("emil", new() { Timeout = 30_000 });
        await Demonstration.Screenshot(other, "recipe-approved");

        // What is signed is not written over.
        await page.ReloadAsync();
        await Expect(text).ToContainTextAsync("bench/neutralise-soda-liquor", new() { Timeout = 30_000 });
        await page.Locator("#save-draft").ClickAsync();
        await Expect(page.Locator("#said")).ToContainTextAsync("it is signed (approved", new() { Timeout = 30_000 });
    }

    private static async Task Sign(IPage page, string password, bool open = true)
    {
        if (open) await page.Locator("#sign-box summary").ClickAsync();
        await page.Locator("#sign-box [name=reason]").FillAsync("tried on the twin, in grade");
        await page.Locator("#sign-box [name=password]").FillAsync(password);
        await page.Locator("#sign").ClickAsync();
    }
}
