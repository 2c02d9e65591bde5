using System.Collections.Immutable;
using Crm.Plant.Outputs;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Twin.Tests;

/// <summary>A rig with the names of the lithium pilot, compiled in code: two buses, 100 ms scan.</summary>
internal static class TestRig
{
    private static readonly (string Unit, string Tags, string Outputs)[] Units =
    [
        ("leach", "temperature jacket_temperature ph orp level agitator_speed agitator_current vent_flow foam! acid_scale peroxide_scale cooling_flow", "agitator heater cooling acid_pump peroxide_pump water_pump"),
        ("filter1", "pressure filtrate_flow wash_flow cake_mass", "feed_pump wash_pump air_valve! divert"),
        ("neutralise", "temperature ph orp level agitator_speed caustic_scale peroxide_scale alum_scale", "agitator heater cooling caustic_pump peroxide_pump alum_pump return_pump"),
        ("filter2", "pressure filtrate_flow wash_flow cake_mass", "feed_pump wash_pump air_valve! divert"),
        ("clear_tank", "level conductivity temperature", ""), ("brine_tank", "level conductivity temperature", ""),
        ("concentrate", "temperature level density condensate_flow feed_flow agitator_speed", "agitator heater feed_pump cooling"),
        ("coolcryst", "temperature level agitator_speed", "agitator heater cooling feed_pump"),
        ("salt_filter", "pressure filtrate_flow wash_flow cake_mass", "feed_pump wash_pump air_valve! divert"),
        ("carbonation", "temperature ph level agitator_speed carbonate_scale", "agitator heater cooling carbonate_pump"),
        ("hot_filter", "pressure filtrate_flow wash_flow cake_mass", "feed_pump wash_pump air_valve! divert"),
        ("electricity", "power energy", ""),
        ("mother_tank", "level conductivity temperature", ""), ("polish_mother_tank", "level conductivity temperature", ""),
        ("bicarbonation", "temperature ph conductivity level agitator_speed co2_flow pressure", "agitator cooling heater co2_valve water_pump"),
        ("polish", "inlet_flow pressure outlet_conductivity", "feed_pump"),
        ("decompose", "temperature ph level agitator_speed condensate_flow vent_flow", "agitator heater cooling"),
        ("dryer", "temperature pressure mass", "heater vacuum_pump"),
        ("scrubber", "fan_running! flow ph", "fan!"), ("ventilation", "running! flow", "fan!"), ("nitrogen", "pressure", "valve!"),
        ("cooling_water", "flow temperature pressure", "pump"), ("gas", "hydrogen hf oxygen", ""), ("panel", "", "horn! gas_lamp! leach_lamp! scrubber_lamp! hf_lamp!"),
        ("wash_tank", "level conductivity", ""), ("condensate_tank", "level temperature conductivity", ""),
        ("ro", "feed_flow permeate_flow permeate_conductivity pressure", "feed_pump"), ("degasser", "ph", "blower!"), ("reject_tank", "level", ""),
        ("salt_evaporator", "temperature level condensate_flow", "heater feed_pump"), ("recycled_water", "level conductivity temperature makeup_total", "makeup_valve!"),
    ];

    private static readonly (string Unit, string Reagent, string Pump, string Scale, double Full)[] Dosing =
    [
        ("leach", "sulfuric_acid", "acid_pump", "acid_scale", 8), ("leach", "hydrogen_peroxide", "peroxide_pump", "peroxide_scale", 2),
        ("neutralise", "sodium_hydroxide", "caustic_pump", "caustic_scale", 12), ("neutralise", "hydrogen_peroxide", "peroxide_pump", "peroxide_scale", 1),
        ("neutralise", "aluminium_sulfate", "alum_pump", "alum_scale", 4), ("carbonation", "sodium_carbonate", "carbonate_pump", "carbonate_scale", 4),
    ];

    private static readonly (string Name, string From, string To, string Pump, double Full)[] Lines =
    [
        ("water", "recycled_water", "leach", "leach.water_pump", 300), ("feed", "leach", "filter1", "filter1.feed_pump", 80), ("wash", "recycled_water", "filter1", "filter1.wash_pump", 60),
        ("return", "clear_tank", "neutralise", "neutralise.return_pump", 150), ("feed", "neutralise", "filter2", "filter2.feed_pump", 80), ("wash", "recycled_water", "filter2", "filter2.wash_pump", 60),
        ("feed", "brine_tank", "concentrate", "concentrate.feed_pump", 40), ("feed", "concentrate", "coolcryst", "coolcryst.feed_pump", 60),
        ("feed", "coolcryst", "salt_filter", "salt_filter.feed_pump", 80), ("wash", "recycled_water", "salt_filter", "salt_filter.wash_pump", 60),
        ("feed", "carbonation", "hot_filter", "hot_filter.feed_pump", 80), ("feed_polish", "decompose", "hot_filter", "hot_filter.feed_pump", 80),
        ("wash", "condensate_tank", "hot_filter", "hot_filter.wash_pump", 60), ("water", "condensate_tank", "bicarbonation", "bicarbonation.water_pump", 300),
        ("feed", "bicarbonation", "decompose", "polish.feed_pump", 20),
    ];

