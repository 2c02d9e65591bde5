using System.Collections.Immutable;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Plant.UnitOperations;

/// <summary>
/// One pass over an ion-exchange column, counted in bed volumes: load (ends at breakthrough), wash, elute and regenerate (with a limit on the
/// time acid may stand on the resin, hold included). The column is kept flooded: nothing here ever drains it.
/// </summary>
public sealed class ColumnOperation : IUnitOperation
{
    private static readonly TimeSpan BreakTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan DryTime = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PressTime = TimeSpan.FromSeconds(10);

    private readonly ColumnPass pass;

    public ColumnOperation(ColumnPass pass)
    {
        this.pass = pass;
        Description = new(pass.Name, pass.Label, pass.Summary, ["ion-exchange"], Parameters(pass), Roles(pass), ["at any time: the column stays flooded"], RepeatSafe: !pass.ContactLimit)
        {
            Effects = Effects(pass),
        };
    }

    public UnitOperationDescription Description { get; }

    public PhaseMemory Begin(PhaseContext context) => ColumnMemory.Fresh;

    /// <summary>What has passed and how long acid has stood stay counted.</summary>
    public PhaseMemory Resume(PhaseContext context, PhaseMemory memory) =>
        (ColumnMemory)memory with { Flow = FlowWatch.Fresh, Asked = 0, Level = Smoothed.Unset, Broken = default, Dry = default, Pressed = default };

    public PhaseStep Step(PhaseContext context, PhaseMemory memory)
    {
        var column = (ColumnMemory)memory;
        string from = context.Name("from");
        if (context.Line(from) is not { } line) return context.Faulted(column, context.NoLine(from));
        string? fault = context.Unusable("inlet_flow") ?? context.UnusableTag(context.TagOf(from, "level"), from + ".level") ?? context.Brimming(line.To);
        if (pass.Breaks && context.Has("breakthrough")) fault ??= context.Unusable("outlet_conductivity");
        if (fault is not null) return Faulted(context, column, line, fault);

        column = Seen(context, column, line, out fault);
        if (fault is not null) return Faulted(context, column, line, fault);
        double volumes = column.Volume / context.Number("bed");
        bool broken = column.Broken.For >= BreakTime;
        bool empty = column.Level.Value <= context.Bottom();
        bool done = column.Done || broken || volumes >= context.Number("bed_volumes") || (empty && column.Empty.For >= context.RunOnTime());
        context.Drive("divert", context.Number("divert"));
        double asked = context.Pump(line, done ? 0 : context.Number("rate"));
        if (!column.Done && done && volumes < context.Number("bed_volumes"))
            context.Record(Records.BatchEventKind.Note, $"{context.Unit.Name} {pass.Name} ends after {volumes.F("0.0")} bed volumes: {(broken ? "breakthrough" : from + " is empty")}");
        string doing = $"{pass.Doing}: {volumes.F("0.0")} of {context.Number("bed_volumes").F("0.0")} bed volumes";
        return new(column with { Asked = asked, Done = done }, done ? PhaseVerdict.Done : PhaseVerdict.Continue, doing, Inputs.Share(volumes, context.Number("bed_volumes")));
    }

    private ColumnMemory Seen(PhaseContext context, ColumnMemory column, TransferLine line, out string? fault)
    {
        double flow = Math.Max(context.Read("inlet_flow").Value, 0);
        Reading outlet = context.Read("outlet_conductivity"), bed = context.Read("bed_level"), pressure = context.Read("pressure");
        FlowWatch watch = column.Flow.Next(flow, column.Asked, line.FullRate, context.Elapsed, $"{context.Unit.Name} feed from {line.From}", out fault);
        Smoothed level = column.Level.Next(context.Read(context.TagOf(line.From, "level")).Value, context.Elapsed, Inputs.LevelSmoothing);
        column = column with
        {
            Flow = watch,
            Level = level,
            Volume = column.Volume + (flow * context.Elapsed.TotalHours),
            Empty = column.Empty.Next(level.Value <= context.Bottom(), context.Elapsed),
            Broken = column.Broken.Next(pass.Breaks && context.Has("breakthrough") && outlet.Value > context.Number("breakthrough"), context.Elapsed),
            Dry = column.Dry.Next(context.HasTag("bed_level") && !bed.IsBad && bed.Value < 100, context.Elapsed),
            Pressed = column.Pressed.Next(context.HasTag("pressure") && !pressure.IsBad && pressure.Value > context.Number("pressure"), context.Elapsed),
        };
        if (column.Empty.For > TimeSpan.Zero) fault = null; // the suction draws air: the end, no fault
        fault ??= column.Dry.For >= DryTime ? $"{context.Unit.Name} resin falls dry: liquor stands at {bed.Value.F("0")} % of the bed" : null;
        fault ??= column.Pressed.For >= PressTime ? $"{context.Unit.Name} resin pressure {pressure.Value.F("0.0")} bar: bed or cartridge blocked" : null;
        if (pass.ContactLimit && context.Contact > context.SecondsOr("contact", 0))
            fault ??= $"{context.Unit.Name}: acid has been on the resin for {context.Contact.TotalMinutes.F("0")} min, {context.SecondsOr("contact", 0).TotalMinutes.F("0")} min allowed: rinse it";
        return column;
    }

