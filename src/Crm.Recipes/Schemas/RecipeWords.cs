using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Crm.Recipes.Blocks;
using Crm.Recipes.Procedures;

namespace Crm.Recipes.Schemas;

/// <summary>The words of the recipe language besides unit operations, as schema.</summary>
internal static class RecipeWords
{
    public static JsonObject Head => new()
    {
        ["format"] = new JsonObject { ["description"] = "Version of the file format.", ["const"] = 1 },
        ["recipe"] = Schema.Text("Metal and name: lithium/black-mass-to-carbonate", "string"),
        ["version"] = Schema.Text("Version of the recipe, in quotes.", "string"),
        ["title"] = Schema.Text("What it does, in a line.", "string"),
        ["rig"] = Schema.Text("The rig it is written for.", "string"),
        ["product"] = Product,
        ["equipment"] = Schema.Named("Units by what they must be; bound to units of the rig.", Equipment),
        ["hazards"] = Schema.List("What can hurt, one line each.", Schema.Text("A hazard.", "string")),
        ["priority"] = Schema.Text("1 to 9, usually 5: the higher is served first where a shared service arbitrates by priority.", "number"),
        ["use"] = Texts("Files of blocks, from this file's folder."),
        ["blocks"] = Schema.Named("Steps with a name and parameters, written out where 'block: name' stands.", Block),
        ["formula"] = Schema.Named("Values that a batch may change within their range.", Parameter),
        ["stoichiometry"] = Schema.Named("What each reagent reacts with.", Demand),
        ["procedure"] = Steps("The steps, one after the other."),
    };

    private static JsonObject Equipment => Schema.Group(
        "What a unit must be.",
        new JsonObject
        {
            ["class"] = Schema.Text("Equipment class: leach-reactor", "string"),
            ["working"] = Schema.Text("Least working volume: 30 L", "string"),
            ["up_to"] = Schema.Text("Temperature its loop must reach: 75 degC", "string"),
            ["down_to"] = Schema.Text("Lowest temperature its loop must reach: 2 degC", "string"),
            ["reagents"] = Schema.List("Dosing lines it must have.", Schema.Text("A reagent.", "string")),
            ["tags"] = Schema.List("Further instruments it must have.", Schema.Text("A role: orp", "string")),
        },
        ["class"]);

    private static JsonObject Product => Schema.Group(
        "What is made and what it must meet.",
        new JsonObject
        {
            ["name"] = Schema.Text("Compound: Li2CO3", "string"),
            ["formula"] = Schema.Text("Chemical formula when the name is none.", "string"),
            ["element"] = Schema.Text("Element whose recovery counts.", "string"),
            ["recovery"] = Schema.Text("Least share of the element in the product: '>= 70 %'", "string"),
            ["specification"] = Schema.Text("Path of the specification, from this file's folder.", "string"),
            ["also"] = Schema.List("Elements recovered beside it: the checker sees that no pH throws them away.", Schema.Text("An element: Ni", "string")),
        },
        ["name", "element", "recovery", "specification"]);

    private static JsonObject Parameter => Schema.Group(
        "A formula parameter.",
        new JsonObject
        {
            ["value"] = Schema.Text("Value with unit: 3 kg", "string", "number"),
            ["range"] = Schema.Text("Allowed range: 1..3.5 kg", "string"),
            ["scales"] = Schema.Text("True when it grows with the batch.", "boolean"),
            ["adjustable"] = Schema.Text("True when it may be changed while a batch runs, proposed by one person and reviewed by another.", "boolean"),
            ["label"] = Schema.Text("Name for screens.", "string"),
        },
        ["value", "range"]);

    private static JsonObject Block => Group(
        "A block.",
        ["title", "steps"],
        ("title", Text("What it does, in a line.")),
        ("parameters", Schema.Named("Named '$name' in the steps.", BlockParameter)),
        ("steps", Steps("Its steps, with '$name' where an argument goes.")));

    private static JsonObject BlockParameter => Group(
        "A parameter of a block.",
        ["type"],
        ("type", Schema.Choice("What may stand for it.", BlockReader.Types.Select(t => t.Word))),
        ("unit", Text("Quantities: unit of measure.")),
        ("range", Text("Quantities: 1..5 kg")),
        ("class", Text("Units: equipment class.")),
        ("default", new JsonObject { ["description"] = "What stands when a use does not give it." }),
        ("label", Label));

