using Crm.Plant.Quantities;
using Crm.Plant.Rigs;
using Crm.Recipes.Blocks;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Expressions;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Procedures;

/// <summary>What uses of blocks give, judged against formula and rig.</summary>
internal sealed partial class RecipeReader
{
    private void CheckArguments()
    {
        foreach (BlockArgument argument in blocks.Arguments) CheckArgument(argument with { Value = RecipeEquipment.Bound(argument.Value, equipment) });
    }

    private void CheckArgument(BlockArgument argument)
    {
        (_, BlockParameter parameter, YamlNode value) = argument;
        switch (parameter.Type)
        {
            case BlockParameterType.Quantity:
                CheckQuantity(parameter, (YamlScalar)value);
                break;
            case BlockParameterType.Condition:
                Conditions.Read(value, parameter.Name, names, findings);
                break;
            case BlockParameterType.Unit:
                CheckUnit(parameter, (YamlScalar)value);
                break;
            case BlockParameterType.Reagent when rig.Reagent(((YamlScalar)value).Text) is null:
                findings.Add(value, DiagnosticCodes.ReagentUnknown, $"the rig has no reagent '{((YamlScalar)value).Text}'", Nearest.Suggest(((YamlScalar)value).Text, rig.Reagents.Select(r => r.Name)));
                break;
        }
    }

    private void CheckQuantity(BlockParameter parameter, YamlScalar value)
    {
        if (Conditions.Number(value, parameter.Name, names, findings) is not { } operand) return;
        Operand brought = Conditions.Bring(operand, parameter.Measure, value, findings);
        if (brought.IsBroken || names.Static(brought.Node) is not { } known || (known >= parameter.Low && known <= parameter.High)) return;
        findings.Add(
            value, DiagnosticCodes.BlockArgument, $"'{parameter.Name}' is {new Quantity(known, parameter.Measure)}",
            "the block takes " + Values.Bounds(parameter.Low, parameter.High, parameter.Measure));
    }

    private void CheckUnit(BlockParameter parameter, YamlScalar value)
    {
        CheckPlace(value, value.Text);
        if (rig.Unit(value.Text) is not (>= 0 and var ordinal) || parameter.Class.Length == 0) return;
        UnitDefinition unit = rig.Units[ordinal];
        if (unit.Class != parameter.Class)
            findings.Add(value, DiagnosticCodes.BlockArgument, $"{unit.Name} is a {unit.Class}", $"'{parameter.Name}' of the block is a {parameter.Class}");
    }
}
