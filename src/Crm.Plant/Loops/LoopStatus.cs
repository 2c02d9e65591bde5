using System.Runtime.InteropServices;

namespace Crm.Plant.Loops;

/// <summary>What stands out on a loop.</summary>
[Flags]
public enum LoopFlags : ushort
{
    None = 0,

    /// <summary>The error has been beyond its limit for the declared time.</summary>
    Deviation = 1,

    /// <summary>The output has been at its upper or lower limit for the declared time.</summary>
    SaturatedHigh = 2,
    SaturatedLow = 4,
    Oscillating = 8,

    /// <summary>An actuator is in other hands or at its limit: the integral is led or held.</summary>
    Limited = 16,

    /// <summary>The integral stands still in the dead band of an actuator.</summary>
    Frozen = 32,
    Autotuning = 64,

    /// <summary>A tuning waits for a person to apply it.</summary>
    TuningProposed = 128,
}

/// <summary>State of one loop in a scan.</summary>
/// <param name="Running">It drives its outputs: somebody demands it and the process value is usable, or a person holds it.</param>
/// <param name="ProcessValueBad">Demanded, but its process value is bad.</param>
/// <param name="Setpoint">Working setpoint after the setpoint rate, in the unit of the process value.</param>
/// <param name="Target">Setpoint it is on its way to.</param>
/// <param name="Output">Controller output, percent.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LoopStatus(bool Running, bool ProcessValueBad, double Setpoint, double Target, double Output)
{
    /// <summary>What it does.</summary>
    public LoopMode Mode { get; init; }

    /// <summary>What it was asked to do.</summary>
    public LoopMode TargetMode { get; init; }

    public LoopFlags Flags { get; init; }
}
