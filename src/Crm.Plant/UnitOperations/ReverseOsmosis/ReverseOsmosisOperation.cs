using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Plant.UnitOperations;

/// <summary>
/// Reverse osmosis: low-pressure flush, pressure ramped up against the open concentrate valve, recovery kept by that valve, pressure ramped down
/// and the membranes flushed. The concentrate is never shut: a pump that is dead-headed bursts the membrane.
/// </summary>
public sealed class ReverseOsmosisOperation : IUnitOperation
{
    /// <summary>Percent of concentrate valve below which it never goes.</summary>
    public const double LeastOpen = 10;

    /// <summary>Percent of pump for the flush.</summary>
    private const double FlushPump = 30;

    /// <summary>Share of the pump's speed, in percent, per second and bar off: a throttled valve makes pressure of the square of the flow. Percent of valve per second and share of recovery off.</summary>
    private const double PressureGain = 0.4;
    private const double RecoveryGain = 4;

    /// <summary>Percent of pump below which it does not go at pressure.</summary>
    private const double LeastPump = 5;

    /// <summary>Percent of valve per second while the pressure goes down.</summary>
    private const double ValveOpening = 0.5;

    private static readonly TimeSpan NoPressureTime = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan NoPermeateTime = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan DeadHeadTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LeakTime = TimeSpan.FromMinutes(2);

    public UnitOperationDescription Description { get; } = new(
        "reverse_osmosis",
        "Reverse osmosis",
        "Flushes, ramps the pressure up, keeps the recovery, ramps down and flushes the membranes.",
        ["reverse-osmosis"],
        [
            Pipework.From,
            ParameterDefinition.Number("pressure", "Pressure", "bar", 1, 120, null, "Feed pressure."),
            ParameterDefinition.Number("ramp", "Ramp", "bar/min", 0.1, 20, 2, "Rate of the pressure, up and down."),
            ParameterDefinition.Number("recovery", "Recovery", "%", 5, 90, 50, "Permeate of the feed."),
            ParameterDefinition.Number("conductivity", "Permeate", "mS/cm", 0.001, 100, null, "Fault when the permeate conducts more than this; absent: not judged.", optional: true),
            ParameterDefinition.Number("volume", "Volume", "L", 0.1, 100000, null, "Feed to treat; absent: until the source is empty.", optional: true),
            ParameterDefinition.Number("flush", "Flush", "s", 0, 3600, 60, "Time of the flush before and after."),
            Pipework.Leave(),
        ],
        [
            new("feed_pump", RoleKind.Output, "%", true, "High-pressure pump."), new("concentrate_valve", RoleKind.Output, "%", true, "Throttles the concentrate; never shut."),
            new("pressure", RoleKind.Tag, "bar", true, "Feed pressure."), new("permeate_flow", RoleKind.Tag, "L/h", true, "Permeate."),
            new("concentrate_flow", RoleKind.Tag, "L/h", true, "Proof that it is not dead-headed."),
            new("permeate_conductivity", RoleKind.Tag, "mS/cm", false, "Tells a leaking membrane."), new("flush_valve", RoleKind.Output, "on/off", false, "Flushes with permeate."),
        ],
        ["at pressure"],
        RepeatSafe: true)
    {
        Effects =
        [
            new("pump on", "pressure comes", NoPressureTime, "pressure does not come"),
            new("at pressure", "permeate flows", NoPermeateTime, "gives no permeate"),
            new("pump on", "concentrate flows", DeadHeadTime, "dead-headed"),
        ],
    };

    public PhaseMemory Begin(PhaseContext context) => OsmosisMemory.Fresh;

    /// <summary>Back at the flush: the pressure is ramped up anew.</summary>
    public PhaseMemory Resume(PhaseContext context, PhaseMemory memory) => OsmosisMemory.Fresh with { Treated = ((OsmosisMemory)memory).Treated };

