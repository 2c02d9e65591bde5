namespace Crm.Plant.Loops;

/// <summary>
/// One set of parameters of a loop in ISA standard form, u = Kc (b r - y + 1/Ti ∫(r - y)dt + Td d(c r - y)/dt), the derivative filtered
/// with Td/N (PID-01, PID-03). b = c = 1 is PID on the error, c = 0 takes the derivative of the process value only, b = c = 0 is I-PD.
/// </summary>
/// <param name="Gain">Kc, percent of controller output per unit of the process value; positive is reverse action (heating), negative direct (PID-02).</param>
/// <param name="IntegralTime">Ti, s; 0 switches integral action off.</param>
/// <param name="DerivativeTime">Td, s; 0 switches derivative action off.</param>
/// <param name="SetpointWeight">b, 0 to 1; without integral action it counts as 1, for nothing else would bring the process value to the setpoint.</param>
/// <param name="DerivativeWeight">c, 0 to 1.</param>
/// <param name="DerivativeFilter">N, 2 to 30.</param>
/// <param name="FilterTime">Time constant of a second-order filter on the process value, s; 0 is none.</param>
public readonly record struct LoopTuning(
    double Gain,
    double IntegralTime,
    double DerivativeTime,
    double SetpointWeight,
    double DerivativeWeight = 0,
    double DerivativeFilter = LoopTuning.UsualFilter,
    double FilterTime = 0)
{
    public const double UsualFilter = 10;
    public const double LeastFilter = 2;
    public const double MostFilter = 30;

    /// <summary>Time constant with which back-calculation leads the integral after the actuators, s: Ti, or √(Ti Td) with derivative action (PID-04).</summary>
    public double UsualTrackingTime => DerivativeTime > 0 ? Math.Sqrt(IntegralTime * DerivativeTime) : IntegralTime;

    /// <summary>
    /// The same controller from the parameters of the series form, Kc' (1 + 1/(Ti' s)) (1 + Td' s): Kc = Kc' f, Ti = Ti' f, Td = Td'/f with
    /// f = 1 + Td'/Ti' (PID-01). Exact for b = c = 1 without the filter.
    /// </summary>
    public static LoopTuning FromSeries(double gain, double integral, double derivative, double setpointWeight = 1, double derivativeWeight = 0)
    {
        double f = integral > 0 ? 1 + derivative / integral : 1;
        return new LoopTuning(gain * f, integral * f, derivative / f, setpointWeight, derivativeWeight);
    }

    /// <summary>The series form of these parameters; null when there is none, because Ti is less than 4 Td.</summary>
    public (double Gain, double Integral, double Derivative)? ToSeries()
    {
        if (DerivativeTime <= 0 || IntegralTime <= 0) return (Gain, IntegralTime, DerivativeTime);
        double root = 1 - 4 * DerivativeTime / IntegralTime;
        if (root < 0) return null;
        double share = (1 + Math.Sqrt(root)) / 2;
        return (Gain * share, IntegralTime * share, DerivativeTime / share);
    }

    /// <summary>What cannot be a set of parameters, in words; null when it can.</summary>
    public string? WhyNot()
    {
        if (!double.IsFinite(Gain) || Gain == 0) return "the gain must be a number and not 0";
        if (!(IntegralTime >= 0 && double.IsFinite(IntegralTime))) return "the integral time must be 0 or more";
        if (!(DerivativeTime >= 0 && double.IsFinite(DerivativeTime))) return "the derivative time must be 0 or more";
        if (!(FilterTime >= 0 && double.IsFinite(FilterTime))) return "the filter time must be 0 or more";
        if (!(SetpointWeight is >= 0 and <= 1 && DerivativeWeight is >= 0 and <= 1)) return "setpoint weights are 0 to 1";
        return DerivativeFilter is >= LeastFilter and <= MostFilter ? null : "the derivative filter N is 2 to 30";
    }

    public override string ToString() => FormattableString.Invariant(
        $"Kc {Gain:0.####}, Ti {IntegralTime:0.#} s, Td {DerivativeTime:0.#} s, b {SetpointWeight:0.##}, c {DerivativeWeight:0.##}, N {DerivativeFilter:0.#}, filter {FilterTime:0.#} s");
}
