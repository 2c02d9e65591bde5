using Crm.Plant.Phases;

namespace Crm.Plant.Scan;

/// <summary>What a unit is doing, as far as the scan needs to know: alarms are suppressed by it (ALM-08).</summary>
/// <param name="Operation">Unit operation of its phase; null or empty without one.</param>
public readonly record struct UnitActivity(PhaseState State, string? Operation);
