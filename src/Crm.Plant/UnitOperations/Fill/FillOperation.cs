using Crm.Plant.Rigs;

namespace Crm.Plant.UnitOperations;

/// <summary>Fills the unit from another place up to a level.</summary>
public sealed class FillOperation : IUnitOperation
{
    /// <summary>L before the target at which the pump slows.</summary>
    private const double SlowBand = 1.5;

    private const double LeastShare = 0.15;

    public UnitOperationDescription Description { get; } = new(
        "fill",
        "Fill",
        "Fills the unit from another place up to a level; slows before the end.",
        [],
        [
            Pipework.From,
            ParameterDefinition.Number("to", "To", "L", 0.1, 10000, null, "Level to reach."),
            ParameterDefinition.Number("rate", "Rate", "L/h", 0.1, 10000, null, "Flow at most; absent: the line's full flow.", optional: true),
            Surroundings.Temperature(),
            Surroundings.Agitator,
        ],
        [
            new("level", RoleKind.Tag, "L", true, "Tells how much is in."),
            Surroundings.AgitatorOutput, Surroundings.AgitatorSpeed,
        ],
        ["at any time"],
        RepeatSafe: true)
    {
        Effects =
        [
            new("pump on", "level rises", TimeSpan.FromMinutes(1), "L moved in"),
            Surroundings.Turns,
        ],
    };

    public PhaseMemory Begin(PhaseContext context) => FlowMemory.Fresh;

    public PhaseMemory Resume(PhaseContext context, PhaseMemory memory) => ((FlowMemory)memory).Reopened();

    public PhaseStep Step(PhaseContext context, PhaseMemory memory)
    {
        var fill = (FlowMemory)memory;
        string from = context.Name("from");
        if (context.Line(from, context.Unit.Name) is not { } line) return context.Faulted(fill, context.NoLine(from));
        if (context.Maintain() is { } still) return context.Faulted(fill, still);
        if (context.Unusable("level") is { } unusable) return context.Faulted(fill, unusable);

        double to = context.Number("to");
        Smoothed level = fill.Level.Next(context.Read("level").Value, context.Elapsed, Inputs.LevelSmoothing);
        double start = double.IsNaN(fill.Start) ? level.Value : fill.Start;
        bool full = fill.Done || level.Value >= to;
        double flow = full ? 0 : Flow(context, line, to - level.Value);
        flow = context.Pump(line, flow);
        VolumeWatch watch = fill.Watch.Next(level.Value, flow, +1, context.Elapsed, $"{from} to {context.Unit.Name}", out string? fault);
        fill = fill with { Level = level, Start = start, Watch = watch, Done = full };
        if (fault is not null) return context.Faulted(fill, fault);
        return new(
            fill,
            full ? PhaseVerdict.Done : PhaseVerdict.Continue,
            $"filling {level.Value.F("0.0")} of {to.F("0.0")} L from {from}",
            Inputs.Share(level.Value - start, to - start));
    }

    private static double Flow(PhaseContext context, TransferLine line, double lacks)
    {
        double asked = Math.Min(context.NumberOr("rate", line.FullRate), line.FullRate);
        return asked * Math.Clamp(lacks / SlowBand, LeastShare, 1);
    }
}
