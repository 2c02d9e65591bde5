using Crm.Plant.Procedure;
using Crm.Plant.Quantities;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Expressions;

/// <summary>Reads expressions out of file nodes, with their mistakes at the right column.</summary>
internal static class Conditions
{
    /// <summary>A condition with its words; null when it could not be read.</summary>
    public static Condition? Read(YamlNode node, string key, ExpressionNames names, Findings findings)
    {
        if (Open(node, key, names, findings) is not { } operand) return null;
        Operand truth = ExpressionParser.AsTruth(operand, Report((YamlScalar)node, findings));
        if (!truth.IsBroken) names.Understood((YamlScalar)node, key, truth.Text);
        return truth.IsBroken ? null : new Condition(((YamlScalar)node).Text, truth.Node);
    }

    /// <summary>A number expression before it is brought to a unit; null when it could not be read.</summary>
    public static Operand? Number(YamlNode node, string key, ExpressionNames names, Findings findings)
    {
        if (Open(node, key, names, findings) is not { } operand) return null;
        if (operand.Kind != OperandKind.Truth)
        {
            names.Understood((YamlScalar)node, key, operand.Text);
            return operand;
        }

        findings.Add(node, DiagnosticCodes.ExpressionType, $"'{key}' is a condition where a number is expected");
        return null;
    }

    public static Operand Bring(Operand operand, Unit unit, YamlScalar node, Findings findings) =>
        ExpressionParser.Bring(operand, unit, Report(node, findings));

    private static Operand? Open(YamlNode node, string key, ExpressionNames names, Findings findings)
    {
        if (Values.Text(node, findings, key) is not { } text) return null;
        Operand operand = ExpressionParser.Parse(text, names, Report((YamlScalar)node, findings));
        return operand.IsBroken ? null : operand;
    }

    private static Action<int, string, string, string> Report(YamlScalar node, Findings findings) =>
        (at, code, message, remedy) => findings.AddInside(node, at, code, message, remedy);
}