    /// <summary>An extraction train with its tanks, a calciner and the services they need.</summary>
    public static RigDefinition Extraction() => Of(
        "extraction",
        [
            ("feed_tank", "level conductivity temperature ph acid_scale vanadate_scale", "acid_pump vanadate_pump"), ("organic_tank", "level organic_volume temperature", ""), ("strip_tank", "level caustic_scale", "caustic_pump"),
            ("scrub_tank", "level acid_scale", "acid_pump"), ("raffinate_tank", "level ph", ""), ("product_tank", "level ph", ""),
            ("extraction", "mixer_speed aqueous_flow organic_flow scrub_flow strip_flow interface mixer_conductivity crud organic_level temperature vapour ph strip_ph strip_interface level",
                "mixer aqueous_pump organic_pump scrub_pump strip_pump divert! ventilation!"),
            ("calciner", "temperature wall_temperature heater_power sweep_flow mass offgas_ammonia dust", "heater sweep"),
            ("scrubber", "fan_running! flow ph", "fan!"), ("ventilation", "running! flow", "fan!"), ("nitrogen", "pressure", "valve!"), ("cooling_water", "flow temperature pressure", "pump"),
            ("gas", "hydrogen ammonia oxygen", ""),
        ],
        [("feed_tank", "sulfuric_acid", "acid_pump", "acid_scale", 8), ("feed_tank", "sodium_vanadate", "vanadate_pump", "vanadate_scale", 60), ("strip_tank", "sodium_hydroxide", "caustic_pump", "caustic_scale", 12), ("scrub_tank", "sulfuric_acid", "acid_pump", "acid_scale", 8)],
        [
            ("aqueous", "feed_tank", "extraction", "extraction.aqueous_pump", 20), ("organic", "organic_tank", "extraction", "extraction.organic_pump", 20),
            ("scrub", "scrub_tank", "extraction", "extraction.scrub_pump", 10), ("strip", "strip_tank", "extraction", "extraction.strip_pump", 10),
        ]);

    public static RigDefinition Lithium() => Of("lithium-pilot", Units, Dosing, Lines);

    /// <summary>Any rig: units with the roles of their tags and outputs (<c>!</c>: a switch), dosing lines of the reagents below, and pipes.</summary>
    /// <param name="classOf">Class by unit, where it decides what may break; absent: by name.</param>
    public static RigDefinition Of(string name, (string Unit, string Tags, string Outputs)[] units, (string Unit, string Reagent, string Pump, string Scale, double Full)[] dosing,
        (string Name, string From, string To, string Pump, double Full)[] lines, Func<string, string>? classOf = null)
    {
        ImmutableArray<TagDefinition> tags = [.. units.SelectMany(u => Names(u.Tags).Select(t => (Name: u.Unit + "." + t.Name, t.Switch))).Select((t, i) => Tag(i, t.Name, t.Switch))];
        ImmutableArray<OutputDefinition> outputs = [.. units.SelectMany(u => Names(u.Outputs).Select(o => (Name: u.Unit + "." + o.Name, o.Switch))).Select((o, i) => Output(i, o.Name, o.Switch))];
        int Out(string output) => outputs.First(o => o.Name == output).Ordinal;
        int TagOf(string tag) => tags.First(t => t.Name == tag).Ordinal;
        ImmutableArray<UnitDefinition> built = [.. units.Select((u, i) => new UnitDefinition(i, u.Unit, u.Unit, classOf?.Invoke(u.Unit) ?? u.Unit switch { "extraction" => "extraction", "leach" => "leach-reactor", _ => "test" }, false, null, null, null!,
            [.. dosing.Where(d => d.Unit == u.Unit).Select(d => new DosingLine(d.Reagent, Out(d.Unit + "." + d.Pump), TagOf(d.Unit + "." + d.Scale), d.Full))]))];
        ImmutableArray<TransferLine> pipes = [.. lines.Select(l => new TransferLine(l.Name, l.From, l.To, l.Pump.Split('.')[0], Out(l.Pump), l.Full))];
        ImmutableArray<ReagentDefinition> reagents =
        [
            new("sulfuric_acid", "", "H2SO4", 0.98, 1.836, 12, ""), new("hydrogen_peroxide", "", "H2O2", 0.30, 1.11, 10, ""), new("sodium_hydroxide", "", "NaOH", 0.30, 1.33, 30, ""),
            new("aluminium_sulfate", "", "Al2(SO4)3", 0.25, 1.3, 5, ""), new("sodium_carbonate", "", "Na2CO3", 0.24, 1.25, 15, ""), new("sodium_vanadate", "", "NaVO3", 0.10, 1.1, 6, ""),
        ];
        BusDefinition Bus(string bus) => new(bus, "twin", ImmutableSortedDictionary<string, string>.Empty);
        return new RigDefinition(name, "1", "", TimeSpan.FromMilliseconds(100), built, tags, outputs, [], [], [], [], reagents, pipes, [], [Bus("transmitters"), Bus("drives")]);
    }

    private static IEnumerable<(string Name, bool Switch)> Names(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => (n.TrimEnd('!'), n.EndsWith('!')));

    private static TagDefinition Tag(int ordinal, string name, bool @switch) =>
        new(ordinal, name, name, @switch ? "on/off" : "-", name.EndsWith("orp", StringComparison.Ordinal) ? -1000 : 0, 5000, TimeSpan.FromSeconds(2), default, "transmitters", "", 3, 0.002);

    private static OutputDefinition Output(int ordinal, string name, bool @switch)
    {
        bool agitator = name.EndsWith("agitator", StringComparison.Ordinal);
        SafeValue fail = agitator ? SafeValue.KeepLast : SafeValue.At(0);
        double high = @switch ? 1 : agitator || name.EndsWith("mixer", StringComparison.Ordinal) ? 400 : name.EndsWith("divert", StringComparison.Ordinal) ? 2 : 100;
        return new OutputDefinition(ordinal, name, name, @switch ? "on/off" : "%", 0, high, OutputRole.Service, new FailRule(fail, FailEnforcer.Drive), default, fail, null, "drives", "");
    }
}
