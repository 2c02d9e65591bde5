using System.Globalization;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Json;

namespace Crm.Host.Service;

/// <summary>
/// The service's own log, for whoever keeps the box running: warnings on standard error, everything in <c>log/crm-DATE.jsonl</c> of the data folder, one JSON
/// object a line with its fields apart. What people did is not here but in the record. No link, password or session is ever a field.
/// </summary>
public static class ServiceLog
{
    /// <summary>Least level of the file: Verbose, Debug, Information (unless told), Warning, Error, Fatal.</summary>
    public const string LevelVariable = "CRM_LOG_LEVEL";

    private const long LargestFile = 20L << 20;
    private const int MostFiles = 14;

    public static ILoggerFactory Open(string folder)
    {
        var level = Enum.TryParse(Environment.GetEnvironmentVariable(LevelVariable), ignoreCase: true, out LogEventLevel asked) ? asked : LogEventLevel.Information;
        var log = new LoggerConfiguration()
            .MinimumLevel.Is(level)
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .Enrich.WithProperty("Software", Runs.BatchFolder.Software)
            .WriteTo.Console(
                LogEventLevel.Warning, "crm: {Level:w4}: {Message:lj}{NewLine}{Exception}", CultureInfo.InvariantCulture, standardErrorFromLevel: LogEventLevel.Verbose, theme: Serilog.Sinks.SystemConsole.Themes.ConsoleTheme.None)
            // Whoever logs never waits for the disk; what does not fit into the buffer is dropped.
            .WriteTo.Async(file => file.File(
                new JsonFormatter(renderMessage: true, formatProvider: CultureInfo.InvariantCulture), Path.Combine(folder, "log", "crm-.jsonl"), rollingInterval: RollingInterval.Day,
                fileSizeLimitBytes: LargestFile, rollOnFileSizeLimit: true, retainedFileCountLimit: MostFiles))
            .CreateLogger();
        return LoggerFactory.Create(to => to.AddSerilog(log, dispose: true));
    }

    /// <summary>Closes the log; last lines that a full disk does not take are lost, and end nothing.</summary>
    internal sealed class Closing(ILoggerFactory logs) : IDisposable
    {
        public void Dispose()
        {
            try
            {
                logs.Dispose();
            }
            catch (Exception full) when (Store.DiskFault.Is(full))
            {
                // They went to standard error when they were warnings.
            }
        }
    }
}
