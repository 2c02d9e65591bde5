using System.Numerics;

namespace Crm.Plant.Loops.Tuning;

/// <summary>How far a loop is from instability.</summary>
/// <param name="MaximumSensitivity">Ms; 1.4 to 1.7 is the design target (PID-20); infinite when the loop is unstable.</param>
/// <param name="GainMargin">The gain may rise by this factor; infinite when nothing crosses -180 degrees.</param>
/// <param name="PhaseMargin">Degrees.</param>
public readonly record struct Margins(double MaximumSensitivity, double GainMargin, double PhaseMargin)
{
    public const double LeastTarget = 1.4;
    public const double MostTarget = 1.7;

    private const double Step = 1.002;

    public bool IsStable => GainMargin > 1 && PhaseMargin > 0;

    /// <summary>Margins of controller times plant, feedback on the process value (weights b and c do not enter).</summary>
    public static Margins Of(PlantModel plant, in LoopTuning tuning)
    {
        LoopTuning controller = tuning;
        double scale = Math.Max(plant.Slowest(), controller.IntegralTime);
        double largest = 1, gainMargin = double.PositiveInfinity, phaseMargin = double.PositiveInfinity;
        double before = double.NaN, phaseBefore = double.NaN;
        for (double w = 1e-3 / scale; w < 1e4 / Fastest(plant, scale); w *= Step)
        {
            Complex open = Controller(controller, w) * plant.At(w);
            largest = Math.Max(largest, 1 / (1 + open).Magnitude);
            double phase = plant.Phase(w) + Controller(controller, w).Phase;
            double size = open.Magnitude;
            if (phaseBefore > -Math.PI && phase <= -Math.PI) gainMargin = Math.Min(gainMargin, 1 / size);
            if (before > 1 && size <= 1) phaseMargin = Math.Min(phaseMargin, 180 + phase * 180 / Math.PI);
            before = size;
            phaseBefore = phase;
        }

        bool unstable = gainMargin <= 1 || phaseMargin <= 0;
        return new Margins(unstable ? double.PositiveInfinity : largest, gainMargin, phaseMargin);
    }

    /// <summary>The controller's transfer function from process value to output, sign left out.</summary>
    public static Complex Controller(in LoopTuning tuning, double frequency)
    {
        var s = new Complex(0, frequency);
        Complex inner = 1;
        if (tuning.IntegralTime > 0) inner += 1 / (tuning.IntegralTime * s);
        if (tuning.DerivativeTime > 0) inner += tuning.DerivativeTime * s / (1 + tuning.DerivativeTime / tuning.DerivativeFilter * s);
        Complex filter = 1 + tuning.FilterTime * s * (1 + tuning.FilterTime * s / 2);
        return tuning.Gain * inner / filter;
    }

    private static double Fastest(PlantModel plant, double scale)
    {
        double least = plant.Delay > 0 ? plant.Delay : scale;
        foreach (double lag in plant.Lags) least = Math.Min(least, Math.Max(lag, 1e-3 * scale));
        return least;
    }

    public override string ToString() => FormattableString.Invariant($"Ms {MaximumSensitivity:0.00}, GM {GainMargin:0.0}, PM {PhaseMargin:0} deg");
}
