using Crm.Plant.Tags;

namespace Crm.Plant.UnitOperations;

/// <summary>Bubbles carbon dioxide through the liquor at a controlled flow.</summary>
public sealed class SpargeOperation : IUnitOperation
{
    /// <summary>Percent of valve per second at a flow error of the meter's whole span.</summary>
    private const double Gain = 15;

    private static readonly TimeSpan NoGasTime = TimeSpan.FromSeconds(120);

    public UnitOperationDescription Description { get; } = new(
        "sparge",
        "Sparge",
        "Bubbles carbon dioxide through the liquor at a flow; ends by the step's until or at_most, or after a time.",
        [],
        [
            ParameterDefinition.Number("co2", "CO2 flow", "L/min", 0.1, 200, null, "Flow of carbon dioxide."),
            Surroundings.Temperature(optional: false),
            ParameterDefinition.Number("for", "For", "s", 0, 604800, null, "Time; absent: ends by the step's conditions.", optional: true),
            Surroundings.Agitator,
        ],
        [
            new("co2_valve", RoleKind.Output, "%", true, "Lets the gas in."),
            new("co2_flow", RoleKind.Tag, "L/min", true, "Proof that gas flows."),
            Surroundings.Loop(true), Surroundings.AgitatorOutput, Surroundings.AgitatorSpeed,
        ],
        ["at any time: the gas is shut"],
        RepeatSafe: true)
    {
        Effects =
        [
            new("gas valve open", "gas meter shows it", TimeSpan.FromMinutes(2), "gets no carbon dioxide"),
            Surroundings.Turns,
        ],
    };

    public PhaseMemory Begin(PhaseContext context) => SpargeMemory.Fresh;

    public PhaseMemory Resume(PhaseContext context, PhaseMemory memory) => (SpargeMemory)memory with { Valve = double.NaN, NoGas = default };

    public PhaseStep Step(PhaseContext context, PhaseMemory memory)
    {
        var sparge = (SpargeMemory)memory;
        string? fault = context.Maintain() ?? context.Unusable("co2_flow");
        if (fault is not null) return context.Faulted(sparge, fault);
        double asked = context.Number("co2");
        double flow = context.Read("co2_flow").Value;
        double span = context.Rig.Tags[context.Tag("co2_flow")].High;
        double start = double.IsNaN(sparge.Valve) ? 100 * asked / span : sparge.Valve;
        double valve = Math.Clamp(start + (Gain * (asked - flow) / span * context.Elapsed.TotalSeconds), 0, 100);
        sparge = new SpargeMemory(valve, sparge.NoGas.Next(flow < 0.2 * asked, context.Elapsed), sparge.Time + context.Elapsed);
        bool done = context.Has("for") && sparge.Time >= context.SecondsOr("for", 0);
        context.Drive("co2_valve", done ? 0 : valve);
        if (sparge.NoGas.For >= NoGasTime && !done)
            return context.Faulted(sparge, $"{context.Unit.Name} gets no carbon dioxide: {flow.F("0.0")} L/min, {asked.F("0.0")} L/min asked");
        double progress = context.Has("for") ? Inputs.Share(sparge.Time / context.SecondsOr("for", 1), 1) : double.NaN;
        return new(sparge, done ? PhaseVerdict.Done : PhaseVerdict.Continue, $"sparging {flow.F("0.0")} L/min carbon dioxide, {sparge.Time.TotalMinutes.F("0")} min", progress);
    }
}

/// <param name="Valve">Percent; NaN before the first step.</param>
/// <param name="Time">Time with gas.</param>
public sealed record SpargeMemory(double Valve, Lasting NoGas, TimeSpan Time) : PhaseMemory
{
    public static readonly SpargeMemory Fresh = new(double.NaN, default, TimeSpan.Zero);
}
