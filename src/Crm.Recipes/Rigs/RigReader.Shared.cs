using System.Collections.Immutable;
using Crm.Plant.Allocation;
using Crm.Plant.Quantities;
using Crm.Plant.Rigs;
using Crm.Plant.UnitOperations;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Rigs;

/// <summary>Services that batches share, with capacity and arbitration (S88-17, S88-18).</summary>
internal sealed partial class RigReader
{
    private static readonly ImmutableArray<(string, ArbitrationRule)> arbitrations =
    [
        ("first come first served", ArbitrationRule.FirstComeFirstServed), ("priority", ArbitrationRule.Priority), ("reserved", ArbitrationRule.Reserved),
    ];

    private ImmutableArray<ResourceDefinition> SharedResources() => [.. file.Named("shared").Select(Shared).OfType<ResourceDefinition>()];

    private ResourceDefinition? Shared(YamlEntry entry)
    {
        string name = entry.Key.Text;
        if (Fields.Open(entry.Value, findings, $"shared {name}") is not { } fields) return null;
        UnitDraft? service = units.FirstOrDefault(u => u.Name == name);
        if (service is not { IsService: true })
            findings.Add(
                entry.Key, DiagnosticCodes.RigShared, service is null ? $"there is no unit '{name}'" : $"{name} is no service: it has one owner at a time",
                Nearest.Suggest(name, units.Where(u => u.IsService).Select(u => u.Name)));
        Quantity capacity = Capacity(fields);
        ArbitrationRule rule = fields.Choice("arbitration", arbitrations);
        bool recalls = fields.Flag("recalls", false);
        fields.Close();
        return new ResourceDefinition(name, capacity.Value, capacity.Unit?.Symbol ?? "", rule, recalls);
    }

    private readonly SortedDictionary<string, ImmutableArray<YamlEntry>> drawsOf = new(StringComparer.Ordinal);

    /// <summary><c>draws: {scrubber: 80 L/min}</c>: what any phase on the unit takes of a shared service while it runs, in the service's own measure.</summary>
    private ImmutableArray<ResourceNeed> Draws(UnitDefinition unit, ImmutableArray<ResourceDefinition> shared)
    {
        if (!drawsOf.TryGetValue(unit.Name, out ImmutableArray<YamlEntry> written)) return [];
        var needs = ImmutableArray.CreateBuilder<ResourceNeed>();
        foreach (YamlEntry entry in written)
        {
            if (unit.IsService) findings.Add(entry.Key, DiagnosticCodes.RigShared, $"{unit.Name} is a plant service itself: no phase runs on it", "let the units that use it draw");
            if (shared.FirstOrDefault(r => r.Name == entry.Key.Text) is not { } service)
            {
                findings.Add(entry.Key, DiagnosticCodes.RigShared, $"'{entry.Key.Text}' is not under 'shared'", Nearest.Suggest(entry.Key.Text, shared.Select(r => r.Name)));
                continue;
            }

            Unit measure = Units.Find(service.Measure) ?? Plant.Quantities.Unit.One;
            double amount = entry.Value is YamlMapping ? Taken(unit, entry, measure) : Values.Quantity(entry.Value, findings, entry.Key.Text, measure, 0, double.PositiveInfinity, bare: false);
            if (amount > service.Capacity)
                findings.Add(entry.Value, DiagnosticCodes.RigShared, $"{unit.Name} draws {Values.Plain(amount)} {service.Measure} of {service.Name}, which has {Values.Plain(service.Capacity)}", "it would wait for ever");
            needs.Add(new ResourceNeed(service.Name, amount));
        }

        return needs.ToImmutable();
    }

    private readonly SortedDictionary<string, ImmutableSortedDictionary<string, ImmutableArray<string>>> drawnBy = new(StringComparer.Ordinal);

    /// <summary><c>electricity: {take: 4 kW, operations: [heat, react]}</c>: only these operations draw.</summary>
    private double Taken(UnitDefinition unit, YamlEntry entry, Unit measure)
    {
        if (Fields.Open(entry.Value, findings, $"draws of {unit.Name}") is not { } fields) return 0;
        double amount = fields.Quantity("take", measure, 0);
        ImmutableArray<string> operations = Operations(fields);
        if (operations.IsEmpty) findings.Add(entry.Value, DiagnosticCodes.RigShared, $"{unit.Name}: no operation draws on {entry.Key.Text}", "add 'operations: [heat, …]', or write the amount alone when every phase draws");
        fields.Close();
        var known = drawnBy.GetValueOrDefault(unit.Name) ?? ImmutableSortedDictionary.Create<string, ImmutableArray<string>>(StringComparer.Ordinal);
        drawnBy[unit.Name] = known.SetItem(entry.Key.Text, operations);
        return amount;
    }

