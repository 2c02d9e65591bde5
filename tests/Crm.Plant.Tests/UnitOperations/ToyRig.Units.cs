using Crm.Plant.Outputs;
using Crm.Plant.Rigs;

namespace Crm.Plant.Tests.UnitOperations;

/// <summary>Units of the toy rig for germanium and vanadium: column, mixer-settlers, calciner, membranes.</summary>
internal static partial class ToyRig
{
    private static string[] MoreVesselTags => ["heater_power", "mass", "vent_flow", "conductivity", "supersaturation", "turbidity"];

    private static (string Name, OutputRole Role)[] MoreVesselOutputs =>
    [
        ("feeder", OutputRole.Feed), ("seed_feeder", OutputRole.Feed), ("flush_valve", OutputRole.Valve), ("circulation", OutputRole.Valve), ("out_pump", OutputRole.Transfer),
    ];

    private static string[] MoreTags =>
    [
        "store.level", "organic.level", "column.outlet_conductivity", "column.bed_level", "column.pressure",
        "extractor.mixer_speed", "extractor.aqueous_flow", "extractor.organic_flow", "extractor.strip_flow", "extractor.interface",
        "extractor.mixer_conductivity", "extractor.crud", "extractor.organic_level",
        "calciner.temperature", "calciner.heater_power", "calciner.sweep_flow",
        "ro.pressure", "ro.permeate_flow", "ro.concentrate_flow", "ro.permeate_conductivity",
        "stack.current", "stack.voltage", "stack.brine_flow", "stack.acid_flow", "stack.base_flow", "stack.brine_conductivity",
    ];

    private static (string Name, OutputRole Role)[] MoreOutputs =>
    [
        ("column.divert", OutputRole.Valve), ("extractor.mixer", OutputRole.Agitate), ("extractor.aqueous_pump", OutputRole.Transfer),
        ("extractor.organic_pump", OutputRole.Transfer), ("extractor.strip_pump", OutputRole.Transfer), ("extractor.divert", OutputRole.Valve),
        ("extractor.ventilation", OutputRole.Service), ("calciner.heater", OutputRole.Heat), ("calciner.sweep", OutputRole.Service),
        ("ro.feed_pump", OutputRole.Transfer), ("ro.concentrate_valve", OutputRole.Service), ("ro.flush_valve", OutputRole.Valve),
        ("stack.rectifier", OutputRole.Heat), ("stack.brine_pump", OutputRole.Transfer), ("stack.acid_pump", OutputRole.Transfer), ("stack.base_pump", OutputRole.Transfer),
    ];

    private static UnitDefinition[] MoreUnits(List<OutputDefinition> outputs) =>
    [
        UnitOf(5, "store", "tank", 90, 90, outputs, []), UnitOf(6, "organic", "tank", 90, 90, outputs, []), UnitOf(7, "extractor", "extraction", null, null, outputs, []),
        UnitOf(8, "calciner", "calciner", null, null, outputs, []), UnitOf(9, "ro", "reverse-osmosis", null, null, outputs, []),
        UnitOf(10, "stack", "electrodialysis", null, null, outputs, []),
    ];

    private static TransferLine[] MorePipes(Func<string, int> number) =>
    [
        new("out", "vessel", "store", "vessel", number("vessel.out_pump"), 60),
        new("aqueous", "tank", "extractor", "extractor", number("extractor.aqueous_pump"), 60),
        new("organic", "organic", "extractor", "extractor", number("extractor.organic_pump"), 60),
        new("strip", "store", "extractor", "extractor", number("extractor.strip_pump"), 20),
        new("membranes", "tank", "store", "ro", number("ro.feed_pump"), 200),
        new("brine", "tank", "stack", "stack", number("stack.brine_pump"), 60),
        new("acid", "store", "stack", "stack", number("stack.acid_pump"), 60),
        new("base", "organic", "stack", "stack", number("stack.base_pump"), 60),
    ];
}
