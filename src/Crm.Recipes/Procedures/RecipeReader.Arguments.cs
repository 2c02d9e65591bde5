using System.Collections.Immutable;
using Crm.Plant.Expressions;
using Crm.Plant.Loops;
using Crm.Plant.Outputs;
using Crm.Plant.Procedure;
using Crm.Plant.Quantities;
using Crm.Plant.Rigs;
using Crm.Plant.UnitOperations;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Expressions;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Procedures;

/// <summary>Arguments of phases, checked against the operation and against the equipment.</summary>
internal sealed partial class RecipeReader
{
    private ImmutableSortedDictionary<string, ArgumentSource> Arguments(Fields fields, UnitOperationDescription operation, UnitDefinition? unit)
    {
        ImmutableSortedDictionary<string, ArgumentSource>.Builder arguments = ImmutableSortedDictionary.CreateBuilder<string, ArgumentSource>(StringComparer.Ordinal);
        foreach (ParameterDefinition parameter in operation.Parameters)
        {
            YamlNode? node = fields.Find(parameter.Name);
            if (node is not null && Argument(fields, node, parameter, unit) is { } argument) arguments[parameter.Name] = argument;
            else if (node is null && parameter.Default is { } otherwise) arguments[parameter.Name] = new ArgumentSource(new Constant(otherwise), null);
            else if (node is null && !parameter.Optional)
                findings.Add(
                    fields.Map, DiagnosticCodes.ParameterMissing, $"'{operation.Name}' has no '{parameter.Name}'",
                    $"{parameter.Meaning} {Form(parameter)}");
        }

        if (unit is not null && operation.Through) CheckThrough(fields, unit, arguments);
        else if (unit is not null && (fields.Find("from") ?? fields.Find("to")) is { } at) CheckLine(at, unit, arguments.GetValueOrDefault("from")?.Name, arguments.GetValueOrDefault("to")?.Name);
        return arguments.ToImmutable();
    }

    private static string Form(ParameterDefinition parameter) => parameter.Kind switch
    {
        ParameterKind.Number => $"write '{parameter.Name}: {Values.Plain(Math.Max(parameter.Low, Math.Min(parameter.High, 1)))} {parameter.Unit}'".TrimEnd(),
        ParameterKind.Choice => "one of: " + string.Join(", ", parameter.Choices),
        _ => $"add '{parameter.Name}: …'",
    };

    private ArgumentSource? Argument(Fields fields, YamlNode node, ParameterDefinition parameter, UnitDefinition? unit)
    {
        switch (parameter.Kind)
        {
            case ParameterKind.Number:
                return Number(fields, node, parameter, unit) is { } number ? new ArgumentSource(number, null) : null;
            case ParameterKind.Condition:
                return Conditions.Read(node, parameter.Name, names, findings) is { } condition ? new ArgumentSource(condition.Expression, null) : null;
        }

        if (Values.Text(node, findings, parameter.Name) is not { } name) return null;
        if (parameter.Kind == ParameterKind.Reagent) CheckReagent(node, name, unit);
        if (parameter.Kind == ParameterKind.Place) CheckPlace(node, name);
        if (parameter.Kind == ParameterKind.Choice && !parameter.Choices.Contains(name))
            findings.Add(
                node, DiagnosticCodes.ChoiceUnknown, $"'{parameter.Name}' cannot be '{name}'",
                "expected one of: " + string.Join(", ", parameter.Choices));
        return new ArgumentSource(null, name);
    }

    private void CheckReagent(YamlNode node, string reagent, UnitDefinition? unit)
    {
        if (rig.Reagent(reagent) is null)
            findings.Add(
                node, DiagnosticCodes.ReagentUnknown, $"the rig has no reagent '{reagent}'",
                Nearest.Suggest(reagent, rig.Reagents.Select(r => r.Name)));
        else if (unit is not null && unit.DosingLines.All(l => l.Reagent != reagent))
            findings.Add(
                node, DiagnosticCodes.ReagentLine, $"{unit.Name} has no dosing line for {reagent}",
                Nearest.Suggest(reagent, unit.DosingLines.Select(l => l.Reagent)));
    }

    private void CheckPlace(YamlNode node, string name)
    {
        if (rig.Unit(name) < 0)
            findings.Add(
                node, DiagnosticCodes.UnitUnknownPlace, $"the rig has no unit or tank '{name}'",
                Nearest.Suggest(name, rig.Units.Select(u => u.Name)));
    }

    /// <summary>What goes through the unit needs a line into it and another out of it.</summary>
    private void CheckThrough(Fields fields, UnitDefinition unit, ImmutableSortedDictionary<string, ArgumentSource>.Builder arguments)
    {
        if (arguments.GetValueOrDefault("from")?.Name is { } from) CheckLine(fields.Find("from") ?? fields.Map, unit, from, unit.Name);
        if (arguments.GetValueOrDefault("to")?.Name is { } to) CheckLine(fields.Find("to") ?? fields.Map, unit, unit.Name, to);
    }

    /// <summary>The unit's own pump must have a line from (and to) the places named.</summary>
    private void CheckLine(YamlNode at, UnitDefinition unit, string? from, string? to)
    {
        if ((from is not null && rig.Unit(from) < 0) || (to is not null && rig.Unit(to) < 0) || (from is null && to is null)) return;
        TransferLine[] own = [.. rig.Lines.Where(l => l.Unit == unit.Name)];
        if (own.Any(l => (from is null || l.From == from) && (to is null || l.To == to))) return;
        string way = (from is null ? "" : " from " + from) + (to is null ? "" : " to " + to);
        string known = own.Length == 0 ? "it has no lines" : "its lines: " + string.Join(", ", own.Select(l => $"{l.From} to {l.To}").Distinct());
        findings.Add(at, DiagnosticCodes.LineMissing, $"{unit.Name} has no line{way}", known);
    }

