using Crm.Plant.Expressions;

namespace Crm.Plant.Loops;

/// <summary>What keeps the integral from winding up against a limit (PID-04).</summary>
public enum WindupRule
{
    /// <summary>It is led after what the actuators really got.</summary>
    BackCalculation,

    /// <summary>It stands still while the output is at a limit and the error would drive it further.</summary>
    Clamping,
    Both,
}

/// <summary>What a loop does when its process value is bad (PID-12).</summary>
public enum BadValueRule
{
    /// <summary>Outputs to 0; goes on by itself when the value is back.</summary>
    Safe,

    /// <summary>The output stays; goes on by itself when the value is back.</summary>
    Hold,

    /// <summary>The output stays in manual until a person gives the loop back.</summary>
    Manual,
}

/// <summary>
/// The loop's output is the setpoint of another: controller output from..to (percent) is a setpoint <paramref name="AtFrom"/> to
/// <paramref name="AtTo"/> in the unit of that loop's process value (PID-08).
/// </summary>
/// <param name="Loop">Loop ordinal.</param>
public readonly record struct CascadeLeg(int Loop, double From, double To, double AtFrom, double AtTo)
{
    public double Setpoint(double percent) => AtFrom + (Math.Clamp(percent, Math.Min(From, To), Math.Max(From, To)) - From) / (To - From) * (AtTo - AtFrom);

    public double Back(double setpoint) => From + (setpoint - AtFrom) / (AtTo - AtFrom) * (To - From);
}

/// <summary>The setpoint is a ratio: demanded value times the wild flow plus a bias (PID-09).</summary>
/// <param name="Wild">Tag ordinal; while it is bad the setpoint stays.</param>
public sealed record RatioRule(int Wild, double Bias);

/// <summary>Adds gain x (tag - zero) to the output (PID-09); a bad tag leaves the last value standing.</summary>
/// <param name="Tag">Tag ordinal.</param>
/// <param name="Gain">Percent of controller output per unit of the tag.</param>
public sealed record FeedForwardRule(int Tag, double Gain, double Zero);

/// <summary>While the condition is true the output follows a value (PID-09, mode LO). A condition that cannot be told counts as false.</summary>
/// <param name="Tag">Tag ordinal of the value, or -1 for <paramref name="Value"/>, percent.</param>
public sealed record TrackingRule(Expression When, int Tag, double Value);

/// <summary>What is watched on a loop that controls (PID-16).</summary>
/// <param name="Deviation">Error that counts as a deviation, process-value units; 0 is not watched.</param>
/// <param name="For">How long a deviation or a saturated output must last.</param>
/// <param name="Oscillation">Error amplitude beyond which swings count, process-value units; 0 is not watched.</param>
public sealed record LoopWatchRule(double Deviation, TimeSpan For, double Oscillation);

/// <summary>Limits of an autotune on this loop (PID-17).</summary>
/// <param name="Step">Swing of the relay either side, percent of controller output.</param>
/// <param name="Most">The test gives up this far from where it began, process-value units.</param>
/// <param name="Hysteresis">Least, process-value units; noise may make it wider.</param>
/// <param name="Longest">It gives up after this time.</param>
public sealed record AutotuneRule(double Step, double Most, double Hysteresis, TimeSpan Longest);
