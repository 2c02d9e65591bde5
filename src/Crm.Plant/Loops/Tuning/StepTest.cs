namespace Crm.Plant.Loops.Tuning;

/// <summary>
/// First-order-plus-delay or integrating model from the answer to one step of the controller output (PID-18). The answer is taken from
/// rest, evenly sampled, first sample at the step. A process that has not levelled off is read as integrating.
/// </summary>
public static class StepTest
{
    /// <summary>The last part of the answer that tells whether it has levelled off.</summary>
    private const double Tail = 0.1;

    /// <summary>Share of the whole move that the tail may still move in a process that has levelled off.</summary>
    private const double Levelled = 0.02;

    private const int LeastSamples = 20;

    /// <param name="samples">Process value.</param>
    /// <param name="period">s between samples.</param>
    /// <param name="step">Size of the step, percent of controller output.</param>
    /// <returns>The model, or why there is none.</returns>
    public static (PlantModel? Model, string WhyNot) Identify(ReadOnlySpan<double> samples, double period, double step)
    {
        if (samples.Length < LeastSamples) return (null, "the record is too short");
        if (step == 0) return (null, "there was no step");
        int tail = Math.Max(2, (int)(samples.Length * Tail));
        double start = samples[0];
        double end = Mean(samples[^tail..]);
        double move = end - start;
        double noise = Noise(samples);
        if (Math.Abs(move) < 6 * noise || move == 0) return (null, "the answer does not stand out from the noise");
        double drift = Mean(samples[^tail..]) - Mean(samples[^(2 * tail)..^tail]);
        return Math.Abs(drift) < Levelled * Math.Abs(move)
            ? SelfRegulating(samples, period, step, start, move)
            : Integrating(samples, period, step, start);
    }

    // Times of 28.3 % and 63.2 % of the move (Smith): τ = 1.5 (t63 - t28), θ = t63 - τ.
    private static (PlantModel?, string) SelfRegulating(ReadOnlySpan<double> samples, double period, double step, double start, double move)
    {
        double early = Crossing(samples, start, move, 1 - Math.Exp(-1.0 / 3)) * period;
        double late = Crossing(samples, start, move, 1 - Math.Exp(-1)) * period;
        double lag = 1.5 * (late - early);
        double delay = Math.Max(late - lag, period / 2);
        return lag > 0 ? (PlantModel.FirstOrder(move / step, lag, delay), "") : (null, "the answer is faster than the samples");
    }

    // A line through the last half: its slope is the gain, where it meets the start is the delay.
    private static (PlantModel?, string) Integrating(ReadOnlySpan<double> samples, double period, double step, double start)
    {
        int from = samples.Length / 2;
        double n = 0, t = 0, y = 0, tt = 0, ty = 0;
        for (int i = from; i < samples.Length; i++)
        {
            double at = i * period;
            n++;
            t += at;
            y += samples[i];
            tt += at * at;
            ty += at * samples[i];
        }

        double slope = (n * ty - t * y) / (n * tt - t * t);
        if (slope == 0 || !double.IsFinite(slope)) return (null, "the answer has no slope");
        double delay = (start - (y - slope * t) / n) / slope;
        if (delay < 0) return (null, "the answer bends and has not levelled off: a longer record would tell");
        return (PlantModel.Integrating(slope / step, Math.Max(delay, period / 2)), "");
    }

    private static double Crossing(ReadOnlySpan<double> samples, double start, double move, double share)
    {
        for (int i = 1; i < samples.Length; i++)
        {
            double now = (samples[i] - start) / move;
            if (now < share) continue;
            double before = (samples[i - 1] - start) / move;
            return now > before ? i - 1 + (share - before) / (now - before) : i;
        }

        return samples.Length;
    }

    /// <summary>Standard deviation of the noise from the second differences: a smooth answer drops out.</summary>
    private static double Noise(ReadOnlySpan<double> samples)
    {
        double sum = 0;
        for (int i = 2; i < samples.Length; i++)
        {
            double bend = samples[i] - 2 * samples[i - 1] + samples[i - 2];
            sum += bend * bend;
        }

        return Math.Sqrt(sum / Math.Max(1, samples.Length - 2) / 6);
    }

    private static double Mean(ReadOnlySpan<double> samples)
    {
        double sum = 0;
        foreach (double sample in samples) sum += sample;
        return sum / samples.Length;
    }
}
