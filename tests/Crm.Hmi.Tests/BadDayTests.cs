using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Net.Sockets;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Crm.Hmi.Tests;

/// <summary>A technician with a dead electrode, a prompt, and a controller that goes away.</summary>
public sealed class BadDayTests(Bench bench) : IClassFixture<Bench>
{
    private const string Rig = "/rigs/lithium-pilot";

    /// <summary>HMI-16, HMI-18: a dead instrument never looks like a number; its alarm is on every page with its shape and number.</summary>
    [Fact]
    public async Task A_dead_electrode_looks_dead_and_its_alarm_is_acknowledged()
    {
        var page = await bench.Open(Rig + "/picture");
        var electrode = page.Locator("[data-tag='leach.ph']");
        await Expect(electrode).ToHaveAttributeAsync("data-quality", "bad");
        await Expect(electrode).Not.ToContainTextAsync(new System.Text.RegularExpressions.Regex(@"\d"));
        await Expect(page.Locator("#alarm-strip .glyph").First).ToBeVisibleAsync();
        await Demonstration.Screenshot(page, "rig-bad-value");
        await page.GotoAsync(bench.Address + Rig + "/alarms");
        var alarm = page.Locator(".alarm[data-alarm*='leach.ph']");
        await Expect(alarm).ToHaveAttributeAsync("data-state", "UnacknowledgedActive", new() { Timeout = 30000 });
        await Demonstration.Screenshot(page, "alarms");
        await alarm.GetByRole(AriaRole.Button, new() { Name = "Acknowledge", Exact = true }).ClickAsync();
        await Expect(alarm).ToHaveAttributeAsync("data-state", "AcknowledgedActive");
        await alarm.GetByText("Shelve …").ClickAsync();
        await alarm.Locator("form input[type=text]").FillAsync("electrode ordered");
        await alarm.GetByRole(AriaRole.Button, new() { Name = "Shelve", Exact = true }).ClickAsync();
        await Expect(page.Locator("[data-aside*='leach.ph']")).ToContainTextAsync("electrode ordered");
        await page.Locator("[data-aside*='leach.ph'] button").ClickAsync();
        await Expect(alarm).ToBeVisibleAsync();
        await page.CloseAsync();
    }

    /// <summary>A weighing prompt: the twin's hands weigh, the person looks and enters, the procedure goes on.</summary>
    [Fact]
    public async Task A_prompt_is_answered()
    {
        var page = await bench.Open(Rig + "/batch");
        var prompt = page.Locator("[data-prompt='leach/portion-4']");
        await Expect(prompt).ToContainTextAsync("P3 respirator");
        await Expect(page.Locator("#pace-why")).ToHaveTextAsync("");
        await prompt.Locator("[data-twin-work]").ClickAsync();
        await Expect(prompt.Locator("[name=mass]")).Not.ToHaveValueAsync("");
        await Demonstration.Screenshot(page, "batch-prompt");
        await prompt.GetByRole(AriaRole.Button, new() { Name = "Enter" }).ClickAsync();

        await Expect(prompt).ToBeHiddenAsync();
        await Expect(page.Locator("[data-step='leach/portion-4']")).ToHaveAttributeAsync("data-state", "done");
        await Expect(page.Locator("[data-step='leach/wet-out']")).ToHaveAttributeAsync("data-state", "active");
        await page.CloseAsync();
    }
}

/// <summary>HMI-17: kill -9 of the controller, and its return.</summary>
public sealed class LostControllerTests(Bench bench) : IClassFixture<Bench>
{
    [Fact]
    public async Task Every_page_says_so_within_two_seconds_and_comes_back_by_itself()
    {
        var page = await bench.Open("/rigs/lithium-pilot/picture");
        await Expect(page.Locator("#lost")).ToBeHiddenAsync();
        using var client = new HttpClient();
        Assert.Equal("healthy\n", await client.GetStringAsync(bench.Address + "/health", TestContext.Current.CancellationToken));
        await bench.Controller!.Kill();
        var since = Stopwatch.StartNew();
        await page.Locator("#lost:not([hidden])").WaitForAsync();

        // Two seconds are asked of the page; the rest is what a loaded test machine adds to looking.
        Assert.True(since.Elapsed < TimeSpan.FromSeconds(4), $"the page was silent for {since.Elapsed}");
        Assert.True(await page.EvaluateAsync<double>("performance.now()") > 0);
        await Expect(page.Locator("body")).ToHaveClassAsync("is-lost");
        await Demonstration.Screenshot(page, "controller-lost");
        await Expect(page.Locator("#skip")).ToBeDisabledAsync();
        await Expect(page.Locator("#lost")).ToContainTextAsync("emergency stop");
        // HOLD is tried, and says that it did not arrive and what is left.
        await page.Locator("#hold").ClickAsync();
        await Expect(page.Locator("#said")).ToContainTextAsync("HOLD refused: the controller does not answer. Use the rig's own emergency stop.");

        await bench.StartController();
        await Expect(page.Locator("#lost")).ToBeHiddenAsync(new() { Timeout = 30000 });
        await Expect(page.Locator("#batch-state")).ToHaveTextAsync("RUNNING");
        await Expect(page.Locator("#skip")).ToBeEnabledAsync();

        // A session that is over by the time the controller is back: whoever waits in front of the page is led to sign in.
        await bench.Controller!.Kill();
        await page.Locator("#lost:not([hidden])").WaitForAsync();
        string accounts = Path.Combine(bench.Data, "accounts.json");
        JsonNode access = JsonNode.Parse(await File.ReadAllTextAsync(accounts, TestContext.Current.CancellationToken))!;
        access["sessions"] = new JsonArray();
        await File.WriteAllTextAsync(accounts, access.ToJsonString(), TestContext.Current.CancellationToken);
        await bench.StartController();
        await page.WaitForURLAsync("**/sign-in", new() { Timeout = 30000 });
        await page.CloseAsync();
    }
}

