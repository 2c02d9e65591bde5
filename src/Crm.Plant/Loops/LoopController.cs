using Crm.Plant.Loops.Tuning;
using Crm.Plant.Tags;

namespace Crm.Plant.Loops;

/// <summary>What a loop gets to see in a scan.</summary>
/// <param name="Mode">Actual mode.</param>
/// <param name="Target">Demanded setpoint; NaN keeps the one it has, or the process value when it has none.</param>
/// <param name="Standing">Controller output that the actuators stand at, for a start without a bump, percent.</param>
/// <param name="FeedForward">Percent; NaN leaves the last one.</param>
/// <param name="Tracked">Output while tracking, percent.</param>
/// <param name="Seconds">Time since the scan before.</param>
internal readonly record struct LoopInputs(
    Reading ProcessValue, LoopMode Mode, double Target, double Standing, double FeedForward, double Tracked, double Seconds)
{
    /// <summary>All outputs carried a unit's direct demand in the scan before: a setpoint with a rate begins anew from the process value.</summary>
    public bool Direct { get; init; }
}

/// <summary>What became of a loop's output.</summary>
/// <param name="Actual">Controller output that the actuators really got, percent.</param>
/// <param name="Follows">Somebody else holds the output: the loop follows, so that giving it back makes no bump (PID-05).</param>
/// <param name="HoldUp">Nothing downstream can take more: the integral may not rise (PID-04, PID-08).</param>
/// <param name="HoldDown">Nothing downstream can take less.</param>
/// <param name="InDeadBand">An actuator is asked for less than its least stroke.</param>
internal readonly record struct LoopFeedback(double Actual, bool Follows, bool HoldUp, bool HoldDown, bool InDeadBand);

/// <summary>
/// PI(D) in ISA standard form with setpoint weights, filtered derivative, setpoint rates, anti-windup by back-calculation from what the
/// actuators really got and by clamping (PID-01 to PID-05). A scan is <see cref="Advance"/>, arbitration, <see cref="Settle"/>.
/// </summary>
internal static class LoopController
{
    /// <summary>Time in which the bias of a loop without integral action fades where the rig names no tracking time, s.</summary>
    private const double BalanceTime = 300;

    private const double AveragingTime = 60;

    private const double Tiny = 1e-9;

    public static bool Usable(LoopDefinition loop, in Reading processValue) =>
        !processValue.IsBad && double.IsFinite(processValue.Value) && (processValue.IsGood || !loop.UncertainIsBad);

    /// <summary>Works out the controller output of this scan.</summary>
    public static AutotuneOutcome Advance(LoopDefinition loop, ref LoopMemory memory, in LoopInputs now)
    {
        if (!Usable(loop, now.ProcessValue))
        {
            Lose(loop, ref memory, now.Mode);
            return AutotuneOutcome.Running;
        }

        double y = now.ProcessValue.Value;
        bool start = !memory.Running;
        if (start) Start(loop, ref memory, y, now);
        memory.Lost = false;
        if (memory.Mode != now.Mode) memory.Rebalance = true;
        memory.Mode = now.Mode;
        Filter(ref memory, y, start, now.Seconds);
        MoveSetpoint(loop, ref memory, now);
        double before = memory.Output;
        double made = Terms(loop, ref memory, start, now);
        if (memory.Autotune.IsRunning) return Tune(loop, ref memory, made, now.Seconds);
        if (!LoopModes.Computes(now.Mode))
        {
            Hold(loop, ref memory, made, now.Mode == LoopMode.LocalOverride ? now.Tracked : memory.ManualOutput);
            return AutotuneOutcome.Running;
        }

        if (memory.Rebalance) Rebalance(loop, ref memory, before, made);
        memory.Raw = made + memory.Integral;
        Limit(loop, ref memory, before, now.Seconds);
        return AutotuneOutcome.Running;
    }

    /// <summary>Closes the scan: integrates the error and takes back what the actuators did not follow.</summary>
    public static void Settle(LoopDefinition loop, ref LoopMemory memory, in LoopFeedback back, double seconds)
    {
        memory.Frozen = false;
        memory.LimitedHigh = memory.Running && (back.HoldUp || back.Follows || back.Actual < memory.Raw - Tiny);
        memory.LimitedLow = memory.Running && (back.HoldDown || back.Follows || back.Actual > memory.Raw + Tiny);
        if (!memory.Autotune.IsRunning) memory.MeanOutput += (memory.Output - memory.MeanOutput) * Math.Min(1, seconds / AveragingTime);
        if (!memory.Running || memory.Lost || memory.Autotune.IsRunning || !LoopModes.Computes(memory.Mode)) return;
        if (back.Follows)
        {
            memory.Integral += back.Actual - memory.Raw;
            memory.Output = back.Actual;
        }
        else if (memory.Tuning.IntegralTime <= 0)
        {
            memory.Integral -= memory.Integral * Math.Min(1, seconds / (loop.TrackingTime?.TotalSeconds ?? BalanceTime));
        }
        else
        {
            Integrate(loop, ref memory, back, seconds);
            GiveBack(loop, ref memory);
        }

        if (!double.IsFinite(memory.Integral)) memory.Integral = 0;
    }