    public PhaseStep Step(PhaseContext context, PhaseMemory memory)
    {
        var osmosis = (OsmosisMemory)memory;
        string from = context.Name("from");
        if (context.Line(from) is not { } line) return context.Faulted(osmosis, context.NoLine(from));
        string? fault = context.Unusable("pressure", "permeate_flow", "concentrate_flow") ?? context.UnusableTag(context.TagOf(from, "level"), from + ".level");
        if (fault is null) osmosis = Watch(context, osmosis, out fault);
        if (fault is not null)
        {
            Drive(context, line, 0, 100);
            return context.Faulted(osmosis with { Pump = 0 }, fault);
        }

        double level = context.Read(context.TagOf(from, "level")).Value;
        bool empty = level <= context.Bottom() || (context.Has("volume") && osmosis.Treated >= context.Number("volume"));
        return osmosis.Stage switch
        {
            OsmosisStage.Flush => Flush(context, osmosis, line, OsmosisStage.Run),
            OsmosisStage.Run => Run(context, osmosis, line, empty),
            OsmosisStage.RampDown => RampDown(context, osmosis, line),
            OsmosisStage.LastFlush => Flush(context, osmosis, line, OsmosisStage.Done),
            _ => Over(context, osmosis, line),
        };
    }

    private static OsmosisMemory Watch(PhaseContext context, OsmosisMemory osmosis, out string? fault)
    {
        double pressure = context.Read("pressure").Value, permeate = context.Read("permeate_flow").Value, concentrate = context.Read("concentrate_flow").Value;
        Reading conductivity = context.Read("permeate_conductivity");
        bool runs = osmosis.Stage == OsmosisStage.Run;
        osmosis = osmosis with
        {
            InStage = osmosis.InStage + context.Elapsed,
            Treated = osmosis.Treated + (Math.Max(permeate + concentrate, 0) * context.Elapsed.TotalHours),
            DeadHead = osmosis.DeadHead.Next(osmosis.Pump > 20 && concentrate < 0.02 * Math.Max(permeate, 1) && pressure > 1, context.Elapsed),
            NoPressure = osmosis.NoPressure.Next(runs && osmosis.Pump > 90 && pressure < osmosis.Setpoint - 1.5, context.Elapsed),
            NoPermeate = osmosis.NoPermeate.Next(runs && pressure > 0.8 * context.Number("pressure") && permeate < 0.05 * Math.Max(concentrate, 1), context.Elapsed),
            Leak = osmosis.Leak.Next(runs && context.Has("conductivity") && !conductivity.IsBad && conductivity.Value > context.Number("conductivity"), context.Elapsed),
        };
        string unit = context.Unit.Name;
        fault = osmosis.DeadHead.For >= DeadHeadTime ? $"{unit} is dead-headed: {concentrate.F("0.0")} L/h concentrate with the pump at {osmosis.Pump.F("0")} %: valve shut or line blocked"
            : osmosis.NoPressure.For >= NoPressureTime ? $"{unit} pressure does not come: {pressure.F("0.0")} of {osmosis.Setpoint.F("0.0")} bar with the pump at {osmosis.Pump.F("0")} %: pump worn, no feed or valve open"
            : osmosis.NoPermeate.For >= NoPermeateTime ? $"{unit} gives no permeate at {pressure.F("0.0")} bar: membrane fouled or permeate line blocked"
            : osmosis.Leak.For >= LeakTime ? $"{unit} permeate conducts {conductivity.Value.F()} mS/cm: membrane leaks"
            : null;
        return osmosis;
    }

    private static PhaseStep Flush(PhaseContext context, OsmosisMemory osmosis, TransferLine line, OsmosisStage next)
    {
        TimeSpan time = context.SecondsOr("flush", 60);
        Drive(context, line, FlushPump, 100);
        context.Drive("flush_valve", next == OsmosisStage.Done ? 1 : 0);
        OsmosisMemory after = osmosis with { Pump = FlushPump, Valve = 100, Setpoint = context.Read("pressure").Value };
        if (osmosis.InStage >= time) after = after with { Stage = next, InStage = TimeSpan.Zero };
        return new(after, PhaseVerdict.Continue, $"flushing {osmosis.InStage.TotalSeconds.F("0")} of {time.TotalSeconds.F("0")} s", double.NaN, null, false);
    }