/// <summary>A bench in the middle of a dose.</summary>
public sealed class DosingBench : Bench
{
    protected override string[] Beginning => ["--from", "leach/acid+10min"];
}

/// <summary>S88-22: kill -9 of the controller, started again on its record.</summary>
public sealed class RecoveryCardTests(DosingBench bench) : IClassFixture<DosingBench>
{
    [Fact]
    public async Task The_batch_page_says_what_was_lost_and_a_person_decides_with_a_reason()
    {
        var page = await bench.Open("/rigs/lithium-pilot/batch");
        await Expect(page.Locator("#recovery")).ToBeHiddenAsync();
        await bench.Controller!.Kill();
        await bench.StartAgain();
        await Expect(page.Locator("#batch-state")).ToHaveTextAsync("HELD", new() { Timeout = 30000 });
        var card = page.Locator("#recovery");
        await Expect(card).ToContainTextAsync("Nobody was in charge for");
        await Expect(card).ToContainTextAsync("leach.agitator");
        var step = card.Locator("[data-recover='leach/acid']");
        await Expect(step.GetByRole(AriaRole.Button, new() { Name = "REPEAT" })).ToHaveCountAsync(0);
        // What was done before is shown as done, and is not what comes next.
        await Expect(page.Locator("[data-step='leach/water']")).ToHaveAttributeAsync("data-state", "done");
        await Expect(page.Locator("#next li").First).ToContainTextAsync("Heat warm");
        await Demonstration.Screenshot(page, "batch-recovery");
        await step.Locator("[name=reason]").FillAsync("drum scale and level looked at");
        await step.GetByRole(AriaRole.Button, new() { Name = "RESUME" }).ClickAsync();

        await Expect(step).ToHaveAttributeAsync("data-decision", "resume");
        await Expect(card).ToContainTextAsync("then RESTART");
        await page.CloseAsync();
    }
}

/// <summary>Ends without leftovers.</summary>
public sealed class DemonstrationEndsTests
{
    /// <summary>SIGTERM: exit code 0 and no HMI left behind. kill -9: the HMI notices and goes as well.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_orphan_is_left(bool orderly)
    {
        string data = Directory.CreateTempSubdirectory("crm-end-").FullName;
        await using var program = new Program("crm demo", "demo", "--data", data, "--port", "0", "--from", "1min", "--predict", "false");
        int port = int.Parse((await program.Start(@"http://127\.0\.0\.1:(\d+)/sign-in")).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(Listens(port));

        if (orderly)
        {
            await program.Terminate();
            Assert.Equal(0, program.ExitCode);
            Assert.Contains("crm: lithium-pilot: the service stops: confirmed, feeds and heaters are off", program.Output, StringComparison.Ordinal);
        }
        else
        {
            await program.Kill();
        }

        var since = Stopwatch.StartNew();
        while (Listens(port)) Assert.True(since.Elapsed < TimeSpan.FromSeconds(20), "the HMI lives on");
        Directory.Delete(data, recursive: true);
    }

    /// <summary>The HMI is disposable: killed, it is started again on its port, and the person is still signed in.</summary>
    [Fact]
    public async Task A_killed_HMI_comes_back_on_its_port()
    {
        string data = Directory.CreateTempSubdirectory("crm-hmi-").FullName;
        await using var program = new Program("crm demo", "demo", "--data", data, "--port", "0", "--from", "1min", "--predict", "false");
        var link = await program.Start(@"(http://127\.0\.0\.1:(\d+))/sign-in/\w+");
        using var person = new HttpClient(new SocketsHttpHandler());
        Assert.Contains("TWIN", await person.GetStringAsync(link.Value, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using (var kill = Process.Start("pkill", ["-KILL", "-P", program.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        int port = int.Parse(link.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture);
        var since = Stopwatch.StartNew();
        while (!program.Output.Contains("starting it again", StringComparison.Ordinal) || !Listens(port)) Assert.True(since.Elapsed < TimeSpan.FromSeconds(30), "the HMI stays away");

        Assert.Contains("TWIN", await person.GetStringAsync(link.Groups[1].Value + "/", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await program.Terminate();
        Directory.Delete(data, recursive: true);
    }

    private static bool Listens(int port)
    {
        using var client = new TcpClient();
        try
        {
            client.Connect("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
