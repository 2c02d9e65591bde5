namespace Crm.Plant.Loops.Tuning;

/// <summary>How a relay test is run.</summary>
/// <param name="Amplitude">d: the output swings this much either side of its bias, percent of controller output.</param>
/// <param name="Low">Controller output limits during the test, percent.</param>
/// <param name="Direction">+1 when more output raises the process value, -1 when it lowers it.</param>
/// <param name="LeastHysteresis">Process-value units; the measured noise may make it wider.</param>
/// <param name="MostDeviation">Distance from where it began at which the test gives up, process-value units.</param>
/// <param name="Quiet">Time at the start in which the output stands still and the noise is measured, s.</param>
/// <param name="Longest">The test gives up after this, s.</param>
public readonly record struct RelaySettings(
    double Amplitude, double Low, double High, int Direction, double LeastHysteresis, double MostDeviation, double Quiet, double Longest);

public enum RelayState : byte
{
    Idle,
    Quiet,
    Cycling,
    Done,
    GaveUp,
}

/// <summary>Why a test ended without a result.</summary>
public enum RelayFault : byte
{
    None,
    Deviation,
    TooLong,
    ProcessValueBad,
    OutputTaken,
    NotAsked,
    Person,
}

/// <summary>One measured limit cycle.</summary>
/// <param name="Amplitude">a: half of peak to peak, process-value units.</param>
/// <param name="Period">s.</param>
/// <param name="HighShare">Share of the period with the output high: 0.5 in a symmetrical cycle.</param>
/// <param name="Magnitude">Of the process at the frequency of the cycle, from the first harmonics of output and process value; NaN in the first cycle.</param>
/// <param name="Phase">Of the process there, rad, 0 to -2π.</param>
public readonly record struct LimitCycle(double Amplitude, double Period, double HighShare, double Magnitude, double Phase);

/// <summary>What a relay test remembers. A value: copied with its loop when the plant is forked.</summary>
public struct RelayMemory
{
    public RelayState State;
    public RelayFault Fault;

    /// <summary>s since the test began.</summary>
    public double Elapsed;

    /// <summary>Process value about which the relay switches.</summary>
    public double Centre;
    public double Hysteresis;

    /// <summary>Output about which the relay swings, percent.</summary>
    public double Bias;
    public double Amplitude;
    public double Output;
    public bool IsHigh;

    /// <summary>Controller output before the test, given back after it.</summary>
    public double Before;
    public int Samples;
    public double Mean;
    public double Squares;
    public double Highest;
    public double Lowest;

    /// <summary>s of the present cycle, and of its part with the output high.</summary>
    public double CycleTime;
    public double HighTime;

    /// <summary>Last time and value either side of the switching level, for the moment in between.</summary>
    public double LastValue;
    public double Carried;

    /// <summary>Sums for the first harmonics of output and process value in this cycle.</summary>
    public double OutputSine;
    public double OutputCosine;
    public double ValueSine;
    public double ValueCosine;
    public int Cycles;
    public LimitCycle Last;
    public LimitCycle Second;
    public LimitCycle Third;
}

/// <summary>
/// Relay feedback test (Åström and Hägglund) as a pure state machine: noise first, then a relay with hysteresis about the standing output,
/// its bias moved so that high and low take equally long where the limits leave room, until three cycles agree within 5 % (PID-17). One call per scan.
/// </summary>
public static class RelayTest
{
    /// <summary>Largest spread of period and amplitude among the three cycles that count.</summary>
    public const double Agreement = 0.05;

    /// <summary>The share of the period with the output high may differ by this among the cycles that count.</summary>
    public const double Symmetry = 0.05;

    private const int CyclesThatCount = 3;

    /// <summary>Share of the amplitude asked below which the swing is not made smaller.</summary>
    public const double LeastSwing = 0.5;

    /// <summary>Hysteresis in standard deviations of the noise.</summary>
    private const double NoiseBand = 3;

    public static RelayMemory Begin(in RelaySettings settings, double processValue, double output) => new()
    {
        State = RelayState.Quiet,
        Centre = processValue,
        Bias = output,
        Before = output,
        Output = output,
        Amplitude = settings.Amplitude,
        Hysteresis = settings.LeastHysteresis,
        LastValue = processValue,
        Highest = processValue,
        Lowest = processValue,
    };

    public static void GiveUp(ref RelayMemory test, RelayFault why)
    {
        test.State = RelayState.GaveUp;
        test.Fault = why;
        test.Output = test.Before;
    }