    private static PhaseStep Faulted(PhaseContext context, ColumnMemory column, TransferLine line, string fault)
    {
        context.Pump(line, 0);
        return context.Faulted(column with { Asked = 0 }, fault);
    }

    private static ImmutableArray<ParameterDefinition> Parameters(ColumnPass pass)
    {
        var all = ImmutableArray.CreateBuilder<ParameterDefinition>();
        all.Add(Pipework.From);
        all.Add(ParameterDefinition.Number("rate", "Rate", "L/h", 0.05, 1000, null, "Flow over the resin."));
        all.Add(ParameterDefinition.Number("bed", "Bed", "L", 0.01, 1000, null, "Volume of the resin bed."));
        all.Add(ParameterDefinition.Number("bed_volumes", "Bed volumes", "", 0.1, 10000, pass.BedVolumes, "Bed volumes to pass."));
        all.Add(ParameterDefinition.Number("divert", "Divert", "", 0, 9, 0, "Position of the outlet's divert valve; the rig file says where each leads."));
        all.Add(ParameterDefinition.Number("pressure", "Pressure", "bar", 0.1, 20, 5, "Fault above this inlet pressure."));
        all.Add(Pipework.Leave());
        if (pass.Breaks) all.Add(ParameterDefinition.Number("breakthrough", "Breakthrough", "mS/cm", 0, 1000, null, "Outlet conductivity that ends it; absent: by bed volumes.", optional: true));
        if (pass.ContactLimit) all.Add(ParameterDefinition.Number("contact", "Contact", "s", 60, 86400, 7200, "Longest time on the resin, hold included."));
        return all.ToImmutable();
    }

    private static ImmutableArray<RoleDefinition> Roles(ColumnPass pass) =>
    [
        new("inlet_flow", RoleKind.Tag, "L/h", true, "Proof of flow, counts the bed volumes."),
        new("outlet_conductivity", RoleKind.Tag, "mS/cm", false, pass.Breaks ? "Tells breakthrough." : "What leaves the column."),
        new("bed_level", RoleKind.Tag, "%", false, "100 while the bed is flooded."),
        new("pressure", RoleKind.Tag, "bar", false, "Tells a blocked bed."),
        new("divert", RoleKind.Output, "position", false, "Where the outlet goes."),
    ];

    private static ImmutableArray<ExpectedEffect> Effects(ColumnPass pass)
    {
        ImmutableArray<ExpectedEffect> effects =
        [
            new("pump on", "inlet meter shows it", TimeSpan.FromMinutes(1), "line blocked or pump does not run"),
            new("pump on", "pressure stays", PressTime, "bed or cartridge blocked"),
            new("always", "bed flooded", DryTime, "resin falls dry"),
        ];
        return pass.ContactLimit ? effects.Add(new("acid on", "gone within its limit", TimeSpan.FromHours(2), "acid has been on the resin")) : effects;
    }
}

/// <param name="BedVolumes">Default number of bed volumes.</param>
/// <param name="Breaks">Ends when the outlet breaks through.</param>
/// <param name="ContactLimit">Acid or base: must not stand on the resin.</param>
public sealed record ColumnPass(string Name, string Label, string Summary, string Doing, double BedVolumes, bool Breaks, bool ContactLimit)
{
    public static readonly ColumnPass Load = new("ix_load", "Load resin", "Sends liquor over the resin until its bed volumes have passed or the outlet breaks through.", "loading", 20, true, false);
    public static readonly ColumnPass Wash = new("ix_wash", "Wash resin", "Displaces the liquor in the bed.", "washing the bed", 3, false, false);
    public static readonly ColumnPass Elute = new("ix_elute", "Elute resin", "Strips the resin with acid, with a limit on its contact.", "eluting", 4, false, true);
    public static readonly ColumnPass Regenerate = new("ix_regenerate", "Regenerate resin", "Brings the resin back to its form, with a limit on the contact.", "regenerating", 4, false, true);
}

/// <param name="Volume">L by the inlet meter.</param>
/// <param name="Asked">L/h the pump was last told.</param>
public sealed record ColumnMemory(
    double Volume, double Asked, Smoothed Level, FlowWatch Flow, Lasting Broken, Lasting Dry, Lasting Pressed, Lasting Empty, bool Done) : PhaseMemory
{
    public static readonly ColumnMemory Fresh = new(0, 0, Smoothed.Unset, FlowWatch.Fresh, default, default, default, default, false);
}
