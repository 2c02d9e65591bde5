using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Plant.UnitOperations;

/// <summary>Feeds a slurry onto the filter within a pressure limit until its source is empty, then blows the cake.</summary>
public sealed class FilterOperation : IUnitOperation
{
    /// <summary>Percent of pump per second and bar of distance from the pressure limit.</summary>
    private const double PressureGain = 4;

    private const double StartPump = 25;

    public UnitOperationDescription Description { get; } = new(
        "filter",
        "Filter",
        "Feeds slurry within a pressure limit until the source is empty, then blows the cake with air.",
        ["filter"],
        [
            Pipework.From,
            FilterParts.Divert,
            ParameterDefinition.Number("pressure", "Pressure", "bar", 0.1, 10, 2, "Feed pressure at most."),
            FilterParts.Blow(120),
            Pipework.Leave(),
        ],
        [
            new("feed_pump", RoleKind.Output, "%", true, "Feeds the slurry."),
            new("divert", RoleKind.Output, "position", false, "Where the filtrate goes."),
            new("air_valve", RoleKind.Output, "on/off", false, "Blows the cake."),
            new("pressure", RoleKind.Tag, "bar", true, "Feed pressure."),
            new("filtrate_flow", RoleKind.Tag, "L/h", true, "Proof that it filters."),
        ],
        ["while feeding"],
        RepeatSafe: true)
    {
        Effects =
        [
            new("feed pump on", "filtrate flows", TimeSpan.FromMinutes(4), "gives no filtrate"),
        ],
    };

    public PhaseMemory Begin(PhaseContext context) => FilterMemory.Fresh;

    public PhaseMemory Resume(PhaseContext context, PhaseMemory memory) =>
        (FilterMemory)memory with { Pump = StartPump, NoFlow = default, Level = Smoothed.Unset };

    public PhaseStep Step(PhaseContext context, PhaseMemory memory)
    {
        var filter = (FilterMemory)memory;
        string from = context.Name("from");
        if (context.Line(from, context.Unit.Name) is not { } line) return context.Faulted(filter, context.NoLine(from));
        context.Drive("divert", context.Number("divert"));
        string? fault = context.Unusable("pressure", "filtrate_flow") ?? context.UnusableTag(context.TagOf(from, "level"), from + ".level");
        if (fault is not null) return context.Faulted(filter, fault);
        return filter.Feeding ? Feed(context, filter, line) : FilterParts.Blow(context, filter, line.Pump);
    }

    private static PhaseStep Feed(PhaseContext context, FilterMemory filter, TransferLine line)
    {
        double pressure = context.Read("pressure").Value;
        double flow = context.Read("filtrate_flow").Value;
        double pump = NextPump(context, filter.Pump, pressure);
        Smoothed level = filter.Level.Next(context.Read(context.TagOf(line.From, "level")).Value, context.Elapsed, Inputs.LevelSmoothing);
        double start = double.IsNaN(filter.Start) ? level.Value : filter.Start;
        bool low = level.Value <= context.Bottom();
        filter = filter with
        {
            Pump = pump,
            Level = level,
            Start = start,
            Below = filter.Below.Next(low, context.Elapsed),
            NoFlow = filter.NoFlow.Next(flow < FilterParts.NoFlow, context.Elapsed),
        };
        context.Pump(line, pump / 100 * line.FullRate);
        context.Drive("air_valve", 0);
        bool dry = filter.NoFlow.For >= FilterParts.NoFlowTime;
        if (filter.Below.For >= context.RunOnTime() || (dry && level.Value <= context.Bottom() + FilterParts.Heel))
            return FilterParts.Blow(context, filter with { Feeding = false, Blown = TimeSpan.Zero }, line.Pump);
        if (dry) return context.Faulted(filter, NoFiltrate(context, pump, pressure));
        string doing = $"filtering {line.From}: {level.Value.F("0.0")} L left, {flow.F("0")} L/h at {pressure.F("0.0")} bar";
        return new(filter, PhaseVerdict.Continue, doing, Inputs.Share(start - level.Value, start - context.Bottom()));
    }

    private static double NextPump(PhaseContext context, double pump, double pressure)
    {
        double limit = context.Number("pressure");
        if (pressure > 1.15 * limit) return pump * Math.Exp(-context.Elapsed.TotalSeconds / 2);
        return Math.Clamp(pump + (PressureGain * (limit - pressure) * context.Elapsed.TotalSeconds), 0, 100);
    }

    private static string NoFiltrate(PhaseContext context, double pump, double pressure)
    {
        string cause = pressure > 0.7 * context.Number("pressure") ? "the cake blinds or the filtrate line is shut" : "pump or feed line";
        return $"{context.Unit.Name} gives no filtrate with the pump at {pump.F("0")} % and {pressure.F("0.0")} bar: {cause}";
    }
}

/// <param name="Pump">Percent.</param>
/// <param name="Moved">L by the wash meter.</param>
public sealed record FilterMemory(
    bool Feeding,
    double Pump,
    Smoothed Level,
    double Start,
    Lasting Below,
    Lasting NoFlow,
    double Moved,
    TimeSpan Blown) : PhaseMemory
{
    /// <summary>Contact clock at the last step.</summary>
    public TimeSpan At { get; init; }

    /// <summary>L/h per bar at the start of the wash; NaN before.</summary>
    public double Ease { get; init; } = double.NaN;

    /// <summary>How long the wash has run much easier than at its start.</summary>
    public Lasting Channels { get; init; }

    public static readonly FilterMemory Fresh = new(true, 25, Smoothed.Unset, double.NaN, default, default, 0, TimeSpan.Zero);
}
