using System.Text.Json;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Crm.Hmi.Tests;

/// <summary>One bench for everything that people do beside each other: leaching, a prompt open, the pH electrode dead.</summary>
[CollectionDefinition(Name)]
public sealed class SharedBench : ICollectionFixture<Bench>
{
    public const string Name = "one bench, several people";
}

/// <summary>Each role as docs/service.md has it: what is grey, why, that the request itself is refused, and that both leave a trace (SEC-06, S88-08).</summary>
[Collection(SharedBench.Name)]
public sealed class RolesTests(Bench bench)
{
    private const string Rig = "/rigs/lithium-pilot";

    /// <summary>What is tried of each, as the page would send it with nothing that fits: whoever may is told so in other words than 403.</summary>
    private const string Try =
        """
        async (paths) => {
          const answers = {};
          for (const [name, path] of Object.entries(paths)) {
            const at = new Date().toISOString();
            const body = { id: crypto.randomUUID(), alarm: 'none', occurrence: 0, value: 0, seenAt: at, step: 'none', sample: 'none', assay: {}, file: 'none', text: '', name: 'none', pace: 1, password: '', roles: [], ask: name !== 'steer' };
            answers[name] = (await fetch('/api/v1' + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })).status;
          }
          return JSON.stringify(answers);
        }
        """;

    private static readonly Dictionary<string, string> Paths = new()
    {
        ["operate"] = Rig + "/batch/restart",
        ["acknowledge"] = Rig + "/alarms/acknowledge",
        ["manual"] = Rig + "/outputs/leach.agitator/manual",
        ["results"] = Rig + "/samples/results",
        ["write"] = Rig + "/recipe-checks",
        ["steer"] = Rig + "/twin/pace",
        ["accounts"] = "/accounts",
    };

    [Theory]
    [InlineData("technician", "operate acknowledge manual results steer")]
    [InlineData("operator", "operate acknowledge results steer")]
    [InlineData("researcher", "results write steer")]
    [InlineData("engineer", "operate acknowledge manual results write steer")]
    [InlineData("maintenance", "acknowledge manual")]
    [InlineData("administrator", "accounts")]
    public async Task Each_role_sees_and_may_do_only_its_own_SEC06(string role, string may)
    {
        string[] mine = may.Split(' ');
        string name = role[..3] + "-" + role.Length;
        var page = await bench.OpenAs(name, role, Rig + "/alarms");
        var plate = page.Locator("#faceplate");

        // Grey is what another role does; each grey key says which.
        var shelve = page.Locator(".alarm[data-alarm='leach.ph-fault']");
        await Expect(shelve).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await shelve.GetByText("Shelve …").ClickAsync();
        await Key(shelve.GetByRole(AriaRole.Button, new() { Name = "Shelve", Exact = true }), "acknowledge");
        await page.GotoAsync(bench.Address + Rig + "/picture");
        await page.Locator("[data-output='leach.agitator']").ClickAsync();
        await Key(plate.Locator("#take-manual"), "manual");
        await Key(page.Locator("[data-pace='1']"), "steer");
        await page.GotoAsync(bench.Address + Rig + "/batch");
        await Key(page.Locator("[data-prompt='leach/portion-4']").GetByRole(AriaRole.Button, new() { Name = "Enter" }), "operate");

        // The request itself, past every page: the controller refuses it, through the relay, and nothing else than the role decides.
        var answers = JsonSerializer.Deserialize<Dictionary<string, int>>(await page.EvaluateAsync<string>(Try, Paths))!;
        Assert.Equal(mine.Order(StringComparer.Ordinal), answers.Where(a => a.Value != 403).Select(a => a.Key).Order(StringComparer.Ordinal));

        // HOLD is everybody's; START and RESTART only of who may operate.
        await Expect(page.Locator("#start")).ToHaveAttributeAsync("aria-disabled", "true");
        await page.Locator("#hold").ClickAsync();
        await Expect(page.Locator("#said")).ToContainTextAsync("HOLD: done");
        await Expect(page.Locator("#batch-state")).ToHaveTextAsync("HELD", new() { Timeout = 30_000 });
        await Key(page.Locator("#start"), "operate");
        await page.GotoAsync(bench.Address + Rig + "/records");
        await page.Locator("#audit-filter").FillAsync(name);
        var trail = page.Locator("#audit tr[data-entry]");
        await Expect(trail.Filter(new() { HasText = "HOLD" }).First).ToBeVisibleAsync(new() { Timeout = 15_000 });
        foreach (var (what, path) in Paths)
            if (!mine.Contains(what) && path.StartsWith(Rig, StringComparison.Ordinal)) await Expect(trail.Filter(new() { HasText = path.Split('/')[^1] }).First).ToContainTextAsync("REFUSED");
        await page.Context.CloseAsync();
        var technician = await bench.Open(Rig + "/batch");
        await technician.Locator("#start").ClickAsync();
        await Expect(technician.Locator("#batch-state")).ToHaveTextAsync("RUNNING", new() { Timeout = 30_000 });
        await technician.CloseAsync();

        async Task Key(ILocator key, string needs)
        {
            bool open = mine.Contains(needs);
            if (open)
            {
                await Expect(key).Not.ToHaveAttributeAsync("aria-disabled", "true");
                return;
            }

            await Expect(key).ToHaveAttributeAsync("aria-disabled", "true");
            await key.ClickAsync(new() { Force = true });
            await Expect(page.Locator("#said")).ToContainTextAsync($"{role} may not do this: it needs");
        }
    }
}
