using System.Collections.Immutable;
using Crm.Plant.Loops;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Plant.Tests.UnitOperations;

/// <summary>A made-up rig with one of everything that unit operations touch.</summary>
internal static partial class ToyRig
{
    private static readonly string[] VesselTags = ["temperature", "ph", "level", "agitator_speed", "acid_scale", "base_scale", "condensate_flow", "feed_flow", "co2_flow", .. MoreVesselTags];

    private static readonly (string Name, OutputRole Role)[] VesselOutputs =
    [
        ("agitator", OutputRole.Agitate), ("heater", OutputRole.Heat), ("cooling", OutputRole.Cool), ("acid_pump", OutputRole.Feed),
        ("base_pump", OutputRole.Feed), ("water_pump", OutputRole.Transfer), ("feed_pump", OutputRole.Transfer), ("co2_valve", OutputRole.Gas),
        .. MoreVesselOutputs,
    ];

    public static readonly TimeSpan LongestHold = TimeSpan.FromMinutes(30);
    public static readonly RigDefinition Rig = Build();

    public static UnitDefinition Unit(string name) => Rig.Units[Rig.Unit(name)];

    public static int Output(string name) => Rig.Output(name);

    /// <summary>What the vessel's agitator does in the table: kept suspended while held, stopped in the end.</summary>
    public const double HeldSpeed = 120;

    private static RigDefinition Build()
    {
        var tags = new List<TagDefinition>();
        var outputs = new List<OutputDefinition>();
        foreach (string role in VesselTags) tags.Add(Tag(tags.Count, "vessel." + role));
        foreach (string name in (string[])["tank.level", "filter.pressure", "filter.filtrate_flow", "filter.wash_flow", "column.inlet_flow", "dryer.temperature", "dryer.pressure", .. MoreTags])
            tags.Add(Tag(tags.Count, name));
        foreach ((string name, OutputRole role) in VesselOutputs) outputs.Add(Output(outputs.Count, "vessel." + name, role));
        foreach (string name in (string[])["filter.feed_pump", "filter.wash_pump", "column.feed_pump"]) outputs.Add(Output(outputs.Count, name, OutputRole.Transfer));
        foreach (string name in (string[])["filter.air_valve", "filter.divert", "dryer.vacuum_pump"]) outputs.Add(Output(outputs.Count, name, OutputRole.Valve));
        outputs.Add(Output(outputs.Count, "dryer.heater", OutputRole.Heat));
        foreach ((string name, OutputRole role) in MoreOutputs) outputs.Add(Output(outputs.Count, name, role));

        int Number(string name) => outputs.FindIndex(o => o.Name == name);
        int Sensor(string name) => tags.FindIndex(t => t.Name == name);
        var loop = new LoopDefinition(
            0, "vessel.temperature_loop", "Temperature", Sensor("vessel.temperature"), 4, TimeSpan.FromMinutes(10), TimeSpan.Zero, 1, -100, 100, -5, 150, null,
            [new SplitLeg(Number("vessel.heater"), 0, 100, 0, 100), new SplitLeg(Number("vessel.cooling"), 0, -100, 0, 100)]);
        ImmutableArray<DosingLine> lines =
        [
            new("acid", Number("vessel.acid_pump"), Sensor("vessel.acid_scale"), 8),
            new("base", Number("vessel.base_pump"), Sensor("vessel.base_scale"), 12),
        ];
        ImmutableArray<UnitDefinition> units =
        [
            UnitOf(0, "vessel", "reactor", 50, 40, outputs, lines),
            UnitOf(1, "tank", "tank", 90, 90, outputs, []),
            UnitOf(2, "filter", "filter", null, null, outputs, []),
            UnitOf(3, "column", "ion-exchange", null, null, outputs, []),
            UnitOf(4, "dryer", "dryer", null, null, outputs, []),
            .. MoreUnits(outputs),
        ];
        ImmutableArray<TransferLine> pipes =
        [
            new("water", "tank", "vessel", "vessel", Number("vessel.water_pump"), 300),
            new("to_tank", "vessel", "tank", "vessel", Number("vessel.feed_pump"), 60),
            new("feed", "vessel", "filter", "filter", Number("filter.feed_pump"), 80),
            new("wash", "tank", "filter", "filter", Number("filter.wash_pump"), 60),
            new("polish", "vessel", "tank", "column", Number("column.feed_pump"), 20),
            .. MorePipes(Number),
        ];
        ImmutableArray<ReagentDefinition> reagents = [new("acid", "Acid", "H2SO4", 0.98, 1.84, 20, ""), new("base", "Base", "NaOH", 0.3, 1.33, 20, "")];
        return new RigDefinition(
            "toy", "1", "", TimeSpan.FromMilliseconds(100), units, [.. tags], [.. outputs], [loop], [], [], [], reagents, pipes, [], []);
    }

    private static TagDefinition Tag(int ordinal, string name) => new(
        ordinal, name, name, name.EndsWith("pressure", StringComparison.Ordinal) && name[0] == 'd' ? "mbar" : "1", 0, 100, TimeSpan.FromSeconds(2), default, "toy", name, 2, 0.003);

    private static OutputDefinition Output(int ordinal, string name, OutputRole role) => new(
        ordinal, name, name, "%", 0, name.EndsWith("agitator", StringComparison.Ordinal) || name.EndsWith("mixer", StringComparison.Ordinal) ? 400 : 100, role, new FailRule(SafeValue.At(0), FailEnforcer.Drive),
        new LapseRule(TimeSpan.FromSeconds(1), SafeValue.At(0)), SafeValue.At(0), null, "toy", name);

    private static UnitDefinition UnitOf(
        int ordinal, string name, string kind, double? gross, double? working, List<OutputDefinition> outputs, ImmutableArray<DosingLine> lines)
    {
        var rows = outputs.Where(o => o.Name.StartsWith(name + ".", StringComparison.Ordinal)).Select(Row).ToImmutableArray();
        var table = new PhaseStateTable(rows, LongestHold, PhaseCommand.Stop, TimeSpan.FromMinutes(2));
        return new UnitDefinition(ordinal, name, name, kind, false, gross, working, table, lines);
    }

    private static StateRow Row(OutputDefinition output)
    {
        var off = new StateCell(SafeValue.At(0), -1, double.NaN);
        var stirred = new StateCell(SafeValue.At(HeldSpeed), -1, double.NaN);
        var full = new StateCell(SafeValue.At(100), -1, double.NaN);
        return output.Role switch
        {
            OutputRole.Agitate => new StateRow(output.Ordinal, [stirred, stirred, stirred, stirred, off, stirred, stirred]),
            OutputRole.Service => new StateRow(output.Ordinal, [full, full, full, full, full, full, full]),
            OutputRole.Cool => new StateRow(output.Ordinal, [off, off, off, off, off, full, full]),
            _ => new StateRow(output.Ordinal, [off, off, off, off, off, off, off]),
        };
    }
}
