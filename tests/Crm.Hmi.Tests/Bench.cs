using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Crm.Contracts;
using Microsoft.Playwright;
using Xunit;

namespace Crm.Hmi.Tests;

/// <summary>
/// Controller and HMI as two programs, as at a rig, with a browser: so that either can be killed. The twin stands at the last portion of
/// black mass with its prompt open, and the leach pH electrode has just died.
/// </summary>
public class Bench : IAsyncLifetime
{
    private string? data;
    private readonly int apiPort = FreePort();
    private IPlaywright? playwright;
    private IBrowser? browser;
    private IBrowserContext person = null!;
    private Session administrator = null!;

    /// <summary>Where its twin begins, and what is broken.</summary>
    protected virtual string[] Beginning => ["--from", "leach/portion-4+30s", "--fault", "leach.ph:dead@61min40s"];

    /// <summary>Folder of its record.</summary>
    public string Data => data ??= Folder();

    /// <summary>Where its record is to be.</summary>
    protected virtual string Folder() => Directory.CreateTempSubdirectory("crm-bench-").FullName;

    protected virtual void Remove(string folder) => Directory.Delete(folder, recursive: true);

    /// <summary>What the person in front of the browser may do.</summary>
    protected virtual string Role => "technician";

    public Program? Controller { get; private set; }

    public Program? Hmi { get; private set; }

    public string Address { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        administrator = await Administrator(await StartController());
        await Account("tessa", Role);
        Hmi = new Program("crm hmi", "hmi", "--api-port", $"{apiPort}", "--port", "0");
        Address = (await Hmi.Start(@"HMI at (http://127\.0\.0\.1:\d+)/")).Groups[1].Value;
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(Demonstration.Launch);
        person = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 800 } });
        await SignIn();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        if (Hmi is not null) await Hmi.DisposeAsync();
        if (Controller is not null) await Controller.DisposeAsync();
        Remove(Data);
    }

    public async Task<IPage> Open(string path)
    {
        var page = await person.NewPageAsync();
        await page.GotoAsync(Address + path);
        await page.Locator("body[data-ready=true]").WaitForAsync();
        return page;
    }

    /// <summary>Address of the controller itself.</summary>
    public Uri Api => new($"http://127.0.0.1:{apiPort}");

    /// <summary>A further Chromium, with processes of its own.</summary>
    public Task<IBrowser> Chromium() => playwright!.Chromium.LaunchAsync(Demonstration.Launch);

    /// <summary>The same as another person sees it, with an account and a browser of their own.</summary>
    /// <param name="in">Null: another window of the same Chromium.</param>
    public async Task<IPage> OpenAs(string name, string role, string path, IBrowser? @in = null)
    {
        await Account(name, role);
        var other = await (@in ?? browser!).NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 800 } });
        var page = await other.NewPageAsync();
        await page.GotoAsync(Address + "/sign-in");
        await Enter(page, name, Password);
        await page.GotoAsync(Address + path);
        await page.Locator("body[data-ready=true]").WaitForAsync();
        return page;
    }

    /// <returns>The first administrator's token, empty when there are accounts already.</returns>
    public Task<string> StartController() => Start(Beginning);

    /// <summary>As after a power cut: on the record that is there.</summary>
    public Task<string> StartAgain() => Start();

    private async Task<string> Start(params string[] beginning)
    {
        Controller = new Program("crm serve", ["serve", "--data", Data, "--port", $"{apiPort}", .. beginning]);
        var match = await Controller.Start(@"first administrator: (\w+)|document at /openapi");
        if (match.Groups[1].Success) return match.Groups[1].Value;
        return await Controller.Heard(@"first administrator: (\w+)", TimeSpan.FromSeconds(2)) is { } later ? later.Groups[1].Value : "";
    }

    private async Task SignIn()
    {
        var page = await person.NewPageAsync();
        await page.GotoAsync(Address + "/sign-in");
        await page.Locator("[name=name]").FillAsync("tessa");
        await page.Locator("[name=password]").FillAsync("wrong password, alas");
        await page.Locator("button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync("name or password is wrong");
        await Enter(page, "tessa", Password);
        await page.CloseAsync();
    }

    public static async Task Enter(IPage page, string name, string password)
    {
        await page.Locator("[name=name]").FillAsync(name);
        await page.Locator("[name=password]").FillAsync(password);
        await page.Locator("button[type=submit]").ClickAsync();
        await page.Locator("body[data-ready=true]").WaitForAsync();
    }

    public const string Password = "leaching at three o'clock";

    private async Task<Session> Administrator(string link)
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{apiPort}") };
        using var answer = await client.PostAsJsonAsync("/api/v1/sessions", new { link });
        return (await answer.Content.ReadFromJsonAsync<Session>(JsonSerializerOptions.Web))!;
    }

    /// <summary>The administrator makes a person's account, as on a first day.</summary>
    private async Task Account(string name, string role)
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{apiPort}") };
        client.DefaultRequestHeaders.Authorization = new("Bearer", administrator.Token);
        using var made = await client.PostAsJsonAsync("/api/v1/accounts", new { name, password = Password, roles = new[] { role } });
        Assert.Equal(HttpStatusCode.NoContent, made.StatusCode);
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
