using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Plant.UnitOperations;

/// <summary>Moves liquor or slurry along one of the unit's lines until the source is empty, a level is left or an amount has gone.</summary>
public sealed class TransferOperation : IUnitOperation
{
    public UnitOperationDescription Description { get; } = new(
        "transfer",
        "Transfer",
        "Moves liquor or slurry along a line of this unit until the source is empty, a level is left or an amount has gone.",
        [],
        [
            Pipework.From,
            ParameterDefinition.Named("to", "To", ParameterKind.Place, "Place the line leads to; needed when several lines draw from the source.", optional: true),
            Pipework.Leave(),
            ParameterDefinition.Number("amount", "Amount", "L", 0.1, 10000, null, "Volume to move; absent: all.", optional: true),
            ParameterDefinition.Number("rate", "Rate", "L/h", 0.1, 10000, null, "Flow at most; absent: the line's full flow.", optional: true),
            Surroundings.Temperature(),
            Surroundings.Agitator,
        ],
        [Surroundings.AgitatorOutput, Surroundings.AgitatorSpeed],
        ["at any time"],
        RepeatSafe: true)
    {
        Effects =
        [
            new("pump on", "level of the source falls", TimeSpan.FromMinutes(1), "L moved in"),
            Surroundings.Turns,
        ],
    };

    public PhaseMemory Begin(PhaseContext context) => FlowMemory.Fresh;

    public PhaseMemory Resume(PhaseContext context, PhaseMemory memory) => ((FlowMemory)memory).Reopened();

    public PhaseStep Step(PhaseContext context, PhaseMemory memory)
    {
        var flow = (FlowMemory)memory;
        string from = context.Name("from");
        if (context.Line(from, context.Has("to") ? context.Name("to") : null) is not { } line) return context.Faulted(flow, context.NoLine(from));
        string? fault = context.Maintain() ?? context.UnusableTag(context.TagOf(from, "level"), from + ".level") ?? context.Brimming(line.To);
        if (fault is not null) return context.Faulted(flow, fault);

        flow = flow.Seen(context.Read(context.TagOf(from, "level")).Value, context);
        double bottom = Math.Max(context.Bottom(), context.Has("amount") ? flow.Start - context.Number("amount") : 0);
        bool wantsAll = !context.Has("amount");
        flow = flow with { Below = flow.Below.Next(flow.Level.Value <= bottom, context.Elapsed) };
        bool done = flow.Done || flow.Below.For >= (wantsAll ? context.RunOnTime() : TimeSpan.FromSeconds(1));
        double rate = context.Pump(line, done ? 0 : context.NumberOr("rate", line.FullRate));
        VolumeWatch watch = flow.Below.For > TimeSpan.Zero
            ? VolumeWatch.Fresh
            : flow.Watch.Next(flow.Level.Value, rate, -1, context.Elapsed, $"{from} to {line.To}", out fault);
        flow = flow with { Watch = watch, Done = done };
        if (fault is not null) return context.Faulted(flow, fault);
        return new(
            flow,
            done ? PhaseVerdict.Done : PhaseVerdict.Continue,
            $"{from} to {line.To}: {Math.Max(0, flow.Start - flow.Level.Value).F("0.0")} L moved, {flow.Level.Value.F("0.0")} L left",
            Inputs.Share(flow.Start - flow.Level.Value, flow.Start - bottom));
    }
}
