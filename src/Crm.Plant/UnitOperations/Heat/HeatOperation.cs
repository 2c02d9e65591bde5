namespace Crm.Plant.UnitOperations;

/// <summary>Heats to a temperature through the unit's loop.</summary>
public sealed class HeatOperation : IUnitOperation
{
    public UnitOperationDescription Description { get; } = new(
        "heat",
        "Heat",
        "Heats to a temperature, at a rate if one is given; ends when it is reached.",
        [],
        [
            ParameterDefinition.Number("to", "To", "degC", 0, 150, null, "Temperature to reach."),
            ParameterDefinition.Number("rate", "Rate", "K/min", 0.01, 20, null, "Ramp of the setpoint; absent: as fast as the loop goes.", optional: true),
            Surroundings.Agitator,
        ],
        [
            Surroundings.TemperatureTag(true), Surroundings.Loop(true), Surroundings.AgitatorOutput, Surroundings.AgitatorSpeed,
        ],
        [],
        RepeatSafe: true);

    public PhaseMemory Begin(PhaseContext context) => RampMemory.Fresh;

    public PhaseMemory Resume(PhaseContext context, PhaseMemory memory) => RampMemory.Fresh;

    public PhaseStep Step(PhaseContext context, PhaseMemory memory)
    {
        PhaseStep? blocked = Ramp.Follow(context, (RampMemory)memory, +1, "heater gives no heat", out RampMemory ramp);
        if (blocked is { } fault) return fault;
        double to = context.Number("to");
        string doing = $"heating {ramp.Temperature.Value.F("0.0")} of {to.F("0.0")} degC";
        bool done = ramp.Temperature.Value >= to - Ramp.Reached;
        return new(ramp, done ? PhaseVerdict.Done : PhaseVerdict.Continue, doing, ramp.Progress(to));
    }
}
