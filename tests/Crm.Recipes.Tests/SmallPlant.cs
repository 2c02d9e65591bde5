using System.Collections.Immutable;
using System.Text;
using Crm.Plant.Lots;
using Crm.Plant.Procedure;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;
using Crm.Plant.UnitOperations;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Procedures;
using Crm.Recipes.Rigs;
using Crm.Recipes.Specifications;
using Crm.Recipes.Twins;

namespace Crm.Recipes.Tests;

/// <summary>A valid rig, recipe, specification and twin, small enough to break one line at a time.</summary>
internal static class SmallPlant
{
    public const string Rig = """
        format: 1
        rig: bench
        version: "1.0.0"
        title: Bench rig
        scan: 100 ms
        buses:
          transmitters: {driver: twin}
          drives: {driver: twin, port: "5020"}
        reagents:
          sulfuric_acid: {label: Acid, species: H2SO4, strength: 98 wt%, density: 1.836 kg/L, stock: 10 kg, hazard: corrosive}
        units:
          leach:
            label: Leach reactor
            class: leach-reactor
            volume: {gross: 50 L, working: 35 L}
            tags:
              temperature: {label: Temperature, unit: degC, span: 0..120, from: transmitters.ai1, stale_after: 2 s, keep: {deadband: 0.2, at_least_every: 60 s}, decimals: 1, u: 0.15}
              ph: {label: pH, unit: pH, span: 0..14, from: transmitters.ai2, stale_after: 2 s, keep: {deadband: 0.02, at_least_every: 60 s}, decimals: 2, u: 0.05}
              orp: {label: ORP, unit: mV vs Ag/AgCl, span: -200..1200, from: transmitters.ai3, stale_after: 2 s, keep: {deadband: 2, at_least_every: 60 s}, decimals: 0, u: 5}
              level: {label: Level, unit: L, span: 0..50, from: transmitters.ai4, stale_after: 2 s, keep: {deadband: 0.1, at_least_every: 60 s}, decimals: 1, u: 0.1}
              acid_scale: {label: Acid drum, unit: kg, span: 0..30, from: transmitters.ai5, stale_after: 2 s, keep: {deadband: 0.01, at_least_every: 60 s}, decimals: 2, u: 0.01}
              agitator_speed: {label: Agitator, unit: rpm, span: 0..400, from: transmitters.ai6, stale_after: 2 s, keep: {deadband: 5, at_least_every: 60 s}, decimals: 0, u: 2}
              foam: {label: Foam, unit: on/off, from: transmitters.di1, stale_after: 2 s, keep: {deadband: 0.5, at_least_every: 5 min}}
            outputs:
              agitator: {label: Agitator, unit: rpm, span: 0..400, role: agitate, to: drives.ao1, fail: {value: keep, by: drive}, lapse: {after: 60 s, value: keep}, trip: keep, rate: 50 per s}
              heater: {label: Heater, unit: "%", span: 0..100, role: heat, to: drives.ao2, fail: {value: 0, by: relay}, lapse: {after: 10 s, value: 0}, trip: 0}
              cooling: {label: Cooling, unit: "%", span: 0..100, role: cool, to: drives.ao3, fail: {value: 100, by: io_module}, lapse: {after: 60 s, value: keep}, trip: 100}
              acid_pump: {label: Acid pump, unit: "%", span: 0..100, role: feed, to: drives.ao4, fail: {value: 0, by: drive}, lapse: {after: 1 s, value: 0}, trip: 0}
              water_pump: {label: Water pump, unit: "%", span: 0..100, role: feed, to: drives.ao5, fail: {value: 0, by: drive}, lapse: {after: 1 s, value: 0}, trip: 0}
            dosing:
              sulfuric_acid: {pump: acid_pump, scale: acid_scale, full: 8 kg/h}
            lines:
              water: {from: recycled_water, to: leach, pump: water_pump, full: 300 L/h}
            loops:
              temperature_loop: {pv: temperature, gain: 4, ti: 600 s, td: 0 s, b: 0.5, output: -100..100, setpoint: 5..95, setpoint_rate: 0.05 per s,
                                 legs: [{output: heater, from: 0, to: 100, gives: 0..100}, {output: cooling, from: 0, to: -100, gives: 0..100}]}
            states:
              agitator: {holding: keep, held: keep, restarting: keep, stopping: keep, stopped: keep, aborting: keep, aborted: keep}
              heater: {holding: off, held: off, restarting: off, stopping: off, stopped: off, aborting: off, aborted: off}
              cooling: {holding: {loop: temperature_loop, at: 40 degC}, held: {loop: temperature_loop}, restarting: keep, stopping: 50 %, stopped: 50, aborting: on, aborted: 100}
              acid_pump: {holding: off, held: off, restarting: off, stopping: off, stopped: off, aborting: off, aborted: off}
              water_pump: {holding: off, held: off, restarting: off, stopping: off, stopped: off, aborting: off, aborted: off}
            hold: {longest: 4 h, then: stop, transient: 30 min}
          filter1:
            label: Filter
            class: filter
            tags:
              pressure: {label: Pressure, unit: bar, span: 0..10, from: transmitters.ai7, stale_after: 2 s, keep: {deadband: 0.05, at_least_every: 60 s}, decimals: 2, u: 0.02}
            outputs:
              feed_pump: {label: Slurry pump, unit: "%", span: 0..100, role: transfer, to: drives.ao6, fail: {value: 0, by: drive}, lapse: {after: 1 s, value: 0}, trip: 0}
            lines:
              feed: {from: leach, to: filter1, pump: feed_pump, full: 80 L/h}
            states:
              feed_pump: {holding: off, held: off, restarting: off, stopping: off, stopped: off, aborting: off, aborted: off}
            hold: {longest: 1 h, then: abort, transient: 10 min}
          recycled_water:
            label: Recycled water
            class: tank
            service: true
            tags:
              level: {label: Water, unit: L, span: 0..200, from: transmitters.ai8, stale_after: 2 s, keep: {deadband: 1, at_least_every: 60 s}, decimals: 0, u: 1}
          scrubber:
            label: Scrubber
            class: scrubber
            service: true
            tags:
              fan_running: {label: Fan, unit: on/off, from: transmitters.di2, stale_after: 2 s, keep: {deadband: 0.5, at_least_every: 5 min}}
            outputs:
              fan: {label: Fan, unit: on/off, role: service, to: drives.do1, fail: {value: on, by: relay}, lapse: {after: 60 s, value: keep}, trip: on}
        duties:
          - {unit: scrubber, output: fan, value: on, rest: on, start: always}
        protection:
          - id: leach-overheat
            when: {any: [leach.temperature > 85 degC, {condition: "leach.level > 38 L", delay: 2 s, bad: last good 5 s}]}
            then: {leach.acid_pump: 0, leach.cooling: 100, leach.heater: 0}
            command: {leach: hold}
            latch: true
            why: Feed or heat into a hot or full reactor
        permissives:
          - {unit: leach, operations: [dose, heat], need: scrubber.fan_running running}
        alarms:
          - {id: leach-hot, text: Leach hot, when: leach.temperature > 80 degC, on_delay: 10 s, off_delay: 10 s, priority: high, cause: Heater stuck, consequence: Trip, response: Cool, time_to_respond: 10 min}

        """;

