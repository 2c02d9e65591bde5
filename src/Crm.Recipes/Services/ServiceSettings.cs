using System.Collections.Immutable;

namespace Crm.Recipes.Services;

/// <summary>What a person sets once for the controller's service on one machine. What is null was not said.</summary>
/// <param name="HistoryAge">History of values that is older goes.</param>
/// <param name="HistoryBytes">Of one rig's file of history: the oldest goes until it fits.</param>
public sealed record ServiceSettings(TimeSpan HistoryAge, long HistoryBytes)
{
    /// <summary>A quarter of a year, and what the card of a rig box can spare.</summary>
    public static ServiceSettings Usual { get; } = new(TimeSpan.FromDays(90), 2000 * ServiceFile.Megabyte);

    /// <summary>Rigs that are served; none: those of the command line.</summary>
    public ImmutableArray<RigToServe> Rigs { get; init; } = [];

    /// <summary>Address of this machine to listen on.</summary>
    public string? Listen { get; init; }

    /// <summary>Port of the API; 0 takes a free one.</summary>
    public int? Port { get; init; }

    /// <summary><c>generate</c>, or a file of a certificate with its key.</summary>
    public string? Tls { get; init; }

    /// <summary>Listens beyond this machine without encryption.</summary>
    public bool Plain { get; init; }

    /// <summary>Plant seconds per second of twins at the start.</summary>
    public double? Speed { get; init; }
}

/// <summary>One rig of a machine.</summary>
/// <param name="Recipe">File of the recipe or formula that is held ready.</param>
/// <param name="Rig">Name or folder of the rig; null: the recipe's own.</param>
/// <param name="Live">On its real buses instead of its twin.</param>
/// <param name="At">Other places of buses than the rig file's, by bus.</param>
public sealed record RigToServe(string Recipe, string? Rig, bool Live, ImmutableSortedDictionary<string, string> At)
{
    public static readonly ImmutableSortedDictionary<string, string> NoPlaces = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}