    /// <summary>Nobody asks any more; the setpoint is kept for a demand that names none.</summary>
    public static void Stop(ref LoopMemory memory)
    {
        Autotune.GiveUp(ref memory, RelayFault.NotAsked);
        memory.Running = false;
        memory.Lost = false;
        memory.Frozen = memory.LimitedHigh = memory.LimitedLow = false;
        memory.Output = 0;
        memory.Mode = LoopMode.Initialising;
        LoopWatch.Rest(ref memory.Watch);
    }

    private static void Integrate(LoopDefinition loop, ref LoopMemory memory, in LoopFeedback back, double seconds)
    {
        memory.Frozen = back.InDeadBand && Math.Abs(memory.Deviation) <= loop.FreezeWithin;
        if (memory.Frozen) return;
        double ti = memory.Tuning.IntegralTime;
        double rise = memory.Tuning.Gain * seconds / ti * memory.Error;
        double missed = back.Actual - memory.Raw;
        bool clamps = loop.Windup != WindupRule.BackCalculation;
        if (rise > 0 && (back.HoldUp || clamps && missed < -Tiny)) rise = 0;
        if (rise < 0 && (back.HoldDown || clamps && missed > Tiny)) rise = 0;
        memory.Integral += rise;
        if (loop.Windup == WindupRule.Clamping) return;
        double tracks = loop.TrackingTime?.TotalSeconds ?? memory.Tuning.UsualTrackingTime;
        memory.Integral += Math.Min(1, seconds / tracks) * missed;
    }

    // Without a bump, and far from the setpoint, the integral takes up more than any output could be: that much is borrowed.
    private static void Rebalance(LoopDefinition loop, ref LoopMemory memory, double before, double made)
    {
        LoopTuning tuning = memory.Tuning;
        memory.Integral = before - made;
        double atSetpoint = before - memory.Derivative - tuning.Gain * tuning.SetpointWeight * memory.Error;
        memory.Borrowed = tuning.IntegralTime > 0 ? atSetpoint - Math.Clamp(atSetpoint, loop.OutputLow, loop.OutputHigh) : 0;
        memory.Rebalance = false;
    }

    /// <summary>
    /// Gives back what a start without a bump has borrowed, as far as the output is at its limit anyway and nothing moves: else a setpoint
    /// that was far away in the first scan, and is not any more, would keep the loop at its limit for several Ti.
    /// </summary>
    private static void GiveBack(LoopDefinition loop, ref LoopMemory memory)
    {
        double beyond = memory.Raw - Math.Clamp(memory.Raw, loop.OutputLow, loop.OutputHigh);
        if (beyond == 0 || Math.Sign(beyond) != Math.Sign(memory.Borrowed)) return;
        double gives = Math.Abs(beyond) < Math.Abs(memory.Borrowed) ? beyond : memory.Borrowed;
        memory.Integral -= gives;
        memory.Borrowed -= gives;
    }

    private static void Start(LoopDefinition loop, ref LoopMemory memory, double y, in LoopInputs now)
    {
        if (double.IsNaN(now.Target) && !memory.HasTarget) memory.Target = loop.LegalSetpoint(y);
        memory.HasTarget = true;
        double first = double.IsNaN(now.Target) ? memory.Target : now.Target;
        memory.Setpoint = loop.LegalSetpoint(loop.SetpointRate is null ? first : y);
        memory.Output = memory.MeanOutput = now.Standing;
        memory.FeedForward = 0;
        memory.Running = true;
        memory.Rebalance = true;
    }

    private static void MoveSetpoint(LoopDefinition loop, ref LoopMemory memory, in LoopInputs now)
    {
        if (!double.IsNaN(now.Target)) memory.Target = loop.LegalSetpoint(now.Target);
        if (now.Direct && loop.SetpointRate is not null || loop.SetpointTracks && !LoopModes.Computes(now.Mode))
        {
            memory.Setpoint = loop.LegalSetpoint(memory.Filtered);
            return;
        }

        double up = loop.SetpointRate * now.Seconds ?? double.PositiveInfinity;
        double down = (loop.SetpointRateDown ?? loop.SetpointRate) * now.Seconds ?? double.PositiveInfinity;
        double away = memory.Target - memory.Setpoint;
        memory.Setpoint = away > up ? memory.Setpoint + up : away < -down ? memory.Setpoint - down : memory.Target;
    }

