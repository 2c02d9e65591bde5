using System.Collections.Immutable;
using Crm.Plant.Loops;
using Crm.Plant.Quantities;
using Crm.Plant.Rigs;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Expressions;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Rigs;

/// <summary>Dosing lines, transfer lines and loops.</summary>
internal sealed partial class RigReader
{
    private ImmutableArray<DosingLine> Dosing(UnitDraft unit)
    {
        ImmutableArray<DosingLine>.Builder dosing = ImmutableArray.CreateBuilder<DosingLine>();
        foreach (YamlEntry entry in unit.Fields.Named("dosing"))
        {
            string reagent = entry.Key.Text;
            if (reagents.All(r => r.Name != reagent))
                findings.Add(entry.Key, DiagnosticCodes.RigReagent, $"there is no reagent '{reagent}'", Nearest.Suggest(reagent, reagents.Select(r => r.Name)));
            if (Fields.Open(entry.Value, findings, $"dosing {unit.Name}.{reagent}") is not { } fields) continue;
            OutputDraft? pump = Output(fields.Need("pump"), "pump", unit);
            NamedTag? scale = Tag(fields.Need("scale"), "scale", unit);
            if (scale is { } tag && !tag.Unit.Matches(Units.Of("kg")))
                findings.Add(fields.Find("scale")!, DiagnosticCodes.UnitMismatch, $"the scale of {reagent} measures {tag.Unit}", "expected kg");
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
            if (from == to && from.Length > 0) findings.Add(entry.Key, DiagnosticCodes.RigUnit, $"line {entry.Key.Text} leads from {from} to itself");
            fields.Close();
        }
    }

    private void ReadLoops(UnitDraft unit)
    {
        foreach (YamlEntry entry in unit.Fields.Named("loops"))
        {
            Name(entry.Key);
            string name = unit.Name + "." + entry.Key.Text;
            if (Fields.Open(entry.Value, findings, $"loop {name}") is not { } fields) continue;
            NamedTag? pv = Tag(fields.Need("pv"), "pv", unit);
            Unit measure = pv?.Unit ?? Plant.Quantities.Unit.One;
            (double low, double high) = fields.Range("output", Units.Of("%"));
            (double lowest, double highest) = fields.Range("setpoint", measure);
            LoopDefinition loop = new(
                loops.Count,
                name,
                fields.Text("label", name),
                pv?.Ordinal ?? -1,
                fields.Number("gain", Plant.Quantities.Unit.One),
                fields.Duration("ti"),
                fields.Duration("td", TimeSpan.Zero),
                fields.Has("b") ? fields.Number("b", Plant.Quantities.Unit.One, 0, 1) : 1,
                low,
                high,
                lowest,
                highest,
                fields.Find("setpoint_rate") is { } rate ? Rate(rate, measure) : null,
                [.. fields.Items("legs").Select(leg => Leg(leg, unit, low, high)).OfType<SplitLeg>()]);
            if (fields.Need("legs") is { } legs && loop.Legs.IsEmpty) findings.Add(legs, DiagnosticCodes.RigLegs, $"loop {name} drives nothing", "add a leg: {output, from, to, gives}");
            fields.Close();
            loopNames[name] = loop.Ordinal;
            loops.Add(loop);
        }
    }

    private SplitLeg? Leg(YamlNode node, UnitDraft unit, double low, double high)
    {
        if (Fields.Open(node, findings, $"leg of a loop of {unit.Name}") is not { } fields) return null;
        OutputDraft? output = Output(fields.Need("output"), "output", unit);
        double from = fields.Number("from", Units.Of("%"));
        double to = fields.Number("to", Units.Of("%"));
        (double atFrom, double atTo) = fields.Range("gives", output?.Unit ?? Units.Of("%"), ascending: false);
        fields.Close();
        if (from == to || Math.Min(from, to) < low || Math.Max(from, to) > high)
            findings.Add(node, DiagnosticCodes.RigLegs, $"the leg {Values.Plain(from)}..{Values.Plain(to)} is outside the loop's output {Values.Plain(low)}..{Values.Plain(high)}, or has no width", "from and to are percent of controller output");
        if (output is { Definition: { } driven } && (Math.Min(atFrom, atTo) < driven.Low || Math.Max(atFrom, atTo) > driven.High))
            findings.Add(fields.Find("gives") ?? node, DiagnosticCodes.RigSpan, $"the leg drives {driven.Name} outside its span", "expected " + Values.Bounds(driven.Low, driven.High, output.Unit));
        return new SplitLeg(output?.Definition.Ordinal ?? -1, from, to, atFrom, atTo);
    }
}
