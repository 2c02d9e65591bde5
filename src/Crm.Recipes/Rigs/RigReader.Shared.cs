using System.Collections.Immutable;
using Crm.Plant.Allocation;
using Crm.Plant.Quantities;
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

    /// <summary><c>filtrate: [neutralise, wash_tank]</c>: where a filter's filtrate goes, by position of its divert valve.</summary>
    private ImmutableArray<string> Filtrate(UnitDraft unit)
    {
        if (unit.Fields.Find("filtrate") is not { } node) return [];
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