    private static JsonObject Demand => Schema.Group(
        "mol of reagent per mol of element.",
        new JsonObject
        {
            ["of"] = Schema.Text("'lots' (assays of what was weighed in) or 'sample <name>'.", "string"),
            ["in"] = Schema.Text("Level or scale that tells how much liquor there is, with a sample.", "string"),
            ["per"] = Schema.Named("Element to mol of reagent.", Schema.Text("mol/mol", "number")),
        },
        ["of", "per"]);

    /// <summary>Keys that every phase has besides its operation's parameters.</summary>
    public static JsonObject Phase() => new()
    {
        ["id"] = Id,
        ["label"] = Label,
        ["while"] = OneOrMore(Condition("All must stay true; the first that does not holds the phase.")),
        ["pause_when"] = Condition("Feeds pause while this is true."),
        ["divert_when"] = Condition("While this is true the product is off specification: it goes back instead of on."),
        ["until"] = Condition("Ends the phase."),
        ["at_least"] = Quantity("The phase does not end before this."),
        ["at_most"] = Quantity("When the clock passes this, 'then' follows."),
        ["then"] = Consequence("What follows 'at_most'; hold if not given."),
        ["clock"] = Schema.Choice("Which clock at_least and at_most run on; contact if not given.", RecipeReader.Clocks.Select(c => c.Word)),
        ["limits"] = Schema.List("When, then, message.", Limit),
        ["expect"] = Schema.List("Effects it must have.", Schema.Named("An effect.", Schema.Text("rises 2 K within 10 min", "string"))),
        ["on_fault"] = Consequence("What a fault of the operation does; hold if not given."),
        ["scope"] = Schema.Choice("What follows an exception besides the phase itself: the batch (if not given), the units coupled with its unit, or its unit alone.", RecipeReader.Scopes.Select(s => s.Word)),
        ["attended"] = Duration,
    };

    public static IEnumerable<(string Word, JsonObject Form)> Steps() =>
    [
        ("unit", Schema.Text("Unit procedure: the unit it runs on.", "string")),
        ("operation", Schema.Text("Operation: a name for the steps below.", "string")),
        ("block", Text("Use of a block: its name.")),
        ("with", Schema.Named("Arguments of the block.", new JsonObject { ["description"] = "A value, an expression or a list." })),
        ("parallel", Schema.List("Branches side by side.", new JsonObject { ["anyOf"] = new JsonArray(Step, Steps("A branch.")) })),
        ("alternative", Schema.List("Branches of which one is taken: conditions are judged once, in the order written.", Group("A branch.", ["when", "steps"], ("id", Id), ("label", Label), ("when", Condition("Takes this branch.")), ("steps", Steps("What is done then."))))),
        ("otherwise", new JsonObject { ["description"] = "What is done when no condition holds: steps, or 'go on'.", ["anyOf"] = new JsonArray(Schema.Choice("Nothing.", ["go on"]), Steps("Steps.")) }),
        ("at_most", Quantity("Alternatives: how long they wait for results their conditions read.")),
        ("repeat", Named("Steps done again until a condition holds.", ["at_most", "steps", "until", "then", "message"], ("at_most", Schema.Text("Passes at most.", "number")), ("steps", Steps("One pass.")), ("until", Condition("Judged after each pass.")), ("within", Duration), ("then", Consequence("What follows when it does not hold after the last pass.")), ("message", Text("Why.")))),
        ("steps", Steps("The steps of a unit procedure or operation.")),
        ("id", Id),
        ("label", Label),
        ("hold", Group("How long the unit may be held at most.", ["at_most", "then"], ("at_most", Duration), ("then", Consequence("What follows.")), ("state", Text("What held means here.")))),
        ("confirm", Prompt("Read and confirm.", ["text", "takes"], ("text", Text("What to do.")), ("items", Texts("Things to check.")))),
        ("weigh_in", Prompt("Weigh a material in.", ["material", "takes"], ("into", Text("Unit.")), ("material", Text("Material, or lot:<name> of an earlier lot.")), ("mass", Quantity("Mass.")), ("analytes", Texts("On the assay.")), ("determinations", MeanOf), ("text", Text("What to do.")))),
        ("discharge", Prompt("Take out, weigh and assay a cake: makes a lot.", ["lot", "kind", "analytes", "takes"], Lot("from"))),
        ("book", Prompt("Book the liquor of a tank as a lot.", ["lot", "kind", "analytes", "takes"], Lot("in"))),
        ("take_stock", Prompt("Measure and assay what stands in a place and leave it there: opening comes into the batch, closing leaves it.", ["lot", "kind", "side", "analytes", "takes"], [.. Lot("in"), ("side", Schema.Choice("Whether the batch finds it so or leaves it so.", RecipeReader.StockSides.Select(s => s.Word)))])),
        ("sample", Named("Take a sample to the laboratory.", ["name", "amount", "analytes", "turnaround"], ("name", Text("Name in lab(name.analyte).")), ("from", Text("Unit or tank.")), ("amount", Quantity("Mass taken.")), ("analytes", Texts("What to measure.")), ("determinations", MeanOf), ("turnaround", Duration))),
        ("gate", Named("Judge a result; false does 'otherwise'.", ["require", "at_most", "otherwise", "message"], ("require", Condition("What must hold.")), ("at_most", Duration), ("otherwise", Consequence("What follows.")), ("message", Text("Why.")))),
        ("wait", Named("Wait for a condition.", ["for", "at_most", "then", "message"], ("for", Condition("What to wait for.")), ("at_most", Duration), ("then", Consequence("What follows.")), ("message", Text("Why.")))),
    ];

