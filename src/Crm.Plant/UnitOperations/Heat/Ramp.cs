namespace Crm.Plant.UnitOperations;

/// <summary>Leads the temperature loop's setpoint to where it shall be and watches that the temperature follows.</summary>
internal static class Ramp
{
    /// <summary>K from the target that count as reached.</summary>
    public const double Reached = 0.5;

    private static readonly TimeSpan Smoothing = TimeSpan.FromSeconds(3);

    /// <param name="direction">+1 heating, -1 cooling.</param>
    /// <param name="complaint">What is wrong when the temperature does not follow.</param>
    /// <returns>A faulted step, or null when all is well.</returns>
    public static PhaseStep? Follow(PhaseContext context, RampMemory memory, int direction, string complaint, out RampMemory ramp)
    {
        ramp = memory;
        if (context.Unusable("temperature") is { } unusable) return context.Faulted(memory, unusable);
        Smoothed temperature = memory.Temperature.Next(context.Read("temperature").Value, context.Elapsed, Smoothing);
        double start = double.IsNaN(memory.Start) ? temperature.Value : memory.Start;
        double before = double.IsNaN(memory.Setpoint) ? start : memory.Setpoint;
        double setpoint = Setpoint(context, before, direction);
        ThermalWatch watch = memory.Watch.Next(temperature.Value, setpoint, direction, context.Elapsed, out bool failed);
        HeaterWatch heater = memory.Heater.Next(context, temperature.Value, setpoint, out string? stuck);
        CoolingWatch cooling = memory.Cooling.Next(context, out string? dry);
        ramp = new RampMemory(temperature, start, setpoint, watch, memory.Since) { Heater = heater, Cooling = cooling };
        context.Control(Surroundings.TemperatureLoop, setpoint);
        if (context.Agitate("agitator") is { } still) return context.Faulted(ramp, still);
        // A vessel that comes from higher up cools behind its setpoint: heat is judged to be stuck only where heating was asked.
        if (stuck is not null && direction > 0) return context.Faulted(ramp, stuck);
        string cause = direction > 0 ? HeaterWatch.Cause(context) : dry is null ? "" : "; " + dry;
        return failed || (dry is not null && direction < 0)
            ? context.Faulted(ramp, $"{context.Unit.Name} {complaint}: {temperature.Value.F("0.0")} degC, setpoint {setpoint.F("0.0")} degC{cause}")
            : null;
    }

    private static double Setpoint(PhaseContext context, double before, int direction)
    {
        double to = context.Number("to");
        if (!context.Has("rate")) return to;
        double next = before + (direction * context.Number("rate") * context.Elapsed.TotalMinutes);
        return direction > 0 ? Math.Min(next, to) : Math.Max(next, to);
    }
}

/// <param name="Start">Temperature at the beginning, degC.</param>
/// <param name="Setpoint">Setpoint of the ramp, degC.</param>
/// <param name="Since">How long the target has been reached (soak).</param>
public sealed record RampMemory(Smoothed Temperature, double Start, double Setpoint, ThermalWatch Watch, Lasting Since) : PhaseMemory
{
    public static readonly RampMemory Fresh = new(Smoothed.Unset, double.NaN, double.NaN, ThermalWatch.Fresh, default);

    public HeaterWatch Heater { get; init; } = HeaterWatch.Fresh;

    public CoolingWatch Cooling { get; init; } = CoolingWatch.Fresh;

    public double Progress(double to) => Inputs.Share(Math.Abs(Temperature.Value - Start), Math.Abs(to - Start));
}