    private ImmutableArray<string> Operations(Fields fields)
    {
        foreach (YamlNode at in fields.Items("operations"))
            if (at is YamlScalar word && UnitOperationCatalogue.Find(word.Text) is null)
                findings.Add(at, DiagnosticCodes.StepUnknown, $"there is no unit operation '{word.Text}'", Nearest.Suggest(word.Text, UnitOperationCatalogue.All.Select(o => o.Description.Name)));
        return fields.Texts("operations");
    }

    /// <summary><c>filtrate: [neutralise, wash_tank]</c>: where a filter's filtrate goes, by position of its divert valve.</summary>
    private ImmutableArray<string> Filtrate(UnitDraft unit)
    {
        if (unit.Fields.Find("filtrate") is not { } node)
        {
            // Where the filtrate goes is what a batch must own before it filters: a divert valve that nobody explains leads anywhere.
            if (outputs.Exists(o => o.Definition.Name == unit.Name + ".divert") && unit.Fields.Text("class", "") == "filter")
                findings.Add(unit.Key, DiagnosticCodes.RigFiltrate, $"{unit.Name} has a divert valve and does not say where its filtrate goes: no batch would take the tank behind it", "add 'filtrate: [tank, …]', by position of the valve");
            return [];
        }

        ImmutableArray<string> places = unit.Fields.Texts("filtrate");
        foreach (string place in places.Where(p => !unitNames.Contains(p)))
            findings.Add(node, DiagnosticCodes.RigUnit, $"there is no unit '{place}'", Nearest.Suggest(place, unitNames));
        int divert = outputs.FindIndex(o => o.Definition.Name == unit.Name + ".divert");
        if (places.Length > 1 && divert < 0)
            findings.Add(node, DiagnosticCodes.RigFiltrate, $"{unit.Name} has {places.Length} places for its filtrate and no output divert to choose between them", "an output 'divert' with a position for each");
        else if (divert >= 0 && places.Length > outputs[divert].Definition.High + 1)
            findings.Add(node, DiagnosticCodes.RigFiltrate, $"{unit.Name}.divert has positions up to {outputs[divert].Definition.High:0}, {places.Length} places are listed", "one place for each position");
        return places;
    }

    /// <summary><c>outlets: [raffinate_tank, amv]</c>: where an extraction train's raffinate and strip liquor run to, an electrodialysis' acid and base.</summary>
    private ImmutableArray<string> Outlets(UnitDraft unit)
    {
        if (unit.Fields.Find("outlets") is not { } node) return [];
        ImmutableArray<string> places = unit.Fields.Texts("outlets");
        foreach (string place in places.Where(p => !unitNames.Contains(p)))
            findings.Add(node, DiagnosticCodes.RigUnit, $"there is no unit '{place}'", Nearest.Suggest(place, unitNames));
        if (unit.Fields.Text("class", "") is not ("extraction" or "electrodialysis"))
            findings.Add(node, DiagnosticCodes.RigOutlets, $"{unit.Name} is no extraction train and no electrodialysis: what leaves it goes along a line, or where its divert valve leads", "take 'outlets' away; 'filtrate' for filters and columns");
        return places;
    }

    /// <summary><c>opening: {water: 2.9 L, u: 0.1 L}</c>: what fills settlers, a resin bed or membranes when a batch begins, and no level shows.</summary>
    private OpeningWater? Opening(UnitDraft unit)
    {
        if (Fields.Open(unit.Fields.Find("opening"), findings, $"opening of {unit.Name}") is not { } fields) return null;
        double water = fields.Quantity("water", Units.Of("L"), 0), u = fields.Quantity("u", Units.Of("L"), 0);
        fields.Close();
        if (tags.Any(t => t.Name == unit.Name + ".level"))
            findings.Add(unit.Fields.Find("opening")!, DiagnosticCodes.RigOpening, $"{unit.Name} has a level, which shows what stands in it at the start", "take 'opening' away: it would be counted twice");
        return new OpeningWater(water, u);
    }

    private Quantity Capacity(Fields fields)
    {
        if (fields.Need("capacity") is not { } node || Values.Text(node, findings, "capacity") is not { } text) return default;
        QuantityProblem problem = QuantityText.Parse(text, out Quantity capacity, out string unit);
        if (problem == QuantityProblem.UnknownUnit) Values.UnknownUnit(node, findings, unit, Units.Of("L/h"));
        else if (problem != QuantityProblem.None || !(capacity.Value > 0) || capacity.Unit.Symbol.Length == 0)
            findings.Add(node, DiagnosticCodes.RigShared, $"'{text}' is no capacity to share", "for example '300 L/h'");
        else return capacity;
        return default;
    }
}
