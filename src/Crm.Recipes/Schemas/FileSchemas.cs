using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;
using Crm.Plant.UnitOperations;

namespace Crm.Recipes.Schemas;

/// <summary>
/// JSON Schemas of all kinds of files, for completion and hints in editors. What a catalogue of this version declares (unit operations, equipment models, bus drivers) comes from it; of the rig
/// file only the upper levels are described, and nothing unknown is refused there: the reader stays the judge.
/// </summary>
public static class FileSchemas
{
    public static readonly ImmutableArray<string> Kinds = ["recipe", "blocks", "formula", "specification", "twin", "rig", "service"];

    public static string Json(string kind, ImmutableArray<UnitOperationDescription> operations, ImmutableArray<EquipmentKind> equipment, BusCatalogue buses) => kind switch
    {
        "recipe" => RecipeSchema.Json(operations),
        "blocks" => RecipeSchema.Blocks(operations),
        "formula" => RecipeSchema.Written("Crm formula", Formula),
        "specification" => RecipeSchema.Written("Crm specification", Specification),
        "twin" => RecipeSchema.Written("Crm twin", Twin(equipment)),
        "rig" => RecipeSchema.Written("Crm rig", Rig(buses)),
        "service" => RecipeSchema.Written("Crm service", Service),
        _ => throw new ArgumentException($"there is no kind of file '{kind}'"),
    };

    private static JsonObject Format => new() { ["description"] = "Version of the file format.", ["const"] = 1 };

    private static JsonObject Text(string description) => Schema.Text(description, "string");

    private static JsonObject Quantity(string description) => Schema.Text(description, "string", "number");

    private static JsonObject Any(string description) => new() { ["description"] = description };

    private static JsonObject Formula => Schema.Group("A formula of its own for the procedure of a recipe.", new JsonObject
    {
        ["format"] = Format,
        ["formula"] = Text("Id of the formula: lithium/two-kilograms"),
        ["version"] = Text("Version, in quotes."),
        ["title"] = Text("What it is for, in a line."),
        ["of"] = Text("The recipe whose procedure it runs, from this file's folder: ../black-mass-to-carbonate.yaml"),
        ["size"] = Schema.Text("Size of the batch over the recipe's own: values that scale are multiplied.", "number", "string"),
        ["values"] = Schema.Named("Formula values that differ, each with its unit.", Quantity("Value with unit: 2.5 kg")),
        ["specification"] = Text("Path of another specification, from this file's folder."),
        ["recovery"] = Text("Another least recovery: '>= 75 %'"),
    }, ["format", "formula", "version", "title", "of"]);

    private static JsonObject Specification => Schema.Group("A grade: what a product must be, with its source.", new JsonObject
    {
        ["format"] = Format,
        ["specification"] = Text("Name of the grade."),
        ["version"] = Text("Version of the standard or contract, in quotes."),
        ["source"] = Text("Where the limits come from; say when it is not verified."),
        ["limits"] = Schema.List("One line for each analyte.", Schema.Group("A limit.", new JsonObject
        {
            ["analyte"] = Text("Element or species: Na, SO4; assay for the main component."),
            ["at_least"] = Quantity("Lower bound in % or ppm (mg/kg): 99.5 %"),
            ["at_most"] = Quantity("Upper bound in % or ppm (mg/kg): 250 ppm"),
            ["source"] = Text("Where this limit comes from; else that of the file."),
        }, ["analyte"])),
    }, ["format", "specification", "version", "source", "limits"]);

