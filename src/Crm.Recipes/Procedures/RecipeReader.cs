using System.Collections.Immutable;
using System.Text;
using Crm.Plant.Lots;
using Crm.Plant.Procedure;
using Crm.Plant.Quantities;
using Crm.Plant.Rigs;
using Crm.Plant.UnitOperations;
using Crm.Recipes.Blocks;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Expressions;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Procedures;

/// <summary>Reads the specification at a path.</summary>
public delegate (Specification? Value, ImmutableArray<Diagnostic> Diagnostics) ReadSpecification(string path);

/// <summary>Compiles a recipe for a rig: head, formula, stoichiometry, then the procedure from top to bottom.</summary>
internal sealed partial class RecipeReader
{
    private readonly Fields file;
    private readonly BlockExpansion blocks;
    private readonly Findings findings;
    private readonly RigDefinition rig;
    private readonly SortedDictionary<string, UnitOperationDescription> operations = new(StringComparer.Ordinal);
    private readonly ProductReader products;
    private readonly SortedDictionary<string, FormulaParameter> formula = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, ImmutableSortedSet<string>> samples = new(StringComparer.Ordinal);
    private readonly SortedSet<string> demands = new(StringComparer.Ordinal);
    private readonly SortedSet<string> writtenIds = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> ids = new(StringComparer.Ordinal);
    private readonly Dictionary<YamlNode, string> stepIds = new(ReferenceEqualityComparer.Instance);
    private readonly ProcedureFlow flow = new();
    private readonly Reach reach;
    private readonly RecipeNames names;
    private readonly ImmutableSortedDictionary<string, string> equipment;

    /// <param name="slots">Handed out already by the recipe that a running batch was started with.</param>
    public RecipeReader(Fields file, ImmutableArray<UnitOperationDescription> operations, RigDefinition rig, ReadSpecification specifications, ReadBytes files, ImmutableArray<Slot> slots)
    {
        blocks = BlockExpansion.Of(file, files);
        (this.file, equipment) = RecipeEquipment.Bind(blocks.File, rig, file.Findings);
        this.rig = rig;
        findings = file.Findings;
        products = new ProductReader(findings, specifications);
        foreach (UnitOperationDescription operation in operations) this.operations[operation.Name] = operation;
        names = new RecipeNames(rig, formula, samples, demands, slots);
        reach = new Reach(rig, slot => names.Slots[slot], name => formula.GetValueOrDefault(name));
    }

    public IReadOnlyList<UnderstoodExpression> Expressions => names.Expressions;

    /// <summary>Where steps stand in the file, by their ids; the head's product under the empty one.</summary>
    public SortedDictionary<string, YamlMapping> Places { get; } = new(StringComparer.Ordinal);

    /// <summary>The file as it was read: blocks written out, equipment bound.</summary>
    public YamlMapping Expanded => file.Map;

    /// <summary>Id of each step, by the group of keys or list it is written as; of a repeat, that of the first pass.</summary>
    public IReadOnlyDictionary<YamlNode, string> StepIds => stepIds;

    /// <summary>Mistakes in the specification file the recipe names.</summary>
    public ImmutableArray<Diagnostic> Elsewhere => products.Elsewhere;