    /// <summary>All of the output but its integral part.</summary>
    private static double Terms(LoopDefinition loop, ref LoopMemory memory, bool start, in LoopInputs now)
    {
        LoopTuning tuning = memory.Tuning;
        double r = Linear(loop, memory.Setpoint);
        double y = Linear(loop, memory.Filtered);
        memory.Error = r - y;
        memory.Deviation = memory.Setpoint - memory.Filtered;
        double weighted = tuning.DerivativeWeight * r - y;
        memory.Derivative = start ? 0 : Derivative(tuning, memory, weighted, now.Seconds);
        memory.LastWeighted = weighted;
        if (double.IsFinite(now.FeedForward)) memory.FeedForward = now.FeedForward;
        double forward = memory.FeedForwardOff ? 0 : memory.FeedForward;
        double weight = tuning.IntegralTime > 0 ? tuning.SetpointWeight : 1;
        return tuning.Gain * (weight * r - y) + memory.Derivative + forward;
    }

    private static double Derivative(in LoopTuning tuning, in LoopMemory memory, double weighted, double seconds)
    {
        // Parameters that have just changed begin with no derivative: what it was is in the output that stays.
        double td = tuning.DerivativeTime;
        if (td <= 0 || memory.Rebalance) return 0;
        double n = tuning.DerivativeFilter;
        return (td * memory.Derivative + tuning.Gain * td * n * (weighted - memory.LastWeighted)) / (td + n * seconds);
    }

    private static double Linear(LoopDefinition loop, double value) => loop.Curve is { } curve ? curve.Extended(value) : value;

    // 1/(1 + Tf s + (Tf s)²/2), implicit in time: stable at any scan period.
    private static void Filter(ref LoopMemory memory, double y, bool start, double seconds)
    {
        double time = memory.Tuning.FilterTime;
        if (start || time <= 0 || seconds <= 0 || !double.IsFinite(memory.Filtered))
        {
            memory.Filtered = y;
            memory.FilteredSlope = 0;
            return;
        }

        double a = 2 / (time * time), b = 2 / time;
        double slope = (memory.FilteredSlope + seconds * a * (y - memory.Filtered)) / (1 + seconds * b + seconds * seconds * a);
        double filtered = memory.Filtered + seconds * slope;
        bool sound = double.IsFinite(filtered) && double.IsFinite(slope);
        memory.FilteredSlope = sound ? slope : 0;
        memory.Filtered = sound ? filtered : y;
    }

    private static void Limit(LoopDefinition loop, ref LoopMemory memory, double before, double seconds)
    {
        if (!double.IsFinite(memory.Raw))
        {
            memory.Raw = double.IsFinite(before) ? before : 0;
            memory.Integral = memory.Derivative = 0;
            memory.Rebalance = true;
        }

        double output = Math.Clamp(memory.Raw, loop.OutputLow, loop.OutputHigh);
        if (loop.OutputRate is { } rate) output = Math.Clamp(output, before - rate * seconds, before + rate * seconds);
        memory.Output = output;
    }

    private static void Hold(LoopDefinition loop, ref LoopMemory memory, double made, double output)
    {
        (double low, double high) = loop.ManualLimits ?? (loop.OutputLow, loop.OutputHigh);
        memory.Output = double.IsFinite(output) ? Math.Clamp(output, low, high) : memory.Output;
        memory.Raw = memory.Output;
        memory.Integral = memory.Output - made;
        memory.Rebalance = true;
    }

    private static AutotuneOutcome Tune(LoopDefinition loop, ref LoopMemory memory, double made, double seconds)
    {
        AutotuneOutcome outcome = Autotune.Advance(loop, ref memory, memory.Filtered, seconds);
        Hold(loop, ref memory, made, memory.Autotune.Test.Output);
        return outcome;
    }

    private static void Lose(LoopDefinition loop, ref LoopMemory memory, LoopMode mode)
    {
        Autotune.GiveUp(ref memory, RelayFault.ProcessValueBad);
        if (loop.WhenBad == BadValueRule.Safe || !memory.Running)
        {
            Stop(ref memory);
        }
        else
        {
            if (loop.WhenBad == BadValueRule.Manual && memory.TargetMode != LoopMode.Manual)
            {
                memory.TargetMode = LoopMode.Manual;
                memory.ManualOutput = memory.Output;
            }

            memory.Raw = memory.Output;
            memory.Rebalance = true;
        }

        memory.Mode = mode;
        memory.Lost = true;
    }
}