    private Expression? Number(Fields fields, YamlNode node, ParameterDefinition parameter, UnitDefinition? unit)
    {
        if (Conditions.Number(node, parameter.Name, names, findings) is not { } operand) return null;
        Unit measure = Units.Find(parameter.Unit) ?? Unit.One;
        operand = Demanded(fields, (YamlScalar)node, operand, measure);
        Operand value = Conditions.Bring(operand, measure, (YamlScalar)node, findings);
        if (value.IsBroken) return null;
        if (names.Static(value.Node) is { } known) CheckValue(fields, node, parameter, measure, known, unit);
        return value.Node;
    }

    /// <summary>Multiples of the stoichiometric amount, where kilograms are asked for, are multiplied by the demand of the step's reagent.</summary>
    private Operand Demanded(Fields fields, YamlScalar node, Operand operand, Unit measure)
    {
        string reagent = (fields.Find("reagent") as YamlScalar)?.Text ?? "";
        if (measure.Symbol == "kg" && (operand.Of is not null || operand.Unit.Matches(Units.Of("mol"))) && rig.Reagent(reagent) is { } bought) return AsBought(node, operand, bought);
        if (operand.Unit.Symbol is not ("x stoichiometric" or "eq") || measure.Symbol != "kg") return operand;
        NamedValue demand = names.Stoichiometric(reagent);
        names.Understood(node, "demand", $"({operand.Text} * stoichiometric({reagent}) [kg])");
        if (demand.Value is { } slot) return Operand.Number(new Arithmetic(ArithmeticOperator.Multiply, operand.Node, slot), demand.Unit, operand.At);
        findings.Add(node, demand.Code, demand.Message, demand.Remedy);
        return Operand.Broken(operand.At);
    }

    /// <summary>mol, or mass of the pure species, as kg of the reagent of its strength.</summary>
    private Operand AsBought(YamlScalar node, Operand operand, ReagentDefinition reagent)
    {
        if (operand.Of is { } named && named.Formula != reagent.Species)
        {
            findings.Add(node, DiagnosticCodes.ExpressionSpecies, $"the amount is told of {named.Formula}, {reagent.Name} is {reagent.Species}", $"write it of {reagent.Species}");
            return Operand.Broken(operand.At);
        }

        Operand pure = Conditions.Bring(operand with { Of = Species.Find(reagent.Species) }, kilogram, node, findings);
        if (pure.IsBroken || reagent.MassFraction <= 0) return pure;
        names.Understood(node, "as bought", FormattableString.Invariant($"{pure.Text} of {reagent.Species}, {reagent.MassFraction * 100:0.##} % of {reagent.Name}"));
        Expression bought = pure.Node is Constant constant ? new Constant(constant.Value / reagent.MassFraction) : new Arithmetic(ArithmeticOperator.Divide, pure.Node, new Constant(reagent.MassFraction));
        return Operand.Number(bought, kilogram, operand.At);
    }

    private void CheckValue(Fields fields, YamlNode node, ParameterDefinition parameter, Unit measure, double value, UnitDefinition? unit)
    {
        string text = $"{parameter.Name} is {new Quantity(value, measure)}";
        if (value < parameter.Low || value > parameter.High)
        {
            findings.Add(node, DiagnosticCodes.ParameterRange, text, "expected " + Values.Bounds(parameter.Low, parameter.High, measure));
            return;
        }

        if (unit is null) return;
        if (parameter is { Name: "to", Unit: "L" } && unit.WorkingVolume is { } working && value > working)
            findings.Add(node, DiagnosticCodes.VolumeExceeded, text, $"the working volume of {unit.Name} is {Values.Plain(working)} L");
        if (parameter is { Unit: "degC", Name: "to" or "temperature" } && rig.Loop(unit.Name, "temperature_loop") is >= 0 and int loop) CheckSetpoint(node, text, value, rig.Loops[loop]);
        if (parameter is { Unit: "rpm" } && rig.Output(unit.Name, "agitator") is >= 0 and int agitator) CheckSpan(node, text, value, rig.Outputs[agitator]);
        if (parameter is { Unit: "position" } && rig.Output(unit.Name, parameter.Name) is >= 0 and int valve) CheckSpan(node, text, value, rig.Outputs[valve]);
        if (parameter is { Name: "rate", Unit: "kg/h" }) CheckRate(fields, node, text, value, unit);
    }

    private void CheckSetpoint(YamlNode node, string text, double value, LoopDefinition loop)
    {
        if (value < loop.SetpointLow || value > loop.SetpointHigh)
            findings.Add(
                node, DiagnosticCodes.ParameterRange, text,
                $"{loop.Name} takes setpoints {Values.Plain(loop.SetpointLow)}..{Values.Plain(loop.SetpointHigh)} degC");
    }

    private void CheckSpan(YamlNode node, string text, double value, OutputDefinition output)
    {
        if (value < output.Low || value > output.High)
            findings.Add(
                node, DiagnosticCodes.ParameterRange, text,
                $"{output.Name} can do {Values.Plain(output.Low)}..{Values.Plain(output.High)} {output.Unit}");
    }

    private void CheckRate(Fields fields, YamlNode node, string text, double value, UnitDefinition unit)
    {
        string reagent = (fields.Find("reagent") as YamlScalar)?.Text ?? "";
        DosingLine? line = unit.DosingLines.FirstOrDefault(l => l.Reagent == reagent);
        if (line is not null && value > line.FullRate)
            findings.Add(
                node, DiagnosticCodes.ParameterRange, text,
                $"the {reagent} line of {unit.Name} gives {Values.Plain(line.FullRate)} kg/h at most");
    }
}