    /// <summary>Steps that people do, with the keys that each needs.</summary>
    public static readonly ImmutableArray<(string Word, string Says, ImmutableArray<string> Keys)> Snippets =
    [
        ("confirm", "Read and confirm.", ["text", "takes"]),
        ("weigh_in", "Weigh a material in.", ["material", "mass", "analytes", "takes", "protective"]),
        ("discharge", "Take out, weigh and assay a cake: makes a lot.", ["from", "lot", "kind", "analytes", "takes"]),
        ("book", "Book the liquor of a tank as a lot.", ["in", "lot", "kind", "analytes", "takes"]),
        ("sample", "Take a sample to the laboratory.", ["name", "amount", "analytes", "turnaround"]),
        ("gate", "Judge a result.", ["require", "at_most", "otherwise", "message"]),
        ("wait", "Wait for a condition.", ["for", "at_most", "then", "message"]),
    ];

    private static JsonObject Id => Text("Short name, unique in its unit.");

    private static JsonObject Label => Text("Name for screens.");

    private static JsonObject Duration => Quantity("A duration: 90 min");

    private static JsonObject Step => new() { ["$ref"] = "#/$defs/step" };

    private static JsonObject Limit => Group(
        "A limit.",
        ["when", "then", "message"],
        ("when", Condition("What must not be.")),
        ("for", Duration),
        ("then", Consequence("What follows.")),
        ("message", Text("Why.")));

    private static JsonObject Steps(string description) => Schema.List(description, Step);

    private static JsonObject Text(string description) => Schema.Text(description, "string");

    private static JsonObject Texts(string description) => Schema.List(description, Text("One of them."));

    private static JsonObject Quantity(string description) => Schema.Reference("quantity", description);

    private static JsonObject Condition(string description) => Schema.Reference("condition", description);

    private static JsonObject Consequence(string description) => Schema.Reference("consequence", description);

    private static JsonObject OneOrMore(JsonObject form) => new() { ["anyOf"] = new JsonArray(form, Schema.List("Several.", form.DeepClone().AsObject())) };

    private static (string, JsonObject)[] Lot(string place) =>
    [
        (place, Text("Unit or tank.")), ("lot", Text("Name of the lot it makes.")), ("kind", Schema.Choice("What it is to the batch.", RecipeReader.LotKinds.Select(k => k.Word))),
        ("analytes", Texts("On the assay.")), ("determinations", MeanOf), ("text", Text("What to do.")),
    ];

    private static JsonObject MeanOf => Schema.Text($"Determinations of each analyte, 1 to {RecipeReader.MostDeterminations}, whose mean is the result; 1 when absent.", "number");

    private static JsonObject Prompt(string description, string[] required, params (string Key, JsonObject Form)[] keys) =>
        Named(description, required, [.. keys, ("takes", Duration), ("protective", Text("Hazards and protective equipment."))]);

    private static JsonObject Named(string description, string[] required, params (string Key, JsonObject Form)[] keys) =>
        Group(description, required, [("id", Id), ("label", Label), .. keys]);

    private static JsonObject Group(string description, string[] required, params (string Key, JsonObject Form)[] keys)
    {
        JsonObject properties = [];
        foreach ((string key, JsonObject form) in keys) properties[key] = form;
        return Schema.Group(description, properties, required);
    }
}
