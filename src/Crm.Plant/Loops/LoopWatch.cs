namespace Crm.Plant.Loops;

/// <summary>How a loop has done since the start or the last tuning (PID-16).</summary>
/// <param name="Observed">Time in which somebody asked for it.</param>
/// <param name="AbsoluteError">∫|e|dt, process-value units times seconds.</param>
/// <param name="Variability">Standard deviation of the error, process-value units.</param>
/// <param name="AtLimit">Share of the time with the output at a limit.</param>
/// <param name="InNormalMode">Share of the time in AUTO, CAS or RCAS.</param>
public readonly record struct LoopPerformance(TimeSpan Observed, double AbsoluteError, double Variability, double AtLimit, double InNormalMode);

/// <summary>What the watch on a loop remembers.</summary>
public struct LoopWatchMemory
{
    public LoopFlags Flags;
    public double DeviatingFor;
    public double HighFor;
    public double LowFor;

    // Half waves of the error, s and process-value units.
    public bool IsPositive;
    public double HalfTime;
    public double HalfArea;
    public double LastHalfTime;
    public int Swings;

    public double Observed;
    public double Controlled;
    public double AbsoluteError;
    public double Mean;
    public double Squares;
    public double AtLimit;

    public readonly LoopPerformance Performance => new(
        TimeSpan.FromSeconds(Observed),
        AbsoluteError,
        Controlled > 0 ? Math.Sqrt(Squares / Controlled) : 0,
        Observed > 0 ? AtLimit / Observed : 0,
        Observed > 0 ? Controlled / Observed : 0);
}

/// <summary>
/// Deviation, saturation and oscillation of a loop, and its figures. Oscillation as by Hägglund: half waves of the error whose area is
/// more than that of a sine of the declared amplitude; three whole waves in a row count.
/// </summary>
public static class LoopWatch
{
    private const int SwingsThatCount = 6;

    /// <summary>A half wave that lasts this many times the one before ends a series.</summary>
    private const double Patience = 4;

    /// <param name="controls">The loop's own algorithm makes the output.</param>
    /// <param name="side">+1 output at its upper limit, -1 at its lower, 0 neither.</param>
    public static void Advance(LoopWatchRule? rule, ref LoopWatchMemory watch, double error, bool controls, int side, double seconds)
    {
        watch.Observed += seconds;
        if (side != 0) watch.AtLimit += seconds;
        if (controls) Measure(ref watch, error, seconds);
        if (rule is null) return;
        if (!controls)
        {
            Rest(ref watch);
            return;
        }

        double after = rule.For.TotalSeconds;
        watch.DeviatingFor = rule.Deviation > 0 && Math.Abs(error) > rule.Deviation ? watch.DeviatingFor + seconds : 0;
        watch.HighFor = side > 0 ? watch.HighFor + seconds : 0;
        watch.LowFor = side < 0 ? watch.LowFor + seconds : 0;
        if (rule.Oscillation > 0) Swing(ref watch, error, rule.Oscillation, seconds);
        watch.Flags = (watch.DeviatingFor > after ? LoopFlags.Deviation : LoopFlags.None)
            | (watch.HighFor > after ? LoopFlags.SaturatedHigh : LoopFlags.None)
            | (watch.LowFor > after ? LoopFlags.SaturatedLow : LoopFlags.None)
            | (watch.Swings >= SwingsThatCount ? LoopFlags.Oscillating : LoopFlags.None);
    }

    /// <summary>The loop does not control: nothing is judged, the figures stay.</summary>
    public static void Rest(ref LoopWatchMemory watch)
    {
        watch.Flags = LoopFlags.None;
        watch.DeviatingFor = watch.HighFor = watch.LowFor = 0;
        watch.HalfTime = watch.HalfArea = watch.LastHalfTime = 0;
        watch.Swings = 0;
    }

    public static void ForgetFigures(ref LoopWatchMemory watch) =>
        watch.Observed = watch.Controlled = watch.AbsoluteError = watch.Mean = watch.Squares = watch.AtLimit = 0;

    private static void Measure(ref LoopWatchMemory watch, double error, double seconds)
    {
        if (seconds <= 0 || !double.IsFinite(error)) return;
        watch.Controlled += seconds;
        watch.AbsoluteError += Math.Abs(error) * seconds;
        double delta = error - watch.Mean;
        watch.Mean += delta * seconds / watch.Controlled;
        watch.Squares += seconds * delta * (error - watch.Mean);
    }

    private static void Swing(ref LoopWatchMemory watch, double error, double amplitude, double seconds)
    {
        watch.HalfTime += seconds;
        watch.HalfArea += Math.Abs(error) * seconds;
        // Noise about zero is no crossing: the other side counts from half the amplitude.
        bool crossed = watch.IsPositive ? error < -amplitude / 2 : error > amplitude / 2;
        if (!crossed)
        {
            if (watch.LastHalfTime > 0 && watch.HalfTime > Patience * watch.LastHalfTime) watch.Swings = 0;
            return;
        }

        double mean = watch.HalfArea / watch.HalfTime;
        bool counts = mean * Math.PI / 2 >= amplitude;
        watch.Swings = counts ? Math.Min(watch.Swings + 1, SwingsThatCount) : 0;
        watch.LastHalfTime = watch.HalfTime;
        watch.HalfTime = watch.HalfArea = 0;
        watch.IsPositive = error > 0;
    }
}
