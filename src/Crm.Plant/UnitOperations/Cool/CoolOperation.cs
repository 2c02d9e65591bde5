namespace Crm.Plant.UnitOperations;

/// <summary>Cools to a temperature through the unit's loop, and soaks there if asked.</summary>
public sealed class CoolOperation : IUnitOperation
{
    public UnitOperationDescription Description { get; } = new(
        "cool",
        "Cool",
        "Cools to a temperature, at a rate if one is given, and stays there for the soak time.",
        [],
        [
            ParameterDefinition.Number("to", "To", "degC", -5, 150, null, "Temperature to reach."),
            ParameterDefinition.Number("rate", "Rate", "K/min", 0.01, 20, null, "Ramp of the setpoint; absent: as fast as the loop goes.", optional: true),
            ParameterDefinition.Number("soak", "Soak", "s", 0, 86400, 0, "Time at the temperature before the phase ends."),
            Surroundings.Agitator,
        ],
        [
            Surroundings.TemperatureTag(true), Surroundings.Loop(true), Surroundings.AgitatorOutput, Surroundings.AgitatorSpeed,
            new("cooling", RoleKind.Output, "%", false, "Cooling valve."), new("cooling_flow", RoleKind.Tag, "L/min", false, "Proof that cooling water flows."),
        ],
        [],
        RepeatSafe: true)
    {
        Effects =
        [
            new("cooling on", "cooling water flows, temperature follows the setpoint", TimeSpan.FromMinutes(12), "cooling takes no heat out"),
            Surroundings.Turns,
        ],
    };

    public PhaseMemory Begin(PhaseContext context) => RampMemory.Fresh;

    public PhaseMemory Resume(PhaseContext context, PhaseMemory memory) => RampMemory.Fresh with { Since = ((RampMemory)memory).Since };

    public PhaseStep Step(PhaseContext context, PhaseMemory memory)
    {
        PhaseStep? blocked = Ramp.Follow(context, (RampMemory)memory, -1, "cooling takes no heat out", out RampMemory ramp);
        if (blocked is { } fault) return fault;
        double to = context.Number("to");
        TimeSpan soak = context.SecondsOr("soak", 0);
        bool soaks = ramp.Since.For > TimeSpan.Zero;
        bool cold = ramp.Temperature.Value <= to + (soaks ? 3 * Ramp.Reached : Ramp.Reached);
        ramp = ramp with { Since = ramp.Since.Next(cold, context.Elapsed) };
        string doing = $"cooling {ramp.Temperature.Value.F("0.0")} of {to.F("0.0")} degC" +
            (cold && soak > TimeSpan.Zero ? $", soaking {ramp.Since.For.TotalMinutes.F("0")} of {soak.TotalMinutes.F("0")} min" : "");
        bool done = cold && ramp.Since.For >= soak;
        double progress = soak > TimeSpan.Zero && cold ? Inputs.Share(ramp.Since.For / soak, 1) : ramp.Progress(to);
        return new(ramp, done ? PhaseVerdict.Done : PhaseVerdict.Continue, doing, progress);
    }
}
