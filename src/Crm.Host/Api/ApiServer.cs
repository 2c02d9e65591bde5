using System.Security.Authentication;
using Crm.Host.Access;
using Crm.Host.Service;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crm.Host.Api;

/// <summary>The web server of the controller: JSON in and out, errors as problem details.</summary>
public static class ApiServer
{
    private const long LargestBody = 256 * 1024;

    /// <param name="listening">Null: the loopback address.</param>
    public static WebApplication Build(Rigs rigs, Gatehouse gatehouse, int port, Listening? listening = null, ILoggerFactory? logs = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        var at = listening ?? Listening.OnThisMachine;
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(at.Address, port, listen =>
            {
                if (at.Tls is { } tls) listen.UseHttps(tls.Certificate, https => https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13);
            });
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Limits.MaxConcurrentUpgradedConnections = StreamHub.MostClients;
        });
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Warning);
        // The caller's, and the caller closes it.
        if (logs is not null) builder.Services.AddSingleton(logs);
        // Signals are the command's business: outputs come first, the web server drains after.
        builder.Services.AddSingleton<IHostLifetime, OwnLifetime>();
        builder.Services.AddSingleton(rigs).AddSingleton(gatehouse).AddSingleton(new AuditTrail(rigs, TimeProvider.System));
        builder.Services.AddProblemDetails().AddOpenApi("v1");
        builder.Services.ConfigureHttpJsonOptions(o => ApiJson.Configure(o.SerializerOptions));
        var app = builder.Build();
        app.UseExceptionHandler(errors => errors.Run(Explain));
        app.UseStatusCodePages();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(10), KeepAliveTimeout = TimeSpan.FromSeconds(10) });
        app.UseRouting();
        app.UseMiddleware<AccessGate>();
        app.MapOpenApi().Needs(Permission.Public);
        var api = app.MapGroup("/api/v1");
        SessionApi.Map(api);
        RigApi.Map(api);
        CommandApi.Map(api);
        AsideApi.Map(api);
        LoopApi.Map(api);
        ProtectionApi.Map(api);
        BatchApi.Map(api);
        RevisionApi.Map(api);
        CampaignApi.Map(api);
        RecipeApi.Map(api);
        DryRunApi.Map(api);
        MaterialApi.Map(api);
        AboutApi.Map(api);
        ProofTestApi.Map(api);
        TuningApi.Map(api);
        TwinApi.Map(api);
        RecordApi.Map(api);
        PredictionApi.Map(api);
        OperationsApi.Map(app);
        return app;
    }

    /// <summary>Port the server listens on; known once it has started.</summary>
    public static int Port(WebApplication app) =>
        new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

    private static Task Explain(HttpContext context)
    {
        var failure = context.Features.Get<Microsoft.AspNetCore.Diagnostics.IExceptionHandlerFeature>()?.Error;
        var (status, detail) = failure switch
        {
            BadHttpRequestException bad => (bad.StatusCode, bad.InnerException?.Message ?? bad.Message),
            ControllerBusyException busy => (StatusCodes.Status503ServiceUnavailable, busy.Message),
            _ => (StatusCodes.Status500InternalServerError, "the controller could not answer this; its log says why"),
        };
        return Results.Problem(detail, statusCode: status).ExecuteAsync(context);
    }

    private sealed class OwnLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
