using Crm.Contracts;

namespace Crm.Hmi.Server;

/// <summary>What a page is drawn from at first; the stream keeps it true afterwards.</summary>
/// <param name="Rig">Null while the controller does not answer.</param>
public sealed record View(string Title, Person? Person, IReadOnlyList<RigName> Rigs, RigDescription? Rig, Snapshot? Now, bool SignedOut)
{
    public bool Lost => Rig is null;

    /// <summary><c>dark</c> or <c>light</c>: what the person chose on this terminal.</summary>
    public string Look { get; init; } = Looks.Light;

    public string RigPath => Rig is null ? "" : "/rigs/" + Uri.EscapeDataString(Rig.Name);
}
