using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Crm.Hmi.Tests;

/// <summary>A person sets things aside, takes loops and units in hand, and asks grey keys why not; each seen at the twin or refused in words (S88-20, PID-06, SAF-13 to SAF-17, SAF-33).</summary>
public sealed class AsideTests(Demonstration demo) : IClassFixture<Demonstration>
{
    private const string Rig = "/rigs/lithium-pilot";

    /// <summary>A grey key is pressed all the same: the browser's driver would wait for it to come alive.</summary>
    private static readonly LocatorClickOptions Grey = new() { Force = true };

    /// <summary>SAF-13, SAF-15: a bypass stands on the list with its reason and its end on every screen, and is ended from it.</summary>
    [Fact]
    public async Task A_bypass_is_set_with_a_reason_stands_on_the_list_and_is_ended()
    {
        var page = await demo.Open(Rig + "/alarms");
        await Expect(page.Locator("#aside")).ToContainTextAsync("everything is as built");
        await page.Locator("#matrix > summary").ClickAsync();
        var row = page.Locator("[data-trip='neutralise-alkaline']");
        await row.GetByText("Bypass …").ClickAsync();
        await row.Locator("[data-command$='/bypass']").ClickAsync();
        await Expect(page.Locator("#said")).ToContainTextAsync("it needs a reason in words");
        await row.Locator("[name=reason]").FillAsync("electrode is changed");
        await row.Locator("[data-command$='/bypass']").ClickAsync();

        var stands = page.Locator("[data-aside='neutralise-alkaline']");
        await Expect(stands).ToContainTextAsync("ends by itself in");
        await Expect(stands).ToContainTextAsync("reason: electrode is changed");
        await page.Locator("#matrix > summary").ClickAsync();
        await Demonstration.Screenshot(page, "alarms-aside");
        var other = await demo.Open(Rig + "/alarms");
        await Expect(other.Locator("[data-aside='neutralise-alkaline']")).ToContainTextAsync("by visitor");
        await other.CloseAsync();
        await stands.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.Locator("#aside")).ToContainTextAsync("everything is as built");
        await page.CloseAsync();
    }

    /// <summary>SAF-16: a row that guards people offers no bypass, and its grey key says so.</summary>
    [Fact]
    public async Task A_grey_key_says_why_not()
    {
        var page = await demo.Open(Rig + "/alarms");
        await page.Locator("#matrix > summary").ClickAsync();
        await page.Locator("[data-trip='leach-overheat'] .key").ClickAsync(Grey);
        await Expect(page.Locator("#said")).ToContainTextAsync("it is never bypassed");
        await page.GotoAsync(demo.Address + Rig + "/picture");
        await page.Locator("body[data-ready=true]").WaitForAsync();
        await page.Locator("[data-open-unit='leach']").ClickAsync();
        await page.Locator("#faceplate [data-command='/units/leach/resume']").ClickAsync(Grey);
        await Expect(page.Locator("#said")).ToContainTextAsync("RESUME");
        await Expect(page.Locator("#said")).ToHaveAttributeAsync("data-kind", "refused");
        await page.Locator("#start").ClickAsync(Grey);
        await Expect(page.Locator("#said")).ToContainTextAsync("START not now");
        await Demonstration.Screenshot(page, "unit-faceplate");
        await page.CloseAsync();
    }

    /// <summary>SAF-17: forced, the agitator of the twin turns; let go from the list, it stands.</summary>
    [Fact]
    public async Task A_forced_output_moves_the_twin_and_ends()
    {
        var page = await demo.Open(Rig + "/picture");
        await page.Locator("[data-output='decompose.agitator']").ClickAsync();
        var form = page.Locator("#force");
        await form.Locator("summary").ClickAsync();
        await form.Locator("[name=value]").FillAsync("150");
        await form.Locator("[name=reason]").FillAsync("noise of the gear");
        await form.Locator("[data-command$='/force']").ClickAsync();
        await Expect(page.Locator("[data-output='decompose.agitator']")).ToContainTextAsync("MANUAL");
        await Expect(page.Locator("[data-tag='decompose.agitator_speed'] .number")).ToHaveTextAsync(new Regex(@"^1[0-9]\d$"), new() { Timeout = 30000 });

        await page.GotoAsync(demo.Address + Rig + "/alarms");
        await page.Locator("[data-aside='decompose.agitator'] .key").ClickAsync();
        await Expect(page.Locator("[data-aside='decompose.agitator']")).ToHaveCountAsync(0);
        await page.CloseAsync();
    }

    /// <summary>PID-06: a loop in AUTO takes a person's setpoint, refuses one that cannot be, and is given back.</summary>
    [Fact]
    public async Task A_loop_is_taken_in_hand_and_given_back()
    {
        var page = await demo.Open(Rig + "/picture");
        await page.Locator("[data-loop='neutralise.temperature_loop']").ClickAsync();
        var plate = page.Locator("#faceplate");
        await plate.Locator("[data-command$='/mode']").GetByText("AUTO", new() { Exact = true }).ClickAsync();
        await Expect(plate.Locator("#loop-mode")).ToContainTextAsync("AUTO");
        await plate.Locator("#loop-setpoint").FillAsync("900");
        await plate.Locator("[data-command$='/setpoint']").ClickAsync();
        await Expect(page.Locator("#said")).ToContainTextAsync("is outside");
        await plate.Locator("#loop-setpoint").FillAsync("25");
        await plate.Locator("[data-command$='/setpoint']").ClickAsync();
        await Expect(page.Locator("#said")).ToContainTextAsync("done");
        await plate.Locator("[data-command$='/autotune/start']").ClickAsync();
        await Expect(page.Locator("#said")).ToContainTextAsync("refused");
        await Demonstration.Screenshot(page, "loop-faceplate");
        await plate.Locator("[data-command$='/mode']").GetByText("RCAS", new() { Exact = true }).ClickAsync();
        await Expect(plate.Locator("#loop-mode")).Not.ToContainTextAsync("AUTO");
        await page.CloseAsync();
    }

    /// <summary>S88-20: mode and presence on the Batch page; a refusal stands there with its reason.</summary>
    [Fact]
    public async Task Mode_and_presence_are_set_and_a_refusal_is_kept_in_sight()
    {
        var page = await demo.Open(Rig + "/batch");
        await page.Locator("#modes [data-mode=semi_automatic]").ClickAsync();
        await Expect(page.Locator("#modes [data-mode=semi_automatic]")).ToHaveAttributeAsync("aria-pressed", "true");
        await page.Locator("#modes [data-mode=semi_automatic]").ClickAsync();
        await Expect(page.Locator("#refusals")).ToContainTextAsync("already");
        await page.Locator("#modes [data-mode=automatic]").ClickAsync();
        await Expect(page.Locator("#modes [data-mode=automatic]")).ToHaveAttributeAsync("aria-pressed", "true");
        await page.Locator("[data-command='/presence']").ClickAsync();
        await Expect(page.Locator("#presence")).ToContainTextAsync("At the rig: visitor");
        await page.Locator("#modes").ScrollIntoViewIfNeededAsync();
        await Demonstration.Screenshot(page, "batch-modes");
        await page.CloseAsync();
    }

    /// <summary>S88-17: a further batch is put beside the first, shown, started, and addressed alone.</summary>
    [Fact]
    public async Task A_further_batch_is_begun_shown_and_addressed()
    {
        var page = await demo.Open(Rig + "/batch");
        await page.Locator("#further > summary").ClickAsync();
        await Expect(page.Locator("#further-recipe option").First).ToBeAttachedAsync();
        await page.Locator("#begin-batch").ClickAsync();
        await Expect(page.Locator("#said")).ToContainTextAsync("stands beside the others");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show B2" }).ClickAsync();
        await Expect(page.Locator("#batch-state")).ToHaveTextAsync("IDLE");
        await page.Locator("#start").ClickAsync();
        await Expect(page.Locator("#batch-state")).ToHaveTextAsync("RUNNING");
        await Expect(page.Locator("[data-prompt='line-up']")).ToBeVisibleAsync();
        await page.Locator("#batches").ScrollIntoViewIfNeededAsync();
        await Demonstration.Screenshot(page, "batches");
        await page.Locator("#abort").HoverAsync();
        await page.Mouse.DownAsync();
        await Expect(page.Locator("#batch-state")).ToHaveTextAsync("ABORTED", new() { Timeout = 15000 });
        await page.Mouse.UpAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show B1" }).ClickAsync();
        await Expect(page.Locator("#batch-state")).ToHaveTextAsync("RUNNING");
        await page.CloseAsync();
    }

    /// <summary>SAF-06: what came first is read after the reset, and forgotten by a key that says why not while the row is tripped.</summary>
    [Fact]
    public async Task The_first_out_of_a_row_is_cleared_after_its_reset_SAF06()
    {
        var page = await demo.Open(Rig + "/alarms");
        await Post(page, "/tags/wash_tank.level/substitute", "value: 118, minutes: 5, seenAt: new Date().toISOString(), reason: 'to see the row trip'");
        var tripped = page.Locator("#trips .alarm", new() { HasText = "wash tank overfill" });
        await tripped.GetByText("Clear first-out").ClickAsync(new() { Force = true, Timeout = 15000 });
        await Expect(page.Locator("#said")).ToContainTextAsync("its first-out stays until it has been reset");
        await Post(page, "/tags/wash_tank.level/end-substitute", "");
        await Expect(tripped).ToContainTextAsync("its causes are clear");
        await tripped.GetByRole(AriaRole.Button, new() { Name = "Reset", Exact = true }).ClickAsync();
        var kept = page.Locator("[data-first-out='wash-tank-overfill']");
        await Expect(kept).ToContainTextAsync("is not tripped any more; first out:");
        await Demonstration.Screenshot(page, "first-out");
        await kept.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(kept).ToHaveCountAsync(0);
        await page.CloseAsync();
    }

    private static async Task Post(IPage page, string path, string fields) => Assert.Equal(200, await page.EvaluateAsync<int>(
        $"() => fetch('/api/v1{Rig}{path}', {{ method: 'POST', headers: {{ 'content-type': 'application/json' }}, body: JSON.stringify({{ id: crypto.randomUUID(), {fields} }}) }}).then((r) => r.status)"));

    /// <summary>What is where, of which lots, whose, and what is left on the shelf.</summary>
    [Fact]
    public async Task The_material_book_is_a_page()
    {
        var page = await demo.Open(Rig + "/material");
        var leach = page.Locator("[data-place='leach']");
        await Expect(leach).ToContainTextAsync(new System.Text.RegularExpressions.Regex(@"\d+\.\d L of 35 L, leach liquor"));
        await Expect(leach).ToContainTextAsync("BM-2026-031");
        await Expect(leach).ToContainTextAsync("B1");
        await Expect(leach).ToContainTextAsync("DIRTY");
        await Expect(page.Locator("[data-place='filter1']")).ToContainTextAsync("CLEAN");
        // Another batch would have to empty it first: said where it stands.
        await Expect(page.Locator("[data-place='filter1']")).Not.ToContainTextAsync("HEEL");
        await Expect(page.Locator("[data-lot='SA-2026-114']")).ToContainTextAsync("98 wt%");
        await Expect(page.Locator("[data-lot='SA-2026-114']")).ToContainTextAsync("2031-06-30");
        await Demonstration.Screenshot(page, "material");
        await leach.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.Locator("#faceplate")).ToContainTextAsync("Leach reactor");
        await page.CloseAsync();
    }

    /// <summary>SAF-33: what is hard-wired is listed, and ticked with what was found.</summary>
    [Fact]
    public async Task A_hard_wired_protection_is_ticked()
    {
        var page = await demo.Open(Rig + "/about");
        var stop = page.Locator("[data-hard-wired='emergency_stop']");
        await Expect(stop).ToHaveAttributeAsync("data-ticked", "false");
        await Expect(page.Locator("#hard-wired-count")).ToContainTextAsync("are not ticked");
        await stop.Locator("input").FillAsync("pump stops, agitator turns on");
        await stop.Locator(".key").ClickAsync();
        await Expect(stop).ToHaveAttributeAsync("data-ticked", "true");
        await Expect(stop).ToContainTextAsync("Seen to work by visitor");
        await Demonstration.Screenshot(page, "about");
        await page.CloseAsync();
    }

    /// <summary>NE-05: letter, shape and colour of each mark as it is drawn: share of its width that each sixth of its height fills, and the hue of its fill.</summary>
    [Theory]
    [InlineData(1, "F", 345, 15, "0.50 0.80 0.98 1.00 0.87 0.53")]
    [InlineData(2, "C", 22, 45, "0.90 0.84 0.66 0.48 0.33 0.15")]
    [InlineData(3, "S", 45, 62, "0.13 0.27 0.45 0.63 0.77 0.95")]
    [InlineData(4, "M", 205, 230, "1.00 1.00 1.00 1.00 1.00 1.00")]
    public async Task The_marks_of_instruments_are_letter_shape_and_colour_NE05(int code, string letter, int from, int to, string silhouette)
    {
        var page = await demo.Open(Rig + "/about");
        var mark = page.Locator($"#marks [data-health='{code}'] svg");
        await Expect(mark.Locator("text")).ToHaveTextAsync(letter);
        string picture = Convert.ToBase64String(await mark.ScreenshotAsync());
        var drawn = await page.EvaluateAsync<Drawn>(
            """
            async (data) => {
              const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
              const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
              const canvas = new OffscreenCanvas(image.width, image.height);
              const context = canvas.getContext('2d');
              context.drawImage(image, 0, 0);
              const { data: p } = context.getImageData(0, 0, image.width, image.height);
              const at = (x, y) => [0, 1, 2].map((i) => p[4 * (y * image.width + x) + i]);

              const inside = [];
              let hues = [];
              for (let y = 0; y < image.height; y++) {
                let low = -1, high = -1;
                for (let x = 0; x < image.width; x++) {
                  const [r, g, b] = at(x, y);
                  const most = Math.max(r, g, b), least = Math.min(r, g, b);
                  if (most > 120 && (most - least) / most > 0.5) {
                    const d = most - least;
                    const h = 60 * (most === r ? ((g - b) / d + 6) % 6 : most === g ? (b - r) / d + 2 : (r - g) / d + 4);
                    hues.push(h);
                  } else if (!(most < 100)) continue;
                  if (low < 0) low = x;
                  high = x;
                }
                inside.push(low < 0 ? 0 : high - low + 1);
              }
              const rows = inside.filter((w) => w > 0), widest = Math.max(...rows), sixth = rows.length / 6;
              const widths = [0, 1, 2, 3, 4, 5].map((i) => { const part = rows.slice(Math.floor(i * sixth), Math.max(Math.floor(i * sixth) + 1, Math.floor((i + 1) * sixth))); return part.reduce((a, b) => a + b, 0) / part.length / widest; });
              hues = hues.map((h) => (h > 345 ? h - 360 : h)).sort((a, b) => a - b);
              return { hue: hues[Math.floor(hues.length / 2)] ?? -1, widths };
            }
            """, picture);

        double hue = from > 300 && drawn.Hue < 180 ? drawn.Hue + 360 : drawn.Hue;
        Assert.InRange(hue, from, from > to ? to + 360 : to);
        double[] expected = [.. silhouette.Split(' ').Select(w => double.Parse(w, System.Globalization.CultureInfo.InvariantCulture))];
        string got = string.Join(' ', drawn.Widths.Select(w => w.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture)));
        // The ends depend on where the shape falls between two pixels.
        Assert.True(expected.Zip(drawn.Widths).Select((p, i) => Math.Abs(p.First - p.Second) <= (i is 0 or 5 ? 0.3 : 0.13)).All(near => near), $"{letter} is drawn as {got}, expected {silhouette}");
        await page.CloseAsync();
    }

    private sealed class Drawn
    {
        public double Hue { get; set; }

        public double[] Widths { get; set; } = [];
    }
}
