using System.Collections.Immutable;
using System.Net;
using Crm.Plant.Quantities;
using Crm.Plant.Rigs;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Services;

/// <summary>The rig of an entry, by the file of its recipe and the name or folder it is asked for by; null when it cannot be read, which its own files tell.</summary>
public delegate RigDefinition? FindRig(string recipe, string? rig);

/// <summary>Reads <c>service.yaml</c> of a data folder. Without it everything is as usual. Paths in it are from its own folder.</summary>
public static class ServiceFile
{
    public const string Name = "service.yaml", Kind = "service";

    /// <summary>The word that asks for a certificate to be made.</summary>
    public const string Generate = "generate";

    /// <summary>Plant seconds per second of a twin.</summary>
    public const double SlowestSpeed = 1, FastestSpeed = 60;

    internal const long Megabyte = 1_000_000;

    private const double LeastMegabytes = 20, MostMegabytes = 1e7, LongestDays = 3650;

    /// <param name="find">Finds the rig of an entry; null: buses and names are not judged.</param>
    public static (ServiceSettings? Value, ImmutableArray<Diagnostic> Diagnostics) In(string folder, FindRig? find = null)
    {
        string path = Path.Combine(folder, Name);
        return File.Exists(path) ? Read(path, find) : (ServiceSettings.Usual, []);
    }

    public static (ServiceSettings? Value, ImmutableArray<Diagnostic> Diagnostics) Read(string path, FindRig? find = null)
    {
        Findings findings = new(path);
        return SourceFile.Bytes(path, findings) is { } bytes ? Read(path, bytes, find) : (null, findings.InOrder());
    }

    /// <param name="path">Named in the diagnostics; what the file names is looked for from its folder.</param>
    public static (ServiceSettings? Value, ImmutableArray<Diagnostic> Diagnostics) Read(string path, ReadOnlySpan<byte> bytes, FindRig? find = null)
    {
        Findings findings = new(path);
        if (SourceFile.Open(bytes, Kind, findings) is not { } file) return (null, findings.InOrder());
        file.Text(Kind);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";
        ServiceSettings settings = History(file, ServiceSettings.Usual) with
        {
            Rigs = new ServedRigs(folder, findings, find).Read(file),
            Listen = Listen(file),
            Port = Port(file),
            Tls = Tls(file, folder),
            Plain = file.Flag("plain", false),
            Speed = file.Has("speed") ? file.Number("speed", Unit.One, SlowestSpeed, FastestSpeed) : null,
        };
        file.Close();
        return (findings.Count == 0 ? settings : null, findings.InOrder());
    }

    private static ServiceSettings History(Fields file, ServiceSettings usual)
    {
        if (!file.Has("history") || Fields.Open(file.Find("history"), file.Findings, "the history") is not { } history) return usual;
        double days = history.OptionalQuantity("keep", Units.Of("d"), 1, LongestDays) ?? usual.HistoryAge.TotalDays;
        double megabytes = history.Has("at_most_megabytes") ? history.Number("at_most_megabytes", Unit.One, LeastMegabytes, MostMegabytes) : usual.HistoryBytes / (double)Megabyte;
        history.Close();
        return usual with { HistoryAge = TimeSpan.FromDays(days), HistoryBytes = (long)(megabytes * Megabyte) };
    }

    private static string? Listen(Fields file)
    {
        if (file.Find("listen") is not { } node || Values.Text(node, file.Findings, "listen") is not { } text) return null;
        if (!IPAddress.TryParse(text, out _)) file.Findings.Add(node, DiagnosticCodes.ServiceListen, $"'listen: {text}' is no address", "expected an address of this machine, for example 192.168.1.20, or 0.0.0.0 for all");
        return text;
    }

    private static int? Port(Fields file)
    {
        if (!file.Has("port")) return null;
        double port = file.Number("port", Unit.One, IPEndPoint.MinPort, IPEndPoint.MaxPort);
        if (port != Math.Floor(port)) file.Findings.Add(file.Find("port")!, DiagnosticCodes.NumberWrong, $"a port is a whole number, not {Values.Plain(port)}", "write a whole number");
        return (int)port;
    }

    private static string? Tls(Fields file, string folder)
    {
        if (file.Find("tls") is not { } node || Values.Text(node, file.Findings, "tls") is not { } text) return null;
        if (text == Generate) return text;
        string certificate = Path.Combine(folder, text);
        if (!File.Exists(certificate)) file.Findings.Add(node, DiagnosticCodes.ServicePath, $"there is no certificate {certificate}", "a PEM file with certificate and key or a PFX file, from this file's folder; or: tls: generate");
        return certificate;
    }
}