    public ControlRecipe Read(string hash)
    {
        if (!blocks.Hashes.IsEmpty) hash = SourceFile.Hash(Encoding.UTF8.GetBytes(string.Join('\n', [hash, .. blocks.Hashes])));
        string id = file.Text("recipe");
        string version = file.Text("version");
        string title = file.Text("title");
        Rig();
        ProductDefinition product = products.Read(file.Need("product"));
        if (file.Find("product") is YamlMapping made) Places[""] = made;
        ImmutableArray<string> hazards = file.Texts("hazards");
        int priority = (int)file.Number("priority", 5);
        if (priority is < 1 or > 9) findings.Add(file.Find("priority")!, DiagnosticCodes.ValueRange, "a recipe has a priority of 1 to 9", "5 is usual; the higher is served first where a shared service arbitrates by priority");
        ImmutableArray<FormulaParameter> parameters = [.. file.Named("formula").Select(Formula).OfType<FormulaParameter>()];
        Survey(file.Map);
        ImmutableArray<StoichiometricDemand> stoichiometry = [.. file.Named("stoichiometry").Select(Demand).OfType<StoichiometricDemand>()];
        CheckArguments();
        foreach (StoichiometricDemand demand in stoichiometry.Where(d => d.Sample is not null)) names.DemandSamples[demand.Reagent] = demand.Sample!;
        names.Refuses = flow.Refuses;
        YamlNode? written = file.Need("procedure");
        ImmutableArray<ProcedureNode> procedure = written is null ? [] : Steps(written, new Place("", null), "procedure");
        file.Close();
        if (!procedure.IsEmpty) Unused();
        SequenceNode sequence = new("", title, written?.Line ?? 1, procedure);
        return new ControlRecipe(id, version, title, rig.Name, hash, parameters, stoichiometry, product, sequence, names.Slots, hazards) { Equipment = equipment, Priority = priority, ProcedureHash = hash };
    }

    private void Rig()
    {
        string name = file.Text("rig");
        if (name.Length > 0 && name != rig.Name)
            findings.Add(file.Find("rig")!, DiagnosticCodes.RecipeRig, $"the recipe is for rig '{name}'", $"this is rig '{rig.Name}'");
    }