    private static JsonObject Service => Schema.Group("What is set for the controller's service on one machine: service.yaml of its data folder. Paths are from its folder.", new JsonObject
    {
        ["format"] = Format,
        ["service"] = Text("What this machine is called."),
        ["rigs"] = Schema.List("Rigs that are served.", Schema.Group("A rig.", new JsonObject
        {
            ["recipe"] = Text("Recipe or formula that is held ready."),
            ["rig"] = Text("Folder or name of the rig; the recipe's own when absent."),
            ["live"] = Schema.Text("True: on its real buses; else on its twin.", "boolean"),
            ["at"] = Schema.Named("With live, by bus: host:port or a serial device, instead of the rig file's.", Text("/dev/ttyUSB0")),
        }, ["recipe"])),
        ["listen"] = Text("Address of this machine to listen on; 127.0.0.1 when absent."),
        ["port"] = Schema.Text("Port of the API; 8420 when absent, 0 takes a free one.", "number"),
        ["tls"] = Text("generate, or a PEM or PFX file of a certificate with its key."),
        ["plain"] = Schema.Text("True: beyond this machine without encryption, because something before it encrypts.", "boolean"),
        ["speed"] = Schema.Text("Plant seconds per second of twins at the start, 1 to 60.", "number"),
        ["history"] = Schema.Group("How much of the values of each rig is kept.", new JsonObject
        {
            ["keep"] = Quantity("Age: 90 d"),
            ["at_most_megabytes"] = Schema.Text("20 or more.", "number"),
        }, []),
    }, ["format", "service"]);

    private static JsonObject Twin(ImmutableArray<EquipmentKind> equipment)
    {
        JsonArray models = [.. equipment.Select(kind => (JsonNode)Model(kind))];
        return Schema.Group("The simulated plant behind a rig.", new JsonObject
        {
            ["format"] = Format,
            ["twin"] = Text("Name of the rig."),
            ["version"] = Text("Version, in quotes."),
            ["title"] = Text("In a line."),
            ["ambient"] = Schema.Named("Surroundings: temperature, pressure.", Quantity("20 degC")),
            ["equipment"] = Schema.Named("By unit of the rig, the model behind it.", new JsonObject { ["anyOf"] = models }),
            ["materials"] = Schema.Named("What is charged: mass fractions of its minerals.", Schema.Group("A material.", new JsonObject
            {
                ["minerals"] = Schema.Named("kg/kg; the rest is inert.", Schema.Text("Mass fraction.", "number")),
                ["size"] = Quantity("Mass mean size of its crystals: 40 um"),
                ["source"] = Text("Where the composition comes from."),
                ["label"] = Text("Name for screens."),
            }, ["minerals"])),
            ["sensors"] = Schema.Named("By tag: lag, noise (tag units), resolution (tag units).", Schema.Named("A sensor.", Quantity("12 s"))),
            ["pipes"] = Schema.Named("By pump, lines that hold something.", Schema.Named("holdup: 0.25 L", Quantity("0.25 L"))),
            ["uncertain"] = Schema.Named("What is not well known: a multiplier on numbers of this file.", Schema.Group("A multiplier.", new JsonObject
            {
                ["of"] = Any("Address of a number, or several: leach.reaction_rate"),
                ["factor"] = Schema.Text("Log-normal: one standard deviation is this factor up or down.", "number", "string"),
                ["sd"] = Quantity("Normal: relative standard deviation, 10 %"),
                ["source"] = Text("Who says so."),
                ["label"] = Text("Name for reports."),
            }, ["of", "source"])),
        }, ["format", "twin", "equipment"]);
    }

    private static JsonObject Model(EquipmentKind kind)
    {
        JsonObject properties = new() { ["model"] = new JsonObject { ["description"] = kind.Summary, ["const"] = kind.Name } };
        foreach (OptionDefinition option in kind.Options) properties[option.Name] = Option(option);
        JsonObject model = Schema.Group($"{kind.Summary} Measures {string.Join(", ", kind.Senses)}; obeys {string.Join(", ", kind.Obeys)}.", properties, kind.Options.Where(o => o.Required).Select(o => o.Name).Prepend("model"));
        model.Insert(0, "title", kind.Name);
        return model;
    }

    private static JsonObject Option(OptionDefinition option) => option.Kind switch
    {
        OptionKind.Number => Quantity($"{option.Meaning} {Bounds(option)}".TrimEnd()),
        OptionKind.Map => Schema.Named(option.Meaning, Schema.Text("A number.", "number")),
        OptionKind.Names => new JsonObject { ["description"] = option.Meaning, ["anyOf"] = new JsonArray(Schema.List("Several.", Text("A name.")), Text("One.")) },
        _ => option.Choices.IsEmpty ? Schema.Text(option.Meaning, "string", "number", "boolean") : Schema.Choice(option.Meaning, option.Choices),
    };

