using System.Collections.Immutable;
using Crm.Plant.Procedure;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Procedures;

/// <summary>Where in the procedure a step stands: its path and the unit it runs on, if any.</summary>
/// <param name="Inside">Prefix of the uses of blocks that <paramref name="Path"/> has already.</param>
internal sealed record Place(string Path, string? Unit, string Inside = "")
{
    public string Of(string id) => Path.Length == 0 ? id : Path + "/" + id;

    /// <summary>Prefix of the uses of blocks that brought a step in, as far as the path does not have it.</summary>
    public string Prefix(YamlNode step) => step.Origin is { } origin && origin.Prefix.StartsWith(Inside, StringComparison.Ordinal) ? origin.Prefix[Inside.Length..] : "";
}

/// <summary>Sequences, unit procedures, operations and parallels.</summary>
internal sealed partial class RecipeReader
{
    private ImmutableArray<ProcedureNode> Steps(YamlNode? node, Place place, string what)
    {
        if (node is null) return [];
        if (node is not YamlSequence list)
        {
            findings.Add(node, DiagnosticCodes.KindWrong, $"{what} is {node.Kind}", "expected a list of steps, each starting with '- '");
            return [];
        }

        if (list.Items.IsEmpty) findings.Add(node, DiagnosticCodes.StepEmpty, $"{what} has no steps", "add a step or remove it");
        return [.. list.Items.Select(item => Step(item, place)).OfType<ProcedureNode>()];
    }

    private ProcedureNode? Step(YamlNode node, Place place)
    {
        if (node is not YamlMapping map)
        {
            findings.Add(
                node, DiagnosticCodes.StepForm, $"a step is {node.Kind}",
                "expected 'word: {…}', for example 'heat: {to: 70 degC}'");
            return null;
        }

        if (IsTooMany(node)) return null;
        if (Has(map, "alternative")) return Alternative(map, place);
        if (Has(map, "unit")) return UnitProcedure(map, place);
        if (Has(map, "parallel")) return Parallel(map, place);
        if (Has(map, "operation")) return Operation(map, place);
        if (map.Entries is [{ } only]) return Word(only, place);
        string keys = string.Join(", ", map.Entries.Select(e => e.Key.Text));
        findings.Add(
            map, DiagnosticCodes.StepForm, $"a step has one word, this has {map.Entries.Length} ({keys})",
            "indent the parameters below the word, or put them in {…}");
        return null;
    }

    private static bool Has(YamlMapping map, string key) => map.Entries.Any(e => e.Key.Text == key);

    private ProcedureNode? Word(YamlEntry entry, Place place)
    {
        string word = entry.Key.Text;
        if (operations.TryGetValue(word, out Plant.UnitOperations.UnitOperationDescription? operation)) return Phase(entry, operation, place);
        switch (word)
        {
            case "confirm": return Prompt(entry, place, PromptKind.Confirm);
            case "weigh_in": return Prompt(entry, place, PromptKind.WeighIn);
            case "discharge": return Prompt(entry, place, PromptKind.Discharge);
            case "book": return Prompt(entry, place, PromptKind.Book);
            case "take_stock": return Prompt(entry, place, PromptKind.TakeStock);
            case "sample": return Sample(entry, place);
            case "gate": return Gate(entry, place);
            case "wait": return Wait(entry, place);
            case "repeat": return Repeat(entry, place);
        }

        string[] words = [.. operations.Keys, "confirm", "weigh_in", "discharge", "book", "take_stock", "sample", "gate", "wait", "repeat", "unit", "parallel", "alternative", "operation", "block"];
        findings.Add(entry.Key, DiagnosticCodes.StepUnknown, $"there is no step '{word}'", Nearest.Suggest(word, words));
        return null;
    }

    private UnitProcedureNode UnitProcedure(YamlMapping map, Place place)
    {
        Fields fields = new(map, findings, "a unit procedure");
        string unit = fields.Text("unit");
        int ordinal = rig.Unit(unit);
        YamlNode at = fields.Find("unit")!;
        if (ordinal < 0 && unit.Length > 0)
            findings.Add(
                at, DiagnosticCodes.UnitUnknownPlace, $"the rig has no unit '{unit}'",
                Nearest.Suggest(unit, rig.Units.Where(u => !u.IsService).Select(u => u.Name)));
        else if (ordinal >= 0 && rig.Units[ordinal].IsService)
            findings.Add(
                at, DiagnosticCodes.UnitService, $"'{unit}' is a plant service: no batch can own it",
                "services run by their duties in the rig file");
        if (place.Unit is not null)
            findings.Add(
                at, DiagnosticCodes.StepPlace, $"unit {unit} stands inside unit {place.Unit}",
                "unit procedures stand side by side");
        string id = Id(fields, unit, place);
        string label = fields.Text("label", ordinal < 0 ? unit : rig.Units[ordinal].Label);
        HoldRule? hold = Hold(fields);
        ImmutableArray<ProcedureNode> steps = Steps(fields.Need("steps"), new Place(id, unit, map.Origin?.Prefix ?? ""), $"unit {unit}");
        fields.Close();
        return new UnitProcedureNode(id, label, map.Line, unit, steps, hold);
    }

