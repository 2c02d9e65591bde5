using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Crm.Hmi.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.FileProviders;

namespace Crm.Hmi.Server;

/// <summary>
/// Pages, assets, and a relay to the controller under the person's own session. It holds nothing of the plant: killed and started again
/// it goes on as before.
/// </summary>
public static class HmiServer
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    public static async Task<int> Run(HmiOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(options.Listen, options.Port, listen =>
            {
                if (options.Tls is { } file) listen.UseHttps(Certificate(file), https => https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13);
            });
            kestrel.AddServerHeader = false;
        });
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(HmiLog.Open(options.Data));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<HmiWatch>();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.Services.AddRazorComponents();
        // Nothing is protected with its keys: the session is the controller's. Left alone, the framework writes one to the home folder, and warns.
        builder.Services.Configure<KeyManagementOptions>(keys => (keys.XmlRepository, keys.XmlEncryptor) = (new KeysInMemory(), new NullXmlEncryptor()));
        builder.Services.AddSingleton(services => new Controller(options.Api, options.Fingerprint, services.GetRequiredService<HmiWatch>()));
        builder.Services.AddSingleton(Bundle.Read(Path.Combine(AppContext.BaseDirectory, "wwwroot")));
        var app = builder.Build();
        var watch = app.Services.GetRequiredService<HmiWatch>();
        app.Use((context, next) => Count(context, next, watch));
        app.Use(Harden);
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(Path.Combine(AppContext.BaseDirectory, "wwwroot")),
            RequestPath = "/assets",
            // The address carries the content's hash: it never changes under one address.
            OnPrepareResponse = c => c.Context.Response.Headers.CacheControl = "public, max-age=31536000, immutable",
        });
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(10) });
        app.UseRouting();
        SignInEndpoints.Map(app);
        Choices.Map(app);
        Relay.Map(app);
        Health.Map(app);
        MapPages(app);
        await app.StartAsync();
        int port = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
        Console.Out.WriteLine(port);
        Console.Out.Flush();
        watch.Ready(port, options.Tls is null ? "http" : "https", options.Api);
        using var minute = new Timer(_ => watch.Minute(), null, HmiWatch.Every, HmiWatch.Every);
        if (options.WithParent) _ = EndWithParent(app);
        await app.WaitForShutdownAsync();
        watch.Stopping();
        await app.DisposeAsync();
        return 0;
    }

    private static X509Certificate2 Certificate(string file) => Path.GetExtension(file) is ".pfx" or ".p12"
        ? X509CertificateLoader.LoadPkcs12FromFile(file, Environment.GetEnvironmentVariable(HmiOptions.PasswordVariable))
        : X509Certificate2.CreateFromPemFile(file);

    private static void MapPages(IEndpointRouteBuilder app)
    {
        Page<OverviewPage>(app, "/", "Overview");
        Page<OverviewPage>(app, "/rigs/{rig}/overview", "Overview");
        Page<PicturePage>(app, "/rigs/{rig}/picture", "Rig");
        Page<BatchPage>(app, "/rigs/{rig}/batch", "Batch");
        Page<MaterialPage>(app, "/rigs/{rig}/material", "Material");
        Page<TrendsPage>(app, "/rigs/{rig}/trends", "Trends");
        Page<AlarmsPage>(app, "/rigs/{rig}/alarms", "Alarms");
        Page<RecipesPage>(app, "/rigs/{rig}/recipes", "Recipes");
        Page<PurityPage>(app, "/rigs/{rig}/purity", "Purity");
        Page<WaterPage>(app, "/rigs/{rig}/water", "Water");
        Page<RecordsPage>(app, "/rigs/{rig}/records", "Records");
        Page<AboutPage>(app, "/rigs/{rig}/about", "About");
    }

    private static void Page<TPage>(IEndpointRouteBuilder app, string path, string title)
        where TPage : IComponent =>
        app.MapGet(path, async (HttpContext context, Controller controller, string? rig) =>
        {
            if (SignInEndpoints.Token(context) is not { } token) return Results.Redirect("/sign-in");
            var view = await controller.Look(token, rig, title, context.RequestAborted);
            view = view with { Choice = Choices.Of(context, view.Person?.Name) };
            return view.SignedOut ? Results.Redirect("/sign-in") : new RazorComponentResult<TPage>(new Dictionary<string, object?> { ["View"] = view });
        });

    private static Task Harden(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        // Without a referrer a browser names its own forms' origin "null".
        headers["Referrer-Policy"] = "same-origin";
        if (!context.Request.Path.StartsWithSegments("/assets")) headers.CacheControl = "no-store";
        return next(context);
    }

    private static async Task Count(HttpContext context, RequestDelegate next, HmiWatch watch)
    {
        string path = context.Request.Path;
        try
        {
            await next(context);
            watch.Request(context.Request.Method, path, context.Response.StatusCode);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // The server answers 500 and logs what was thrown.
            watch.Request(context.Request.Method, path, StatusCodes.Status500InternalServerError);
            throw;
        }
    }

    private static async Task EndWithParent(WebApplication app)
    {
        await using var input = Console.OpenStandardInput();
        byte[] nothing = new byte[64];
        while (await input.ReadAsync(nothing) > 0)
        {
        }

        app.Lifetime.StopApplication();
        // The main thread says the last line and flushes the log; a connection that does not end keeps nobody longer.
        await Task.Delay(LastWords);
        Environment.Exit(0);
    }
}
