namespace Crm.Plant.Outputs;

/// <summary>Whose value an output carries in a scan, weakest first.</summary>
public enum OutputSource : byte
{
    /// <summary>Nobody asks: the output's lapse rule holds.</summary>
    Lapse,
    Loop,
    Demand,
    Manual,
    Protection,
}

/// <summary>Who drives an output.</summary>
/// <param name="InManual">A person holds it, even when protection overrides that for now.</param>
/// <param name="Owner">Owner of the live demand on the output or its loop; empty when there is none.</param>
public readonly record struct OutputStatus(OutputSource Source, bool InManual, Owner Owner);

/// <summary>What went wrong with demands since the start.</summary>
/// <param name="Late">Scans times targets for which a live lease was not renewed, and demands that came after their scan.</param>
/// <param name="Lapsed">Outputs that fell to their lapse value because their lease ran out.</param>
/// <param name="Refused">Demands that were not finite, not addressed to anything, not due, or on another owner's output.</param>
public readonly record struct DemandCounters(long Late, long Lapsed, long Refused);
