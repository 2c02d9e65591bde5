using Crm.Plant.Expressions;
using Crm.Plant.Quantities;
using Crm.Recipes.Diagnostics;

namespace Crm.Recipes.Expressions;

/// <summary>Kinds and units of what operators join.</summary>
public sealed partial class ExpressionParser
{
    private Operand Join(Operand left, string word, Operand right, Func<Expression, Expression, Expression> node)
    {
        Operand a = AsTruth(left);
        Operand b = AsTruth(right);
        return a.IsBroken || b.IsBroken ? Operand.Broken(left.At) : Operand.Truth(node(a.Node, b.Node), a.At) with { Text = $"({a.Text} {word} {b.Text})" };
    }

    /// <summary>A switch is a condition by itself; a number is not.</summary>
    internal static Operand AsTruth(Operand operand, Action<int, string, string, string> report)
    {
        if (operand.Kind != OperandKind.Number) return operand;
        if (operand.IsSwitch) return Operand.Truth(new Comparison(ComparisonOperator.GreaterOrEqual, operand.Node, new Constant(0.5)), operand.At) with { Text = operand.Text + " on" };
        report(
            operand.At, DiagnosticCodes.ExpressionType, $"a value ({operand.Unit}) stands where a condition is expected",
            "compare it, for example '< 5'");
        return Operand.Broken(operand.At);
    }

    private Operand AsTruth(Operand operand) => AsTruth(operand, (at, code, message, remedy) => Fault(at, code, message, remedy));

    private Operand AsNumber(Operand operand) =>
        operand.Kind == OperandKind.Truth ? Fault(operand.At, DiagnosticCodes.ExpressionType, "a condition stands where a number is expected", "") : operand;

    /// <summary>Brings two numbers to one unit: that of the side that is not a plain literal.</summary>
    private (Operand, Operand) Reconcile(Operand left, Operand right)
    {
        Operand a = AsNumber(left);
        Operand b = AsNumber(right);
        if (a.IsBroken || b.IsBroken) return (a, b);
        bool turnsLeft = a.Of is not null && b.Of is null && !a.Unit.Matches(b.Unit);
        if (turnsLeft || (a.Node is Constant && b.Node is not Constant)) return (Bring(a, b.Unit), b);
        return (a, Bring(b, a.Unit));
    }

    private Operand Bring(Operand value, Unit unit) => Bring(value, unit, (at, code, message, remedy) => Fault(at, code, message, remedy));

    /// <summary>A value in the unit asked for; reports when it cannot be.</summary>
    internal static Operand Bring(Operand value, Unit unit, Action<int, string, string, string> report)
    {
        if (value.IsBroken) return value;
        if (value.Unit == unit) return value;
        if (value.Unit == Unit.One && unit != Unit.One)
        {
            if (unit.TakesBareNumbers) return value with { Unit = unit, Text = value.Node is Constant ? $"{value.Text} {unit.Symbol}".TrimEnd() : value.Text };
            string remedy = value.Node is Constant constant
                ? $"write '{new Quantity(constant.Value, unit)}'"
                : $"give one of its parts a unit, so that the result is in {unit}";
            report(value.At, DiagnosticCodes.UnitMissing, $"a number without unit where {unit} is expected", remedy);
            return Operand.Broken(value.At);
        }

        if (value.Unit.Matches(unit)) return value.In(unit);
        if (value.Of?.Towards(value.Unit, unit) is { } turned) return (value with { Unit = turned }).In(unit) with { Of = null };
        string expected = value.Unit.Dimension == unit.Dimension ? Scales(unit)
            : value.Unit.Dimension.Amount != unit.Dimension.Amount ? $"expected a value in {unit}; mol and mass meet through a molar mass: write the species behind the value, '2 mol/L NaOH'"
            : $"expected a value in {unit}";
        report(value.At, DiagnosticCodes.ExpressionUnit, $"{value.Unit} where {unit} is expected", expected);
        return Operand.Broken(value.At);
    }

    private static string Scales(Unit unit) => unit.Dimension.Temperature == 1
        ? "K is a difference of temperatures, degC a temperature"
        : "a potential is told against its electrode (mV vs Ag/AgCl, mV vs SHE), mV alone is a difference";

