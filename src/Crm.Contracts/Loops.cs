namespace Crm.Contracts;

/// <summary>A loop when it is opened.</summary>
/// <param name="Mode">What it does: OOS, IMAN, LO, MAN, AUTO, CAS, RCAS or ROUT.</param>
/// <param name="TargetMode">What it was asked to do.</param>
/// <param name="Usual">The mode it has when no person has touched it.</param>
/// <param name="Output">Percent of controller output.</param>
/// <param name="Flags">Words for what stands out: deviation, saturated high, oscillating, autotuning, tuning proposed …</param>
/// <param name="FeedForward">Whether it acts; null when the loop has none.</param>
/// <param name="Parameters">In use, as numbers.</param>
/// <param name="Before">Parameters in use before the last change; empty when there were none.</param>
/// <param name="Proposed">Parameters that wait for a person; empty when there are none.</param>
/// <param name="Margins">Of the parameters in use and of the proposal on the model that the last autotune found; empty without one.</param>
public sealed record LoopSeen(
    string Loop, string Mode, string TargetMode, string Usual, double? Setpoint, double Output, IReadOnlyList<string> Flags,
    bool? FeedForward, TuningSeen Parameters, string Tuning, string Before, string Proposed, IReadOnlyList<string> Margins, IReadOnlyList<string> Figures);

/// <summary>Parameters in ISA standard form.</summary>
/// <param name="Gain">Kc, percent per unit of the process value.</param>
/// <param name="IntegralTime">Ti, s.</param>
/// <param name="DerivativeTime">Td, s.</param>
/// <param name="FilterTime">Of the process value, s.</param>
public sealed record TuningSeen(double Gain, double IntegralTime, double DerivativeTime, double SetpointWeight, double FilterTime);