    private static PhaseStep Run(PhaseContext context, OsmosisMemory osmosis, TransferLine line, bool empty)
    {
        double pressure = context.Read("pressure").Value, permeate = context.Read("permeate_flow").Value, concentrate = context.Read("concentrate_flow").Value;
        double seconds = context.Elapsed.TotalSeconds;
        double setpoint = Math.Min(osmosis.Setpoint + (context.Number("ramp") * context.Elapsed.TotalMinutes), context.Number("pressure"));
        double pump = Math.Clamp(osmosis.Pump * (1 + (PressureGain * (setpoint - pressure) * seconds / 100)), LeastPump, 100);
        double recovery = permeate / Math.Max(permeate + concentrate, 0.1);
        double valve = Math.Clamp(osmosis.Valve + (RecoveryGain * (recovery - (context.Number("recovery") / 100)) * seconds), LeastOpen, 100);
        Drive(context, line, pump, valve);
        osmosis = osmosis with { Setpoint = setpoint, Pump = pump, Valve = valve };
        if (empty) osmosis = osmosis with { Stage = OsmosisStage.RampDown, InStage = TimeSpan.Zero, Setpoint = pressure };
        string doing = $"{pressure.F("0.0")} of {context.Number("pressure").F("0.0")} bar, recovery {(100 * recovery).F("0")} %, {osmosis.Treated.F("0.0")} L treated";
        return new(osmosis, PhaseVerdict.Continue, doing, context.Has("volume") ? Inputs.Share(osmosis.Treated, context.Number("volume")) : double.NaN);
    }

    private static PhaseStep RampDown(PhaseContext context, OsmosisMemory osmosis, TransferLine line)
    {
        double pressure = context.Read("pressure").Value;
        double setpoint = Math.Max(osmosis.Setpoint - (context.Number("ramp") * context.Elapsed.TotalMinutes), 0);
        double pump = Math.Clamp(osmosis.Pump + (PressureGain * (setpoint - pressure) * context.Elapsed.TotalSeconds), 0, osmosis.Pump);
        double valve = Math.Min(osmosis.Valve + (ValveOpening * context.Elapsed.TotalSeconds), 100);
        Drive(context, line, pump, valve);
        bool down = (setpoint <= 0.5 || pump <= FlushPump) && valve >= 100;
        OsmosisStage stage = down ? OsmosisStage.LastFlush : OsmosisStage.RampDown;
        return new(osmosis with { Setpoint = setpoint, Pump = pump, Valve = valve, Stage = stage, InStage = down ? TimeSpan.Zero : osmosis.InStage }, PhaseVerdict.Continue, $"pressure down: {pressure.F("0.0")} bar", double.NaN, null, false);
    }

    private static PhaseStep Over(PhaseContext context, OsmosisMemory osmosis, TransferLine line)
    {
        Drive(context, line, 0, 100);
        context.Drive("flush_valve", 0);
        return new(osmosis with { Pump = 0 }, PhaseVerdict.Done, $"{osmosis.Treated.F("0.0")} L treated, flushed", 1);
    }

    private static void Drive(PhaseContext context, TransferLine line, double pump, double valve)
    {
        context.DriveOutput(line.Pump, pump);
        context.Drive("concentrate_valve", Math.Max(valve, LeastOpen));
    }
}

public enum OsmosisStage
{
    Flush,
    Run,
    RampDown,
    LastFlush,
    Done,
}

/// <param name="Setpoint">bar of the ramp.</param>
/// <param name="Pump">Percent last told.</param>
/// <param name="Valve">Percent last told.</param>
/// <param name="Treated">L of feed by permeate and concentrate meters.</param>
public sealed record OsmosisMemory(
    OsmosisStage Stage, TimeSpan InStage, double Setpoint, double Pump, double Valve, double Treated, Lasting DeadHead, Lasting NoPressure,
    Lasting NoPermeate, Lasting Leak) : PhaseMemory
{
    public static readonly OsmosisMemory Fresh = new(OsmosisStage.Flush, TimeSpan.Zero, 0, 0, 100, 0, default, default, default, default);
}
