using System.Globalization;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Json;

namespace Crm.Hmi.Server;

/// <summary>
/// The HMI's own log, beside that of the service: warnings on standard error, everything in <c>log/hmi-DATE.jsonl</c> of the data folder, one JSON object a line with its fields apart.
/// What people did is on the controller's record. No link, password or session is ever a field.
/// </summary>
internal static class HmiLog
{
    /// <summary>Least level, as of the service's log.</summary>
    private const string LevelVariable = "CRM_LOG_LEVEL";

    private const long LargestFile = 20L << 20;
    private const int MostFiles = 14;

    /// <param name="folder">Data folder; null keeps no file.</param>
    public static ILoggerProvider Open(string? folder)
    {
        var level = Enum.TryParse(Environment.GetEnvironmentVariable(LevelVariable), ignoreCase: true, out LogEventLevel asked) ? asked : LogEventLevel.Information;
        var to = new LoggerConfiguration()
            .MinimumLevel.Is(level)
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("System", LogEventLevel.Warning)
            .Enrich.WithProperty("Process", "hmi")
            .Enrich.With(new NoPath())
            .WriteTo.Console(
                LogEventLevel.Warning, "crm hmi: {Level:w4}: {Message:lj}{NewLine}{Exception}", CultureInfo.InvariantCulture, standardErrorFromLevel: LogEventLevel.Verbose, theme: Serilog.Sinks.SystemConsole.Themes.ConsoleTheme.None);
        // Whoever answers a page never waits for the disk; what does not fit into the buffer is dropped.
        if (folder is not null)
            to.WriteTo.Async(file => file.File(
                new JsonFormatter(renderMessage: true, formatProvider: CultureInfo.InvariantCulture), Path.Combine(folder, "log", "hmi-.jsonl"), rollingInterval: RollingInterval.Day,
                fileSizeLimitBytes: LargestFile, rollOnFileSizeLimit: true, retainedFileCountLimit: MostFiles));
        return new Serilog.Extensions.Logging.SerilogLoggerProvider(to.CreateLogger(), dispose: true);
    }

    /// <summary>The server's scope names the path of a request, and that of a one-time link is a key.</summary>
    private sealed class NoPath : Serilog.Core.ILogEventEnricher
    {
        public void Enrich(LogEvent logEvent, Serilog.Core.ILogEventPropertyFactory propertyFactory) => logEvent.RemovePropertyIfPresent("RequestPath");
    }
}