    /// <summary>Masses or amounts of different things do not add up; reported.</summary>
    private bool Mixed(Operand a, Operand b)
    {
        if (a.IsBroken || b.IsBroken || a.Of == b.Of) return false;
        Fault(b.At, DiagnosticCodes.ExpressionSpecies, $"{a.Of?.Formula ?? "something not named"} and {b.Of?.Formula ?? "something not named"} are put together", "write the same species behind both");
        return true;
    }

    private Operand Add(Operand left, Operand right, bool subtract)
    {
        Operand a = AsNumber(left);
        Operand b = AsNumber(right);
        if (a.IsBroken || b.IsBroken || Mixed(a, b)) return Operand.Broken(left.At);
        bool betweenScales = subtract && a.Unit.IsScale && b.Unit.IsScale;
        Unit result = betweenScales ? a.Unit.Difference : a.Unit;
        Unit second = betweenScales ? a.Unit : a.Unit.Difference;
        if (!subtract && b.Unit.IsScale && !a.Unit.IsScale) return Add(b, a, false);
        if (a.Unit == Unit.One && b.Unit != Unit.One)
        {
            a = Bring(a, b.Unit);
            (result, second) = (b.Unit, b.Unit);
        }

        b = Bring(b, second);
        if (a.IsBroken || b.IsBroken) return Operand.Broken(left.At);
        Arithmetic node = new(subtract ? ArithmeticOperator.Subtract : ArithmeticOperator.Add, a.Node, b.Node);
        return Operand.Number(Folded(node), result, left.At) with { Of = a.Of, Text = Operand.Measured($"({a.Text} {(subtract ? '-' : '+')} {b.Text})", result) };
    }

    private Operand Multiply(Operand left, Operand right, bool divide)
    {
        Operand a = AsNumber(left);
        Operand b = AsNumber(right);
        if (a.IsBroken || b.IsBroken) return Operand.Broken(left.At);
        if (a.Unit.IsScale || b.Unit.IsScale)
            return Fault(
                a.Unit.IsScale ? a.At : b.At, DiagnosticCodes.ExpressionUnit,
                "a temperature in degC cannot be multiplied or divided", "use a difference of two temperatures");
        if (a.Of is not null && b.Of is not null && (!divide || a.Of != b.Of))
            return Fault(b.At, DiagnosticCodes.ExpressionSpecies, $"{a.Of.Formula} and {b.Of.Formula} are multiplied or divided", "name the species once");
        Species? of = a.Of is not null && b.Of is not null ? null : a.Of ?? b.Of;
        Unit unit = Product(a.Unit, b.Unit, divide);
        Arithmetic node = new(divide ? ArithmeticOperator.Divide : ArithmeticOperator.Multiply, a.Node, b.Node);
        Operand product = Operand.Number(Folded(node), unit, left.At) with { Of = of, Text = Operand.Measured($"({a.Text} {(divide ? '/' : '*')} {b.Text})", unit) };
        return unit.Dimension == default && unit != Unit.One && !IsFraction(unit) ? product.In(Unit.One) : product;
    }

    private static Unit Product(Unit a, Unit b, bool divide)
    {
        if (!IsPlainFactor(a) && IsPlainFactor(b)) b = Unit.One;
        else if (!divide && !IsPlainFactor(b) && IsPlainFactor(a)) a = Unit.One;
        return divide ? a.Per(b) : a.Times(b);
    }

    /// <summary>Multiples of the stoichiometric amount and ratios scale a quantity without changing what it measures.</summary>
    private static bool IsPlainFactor(Unit unit) => unit.Symbol is "" or "ratio" or "O/A" or "x stoichiometric" or "eq";

    private static bool IsFraction(Unit unit) => !unit.Symbol.Contains('/') && Units.Find(unit.Symbol) is not null;

    private static Expression Folded(Arithmetic node)
    {
        if (node is not { Left: Constant a, Right: Constant b }) return node;
        double value = node.Operator switch
        {
            ArithmeticOperator.Add => a.Value + b.Value,
            ArithmeticOperator.Subtract => a.Value - b.Value,
            ArithmeticOperator.Multiply => a.Value * b.Value,
            _ => a.Value / b.Value,
        };
        return double.IsFinite(value) ? new Constant(value) : node;
    }
}