    private static string Bounds(OptionDefinition option) =>
        double.IsInfinity(option.Low) || double.IsInfinity(option.High) || option.Low == double.MinValue || option.High == double.MaxValue ? $"In {option.Unit}." : $"{Yaml.Values.Plain(option.Low)}..{Yaml.Values.Plain(option.High)} {option.Unit}.";

    private static JsonObject Open(string description, JsonObject properties)
    {
        JsonObject group = Schema.Group(description, properties, []);
        group.Remove("additionalProperties");
        group.Remove("required");
        return group;
    }

    private static JsonObject Rig(BusCatalogue buses)
    {
        JsonObject rig = Open("A rig: its buses, units with tags, outputs, loops and states, protection and alarms. docs/formats.md says every key; here are the upper levels.", new JsonObject
        {
            ["format"] = Format,
            ["rig"] = Text("Name, that of its folder."),
            ["version"] = Text("Version, in quotes. Approvals of recipes are for a version."),
            ["title"] = Text("What it is, in a line."),
            ["scan"] = Quantity("Period of the scan: 100 ms"),
            ["shift"] = Quantity("Length of a shift; divides the day: 8 h"),
            ["buses"] = Schema.Named("Lines to the instruments.", Open("A bus.", new JsonObject { ["driver"] = Schema.Choice("Driver.", buses.Buses.Select(b => b.Name)) })),
            ["permissions"] = Any("By act, which roles may do it."),
            ["hard_wired"] = Schema.Named("Protections outside this software; commissioning ticks each.", Open("A protection.", new JsonObject { ["what"] = Text("What it does, in a sentence."), ["proof"] = Text("How one sees that it works, in a sentence.") })),
            ["shared"] = Any("Services that batches share, with their capacity."),
            ["stock"] = Any("Lots in drums and on shelves, in the order they are used up."),
            ["compatibility"] = Any("What may come onto what."),
            ["reagents"] = Schema.Named("What is dosed.", Open("A reagent.", new JsonObject
            {
                ["label"] = Text("Name for screens."),
                ["species"] = Text("Chemical formula of what counts: H2SO4"),
                ["strength"] = Quantity("Of the reagent as bought: 98 wt%"),
                ["density"] = Quantity("1.836 kg/L"),
                ["stock"] = Quantity("In the drum at the start: 10 kg"),
                ["hazard"] = Text("What it does to people, and what is worn."),
            })),
            ["units"] = Schema.Named("Vessels, filters, tanks and services.", Open("A unit.", new JsonObject
            {
                ["label"] = Text("Name for screens."),
                ["class"] = Text("Equipment class: leach-reactor, filter, tank, …"),
                ["service"] = Schema.Text("True for plant services, which no batch owns.", "boolean"),
                ["volume"] = Any("gross and working: {gross: 50 L, working: 35 L}"),
                ["tags"] = Schema.Named("Instruments.", Any("label, unit, span, from, stale_after, keep, decimals, u, plausible")),
                ["outputs"] = Schema.Named("Pumps, valves, heaters.", Any("label, unit, span, role, to, fail, lapse, trip, rate, confirm")),
                ["dosing"] = Any("By reagent: pump, scale and what the pump gives at full."),
                ["lines"] = Any("Pipes: from, to, pump, full."),
                ["loops"] = Schema.Named("Controllers.", Any("pv, gain, ti, td, output, setpoint, legs, …: docs/loops.md")),
                ["states"] = Schema.Named("By output, what it does in each state; all seven cells.", Any("{holding: off, held: off, restarting: off, stopping: off, stopped: off, aborting: off, aborted: off}")),
                ["hold"] = Any("How long it may be held, then what: {longest: 4 h, then: stop, transient: 30 min}"),
            })),
            ["panel"] = Any("Lamps and horn."),
            ["duties"] = Any("What plant services do by themselves."),
            ["protection"] = Any("The cause-and-effect matrix; a row further up wins an output."),
            ["permissives"] = Any("What operations on a unit need."),
            ["alarms"] = Any("Each with cause, consequence, response and time to respond."),
        });
        rig["required"] = new JsonArray("format", "rig", "version", "title", "buses", "units");
        return rig;
    }
}
