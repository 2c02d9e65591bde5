using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Crm.Hmi.Tests;

/// <summary>A person at the browser: what they see and what their hands do, in the order a shift does it.</summary>
public sealed class OperatingTests(Demonstration demo) : IClassFixture<Demonstration>
{
    private const string Rig = "/rigs/lithium-pilot";

    [Fact]
    public async Task The_overview_says_twin_and_shows_the_running_batch()
    {
        var page = await demo.Open("/");

        await Expect(page.Locator("#twin")).ToContainTextAsync("TWIN");
        await Expect(page.Locator("#batch-state")).ToHaveTextAsync("RUNNING");
        await Expect(page.Locator("#now-steps")).ToContainTextAsync("peroxide");
        await Expect(page.Locator("[data-tag='leach.temperature'] .number")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"^\d+\.\d$"));
        await Demonstration.Screenshot(page, "overview");
        await page.CloseAsync();
    }

    /// <summary>Values move without a reload (HMI-13).</summary>
    [Fact]
    public async Task Plant_time_goes_on_by_itself()
    {
        var page = await demo.Open("/");
        string before = await page.Locator("#plant-time").InnerTextAsync();

        await Expect(page.Locator("#plant-time")).Not.ToHaveTextAsync(before);
        await page.CloseAsync();
    }

    [Theory]
    [InlineData("/", "overview")]
    [InlineData(Rig + "/picture", "rig")]
    [InlineData(Rig + "/batch", "batch")]
    [InlineData(Rig + "/material", "material")]
    [InlineData(Rig + "/trends", "trends")]
    [InlineData(Rig + "/alarms", "alarms")]
    [InlineData(Rig + "/recipes", "recipes")]
    [InlineData(Rig + "/purity", "purity")]
    [InlineData(Rig + "/about", "about")]
    public async Task Every_page_is_usable_at_1024_by_600(string path, string name)
    {
        var page = await demo.Open(path, 1024, 600);
        foreach (string id in (string[])["#twin", "#alarm-strip", "#batch-state", "#hold", "#stop", "#abort"])
        {
            await Expect(page.Locator(id)).ToBeVisibleAsync();
            var box = (await page.Locator(id).BoundingBoxAsync())!;
            Assert.True(box.X >= 0 && box.X + box.Width <= 1024.5 && box.Y >= 0 && box.Y + box.Height <= 600.5, $"{id} is outside: {box.X} {box.Y} {box.Width} {box.Height}");
        }

        var hold = (await page.Locator("#hold").BoundingBoxAsync())!;
        Assert.True(hold.Height >= 60 && hold.Width >= 75, "HOLD is a glove's target (HMI-20)");
        Assert.Equal(1024, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        if (name == "rig") await Expect(page.Locator("[data-tag='leach.temperature'] canvas[data-drawn]")).ToBeVisibleAsync();
        if (name == "trends") await Expect(page.Locator("#chart canvas").First).ToBeVisibleAsync();
        if (name == "recipes") await Expect(page.Locator("#library [data-recipe]").First).ToBeVisibleAsync();
        await Demonstration.Screenshot(page, name + "-1024x600");
        await page.CloseAsync();
    }

    /// <summary>HOLD is one touch; RESTART goes on (S88, HMI-14, HMI-15).</summary>
    [Fact]
    public async Task Hold_and_restart()
    {
        var page = await demo.Open(Rig + "/batch");
        await page.Locator("#hold").ClickAsync();

        await Expect(page.Locator("#batch-state")).ToHaveTextAsync("HELD", new() { Timeout = 15000 });
        await Expect(page.Locator("#start")).ToHaveTextAsync("RESTART");
        await Demonstration.Screenshot(page, "batch-held");
        await page.Locator("#start").ClickAsync();
        await Expect(page.Locator("#batch-state")).ToHaveTextAsync("RUNNING", new() { Timeout = 30000 });
        await page.CloseAsync();
    }

    /// <summary>A short press of ABORT, and Escape, do nothing but say what it would do (HMI-14, HMI-22).</summary>
    [Fact]
    public async Task Abort_is_not_done_by_a_short_press()
    {
        var page = await demo.Open("/");
        await page.Locator("#abort").ClickAsync();

        await Expect(page.Locator("#said")).ToContainTextAsync("ABORT ends the batch");
        await page.Locator("#stop").FocusAsync();
        await page.Keyboard.DownAsync("Enter");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.UpAsync("Enter");
        await Expect(page.Locator("#said")).ToContainTextAsync("STOP ends the batch");
        await Expect(page.Locator("#batch-state")).Not.ToHaveTextAsync("STOPPING");
        await page.CloseAsync();
    }

    /// <summary>Any object reaches its faceplate in one action; manual is taken, shown everywhere, and given back (HMI-11, HMI-12).</summary>
    [Fact]
    public async Task A_pump_is_taken_to_manual_and_given_back()
    {
        var page = await demo.Open(Rig + "/picture");
        await Demonstration.Screenshot(page, "rig");
        var pump = page.Locator("[data-output='neutralise.alum_pump']");
        await pump.ClickAsync();
        await Expect(page.Locator("#faceplate")).ToContainTextAsync("Aluminium sulfate pump");
        await page.Locator("#manual-value").FillAsync("20");
        await page.Locator("#take-manual").ClickAsync();

        await Expect(pump).ToContainTextAsync("MANUAL");
        await Expect(pump.Locator(".number")).ToHaveTextAsync("20.0");
        var other = await demo.Open(Rig + "/picture");
        await Expect(other.Locator("[data-output='neutralise.alum_pump']")).ToContainTextAsync("MANUAL");
        await other.CloseAsync();
        await Demonstration.Screenshot(page, "faceplate-manual");
        await page.Locator("#give-back").ClickAsync();
        await Expect(pump).Not.ToContainTextAsync("MANUAL");
        await page.CloseAsync();
    }

    /// <summary>What is refused says why, in words, and STOP and ABORT stay in reach beside an open faceplate (HMI-15).</summary>
    [Fact]
    public async Task A_value_out_of_reach_is_explained_and_covers_no_command()
    {
        var page = await demo.Open(Rig + "/picture", 1024, 600);
        await page.Locator("[data-output='leach.heater']").ClickAsync();
        await Expect(page.Locator(".reasons")).ToContainTextAsync("loop drives it");
        var plate = (await page.Locator("#faceplate").BoundingBoxAsync())!;
        var abort = (await page.Locator("#abort").BoundingBoxAsync())!;

        Assert.True(plate.Y + plate.Height <= abort.Y + 1, "the faceplate covers ABORT");
        await Demonstration.Screenshot(page, "faceplate-why-1024x600");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#faceplate")).ToBeHiddenAsync();
        await page.CloseAsync();
    }

    /// <summary>HMI-02: the whole picture of an untroubled plant has no pixel in an alarm's colour.</summary>
    [Theory]
    [InlineData("/")]
    [InlineData(Rig + "/picture")]
    [InlineData(Rig + "/batch")]
    [InlineData(Rig + "/trends")]
    [InlineData(Rig + "/alarms")]
    public async Task An_untroubled_plant_shows_no_alarm_colour(string path)
    {
        var page = await demo.Open(path);
        await page.WaitForFunctionAsync("!document.querySelector('#chart') || document.querySelector('#chart canvas')");
        string picture = Convert.ToBase64String(await page.ScreenshotAsync());
        // Saturated red, amber, yellow or magenta, counted in the browser's own canvas.
        int loud = await page.EvaluateAsync<int>(
            """
            async (data) => {
              const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
              const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
              const canvas = new OffscreenCanvas(image.width, image.height);
              const context = canvas.getContext('2d');
              context.drawImage(image, 0, 0);
              const pixels = context.getImageData(0, 0, image.width, image.height).data;
              let count = 0;
              for (let i = 0; i < pixels.length; i += 4) {
                const [r, g, b] = [pixels[i], pixels[i + 1], pixels[i + 2]];
                const high = Math.max(r, g, b), low = Math.min(r, g, b);
                if (high < 120 || (high - low) / high < 0.55) continue;
                const alarm = r === high && (b < 0.75 * r || g < 0.5 * r);
                if (alarm) count++;
              }
              return count;
            }
            """, picture);

        Assert.Equal(0, loud);
        await page.CloseAsync();
    }

    /// <summary>Trends draw history before the page was opened, and go on.</summary>
    [Fact]
    public async Task Trends_show_history_and_follow_the_plant()
    {
        var page = await demo.Open(Rig + "/trends?tags=leach.temperature,leach.orp,leach.ph,leach.peroxide_scale");
        await Expect(page.Locator("#range")).ToContainTextAsync("live");
        await page.GetByRole(AriaRole.Button, new() { Name = "4 h" }).ClickAsync();
        await Expect(page.Locator("#range")).ToContainTextAsync("00:00:00 to");
        await Expect(page.Locator(".pen-value")).ToHaveCountAsync(4);
        await Expect(page.Locator("[data-pen='leach.temperature'] .pen-value")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"^\d+\.\d °C$"));
        // An output is a pen like a tag, drawn as the steps it was told.
        await page.Locator("#add-pen").FillAsync("leach.peroxide_pump");
        await page.Locator("#add-pen").PressAsync("Enter");
        await Expect(page.Locator("[data-pen='leach.peroxide_pump'] .pen-value")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"^\d+\.\d %$"));
        Assert.Contains("leach.peroxide_pump", page.Url, StringComparison.Ordinal);
        await Demonstration.Screenshot(page, "trends");
        await page.CloseAsync();
    }
}
