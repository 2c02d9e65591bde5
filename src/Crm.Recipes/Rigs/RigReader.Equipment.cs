using System.Collections.Immutable;
using Crm.Plant.Quantities;
using Crm.Plant.Rigs;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Expressions;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Rigs;

/// <summary>Dosing lines and transfer lines.</summary>
internal sealed partial class RigReader
{
    private ImmutableArray<DosingLine> Dosing(UnitDraft unit)
    {
        ImmutableArray<DosingLine>.Builder dosing = ImmutableArray.CreateBuilder<DosingLine>();
        foreach (YamlEntry entry in unit.Fields.Named("dosing"))
        {
            string reagent = entry.Key.Text;
            if (reagents.All(r => r.Name != reagent))
                findings.Add(
                    entry.Key, DiagnosticCodes.RigReagent, $"there is no reagent '{reagent}'",
                    Nearest.Suggest(reagent, reagents.Select(r => r.Name)));
            if (Fields.Open(entry.Value, findings, $"dosing {unit.Name}.{reagent}") is not { } fields) continue;
            OutputDraft? pump = Output(fields.Need("pump"), "pump", unit);
            NamedTag? scale = Tag(fields.Need("scale"), "scale", unit);
            if (scale is { } tag && !tag.Unit.Matches(Units.Of("kg")))
                findings.Add(
                    fields.Find("scale")!, DiagnosticCodes.UnitMismatch, $"the scale of {reagent} measures {tag.Unit}",
                    "expected kg");
            dosing.Add(new DosingLine(reagent, pump?.Definition.Ordinal ?? -1, scale?.Ordinal ?? -1, fields.Quantity("full", Units.Of("kg/h"), 0.0001)));
            fields.Close();
        }

        return dosing.ToImmutable();
    }

    private void ReadLines(UnitDraft unit)
    {
        foreach (YamlEntry entry in unit.Fields.Named("lines"))
        {
            Name(entry.Key);
            if (Fields.Open(entry.Value, findings, $"line {unit.Name}.{entry.Key.Text}") is not { } fields) continue;
            string from = Unit(fields.Need("from"), "from");
            string to = Unit(fields.Need("to"), "to");
            OutputDraft? pump = Output(fields.Need("pump"), "pump", unit);
            lines.Add(new TransferLine(entry.Key.Text, from, to, unit.Name, pump?.Definition.Ordinal ?? -1, fields.Quantity("full", Units.Of("L/h"), 0.0001)));
            if (from == to && from.Length > 0)
                findings.Add(
                    entry.Key, DiagnosticCodes.RigUnit, $"line {entry.Key.Text} leads from {from} to itself");
            fields.Close();
        }
    }
}