    /// <summary>One scan; the output to drive is in <see cref="RelayMemory.Output"/>.</summary>
    /// <param name="seconds">Time since the scan before.</param>
    public static void Advance(in RelaySettings settings, ref RelayMemory test, double processValue, double seconds)
    {
        if (test.State is not (RelayState.Quiet or RelayState.Cycling)) return;
        test.Elapsed += seconds;
        if (!double.IsFinite(processValue)) GiveUp(ref test, RelayFault.ProcessValueBad);
        else if (Math.Abs(processValue - test.Centre) > settings.MostDeviation) GiveUp(ref test, RelayFault.Deviation);
        else if (test.Elapsed > settings.Longest) GiveUp(ref test, RelayFault.TooLong);
        else if (test.State == RelayState.Quiet) Listen(settings, ref test, processValue);
        else Cycle(settings, ref test, processValue, seconds);
    }

    /// <summary>Ultimate gain by the describing function of a relay with hysteresis, 4 d / (π √(a² - ε²)). Up to 20 % off: never exact (standards 5.3).</summary>
    public static double UltimateGain(in RelayMemory test)
    {
        double a = (test.Last.Amplitude + test.Second.Amplitude + test.Third.Amplitude) / 3;
        double effective = a > test.Hysteresis ? Math.Sqrt(a * a - test.Hysteresis * test.Hysteresis) : a;
        return 4 * test.Amplitude / (Math.PI * effective);
    }

    public static double UltimatePeriod(in RelayMemory test) => (test.Last.Period + test.Second.Period + test.Third.Period) / 3;

    /// <summary>
    /// The process at the frequency of the cycle, from the first harmonics of three cycles: free of the describing function's error, of
    /// hysteresis and of lopsided cycles, and little moved by noise.
    /// </summary>
    public static (double Frequency, double Magnitude, double Phase) Point(in RelayMemory test) => (
        2 * Math.PI / UltimatePeriod(test),
        (test.Last.Magnitude + test.Second.Magnitude + test.Third.Magnitude) / 3,
        (test.Last.Phase + test.Second.Phase + test.Third.Phase) / 3);

    /// <summary>
    /// How much steeper the process is on its steeper side than the test saw on the whole, from the slopes up and down and how far the output
    /// stood either side of what the process needs; 1 where both sides are alike.
    /// </summary>
    public static double Steeper(in RelayMemory test)
    {
        double high = Math.Clamp(test.Last.HighShare, 0.05, 0.95);
        double above = test.Bias + test.Amplitude - test.Before, below = test.Before - test.Bias + test.Amplitude;
        if (above <= 0 || below <= 0) return 1;
        double mean = (1 / high + 1 / (1 - high)) / (2 * test.Amplitude);
        return Math.Max(1, Math.Max(1 / (high * above), 1 / ((1 - high) * below)) / mean);
    }

    private static void Listen(in RelaySettings settings, ref RelayMemory test, double y)
    {
        test.Samples++;
        double delta = y - test.Mean;
        test.Mean += delta / test.Samples;
        test.Squares += delta * (y - test.Mean);
        test.LastValue = y;
        if (test.Elapsed < settings.Quiet) return;
        double noise = test.Samples > 1 ? Math.Sqrt(test.Squares / (test.Samples - 1)) : 0;
        test.Hysteresis = Math.Max(settings.LeastHysteresis, NoiseBand * noise);
        Fit(settings, ref test, test.Bias);
        test.State = RelayState.Cycling;
        test.Highest = test.Lowest = y;
        test.IsHigh = y <= test.Centre == settings.Direction > 0;
        Swing(ref test);
    }

    private static void Cycle(in RelaySettings settings, ref RelayMemory test, double y, double seconds)
    {
        test.Highest = Math.Max(test.Highest, y);
        test.Lowest = Math.Min(test.Lowest, y);
        test.CycleTime += seconds;
        if (test.IsHigh) test.HighTime += seconds;
        Correlate(ref test, y, seconds);
        // The process value that asks for more output is below the centre when output raises it.
        double below = settings.Direction * (test.Centre - y);
        bool high = test.IsHigh ? below >= -test.Hysteresis : below > test.Hysteresis;
        if (high == test.IsHigh)
        {
            test.LastValue = y;
            return;
        }

        double late = Late(settings, test, y, seconds);
        test.LastValue = y;
        test.IsHigh = high;
        if (high) End(settings, ref test, late);
        if (test.State == RelayState.Cycling) Swing(ref test);
    }

