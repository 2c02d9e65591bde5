namespace Crm.Plant.Loops.Tuning;

/// <summary>Published rules from a process model to parameters (PID-18).</summary>
public static class TuningRules
{
    /// <summary>SIMC PI (Skogestad 2003): Kc = τ/(K (τc + θ)), Ti = min(τ, 4 (τc + θ)).</summary>
    /// <param name="closedLoop">τc, s; θ when absent, never less than θ ("tight").</param>
    /// <exception cref="ArgumentException">The model has no delay at all, so that nothing limits the gain, or no gain.</exception>
    public static LoopTuning Simc(PlantModel plant, double? closedLoop = null)
    {
        PlantModel first = plant.Reduced();
        double together = Together(first, closedLoop);
        double slope = Slope(first);
        double gain = 1 / (slope * together);
        double lag = first.Integrates ? double.PositiveInfinity : first.Lags.DefaultIfEmpty(0).Max();
        return lag > 0 ? new LoopTuning(gain, Math.Min(lag, 4 * together), 0, 1) : Pure(first, together);
    }

    /// <summary>SIMC PID for a second lag: series Td' = τ2, converted exactly to the standard form.</summary>
    public static LoopTuning SimcPid(PlantModel plant, double? closedLoop = null)
    {
        PlantModel second = plant.Reduced(2);
        int room = second.Integrates ? 0 : 1;
        if (second.Lags.Length <= room) return Simc(plant, closedLoop);
        double together = Together(second, closedLoop);
        double first = second.Integrates ? double.PositiveInfinity : second.Lags[0];
        double slope = second.Integrates ? second.Gain : second.Gain / second.Lags[0];
        return LoopTuning.FromSeries(1 / (slope * together), Math.Min(first, 4 * together), second.Lags[room]);
    }

    /// <summary>AMIGO PI (Åström and Hägglund 2006), Ms below 1.4 on monotone processes; b = 1 unless the delay is short.</summary>
    public static LoopTuning AmigoPi(PlantModel plant)
    {
        PlantModel first = plant.Reduced();
        double delay = Delay(first);
        if (first.Integrates) return new LoopTuning(0.35 / (first.Gain * delay), 13.4 * delay, 0, 1);
        double lag = first.Lags.DefaultIfEmpty(0).Max();
        double sum = delay + lag;
        double gain = 0.15 / first.Gain + (0.35 - delay * lag / (sum * sum)) * lag / (first.Gain * delay);
        double integral = 0.35 * delay + 13 * delay * lag * lag / (lag * lag + 12 * delay * lag + 7 * delay * delay);
        return new LoopTuning(gain, integral, 0, 1);
    }

    /// <summary>AMIGO PID, derivative on the process value.</summary>
    public static LoopTuning AmigoPid(PlantModel plant)
    {
        PlantModel first = plant.Reduced();
        double delay = Delay(first);
        if (first.Integrates) return new LoopTuning(0.45 / (first.Gain * delay), 8 * delay, 0.5 * delay, 1);
        double lag = first.Lags.DefaultIfEmpty(0).Max();
        double gain = (0.2 + 0.45 * lag / delay) / first.Gain;
        double integral = (0.4 * delay + 0.8 * lag) / (delay + 0.1 * lag) * delay;
        double derivative = 0.5 * delay * lag / (0.3 * delay + lag);
        return new LoopTuning(gain, integral, derivative, 1);
    }

    /// <summary>
    /// SIMC made slower until the predicted Ms is inside the target, 1.7 at most (PID-20): of use when the model is more than the rule's.
    /// </summary>
    /// <param name="filter">Filter on the process value that stays in use, s: it takes phase that the rule does not know of.</param>
    public static LoopTuning Robust(PlantModel plant, Func<PlantModel, double?, LoopTuning> rule, double filter = 0)
    {
        double delay = plant.Reduced().Delay;
        double closedLoop = delay;
        LoopTuning tuning = rule(plant, closedLoop) with { FilterTime = filter };
        while (Margins.Of(plant, tuning).MaximumSensitivity > Margins.MostTarget && closedLoop < 100 * delay)
        {
            closedLoop *= 1.1;
            tuning = rule(plant, closedLoop) with { FilterTime = filter };
        }

        return tuning;
    }

    // A plant of delay only: I control with K/(K (τc + θ)), written as PI with a small proportional part.
    private static LoopTuning Pure(PlantModel plant, double together)
    {
        double integral = plant.Delay / 5;
        return new LoopTuning(integral / (plant.Gain * together), integral, 0, 1);
    }

    private static double Together(PlantModel plant, double? closedLoop) => Delay(plant) + Math.Max(closedLoop ?? plant.Delay, plant.Delay);

    private static double Slope(PlantModel plant) => plant.Integrates || plant.Lags.IsEmpty ? plant.Gain : plant.Gain / plant.Lags.Max();

    private static double Delay(PlantModel plant)
    {
        if (plant.Gain == 0 || !double.IsFinite(plant.Gain)) throw new ArgumentException("the model has no gain", nameof(plant));
        return plant.Delay > 0 ? plant.Delay : throw new ArgumentException("the model has no delay: nothing limits the gain", nameof(plant));
    }
}
