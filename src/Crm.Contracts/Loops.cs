namespace Crm.Contracts;

/// <summary>A loop when it is opened.</summary>
/// <param name="Mode">What it does: OOS, IMAN, LO, MAN, AUTO, CAS, RCAS or ROUT.</param>
/// <param name="TargetMode">What it was asked to do.</param>
/// <param name="Usual">The mode it has when no person has touched it.</param>
/// <param name="Output">Percent of controller output.</param>
/// <param name="Flags">Words for what stands out: deviation, saturated high, oscillating, autotuning, tuning proposed …</param>
/// <param name="Before">Parameters in use before the last change; empty when there were none.</param>
/// <param name="Proposed">Parameters that wait for a person; empty when there are none.</param>
/// <param name="Margins">Of the parameters in use and of the proposal on the model that the last autotune found; empty without one.</param>
public sealed record LoopSeen(
    string Loop, string Mode, string TargetMode, string Usual, double? Setpoint, double Output, IReadOnlyList<string> Flags,
    string Tuning, string Before, string Proposed, IReadOnlyList<string> Margins, IReadOnlyList<string> Figures);