    /// <summary>How long before this scan the switching level was crossed, s: periods are not whole numbers of scans.</summary>
    private static double Late(in RelaySettings settings, in RelayMemory test, double y, double seconds)
    {
        double level = test.Centre + (test.IsHigh ? 1 : -1) * settings.Direction * test.Hysteresis;
        double moved = y - test.LastValue;
        return moved == 0 ? 0 : Math.Clamp((y - level) / moved, 0, 1) * seconds;
    }

    private static void End(in RelaySettings settings, ref RelayMemory test, double late)
    {
        double period = test.CycleTime + test.Carried - late;
        (double magnitude, double phase) = Harmonics(ref test);
        var cycle = new LimitCycle((test.Highest - test.Lowest) / 2, period, test.HighTime / Math.Max(test.CycleTime, 1e-9), magnitude, phase);
        test.Carried = late;
        test.CycleTime = test.HighTime = 0;
        test.Highest = double.NegativeInfinity;
        test.Lowest = double.PositiveInfinity;
        test.Cycles++;
        (test.Third, test.Second, test.Last) = (test.Second, test.Last, cycle);
        // The first cycle holds the way in; a cycle that is lopsided shows which output the process really needs.
        if (test.Cycles > 1) Centre(settings, ref test, cycle.HighShare);
        if (test.Cycles > CyclesThatCount && Agree(test)) Finish(ref test);
    }

    // The period of the cycle before stands for this one's: they agree within 5 % where it counts.
    private static void Correlate(ref RelayMemory test, double y, double seconds)
    {
        if (test.Cycles == 0) return;
        double angle = 2 * Math.PI * (test.CycleTime - seconds / 2) / test.Last.Period;
        (double sine, double cosine) = Math.SinCos(angle);
        double output = (test.Output - test.Bias) * seconds;
        double value = ((y + test.LastValue) / 2 - test.Centre) * seconds;
        test.OutputSine += output * sine;
        test.OutputCosine += output * cosine;
        test.ValueSine += value * sine;
        test.ValueCosine += value * cosine;
    }

    private static (double Magnitude, double Phase) Harmonics(ref RelayMemory test)
    {
        double into = Math.Sqrt(test.OutputSine * test.OutputSine + test.OutputCosine * test.OutputCosine);
        double outOf = Math.Sqrt(test.ValueSine * test.ValueSine + test.ValueCosine * test.ValueCosine);
        double phase = Math.Atan2(-test.ValueSine, test.ValueCosine) - Math.Atan2(-test.OutputSine, test.OutputCosine);
        while (phase > 0) phase -= 2 * Math.PI;
        while (phase <= -2 * Math.PI) phase += 2 * Math.PI;
        test.OutputSine = test.OutputCosine = test.ValueSine = test.ValueCosine = 0;
        return into > 0 ? (outOf / into, phase) : (double.NaN, double.NaN);
    }

    private static void Centre(in RelaySettings settings, ref RelayMemory test, double highShare) =>
        Fit(settings, ref test, test.Bias + test.Amplitude * (2 * highShare - 1));

    private static bool Agree(in RelayMemory test) =>
        Near(test.Last.Period, test.Second.Period, test.Third.Period) && Near(test.Last.Amplitude, test.Second.Amplitude, test.Third.Amplitude)
        && Math.Abs(test.Last.HighShare - test.Second.HighShare) <= Symmetry && Math.Abs(test.Last.HighShare - test.Third.HighShare) <= Symmetry;

    private static bool Near(double a, double b, double c)
    {
        double mean = (a + b + c) / 3;
        return Math.Max(a, Math.Max(b, c)) - Math.Min(a, Math.Min(b, c)) <= Agreement * mean;
    }

    private static void Finish(ref RelayMemory test)
    {
        test.State = RelayState.Done;
        test.Output = test.Before;
    }

    private static void Swing(ref RelayMemory test) => test.Output = test.Bias + (test.IsHigh ? test.Amplitude : -test.Amplitude);

    // Close to a limit the swing becomes smaller, so that what the process needs stays in its middle.
    private static void Fit(in RelaySettings settings, ref RelayMemory test, double bias)
    {
        double room = Math.Min(bias - settings.Low, settings.High - bias);
        double least = Math.Min(settings.Amplitude * LeastSwing, (settings.High - settings.Low) / 2);
        test.Amplitude = Math.Clamp(room, least, settings.Amplitude);
        test.Bias = Math.Clamp(bias, settings.Low + test.Amplitude, settings.High - test.Amplitude);
    }
}
