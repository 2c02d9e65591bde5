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
            ParameterDefinition.Number("crack", "Cracking limit", "s", 60, 86400, 3600, "Longest time the cake may stand with the wash stopped; after it the cake may have cracked and a person must look."),
            ParameterDefinition.Number("channelling", "Channelling", "", 1.2, 100, 2, "Fault when the wash runs this many times easier than at its start (flow over the pressure above that of the air), where the pressure can tell."),
        ],
        [
            new("wash_pump", RoleKind.Output, "%", true, "Feeds the wash liquor."),
            new("wash_flow", RoleKind.Tag, "L/h", true, "Measures the wash liquor."),
            new("pressure", RoleKind.Tag, "bar", false, "Absolute; tells a cake that has cracked."),
            new("divert", RoleKind.Output, "position", false, "Where the washings go."),
            new("air_valve", RoleKind.Output, "on/off", false, "Blows the cake."),
        ],
        ["while washing"],
        RepeatSafe: true)
    {
        Effects =
        [
            new("wash pump on", "wash meter shows it", FilterParts.NoFlowTime, "takes no wash"),
            new("wash stopped", "goes on before the cake cracks", TimeSpan.FromHours(1), "may have cracked"),
            new("washing", "resistance stays", CrackTime, "wash channels"),
        ],
    };

    private static readonly TimeSpan CrackTime = TimeSpan.FromSeconds(30);

    /// <summary>L of wash by which the resistance of the cake is known.</summary>
    private const double Settled = 0.2;

    /// <summary>bar absolute that drives nothing.</summary>
    private const double Air = 1;

    /// <summary>Standard uncertainties of the pressure below which a pressure drop is not told from none.</summary>
    private const double Discernible = 2;

    public PhaseMemory Begin(PhaseContext context) => FilterMemory.Fresh;

    public PhaseMemory Resume(PhaseContext context, PhaseMemory memory) => (FilterMemory)memory with { NoFlow = default, Channels = default };

    public PhaseStep Step(PhaseContext context, PhaseMemory memory)
    {
        var wash = (FilterMemory)memory;
        string from = context.Name("from");
        if (context.Line(from, context.Unit.Name) is not { } line) return context.Faulted(wash, context.NoLine(from));
        context.Drive("divert", context.Number("divert"));
        if (context.Unusable("wash_flow") is { } unusable) return context.Faulted(wash, unusable);
        TimeSpan stood = context.Contact - wash.At;
        bool cracked = wash.Feeding && wash.Moved > 0 && stood > context.SecondsOr("crack", 3600);
        wash = wash with { At = context.Contact };
        if (cracked)
            return context.Faulted(wash, $"{context.Unit.Name} wash stood for {stood.TotalMinutes.F("0")} min: the cake may have cracked, look at it, smooth it and go on");
        return wash.Feeding ? Feed(context, wash, line) : FilterParts.Blow(context, wash, line.Pump);
    }

    /// <summary>A cake that cracks lets the wash through the cracks: flow rises or pressure falls.</summary>
    private static FilterMemory Channelled(PhaseContext context, FilterMemory wash, double flow, out string? fault)
    {
        fault = null;
        Reading pressure = context.Read("pressure");
        if (!context.HasTag("pressure") || pressure.IsBad || wash.Moved < Settled) return wash;
        double ease = flow / Math.Max(pressure.Value - Air, Discernible * context.Rig.Tags[context.Tag("pressure")].StandardUncertainty);
        if (double.IsNaN(wash.Ease)) return wash with { Ease = ease };
        wash = wash with { Channels = wash.Channels.Next(ease > context.Number("channelling") * wash.Ease, context.Elapsed) };
        if (wash.Channels.For >= CrackTime) fault = $"{context.Unit.Name} wash channels: {flow.F("0.0")} L/h at {pressure.Value.F()} bar: the cake has cracked";
        return wash;
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
        wash = Channelled(context, wash, flow, out string? cracked);
        if (cracked is not null) return context.Faulted(wash, cracked);
        return new(wash, PhaseVerdict.Continue, $"washing {wash.Moved.F("0.0")} of {volume.F("0.0")} L", Inputs.Share(wash.Moved, volume));
    }
}
