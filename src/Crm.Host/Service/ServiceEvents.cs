using Microsoft.Extensions.Logging;

namespace Crm.Host.Service;

/// <summary>What the service logs about itself.</summary>
internal static partial class ServiceEvents
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Serving {Rig} {RigVersion} with {Recipe} {RecipeVersion}, {Kind}")]
    public static partial void Serving(ILogger log, string rig, string rigVersion, string recipe, string recipeVersion, string kind);

    [LoggerMessage(Level = LogLevel.Information, Message = "Set: {Setting} {Value}, by {From}")]
    public static partial void Set(ILogger log, string setting, string value, string from);

    [LoggerMessage(Level = LogLevel.Information, Message = "Ready: API on port {Port}, {Transport}, after {StartSeconds} s")]
    public static partial void Ready(ILogger log, int port, string transport, double startSeconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopping: {Scans} scans of {Rig}, {Overruns} overruns, slipped {SlippedSeconds} s, latest {MostLateSeconds} s")]
    public static partial void Stopping(ILogger log, string rig, long scans, long overruns, double slippedSeconds, double mostLateSeconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The HMI ended with {ExitCode}; starting it again")]
    public static partial void HmiEnded(ILogger log, int exitCode);

    [LoggerMessage(Level = LogLevel.Error, Message = "The record of {Rig} cannot be written: {Fault}; {Waiting} entries wait. The batch holds, and commands but those towards safe are refused")]
    public static partial void RecordFault(ILogger log, string rig, string fault, int waiting);

    [LoggerMessage(Level = LogLevel.Information, Message = "The record of {Rig} is written again")]
    public static partial void RecordBack(ILogger log, string rig);

    [LoggerMessage(Level = LogLevel.Error, Message = "History of {Rig} is not written: {Fault}; {Dropped} samples dropped so far")]
    public static partial void HistoryFault(ILogger log, string rig, string fault, long dropped);

    [LoggerMessage(Level = LogLevel.Information, Message = "History of {Rig} is written again; {Dropped} samples were dropped")]
    public static partial void HistoryBack(ILogger log, string rig, long dropped);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Overruns} scans of {Rig} in the last minute took longer than the time to the next one; latest {MostLateSeconds} s")]
    public static partial void Overruns(ILogger log, string rig, long overruns, double mostLateSeconds);
}

/// <summary>Looks at the rigs now and then and logs what changed for the worse, or back.</summary>
internal sealed class ServiceWatch(ILogger log, TimeProvider clock)
{
    private static readonly TimeSpan every = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, (bool Unwritten, bool Failing, long Overruns)> seen = new(StringComparer.Ordinal);
    private long since = clock.GetTimestamp();

    public void Look(IEnumerable<RigService> rigs)
    {
        bool isMinute = clock.GetElapsedTime(since) > every;
        if (isMinute) since = clock.GetTimestamp();
        foreach (var rig in rigs)
        {
            string name = rig.Rig.Name;
            var (unwritten, failing, overruns) = seen.GetValueOrDefault(name);
            string? broken = rig.RecordFault;
            if (broken is not null && !unwritten) ServiceEvents.RecordFault(log, name, broken, rig.Unwritten);
            if (unwritten && broken is null && rig.Unwritten == 0) ServiceEvents.RecordBack(log, name);
            unwritten = broken is not null || (unwritten && rig.Unwritten > 0);
            if (rig.History.Disk is { } disk)
            {
                if (disk.Fault is { } fault && !failing) ServiceEvents.HistoryFault(log, name, fault, disk.Dropped);
                if (disk.Fault is null && failing) ServiceEvents.HistoryBack(log, name, disk.Dropped);
                failing = disk.Fault is not null;
            }

            if (isMinute && rig.Meter.Overruns is var now && now > overruns)
            {
                ServiceEvents.Overruns(log, name, now - overruns, rig.Meter.Late.Most);
                overruns = now;
            }

            seen[name] = (unwritten, failing, overruns);
        }
    }
}
