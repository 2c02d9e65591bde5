using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Crm.Hmi.Tests;

/// <summary>An administrator gives somebody an account in the browser and takes it back; everybody changes their own password (SEC-01, SEC-06, SEC-19).</summary>
public sealed class AccountsTests(IdleBench bench) : IClassFixture<IdleBench>
{
    private const string About = "/rigs/bench-kit/about", Second = "crystallise slowly, wash twice";

    [Fact]
    public async Task An_account_is_made_used_changed_and_closed()
    {
        var page = await bench.OpenAs("ada", "administrator", "/");
        await page.Locator("#needs-you").GetByText("Accounts: who may sign in").ClickAsync();
        var accounts = page.Locator("#accounts");
        await accounts.GetByText("Make an account …").ClickAsync();
        var form = accounts.Locator("#new-account");
        await form.GetByLabel("Name").FillAsync("timo");
        await form.GetByLabel("Password").FillAsync("short");
        await form.GetByLabel("technician").CheckAsync();
        await form.GetByRole(AriaRole.Button, new() { Name = "Make account" }).ClickAsync();
        await Expect(page.Locator("#said")).ToContainTextAsync("Account timo refused: the password needs at least 12 characters");
        await form.GetByLabel("Password").FillAsync(Bench.Password);
        await form.GetByRole(AriaRole.Button, new() { Name = "Make account" }).ClickAsync();
        await Expect(page.Locator("#said")).ToContainTextAsync("Account timo: done");
        var timo = accounts.Locator("[data-account='timo']");
        await Expect(timo).ToContainTextAsync("technician");

        await using var browser = await bench.Chromium();
        var his = await (await browser.NewContextAsync()).NewPageAsync();
        await his.GotoAsync(bench.Address + "/sign-in");
        await Bench.Enter(his, "timo", Bench.Password);
        await his.GetByRole(AriaRole.Link, new() { Name = "timo" }).ClickAsync();
        await his.Locator("body[data-ready=true]").WaitForAsync();
        await Expect(his.Locator("#new-account")).ToHaveCountAsync(0);
        await his.GetByText("Change your password …").ClickAsync();
        await his.GetByLabel("Password so far").FillAsync("not the one at all");
        await his.GetByLabel("New password").FillAsync(Second);
        await his.GetByRole(AriaRole.Button, new() { Name = "Change password" }).ClickAsync();
        await Expect(his.Locator("#said")).ToContainTextAsync("Your password refused: the password is wrong");
        await his.GetByLabel("Password so far").FillAsync(Bench.Password);
        await his.GetByRole(AriaRole.Button, new() { Name = "Change password" }).ClickAsync();
        await Expect(his.Locator("#said")).ToContainTextAsync("Your password: done");

        await page.ReloadAsync();
        await page.Locator("body[data-ready=true]").WaitForAsync();
        await Expect(page.Locator("#account-note")).ToBeHiddenAsync();
        await timo.Locator("summary").ClickAsync();
        await Expect(timo).ToContainTextAsync("1 session open");
        await Demonstration.Screenshot(page, "accounts");
        await timo.GetByLabel("engineer").CheckAsync();
        await timo.GetByRole(AriaRole.Button, new() { Name = "Change roles" }).ClickAsync();
        await Expect(timo.Locator("summary")).ToContainTextAsync("technician, engineer");
        await timo.Locator("summary").ClickAsync();
        await timo.GetByRole(AriaRole.Button, new() { Name = "Close account" }).ClickAsync();
        await Expect(timo).ToHaveAttributeAsync("data-closed", "true");

        // Whoever sits in front of the page of a closed account is led to the door at once.
        await his.WaitForURLAsync("**/sign-in", new() { Timeout = 15_000 });
        await his.Locator("[name=name]").FillAsync("timo");
        await his.Locator("[name=password]").FillAsync(Second);
        await his.Locator("button[type=submit]").ClickAsync();
        await Expect(his.Locator("[role=alert]")).ToContainTextAsync("name or password is wrong");
        // The only administrator who could make accounts tomorrow does not lock everybody out.
        await accounts.Locator("[data-account='ada'] summary").ClickAsync();
        await accounts.Locator("[data-account='ada']").GetByRole(AriaRole.Button, new() { Name = "Close account" }).ClickAsync();
        await Expect(page.Locator("#said")).ToContainTextAsync("last administrator");
    }
}
