using Crm.Plant.Tags;

namespace Crm.Plant.UnitOperations;

/// <summary>Sends liquor through cartridge filter and ion exchanger at a slow, even flow until the source is empty.</summary>
public sealed class PolishOperation : IUnitOperation
{
    public UnitOperationDescription Description { get; } = new(
        "polish",
        "Polish",
        "Sends liquor through cartridge and ion exchanger at an even flow until the source is empty.",
        [],
        [
            Pipework.From,
            ParameterDefinition.Number("rate", "Rate", "L/h", 0.1, 1000, null, "Flow through the resin."),
            Pipework.Leave(),
        ],
        [
            new("inlet_flow", RoleKind.Tag, "L/h", true, "Proof of flow."),
            new("feed_pump", RoleKind.Output, "%", true, "Feeds the column."),
        ],
        ["at any time"],
        RepeatSafe: true)
    {
        Effects =
        [
            new("feed pump on", "inlet meter shows it", TimeSpan.FromMinutes(4), "gets no flow"),
        ],
    };

    public PhaseMemory Begin(PhaseContext context) => PolishMemory.Fresh;

    public PhaseMemory Resume(PhaseContext context, PhaseMemory memory) => (PolishMemory)memory with { NoFlow = default, Level = Smoothed.Unset };

    public PhaseStep Step(PhaseContext context, PhaseMemory memory)
    {
        var polish = (PolishMemory)memory;
        string from = context.Name("from");
        if (context.Line(from) is not { } line) return context.Faulted(polish, context.NoLine(from));
        string? fault = context.Unusable("inlet_flow") ?? context.UnusableTag(context.TagOf(from, "level"), from + ".level") ?? context.Brimming(line.To);
        if (fault is not null) return context.Faulted(polish, fault);

        double flow = context.Read("inlet_flow").Value;
        Smoothed level = polish.Level.Next(context.Read(context.TagOf(from, "level")).Value, context.Elapsed, Inputs.LevelSmoothing);
        polish = polish with
        {
            Level = level,
            Start = double.IsNaN(polish.Start) ? level.Value : polish.Start,
            Below = polish.Below.Next(level.Value <= context.Bottom(), context.Elapsed),
            NoFlow = polish.NoFlow.Next(flow < 0.2 * context.Number("rate"), context.Elapsed),
            Volume = polish.Volume + (Math.Max(flow, 0) * context.Elapsed.TotalHours),
        };
        bool dry = polish.NoFlow.For >= FilterParts.NoFlowTime;
        bool done = polish.Done || polish.Below.For >= context.RunOnTime() * 2 || (dry && level.Value <= context.Bottom() + FilterParts.Heel);
        context.Pump(line, done ? 0 : context.Number("rate"));
        polish = polish with { Done = done };
        if (dry && !done) return context.Faulted(polish, $"{context.Unit.Name} gets no flow from {from}: {flow.F("0.0")} L/h, {context.Number("rate").F("0.0")} L/h expected: cartridge blocked or pump");
        string doing = $"polishing: {polish.Volume.F("0.0")} L through, {level.Value.F("0.0")} L left";
        return new(polish, done ? PhaseVerdict.Done : PhaseVerdict.Continue, doing, Inputs.Share(polish.Start - level.Value, polish.Start - context.Bottom()));
    }
}

/// <param name="Volume">L by the inlet meter.</param>
public sealed record PolishMemory(Smoothed Level, double Start, double Volume, Lasting Below, Lasting NoFlow, bool Done) : PhaseMemory
{
    public static readonly PolishMemory Fresh = new(Smoothed.Unset, double.NaN, 0, default, default, false);
}
