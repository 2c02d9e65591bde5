using System.Collections.Immutable;
using Crm.Plant.Alarms;
using Crm.Plant.Balances;
using Crm.Plant.Procedure;
using Crm.Plant.Twins;

namespace Crm.Plant.Records;

/// <summary>How a batch ended.</summary>
public enum BatchOutcome
{
    Complete,
    Held,
    Stopped,
    Aborted,

    /// <summary>Ended from outside (Ctrl-C, loss of the controller) with steps left to do.</summary>
    Interrupted,
}

/// <summary>Which recipe was run. The hash is of the file's bytes: the same hash is the same recipe.</summary>
public sealed record RecipeIdentity(string Id, string Version, string Title, string ContentHash)
{
    /// <summary>Id and version of the recipe whose procedure ran, when the recipe is a formula of its own; else empty.</summary>
    public string ProcedureOf { get; init; } = "";

    /// <summary>State when it was run, and who signed: <c>draft; nobody has approved it</c>; empty in records from before there were approvals.</summary>
    public string State { get; init; } = "";
}

/// <summary>Which rig it ran on.</summary>
/// <param name="TwinContentHash">Hash of the twin file; null on hardware.</param>
public sealed record RigIdentity(string Name, string Version, string ContentHash, string? TwinContentHash)
{
    /// <summary>Checksum of the protection configuration, as <c>crm rig matrix</c> shows it (SAF-32); empty in records from before it.</summary>
    public string ProtectionChecksum { get; init; } = "";

    /// <summary>Length of a shift as the rig file declares it; figures by shift are counted in it.</summary>
    public TimeSpan Shift { get; init; } = AlarmMetrics.UsualShift;

    /// <summary>What of the twin was not as its file writes it.</summary>
    public ImmutableArray<TwinChange> TwinChanges { get; init; } = [];
}

/// <summary>
/// Everything a report says of one batch; immutable. It holds no wall time, path or host name, so that the same seed gives the same
/// record byte for byte (rule 3.4).
/// </summary>
/// <param name="Id">Name of the batch, made from recipe and seed on the twin.</param>
/// <param name="Software">Version of the controller that ran it.</param>
/// <param name="Seed">Seed of noise and faults; null on hardware.</param>
/// <param name="OutcomeText">Why it ended, in a sentence.</param>
/// <param name="Duration">Plant time from start to end.</param>
/// <param name="Formula">Parameters as they were used.</param>
/// <param name="Truth">The twin's hidden truth; null on hardware.</param>
public sealed record BatchRecord(
    string Id,
    string Software,
    RecipeIdentity Recipe,
    RigIdentity Rig,
    ulong? Seed,
    BatchOutcome Outcome,
    string OutcomeText,
    TimeSpan Duration,
    ProductDefinition Product,
    ImmutableArray<FormulaParameter> Formula,
    ImmutableArray<BatchEvent> Events,
    BatchResult Result,
    ImmutableArray<HistorySeries> History,
    TwinTruth? Truth)
{
    public bool Simulated => Rig.TwinContentHash is not null;
}
