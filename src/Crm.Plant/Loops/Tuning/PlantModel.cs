using System.Collections.Immutable;
using System.Numerics;

namespace Crm.Plant.Loops.Tuning;

/// <summary>
/// What a loop drives, as a transfer function from controller output (percent) to process value:
/// K (1 - Z s) e^(-θ s) / ((τ1 s + 1)(τ2 s + 1) …), with a further 1/s when it integrates.
/// </summary>
/// <param name="Gain">K in process-value units per percent; of an integrating process per percent and second.</param>
/// <param name="Lags">τ, s, largest first.</param>
/// <param name="Delay">θ, s.</param>
/// <param name="InverseTime">Z of a zero in the right half plane, s; 0 is none.</param>
public sealed record PlantModel(double Gain, bool Integrates, ImmutableArray<double> Lags, double Delay, double InverseTime = 0)
{
    public static PlantModel FirstOrder(double gain, double lag, double delay) => new(gain, false, lag > 0 ? [lag] : [], delay);

    public static PlantModel Integrating(double gain, double delay, double lag = 0) => new(gain, true, lag > 0 ? [lag] : [], delay);

    public Complex At(double frequency)
    {
        var s = new Complex(0, frequency);
        Complex value = Gain * (1 - InverseTime * s) * Complex.Exp(-Delay * s);
        foreach (double lag in Lags) value /= lag * s + 1;
        return Integrates ? value / s : value;
    }

    /// <summary>
    /// First order (or integrator) plus delay by the half rule: the largest neglected lag is shared half and half between delay and
    /// largest kept lag; smaller lags and the inverse response become delay (Skogestad, SIMC).
    /// </summary>
    /// <param name="kept">Lags to keep: 1 for PI, 2 for PID; an integrator counts as one.</param>
    public PlantModel Reduced(int kept = 1)
    {
        int room = Integrates ? kept - 1 : kept;
        double[] lags = [.. Lags.OrderDescending()];
        double delay = Delay + InverseTime;
        if (lags.Length <= room) return this with { Lags = [.. lags], Delay = delay, InverseTime = 0 };
        double half = lags[room] / 2;
        delay += half + lags.Skip(room + 1).Sum();
        double[] left = lags[..room];
        if (room > 0) left[^1] += half;
        return new PlantModel(Gain, Integrates, [.. left], delay);
    }

    /// <summary>Where the phase first reaches -180 degrees: ultimate gain and period; null when it never does.</summary>
    public (double Gain, double Period)? Ultimate()
    {
        double last = 0;
        double slowest = Slowest();
        for (double w = 1e-3 / slowest; w < 1e5 / slowest; w *= 1.01)
        {
            if (Phase(w) > -Math.PI)
            {
                last = w;
                continue;
            }

            double crossing = Bisect(w0 => Phase(w0) + Math.PI, last, w);
            return (1 / At(crossing).Magnitude, 2 * Math.PI / crossing);
        }

        return null;
    }

    /// <summary>Phase without the jumps of the principal value, rad.</summary>
    public double Phase(double frequency)
    {
        double phase = -Delay * frequency - Math.Atan(InverseTime * frequency) - (Integrates ? Math.PI / 2 : 0);
        foreach (double lag in Lags) phase -= Math.Atan(lag * frequency);
        return Gain < 0 ? phase - Math.PI : phase;
    }

    /// <summary>Longest time in the model, s: the scale of its frequencies.</summary>
    public double Slowest() => Math.Max(1e-9, Math.Max(Delay, Math.Max(InverseTime, Lags.DefaultIfEmpty(0).Max())));

    internal static double Bisect(Func<double, double> f, double low, double high)
    {
        bool sign = f(low) > 0;
        for (int i = 0; i < 80; i++)
        {
            double middle = (low + high) / 2;
            if (f(middle) > 0 == sign) low = middle;
            else high = middle;
        }

        return (low + high) / 2;
    }

    public override string ToString()
    {
        string lags = string.Join(", ", Lags.Select(l => l.ToString("0.#", System.Globalization.CultureInfo.InvariantCulture) + " s"));
        string kind = Integrates ? "integrating" : "self-regulating";
        return FormattableString.Invariant($"{kind}, gain {Gain:0.#####}, lags {(lags.Length == 0 ? "none" : lags)}, delay {Delay:0.#} s");
    }
}
