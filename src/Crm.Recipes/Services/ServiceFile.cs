using System.Collections.Immutable;
using Crm.Plant.Quantities;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Services;

/// <summary>What a person sets for the controller's service on one machine.</summary>
/// <param name="HistoryAge">History of values that is older goes.</param>
/// <param name="HistoryBytes">Of one rig's file of history: the oldest goes until it fits.</param>
public sealed record ServiceSettings(TimeSpan HistoryAge, long HistoryBytes)
{
    /// <summary>A quarter of a year, and what the card of a rig box can spare.</summary>
    public static ServiceSettings Usual { get; } = new(TimeSpan.FromDays(90), 2000 * ServiceFile.Megabyte);
}

/// <summary>Reads <c>service.yaml</c> of a data folder. Without it everything is as usual.</summary>
public static class ServiceFile
{
    public const string Name = "service.yaml";

    internal const long Megabyte = 1_000_000;

    private const double LeastMegabytes = 20, MostMegabytes = 1e7, LongestDays = 3650;

    public static (ServiceSettings? Value, ImmutableArray<Diagnostic> Diagnostics) In(string folder)
    {
        string path = Path.Combine(folder, Name);
        if (!File.Exists(path)) return (ServiceSettings.Usual, []);
        Findings findings = new(path);
        return SourceFile.Bytes(path, findings) is { } bytes ? Read(path, bytes) : (null, findings.InOrder());
    }

    /// <param name="path">Only named in the diagnostics.</param>
    public static (ServiceSettings? Value, ImmutableArray<Diagnostic> Diagnostics) Read(string path, ReadOnlySpan<byte> bytes)
    {
        Findings findings = new(path);
        if (SourceFile.Open(bytes, "service", findings) is not { } file) return (null, findings.InOrder());
        file.Text("service");
        ServiceSettings settings = ServiceSettings.Usual;
        if (file.Has("history") && Fields.Open(file.Find("history"), findings, "the history") is { } history)
        {
            double days = history.OptionalQuantity("keep", Units.Of("d"), 1, LongestDays) ?? settings.HistoryAge.TotalDays;
            double megabytes = history.Has("at_most_megabytes") ? history.Number("at_most_megabytes", Unit.One, LeastMegabytes, MostMegabytes) : settings.HistoryBytes / (double)Megabyte;
            history.Close();
            settings = new ServiceSettings(TimeSpan.FromDays(days), (long)(megabytes * Megabyte));
        }

        file.Close();
        return (findings.Count == 0 ? settings : null, findings.InOrder());
    }
}
