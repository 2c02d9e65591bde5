using Crm.Plant.Tags;

namespace Crm.Plant.Loops;

/// <summary>What one loop remembers.</summary>
internal struct LoopMemory
{
    public bool Running;
    public bool Lost;
    /// <summary>False until somebody named a setpoint.</summary>
    public bool HasTarget;
    public double Target;
    public double Setpoint;

    /// <summary>Integral part, percent.</summary>
    public double Integral;

    /// <summary>Derivative part, percent.</summary>
    public double Derivative;
    public double LastProcessValue;
    public double Error;

    /// <summary>Output before its limits, percent.</summary>
    public double Raw;

    /// <summary>Output after its limits, percent.</summary>
    public double Output;

    public readonly LoopStatus Status => new(Running, Lost, Setpoint, Target, Output);
}

/// <summary>
/// PI(D) in ISA standard form with setpoint weight, derivative on the process value (filter N = 10), setpoint rate and anti-windup by
/// back-calculation from what the actuators really got (PID-03, PID-04). A scan is <see cref="Advance"/>, arbitration, <see cref="Settle"/>.
/// </summary>
internal static class LoopController
{
    private const double DerivativeFilter = 10;

    /// <summary>Works out the controller output of this scan.</summary>
    /// <param name="target">Demanded setpoint; NaN keeps the one it has, or the process value when it has none.</param>
    /// <param name="standing">Controller output that the actuators stand at, for a start without a bump, percent.</param>
    /// <param name="seconds">Time since the scan before.</param>
    public static void Advance(LoopDefinition loop, ref LoopMemory memory, in Reading processValue, double target, double standing, double seconds)
    {
        if (processValue.IsBad || double.IsNaN(processValue.Value))
        {
            Stop(ref memory);
            memory.Lost = true;
            return;
        }

        double y = processValue.Value;
        bool start = !memory.Running;
        if (start) Start(loop, ref memory, y, target);
        MoveSetpoint(loop, ref memory, target, seconds);
        memory.Error = memory.Setpoint - y;
        memory.Derivative = start ? 0 : Derivative(loop, memory, y, seconds);
        memory.LastProcessValue = y;
        double proportional = loop.Gain * (loop.SetpointWeight * memory.Setpoint - y);
        if (start) memory.Integral = loop.IntegralTime > TimeSpan.Zero ? standing - proportional : 0;
        memory.Raw = proportional + memory.Integral + memory.Derivative;
        memory.Output = double.IsNaN(memory.Raw) ? 0 : Math.Clamp(memory.Raw, loop.OutputLow, loop.OutputHigh);
    }

    /// <summary>Closes the scan: integrates the error and takes back what the actuators did not follow.</summary>
    /// <param name="actual">Controller output that the actuators really got, percent.</param>
    /// <param name="tracking">True while a person drives an actuator: the loop follows, so that giving it back makes no bump (PID-05).</param>
    public static void Settle(LoopDefinition loop, ref LoopMemory memory, double actual, bool tracking, double seconds)
    {
        if (!memory.Running || loop.IntegralTime <= TimeSpan.Zero) return;
        double ti = loop.IntegralTime.TotalSeconds;
        if (tracking)
        {
            memory.Integral += actual - memory.Raw;
        }
        else
        {
            double td = loop.DerivativeTime.TotalSeconds;
            double tracks = td > 0 ? Math.Sqrt(ti * td) : ti;
            memory.Integral += loop.Gain * seconds / ti * memory.Error + Math.Min(1, seconds / tracks) * (actual - memory.Raw);
        }

        if (!double.IsFinite(memory.Integral)) memory.Integral = 0;
    }

    /// <summary>Nobody asks any more; the setpoint is kept for a demand that names none.</summary>
    public static void Stop(ref LoopMemory memory)
    {
        memory.Running = false;
        memory.Lost = false;
        memory.Output = 0;
    }

    private static void Start(LoopDefinition loop, ref LoopMemory memory, double y, double target)
    {
        if (double.IsNaN(target) && !memory.HasTarget) memory.Target = Legal(loop, y);
        memory.HasTarget = true;
        double first = double.IsNaN(target) ? memory.Target : target;
        memory.Setpoint = Legal(loop, loop.SetpointRate is null ? first : y);
        memory.Running = true;
        memory.Lost = false;
    }

    private static void MoveSetpoint(LoopDefinition loop, ref LoopMemory memory, double target, double seconds)
    {
        if (!double.IsNaN(target)) memory.Target = Legal(loop, target);
        if (loop.SetpointRate is not { } rate)
        {
            memory.Setpoint = memory.Target;
            return;
        }

        double most = rate * seconds;
        memory.Setpoint += Math.Clamp(memory.Target - memory.Setpoint, -most, most);
    }

    private static double Legal(LoopDefinition loop, double setpoint) => Math.Clamp(setpoint, loop.SetpointLow, loop.SetpointHigh);

    private static double Derivative(LoopDefinition loop, in LoopMemory memory, double y, double seconds)
    {
        double td = loop.DerivativeTime.TotalSeconds;
        if (td <= 0) return 0;
        double scale = 1 / (td + DerivativeFilter * seconds);
        return scale * (td * memory.Derivative - loop.Gain * td * DerivativeFilter * (y - memory.LastProcessValue));
    }
}
