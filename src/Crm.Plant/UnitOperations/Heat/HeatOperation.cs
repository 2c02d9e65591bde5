namespace Crm.Plant.UnitOperations;

/// <summary>Heats to a temperature through the unit's loop.</summary>
public sealed class HeatOperation : IUnitOperation
{
    public UnitOperationDescription Description { get; } = new(
        "heat",
        "Heat",
        "Heats to a temperature, at a rate if one is given, and stays there for the soak time.",
        [],
        [
            ParameterDefinition.Number("to", "To", "degC", 0, 150, null, "Temperature to reach."),
            ParameterDefinition.Number("rate", "Rate", "K/min", 0.01, 20, null, "Ramp of the setpoint; absent: as fast as the loop goes.", optional: true),
            ParameterDefinition.Number("soak", "Soak", "s", 0, 604800, 0, "Time at the temperature before the phase ends."),
            Surroundings.Agitator,
        ],
        [
            Surroundings.TemperatureTag(true), Surroundings.Loop(true), Surroundings.AgitatorOutput, Surroundings.AgitatorSpeed,
            new("heater_power", RoleKind.Tag, "kW", false, "Tells a heater that is open from heat that is lost, and one that stays on."),
        ],
        [],
        RepeatSafe: true)
    {
        Effects =
        [
            new("heater on", "temperature follows the setpoint", TimeSpan.FromMinutes(12), "heater gives no heat"),
            new("heater off", "power goes", TimeSpan.FromMinutes(3), "heater relay stuck"),
        ],
    };

    public PhaseMemory Begin(PhaseContext context) => RampMemory.Fresh;

    public PhaseMemory Resume(PhaseContext context, PhaseMemory memory) => RampMemory.Fresh with { Since = ((RampMemory)memory).Since };

    public PhaseStep Step(PhaseContext context, PhaseMemory memory)
    {
        PhaseStep? blocked = Ramp.Follow(context, (RampMemory)memory, +1, "heater gives no heat", out RampMemory ramp);
        if (blocked is { } fault) return fault;
        double to = context.Number("to");
        TimeSpan soak = context.SecondsOr("soak", 0);
        bool soaks = ramp.Since.For > TimeSpan.Zero;
        bool hot = ramp.Temperature.Value >= to - (soaks ? 3 * Ramp.Reached : Ramp.Reached);
        ramp = ramp with { Since = ramp.Since.Next(hot, context.Elapsed) };
        string doing = $"heating {ramp.Temperature.Value.F("0.0")} of {to.F("0.0")} degC" +
            (hot && soak > TimeSpan.Zero ? $", soaking {ramp.Since.For.TotalMinutes.F("0")} of {soak.TotalMinutes.F("0")} min" : "");
        bool done = hot && ramp.Since.For >= soak;
        double progress = soak > TimeSpan.Zero && hot ? Inputs.Share(ramp.Since.For / soak, 1) : ramp.Progress(to);
        return new(ramp, done ? PhaseVerdict.Done : PhaseVerdict.Continue, doing, progress);
    }
}