    public const string Recipe = """
        format: 1
        recipe: bench/leach
        version: "1.0.0"
        title: Bench leach
        rig: bench
        product: {name: Li2CO3, element: Li, recovery: ">= 70 %", specification: specs/small.yaml}
        hazards: [Acid burns]
        formula:
          charge: {value: 3 kg, range: 1..3.5 kg, scales: true, label: Black mass}
          acid: {value: 1.1 x stoichiometric, range: 1.0..1.5 x stoichiometric}
          leach_time: {value: 120 min, range: 60..240 min}
          warm: {value: 70 degC, range: 60..80 degC}
        stoichiometry:
          sulfuric_acid: {of: lots, per: {Li: 0.5, Ni: 1}}
        procedure:
          - confirm: {id: ready, text: Valves lined up, items: [drain shut, vent open], takes: 5 min, protective: goggles}
          - unit: leach
            hold: {at_most: 4 h, then: stop, state: suspended and cooled}
            steps:
              - fill: {from: recycled_water, to: 24 L}
              - weigh_in: {into: leach, material: black_mass, mass: charge / 2, analytes: [Li, Ni], takes: 6 min}
              - operation: Acid leach
                steps:
                  - dose: {id: acid-dose, reagent: sulfuric_acid, amount: acid, rate: 4 kg/h, agitator: 300 rpm,
                           while: [leach.agitator_speed > 50 rpm, scrubber.fan_running running],
                           expect: [{leach.temperature: rises 2 K within 10 min}],
                           limits: [{when: "leach.temperature > 60 degC", for: 10 s, then: hold, message: Too hot}]}
                  - heat: {to: warm, pause_when: leach.foam on}
                  - react: {temperature: warm, at_least: 60 min, until: "plateau(leach.orp, 10 min) and slope(leach.ph, 10 min) < 0.01 pH/min", at_most: leach_time, then: continue}
              - sample: {name: pls, from: leach, amount: 50 g, analytes: [Li, Cu], turnaround: 45 min}
          - parallel:
              - unit: leach
                steps:
                  - agitate: {speed: 200 rpm, until: leach.level < 1 L, at_most: 3 h}
              - unit: filter1
                steps:
                  - filter: {from: leach, pressure: 3 bar}
                  - discharge: {from: filter1, lot: graphite, kind: residue, analytes: [Li, C], takes: 20 min}
          - gate: {require: "lab(pls.Cu) < 20 mg/kg", at_most: 4 h, otherwise: hold, message: Copper}
          - wait: {for: leach.level < 1 L, at_most: 3 h, then: hold, message: Not empty}

        """;

    public const string Specification = """
        format: 1
        specification: Small
        version: "1"
        source: none
        limits:
          - {analyte: assay, at_least: 99.5 %}
          - {analyte: Na, at_most: 250 ppm, source: test}

        """;

