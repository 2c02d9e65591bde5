using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Crm.Host.Access;
using Crm.Host.Checkpoints;
using Crm.Host.CommandLine;
using Crm.Host.Runs;
using Crm.Plant.Ports;
using Crm.Recipes.Services;
using Crm.Store.History;

namespace Crm.Host.Service;

/// <summary>What was typed behind <c>crm serve</c>; null was not said.</summary>
public sealed record ServeWords(ImmutableArray<string> Recipes, string? Rig, string? Data, string? Port, string? Listen, string? Tls, string? Speed)
{
    public bool Plain { get; init; }

    public bool Live { get; init; }

    public IReadOnlyDictionary<string, string> At { get; init; } = RigToServe.NoPlaces;

    public int Seed { get; init; } = 1;

    public Moment? From { get; init; }

    public string? FromFile { get; init; }

    public IReadOnlyList<PlantFault> Faults { get; init; } = [];

    public string? Abandon { get; init; }
}

/// <summary>A setting that is not as usual, and where it was said.</summary>
public sealed record SettingNote(string Name, string Value, string From);

/// <summary>Brings together how the service is set: what is typed wins over the environment, that over <c>service.yaml</c> of the data folder, that over what is usual.</summary>
public sealed class ServeSettings(Func<string, string?> environment, TimeProvider clock)
{
    /// <summary>Data folder of every command that takes one, but <c>crm demo</c>, which begins its record anew.</summary>
    public const string DataVariable = "CRM_DATA";

    public const string PortVariable = "CRM_PORT", ListenVariable = "CRM_LISTEN", TlsVariable = "CRM_TLS";

    private const string UsualPort = "8420", UsualAddress = "127.0.0.1", UsualSpeed = "1";

    private readonly List<SettingNote> notes = [];

    /// <summary>Data folder when no option says another.</summary>
    public static string DataFolder => Environment.GetEnvironmentVariable(DataVariable) is { Length: > 0 } folder ? folder : UsualFolder;

    private static string UsualFolder => Path.Combine("out", "serve");

    /// <param name="usual">Recipe when nobody names one.</param>
    /// <returns>The options, or the mistakes of <c>service.yaml</c>.</returns>
    /// <exception cref="UsageException">An option or variable cannot be used, alone or with what else is set.</exception>
    public (ServeOptions? Options, ImmutableArray<string> Problems) Settle(ServeWords typed, string usual)
    {
        notes.Clear();
        string data = First("data folder", UsualFolder, (typed.Data, "--data"), (environment(DataVariable), DataVariable)).Value;
        var (file, mistakes) = ServiceFile.In(data, RigFiles.ServedRig);
        if (file is null) return (null, [.. mistakes.Select(m => m.ToString())]);
        string from = Path.Combine(data, ServiceFile.Name);
        var port = First("port", UsualPort, (typed.Port, "--port"), (environment(PortVariable), PortVariable), (file.Port?.ToString(CultureInfo.InvariantCulture), from));
        var speed = First("speed", UsualSpeed, (typed.Speed, "--speed"), (file.Speed?.ToString(CultureInfo.InvariantCulture), from));
        var rigs = Rigs(typed, file, usual, from);
        var listening = Listen(typed, file, data, from);
        if (file.HistoryAge != ServiceSettings.Usual.HistoryAge || file.HistoryBytes != ServiceSettings.Usual.HistoryBytes)
            notes.Add(new SettingNote("history", string.Create(CultureInfo.InvariantCulture, $"{file.HistoryAge.TotalDays:0.##} d, {file.HistoryBytes / 1e6:0.##} MB"), from));
        return (new ServeOptions(rigs, data, Port(port), null, Pace(speed), typed.Seed, typed.From, "")
        {
            FromFile = typed.FromFile,
            Faults = typed.Faults,
            Abandon = typed.Abandon,
            Listening = listening,
            History = new HistoryLimits(file.HistoryAge, file.HistoryBytes),
            Notes = [.. notes],
        }, []);
    }

    private Listening Listen(ServeWords typed, ServiceSettings file, string data, string from)
    {
        var address = First("listen", UsualAddress, (typed.Listen, "--listen"), (environment(ListenVariable), ListenVariable), (file.Listen, from));
        var tls = First("tls", "", (typed.Tls, "--tls"), (environment(TlsVariable), TlsVariable), (file.Tls, from));
        var plain = First("plain", "", (typed.Plain ? "yes" : null, "--plain"), (file.Plain ? "yes" : null, from));
        if (tls.Value.Length > 0 && environment(TlsCertificate.PasswordVariable) is { Length: > 0 }) notes.Add(new SettingNote("password of the certificate", "given", TlsCertificate.PasswordVariable));
        return Listening.Of(address.Value, tls.Value.Length > 0 ? tls.Value : null, plain.Value.Length > 0, data, clock, address.From, tls.From);
    }

    private IReadOnlyList<RigToServe> Rigs(ServeWords typed, ServiceSettings file, string usual, string from)
    {
        if (!typed.Recipes.IsEmpty || file.Rigs.IsEmpty)
            return [.. (typed.Recipes.IsEmpty ? [usual] : typed.Recipes).Select(r => new RigToServe(r, typed.Rig, typed.Live, RigToServe.NoPlaces.SetItems(typed.At)))];
        notes.Add(new SettingNote("rigs", string.Join(", ", file.Rigs.Select(r => $"{Path.GetFileNameWithoutExtension(r.Recipe)} {(r.Live ? "on its buses" : "on a twin")}")), from));
        if (typed is { Rig: null, Live: false, At.Count: 0 }) return file.Rigs;
        if (file.Rigs is not [var only]) throw new UsageException($"--rig, --live and --at with the {file.Rigs.Length} rigs of {from}: say it there, for the rig that is meant, or name its recipe with --recipe");
        return [only with { Rig = typed.Rig ?? only.Rig, Live = typed.Live || only.Live, At = only.At.SetItems(typed.At) }];
    }

    /// <summary>What was said first, in the order of rank; noted when it was said at all.</summary>
    private (string Value, string From) First(string name, string usual, params ReadOnlySpan<(string? Value, string From)> said)
    {
        foreach (var (value, from) in said)
        {
            if (value is not { Length: > 0 }) continue;
            notes.Add(new SettingNote(name, value, from));
            return (value, from);
        }

        return (usual, said[0].From);
    }

    private static int Port((string Value, string From) said) =>
        int.TryParse(said.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port <= IPEndPoint.MaxPort
            ? port
            : throw new UsageException($"{said.From} {said.Value}: expected a port, 0 to {IPEndPoint.MaxPort}; 0 takes a free one");

    private static double Pace((string Value, string From) said) =>
        OptionWords.Pace(said.Value) is { } pace and >= Pacer.Slowest and <= Pacer.Fastest
            ? pace
            : throw new UsageException($"{said.From} {said.Value}: expected {Pacer.Slowest} to {Pacer.Fastest} (plant seconds per second)");
}
