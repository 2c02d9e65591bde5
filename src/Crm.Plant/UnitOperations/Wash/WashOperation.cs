using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Plant.UnitOperations;

/// <summary>Displaces the liquor in a filter cake by a volume of wash water, then blows the cake.</summary>
public sealed class WashOperation : IUnitOperation
{
    public UnitOperationDescription Description { get; } = new(
        "wash",
        "Wash",
        "Pumps a measured volume of wash liquor through the cake, then blows it with air.",
        ["filter"],
        [
            Pipework.From,
            ParameterDefinition.Number("volume", "Volume", "L", 0.05, 1000, null, "Wash liquor, by the wash meter."),
            FilterParts.Divert,
            ParameterDefinition.Number("rate", "Rate", "L/h", 0.1, 1000, null, "Flow at most; absent: the line's full flow.", optional: true),
            FilterParts.Blow(180),
        ],
        [
            new("wash_pump", RoleKind.Output, "%", true, "Feeds the wash liquor."),
            new("wash_flow", RoleKind.Tag, "L/h", true, "Measures the wash liquor."),
            new("divert", RoleKind.Output, "position", false, "Where the washings go."),
            new("air_valve", RoleKind.Output, "on/off", false, "Blows the cake."),
        ],
        ["while washing"],
        RepeatSafe: true);

    public PhaseMemory Begin(PhaseContext context) => FilterMemory.Fresh;

    public PhaseMemory Resume(PhaseContext context, PhaseMemory memory) => (FilterMemory)memory with { NoFlow = default };

    public PhaseStep Step(PhaseContext context, PhaseMemory memory)
    {
        var wash = (FilterMemory)memory;
        string from = context.Name("from");
        if (context.Line(from, context.Unit.Name) is not { } line) return context.Faulted(wash, context.NoLine(from));
        context.Drive("divert", context.Number("divert"));
        if (context.Unusable("wash_flow") is { } unusable) return context.Faulted(wash, unusable);
        return wash.Feeding ? Feed(context, wash, line) : FilterParts.Blow(context, wash, line.Pump);
    }

    private static PhaseStep Feed(PhaseContext context, FilterMemory wash, TransferLine line)
    {
        double volume = context.Number("volume");
        double flow = context.Read("wash_flow").Value;
        double asked = context.Pump(line, context.NumberOr("rate", line.FullRate));
        wash = wash with
        {
            Moved = wash.Moved + (Math.Max(flow, 0) * context.Elapsed.TotalHours),
            NoFlow = wash.NoFlow.Next(flow < 0.1 * asked, context.Elapsed),
        };
        context.Drive("air_valve", 0);
        if (wash.Moved >= volume) return FilterParts.Blow(context, wash with { Feeding = false, Blown = TimeSpan.Zero }, line.Pump);
        if (wash.NoFlow.For >= FilterParts.NoFlowTime)
            return context.Faulted(wash, $"{context.Unit.Name} takes no wash from {line.From}: {flow.F("0.0")} L/h, {asked.F("0.0")} L/h expected");
        return new(wash, PhaseVerdict.Continue, $"washing {wash.Moved.F("0.0")} of {volume.F("0.0")} L", Inputs.Share(wash.Moved, volume));
    }
}