    public const string Twin = """
        format: 1
        twin: bench
        ambient: {temperature: 20 degC, pressure: 1013 mbar}
        equipment:
          leach: {model: vessel, volume: 50 L, heater_power: 4 kW}
          filter1: {model: filter, destinations: [leach, recycled_water]}
          recycled_water: {model: vessel, volume: 0.2 m3}
          scrubber: {model: fan}
        materials:
          black_mass: {minerals: {LiNiO2: 0.6, C: 0.3}, source: invented}
        sensors:
          leach.ph: {lag: 12 s, noise: 0.01, resolution: 0.01}
        uncertain:
          warming: {of: [leach.heater_power, leach.volume], sd: 10 %, source: test}
          nickel: {of: black_mass.LiNiO2, factor: 1.5, source: test}

        """;

    private static readonly RoleDefinition agitator = new("agitator", RoleKind.Output, "rpm", false, "Suspends solids.");
    private static readonly RoleDefinition loop = new("temperature_loop", RoleKind.Loop, "degC", true, "Holds the temperature.");

    public static readonly ImmutableArray<UnitOperationDescription> Operations =
    [
        Operation("fill", [Place("from"), Number("to", "L", 0.1, 1000)], [new("level", RoleKind.Tag, "L", true, "Tells when it is full.")]),
        Operation("dose", [Named("reagent", ParameterKind.Reagent), Number("amount", "kg", 0, 100), Number("rate", "kg/h", 0.01, 100, optional: true), Number("agitator", "rpm", 0, 1000, optional: true)], [agitator]),
        Operation("heat", [Number("to", "degC", 0, 150), Number("rate", "K/min", 0.01, 20, 1)], [loop]),
        Operation("react", [Number("temperature", "degC", 0, 150), Number("for", "s", 0, 604800, optional: true)], [loop]),
        Operation("agitate", [Number("speed", "rpm", 0, 1000)], [agitator with { Required = true }]),
        Operation("filter", [Place("from"), Number("pressure", "bar", 0.1, 10, 2), Number("divert", "position", 0, 2, 0)], [new("pressure", RoleKind.Tag, "bar", true, "Feed pressure.")], "filter"),
        Operation("choose", [new ParameterDefinition("way", "Way", ParameterKind.Choice, "", 0, 0, null, false, ["up", "down"], "Where to."), Named("when", ParameterKind.Condition, true)], []),
    ];

    public static readonly ImmutableArray<EquipmentKind> Equipment =
    [
        new("vessel", "Vessel", [Option("volume", OptionKind.Number, "L", true), Option("heater_power", OptionKind.Number, "W", false)], ["temperature", "ph", "orp", "level", "agitator_speed", "foam", "*_scale"], ["agitator", "heater", "cooling", "*_pump"]),
        new("filter", "Filter", [Option("destinations", OptionKind.Names, "", true)], ["pressure"], ["feed_pump"]),
        new("fan", "Fan", [], ["fan_running"], ["fan"]),
    ];

    public static RigDefinition ReadRig() => Whole(RigFile.Read("rig.yaml", Bytes(Rig)));

    public static ControlRecipe ReadRecipe() => Whole(TryRecipe(Recipe));

    public static (ControlRecipe?, ImmutableArray<Diagnostic>) TryRecipe(string text) => TryRecipe(Bytes(text));

    public static (ControlRecipe?, ImmutableArray<Diagnostic>) TryRecipe(byte[] bytes) =>
        RecipeFile.Read("recipe.yaml", bytes, Operations, SharedRig.Value, _ => SpecificationFile.Read("small.yaml", Bytes(Specification)));

    public static (TwinDefinition?, ImmutableArray<Diagnostic>) TryTwin(string text) => TryTwin(Bytes(text));

    public static (TwinDefinition?, ImmutableArray<Diagnostic>) TryTwin(byte[] bytes) => TwinFile.Read("twin.yaml", bytes, Equipment, SharedRig.Value);

    public static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static T Whole<T>((T? Value, ImmutableArray<Diagnostic> Diagnostics) read)
        where T : class
    {
        Assert.True(read.Diagnostics.IsEmpty, string.Join('\n', read.Diagnostics));
        return read.Value!;
    }

    private static readonly Lazy<RigDefinition> SharedRig = new(ReadRig);

    private static UnitOperationDescription Operation(string name, ImmutableArray<ParameterDefinition> parameters, ImmutableArray<RoleDefinition> roles, params ImmutableArray<string> classes) =>
        new(name, char.ToUpperInvariant(name[0]) + name[1..], "Does it.", classes, parameters, roles, [], true);

    private static ParameterDefinition Number(string name, string unit, double low, double high, double? @default = null, bool optional = false) =>
        ParameterDefinition.Number(name, name, unit, low, high, @default, "It is needed.", optional);

    private static ParameterDefinition Named(string name, ParameterKind kind, bool optional = false) => ParameterDefinition.Named(name, name, kind, "It is needed.", optional);

    private static ParameterDefinition Place(string name) => Named(name, ParameterKind.Place);

    private static OptionDefinition Option(string name, OptionKind kind, string unit, bool required) => new(name, kind, unit, 0, 1e6, required, name);
}
