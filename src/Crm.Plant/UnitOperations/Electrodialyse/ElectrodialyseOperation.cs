using System.Collections.Immutable;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Plant.UnitOperations;

/// <summary>
/// Bipolar membrane electrodialysis: brine, acid and base circulate before there is current, the current goes up along a ramp and no further than a voltage allows, and ends when the brine conducts little or a
/// charge has passed. The current goes off before any circulation does.
/// </summary>
public sealed class ElectrodialyseOperation : IUnitOperation
{
    public UnitOperationDescription Description { get; } = new(
        "electrodialyse",
        "Bipolar membrane electrodialysis",
        "Circulates brine, acid and base, proves the three flows, ramps the current up within a voltage, ends by the brine's conductivity or a charge, and circulates on without current.",
        ["electrodialysis"],
        [
            ParameterDefinition.Named("brine", "Brine", ParameterKind.Place, "Place of the salt liquor."),
            ParameterDefinition.Named("acid", "Acid", ParameterKind.Place, "Place that the acid is made in."),
            ParameterDefinition.Named("base", "Base", ParameterKind.Place, "Place that the base is made in."),
            ParameterDefinition.Number("rate", "Flow", "L/h", 1, 10000, null, "Circulation of each liquor."),
            ParameterDefinition.Number("current", "Current", "A", 0.1, 5000, null, "Through the stack."),
            ParameterDefinition.Number("ramp", "Ramp", "A/min", 0.1, 1000, 2, "Rate of the current, up and down."),
            ParameterDefinition.Number("voltage", "Voltage", "V", 1, 2000, null, "Above it the current is taken back."),
            ParameterDefinition.Number("conductivity", "Brine at the end", "mS/cm", 0.1, 500, null, "Ends when the brine conducts less than this."),
            ParameterDefinition.Number("charge", "Charge", "Ah", 0.1, 1e6, null, "Ends when this has passed; absent: by the brine alone.", optional: true),
            ParameterDefinition.Number("rinse", "Rinse", "s", 0, 3600, 120, "Circulation without current at the end."),
        ],
        [
            new("rectifier", RoleKind.Output, "A", true, "Sets the current."), new("current", RoleKind.Tag, "A", true, "Current that flows."), new("voltage", RoleKind.Tag, "V", true, "Over the stack."),
            new("brine_flow", RoleKind.Tag, "L/h", true, "Circulation of the brine."), new("acid_flow", RoleKind.Tag, "L/h", true, "Of the acid."), new("base_flow", RoleKind.Tag, "L/h", true, "Of the base."),
            new("brine_conductivity", RoleKind.Tag, "mS/cm", true, "Tells what is left to take out."), new("ventilation", RoleKind.Output, "on/off", false, "Draws the gas of the electrodes off."),
        ],
        [],
        RepeatSafe: true)
    {
        Effects =
        [
            new("pumps on", "three meters show it", ElectrodialyseParts.FlowTime, "line blocked or pump does not run"),
            new("rectifier on", "current flows", ElectrodialyseParts.NoCurrentTime, "rectifier gives no current"),
            new("with current", "voltage stays below its limit", ElectrodialyseParts.ThrottledTime, "membranes fouled or brine spent"),
            new("with current", "the brine conducts less and less", ElectrodialyseParts.ThinTime, "brine does not get thinner"),
        ],
    };

    public PhaseMemory Begin(PhaseContext context) => ElectrodialyseMemory.Fresh;

    /// <summary>Circulation is proven and the current ramped up anew.</summary>
    public PhaseMemory Resume(PhaseContext context, PhaseMemory memory)
    {
        var before = (ElectrodialyseMemory)memory;
        return ElectrodialyseMemory.Fresh with { Charge = before.Charge, Stage = before.Stage >= ElectrodialyseStage.Rinse ? before.Stage : ElectrodialyseStage.Circulate };
    }

    public PhaseStep Step(PhaseContext context, PhaseMemory memory)
    {
        var state = (ElectrodialyseMemory)memory;
        context.Drive("ventilation", 1);
        if (ElectrodialyseStreams.Find(context, out string? missing) is not { } streams) return context.Faulted(state, missing!);
        string? fault = context.Unusable("current", "voltage", "brine_flow", "acid_flow", "base_flow", "brine_conductivity");
        if (fault is null) state = ElectrodialyseParts.Watch(context, state, streams, out fault);
        if (fault is not null)
        {
            context.Drive("rectifier", 0);
            return context.Faulted(state with { Set = 0 }, fault);
        }

        streams.Drive(context, state.Stage != ElectrodialyseStage.Done);
        return state.Stage switch
        {
            ElectrodialyseStage.Circulate => Circulate(context, state),
            ElectrodialyseStage.Run => Run(context, state),
            ElectrodialyseStage.Down => Down(context, state),
            ElectrodialyseStage.Rinse => Rinse(context, state),
            _ => Over(context, state),
        };
    }