    private FormulaParameter? Formula(YamlEntry entry)
    {
        string name = entry.Key.Text;
        if (!name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_') || name.Length == 0 || char.IsAsciiDigit(name[0]))
            findings.Add(
                entry.Key, DiagnosticCodes.NameWrong, $"'{name}' cannot be a formula name",
                "use lower-case letters, digits and '_', a letter first");
        if (name == FormulaSetting.Size)
            findings.Add(entry.Key, DiagnosticCodes.NameWrong, $"'{name}' cannot be a formula name", "it is the size of the batch, a factor on every value that scales; use another name");
        if (Fields.Open(entry.Value, findings, $"formula parameter {name}") is not { } fields) return null;
        Quantity? value = Written(fields);
        Quantity known = value ?? new Quantity(0, Unit.One);
        YamlNode? range = fields.Need("range");
        (double low, double high) = range is not null && value is not null ? Values.Range(range, findings, "range", known.Unit, bare: false) : (0, 1);
        FormulaParameter parameter = new(name, fields.Text("label", name), known.Value, known.Unit.Symbol, low, high, fields.Flag("scales", false))
        {
            Adjustable = fields.Flag("adjustable", false),
        };
        fields.Close();
        formula[name] = parameter;
        if (value is null) names.Broken.Add(name);
        else if (range is not null && (known.Value < low || known.Value > high))
            findings.Add(
                fields.Find("value") ?? entry.Key, DiagnosticCodes.FormulaRange, $"{name} is {known}, outside its own range",
                "expected " + Values.Bounds(low, high, known.Unit));
        return parameter;
    }

    /// <summary>A value with whatever unit it has; null when it cannot be read.</summary>
    private Quantity? Written(Fields parameter)
    {
        if (parameter.Need("value") is not { } node || Values.Text(node, findings, "value") is not { } text) return null;
        QuantityProblem problem = QuantityText.Parse(text, out Quantity quantity, out string symbol);
        if (problem == QuantityProblem.None) return quantity;
        if (problem == QuantityProblem.UnknownUnit) Values.UnknownUnit(node, findings, symbol, Unit.One);
        else findings.Add(
            node, DiagnosticCodes.NumberWrong, $"'value: {text}' is not a number",
            "expected a number and a unit, for example '3 kg'");
        return null;
    }

    private void Unused()
    {
        foreach (YamlEntry entry in file.Named("formula").Where(e => formula.ContainsKey(e.Key.Text) && !names.Used.Contains(e.Key.Text)))
            findings.Add(entry.Key, DiagnosticCodes.FormulaUnused, $"nothing uses '{entry.Key.Text}'", "use it in a step or remove it");
    }

    /// <summary>Collects what steps further down are called, so that anything may refer to it.</summary>
    private void Survey(YamlNode node)
    {
        if (node is YamlSequence list)
        {
            foreach (YamlNode item in list.Items) Survey(item);
        }

        if (node is not YamlMapping map) return;
        foreach (YamlEntry entry in map.Entries)
        {
            if (entry is { Key.Text: "id", Value: YamlScalar id }) writtenIds.Add(id.Text);
            if (entry is { Key.Text: "sample", Value: YamlMapping sample }) SurveySample(sample);
            Survey(entry.Value);
        }
    }

    private void SurveySample(YamlMapping sample)
    {
        string? name = sample.Entries.Select(e => e is { Key.Text: "name", Value: YamlScalar text } ? text.Text : null).FirstOrDefault(t => t is not null);
        if (name is null) return;
        YamlSequence? analytes = sample.Entries.Select(e => e.Key.Text == "analytes" ? e.Value as YamlSequence : null).FirstOrDefault(a => a is not null);
        samples.TryAdd(name, [.. (analytes?.Items ?? []).OfType<YamlScalar>().Select(a => a.Text)]);
    }

    private StoichiometricDemand? Demand(YamlEntry entry)
    {
        string reagent = entry.Key.Text;
        demands.Add(reagent);
        if (rig.Reagent(reagent) is null)
            findings.Add(
                entry.Key, DiagnosticCodes.ReagentUnknown, $"the rig has no reagent '{reagent}'",
                Nearest.Suggest(reagent, rig.Reagents.Select(r => r.Name)));
        if (Fields.Open(entry.Value, findings, $"stoichiometry of {reagent}") is not { } fields) return null;
        (string? sample, int inventory) = Basis(fields);
        ImmutableSortedDictionary<string, double>.Builder per = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        if (fields.Need("per") is { } node && fields.Named("per").IsEmpty) findings.Add(node, DiagnosticCodes.StepEmpty, $"{reagent} reacts with nothing", "write {Li: 0.5}: mol of reagent per mol of element");
        foreach (YamlEntry element in fields.Named("per"))
            per[element.Key.Text] = Values.Quantity(element.Value, findings, element.Key.Text, Unit.One, 0, 100, bare: true);
        fields.Close();
        return new StoichiometricDemand(reagent, per.ToImmutable(), sample, inventory);
    }

    private (string? Sample, int Inventory) Basis(Fields demand)
    {
        const string ofSample = "sample ";
        string of = demand.Text("of");
        YamlNode? inventory = demand.Find("in");
        if (of is "lots" or "") return (null, -1);
        YamlNode at = demand.Find("of")!;
        if (!of.StartsWith(ofSample, StringComparison.Ordinal))
        {
            findings.Add(at, DiagnosticCodes.ChoiceUnknown, $"'of' cannot be '{of}'", "expected 'lots' or 'sample <name>'");
            return (null, -1);
        }

        string sample = of[ofSample.Length..].Trim();
        if (!samples.ContainsKey(sample))
            findings.Add(
                at, DiagnosticCodes.SampleUnknown, $"no step takes a sample '{sample}'",
                Nearest.Suggest(sample, samples.Keys));
        if (inventory is null)
        {
            findings.Add(
                demand.Map, DiagnosticCodes.KeyMissing, "a sample tells what is in the liquor, not how much liquor there is",
                "add 'in: unit.level' (L) or a scale (kg)");
            return (sample, -1);
        }

        string tag = Values.Text(inventory, findings, "in") ?? "";
        int ordinal = rig.Tag(tag);
        if (ordinal < 0)
            findings.Add(
                inventory, DiagnosticCodes.RigTag, $"there is no tag '{tag}'",
                Nearest.Suggest(tag, rig.Tags.Select(t => t.Name)));
        else if (rig.Tags[ordinal].Unit is not ("L" or "kg")) findings.Add(inventory, DiagnosticCodes.UnitMismatch, $"{tag} measures {rig.Tags[ordinal].Unit}", "expected a level in L or a mass in kg");
        return (sample, ordinal);
    }
}