    private HoldRule? Hold(Fields unit)
    {
        if (Fields.Open(unit.Find("hold"), findings, "hold") is not { } fields) return null;
        HoldRule rule = new(fields.Duration("at_most"), fields.Choice("then", Consequences), fields.Text("state", ""));
        fields.Close();
        return rule;
    }

    private OperationNode Operation(YamlMapping map, Place place)
    {
        Fields fields = new(map, findings, "an operation");
        string label = fields.Text("operation");
        string id = Id(fields, Slug(label), place);
        ImmutableArray<ProcedureNode> steps = Steps(fields.Need("steps"), place, $"operation '{label}'");
        fields.Close();
        return new OperationNode(id, label, map.Line, steps);
    }

    private ParallelNode Parallel(YamlMapping map, Place place)
    {
        Fields fields = new(map, findings, "a parallel");
        string id = Id(fields, "parallel", place);
        string label = fields.Text("label", "Side by side");
        ImmutableArray<YamlNode> branches = fields.Items("parallel");
        if (branches.Length < 2)
            findings.Add(
                map, DiagnosticCodes.ParallelFew, $"a parallel with {branches.Length} branch",
                "side by side needs two or more");
        ImmutableArray<ProcedureNode>.Builder nodes = ImmutableArray.CreateBuilder<ProcedureNode>();
        SortedDictionary<string, int> owned = new(StringComparer.Ordinal);
        flow.SideBySide(branches, branch =>
        {
            if (Branch(branch, place) is not { } node) return;
            nodes.Add(node);
            foreach (UnitProcedureNode unit in UnitProcedures(node).DistinctBy(u => u.Unit))
            {
                if (owned.TryAdd(unit.Unit, branch.Line)) continue;
                findings.Add(
                    branch, DiagnosticCodes.ParallelUnit,
                    $"unit {unit.Unit} is already used by the branch in line {owned[unit.Unit]}",
                    "one unit, one branch: a unit has one owner at a time");
            }
        });

        fields.Close();
        return new ParallelNode(id, label, map.Line, nodes.ToImmutable());
    }

    /// <summary>A branch is one step, or a list of steps one after the other.</summary>
    private ProcedureNode? Branch(YamlNode branch, Place place) =>
        branch is YamlSequence ? new SequenceNode(AutoId(place.Prefix(branch) + "branch", place, branch.Line), "", branch.Line, Steps(branch, place, "a branch")) : Step(branch, place);

    private static IEnumerable<UnitProcedureNode> UnitProcedures(ProcedureNode node) => node switch
    {
        UnitProcedureNode unit => [unit],
        SequenceNode sequence => sequence.Children.SelectMany(UnitProcedures),
        ParallelNode parallel => parallel.Branches.SelectMany(UnitProcedures),
        OperationNode operation => operation.Children.SelectMany(UnitProcedures),
        AlternativeNode alternative => alternative.Branches.SelectMany(b => UnitProcedures(b.Steps)),
        RepeatNode repeat => repeat.Passes.SelectMany(UnitProcedures),
        _ => [],
    };

    /// <summary>The id as written, else the word, numbered when it has been used.</summary>
    private string Id(Fields fields, string word, Place place)
    {
        string id = IdOf(fields, word, place);
        Places.TryAdd(id, fields.Map);
        stepIds.TryAdd(fields.Map, id);
        return id;
    }

    private string IdOf(Fields fields, string word, Place place)
    {
        YamlNode? node = fields.Find("id");
        if (node is null || Values.Text(node, findings, "id") is not { } written) return AutoId(place.Prefix(fields.Map) + word, place, fields.Map.Line);
        if (written.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')))
            findings.Add(node, DiagnosticCodes.NameWrong, $"'{written}' cannot be an id", "use letters, digits, '-' and '_'");
        string id = place.Of(place.Prefix(fields.Map) + written);
        if (!ids.TryAdd(id, node.Line))
            findings.Add(
                node, DiagnosticCodes.StepId, $"the id '{id}' is that of line {ids[id]}", node.Origin is null ? "ids are unique within a unit" : "give the use of the block an id: it is put in front of those inside");
        return id;
    }

    private string AutoId(string word, Place place, int line)
    {
        for (int number = 1; ; number++)
        {
            string id = number == 1 ? word : $"{word}-{number}";
            if (writtenIds.Contains(id) || !ids.TryAdd(place.Of(id), line)) continue;
            return place.Of(id);
        }
    }

    private static string Slug(string label)
    {
        char[] letters = [.. label.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')];
        string slug = string.Join('-', new string(letters).Split('-', StringSplitOptions.RemoveEmptyEntries));
        return slug.Length == 0 ? "operation" : slug;
    }
}