    private static PhaseStep Circulate(PhaseContext context, ElectrodialyseMemory state)
    {
        context.Drive("rectifier", 0);
        bool proven = state.Flowing.For >= ElectrodialyseParts.ProvenTime;
        return new(
            state with { Stage = proven ? ElectrodialyseStage.Run : state.Stage, InStage = proven ? TimeSpan.Zero : state.InStage, Set = 0, Thinnest = double.NaN }, PhaseVerdict.Continue,
            $"circulating: brine {context.Read("brine_flow").Value.F("0")}, acid {context.Read("acid_flow").Value.F("0")}, base {context.Read("base_flow").Value.F("0")} L/h", double.NaN, null, false);
    }

    private static PhaseStep Run(PhaseContext context, ElectrodialyseMemory state)
    {
        double conductivity = context.Read("brine_conductivity").Value, volts = context.Read("voltage").Value, minutes = context.Elapsed.TotalMinutes;
        double step = context.Number("ramp") * minutes, asked = context.Number("current");
        double set = volts > context.Number("voltage") ? Math.Max(state.Set - step, 0) : Math.Min(state.Set + step, asked);
        // Near the voltage it goes up slowly: otherwise it hunts.
        if (volts > 0.97 * context.Number("voltage") && volts <= context.Number("voltage")) set = state.Set;
        context.Drive("rectifier", set);
        bool ends = conductivity < context.Number("conductivity") || (context.Has("charge") && state.Charge >= context.Number("charge"));
        if (ends) state = state with { Stage = ElectrodialyseStage.Down, InStage = TimeSpan.Zero };
        string doing = $"{context.Read("current").Value.F("0.0")} A at {volts.F("0.0")} V, brine {conductivity.F("0.0")} mS/cm, {state.Charge.F("0.0")} Ah";
        return new(state with { Set = set }, PhaseVerdict.Continue, doing, context.Has("charge") ? Inputs.Share(state.Charge, context.Number("charge")) : double.NaN);
    }

    private static PhaseStep Down(PhaseContext context, ElectrodialyseMemory state)
    {
        double set = Math.Max(state.Set - (context.Number("ramp") * context.Elapsed.TotalMinutes), 0);
        context.Drive("rectifier", set);
        bool down = set <= 0;
        return new(state with { Set = set, Stage = down ? ElectrodialyseStage.Rinse : state.Stage, InStage = down ? TimeSpan.Zero : state.InStage }, PhaseVerdict.Continue, $"current down: {set.F("0.0")} A", double.NaN);
    }

    private static PhaseStep Rinse(PhaseContext context, ElectrodialyseMemory state)
    {
        context.Drive("rectifier", 0);
        bool over = state.InStage >= context.SecondsOr("rinse", 120);
        return new(state with { Stage = over ? ElectrodialyseStage.Done : state.Stage }, PhaseVerdict.Continue, "circulating without current", double.NaN, null, false);
    }

    private static PhaseStep Over(PhaseContext context, ElectrodialyseMemory state)
    {
        context.Drive("rectifier", 0);
        return new(state, PhaseVerdict.Done, $"{state.Charge.F("0.0")} Ah passed, brine {context.Read("brine_conductivity").Value.F("0.0")} mS/cm", 1);
    }
}

public enum ElectrodialyseStage
{
    Circulate,
    Run,
    Down,
    Rinse,
    Done,
}

/// <param name="Set">A last told.</param>
/// <param name="Charge">Ah by the current's meter.</param>
/// <param name="Flowing">How long all three meters have shown their flow.</param>
/// <param name="Throttled">How long the voltage has kept the current below half of what is asked.</param>
/// <param name="Thinnest">mS/cm, least of the brine so far with current.</param>
/// <param name="Thick">How long it has not become less, with current.</param>
public sealed record ElectrodialyseMemory(
    ElectrodialyseStage Stage, TimeSpan InStage, double Set, double Charge, ImmutableArray<FlowWatch> Flows, Lasting Flowing, Lasting NoCurrent, Lasting RunsOn, Lasting Throttled,
    double Thinnest, TimeSpan Thick) : PhaseMemory
{
    public static readonly ElectrodialyseMemory Fresh =
        new(ElectrodialyseStage.Circulate, TimeSpan.Zero, 0, 0, [default, default, default], default, default, default, default, double.NaN, TimeSpan.Zero);
}
