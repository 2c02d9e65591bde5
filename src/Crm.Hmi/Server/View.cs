using Crm.Contracts;

namespace Crm.Hmi.Server;

/// <summary>What a page is drawn from at first; the stream keeps it true afterwards.</summary>
/// <param name="Rig">Null while the controller does not answer.</param>
public sealed record View(string Title, Person? Person, IReadOnlyList<RigName> Rigs, RigDescription? Rig, Snapshot? Now, bool SignedOut)
{
    public bool Lost => Rig is null;

    /// <summary>What the person chose on this terminal.</summary>
    public Choice Choice { get; init; } = new(Choice.Light, Choice.English);

    /// <summary>The HMI's own words in the person's language.</summary>
    public Words T => Words.In(Choice.Language);

    /// <summary>Of the rig that is looked at: with several, each has its own.</summary>
    public string OverviewPath => Rigs.Count > 1 && Rig is not null ? RigPath + "/overview" : "/";

    public string RigPath => Rig is null ? "" : "/rigs/" + Uri.EscapeDataString(Rig.Name);
}
