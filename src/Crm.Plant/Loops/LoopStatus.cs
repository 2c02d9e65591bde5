namespace Crm.Plant.Loops;

/// <summary>State of one loop in a scan.</summary>
/// <param name="Running">In automatic: somebody demands a setpoint and the process value is usable.</param>
/// <param name="ProcessValueBad">Demanded, but its process value is bad: its outputs are at 0.</param>
/// <param name="Setpoint">Working setpoint after the setpoint rate, in the unit of the process value.</param>
/// <param name="Target">Setpoint it is on its way to.</param>
/// <param name="Output">Controller output, percent.</param>
public readonly record struct LoopStatus(bool Running, bool ProcessValueBad, double Setpoint, double Target, double Output);
