using Crm.Plant.Expressions;
using Crm.Plant.Quantities;

namespace Crm.Recipes.Expressions;

public enum OperandKind
{
    /// <summary>Could not be read; already reported, so nothing more is said about it.</summary>
    Broken,
    Truth,
    Number,
}

/// <summary>A part of an expression with what it measures.</summary>
/// <param name="At">Offset in the text of its first character.</param>
public readonly record struct Operand(Expression Node, OperandKind Kind, Unit Unit, int At)
{
    /// <summary>A value as it was understood: <c>leach.level [L]</c>; switches and plain numbers have no unit to tell.</summary>
    public static string Measured(string text, Unit unit)
    {
        if (unit.Symbol is "" or "on/off") return text;
        bool isMade = unit.Symbol.Contains('·', StringComparison.Ordinal) || unit.Symbol.Count(c => c == '/') > 1;
        Unit canonical = isMade ? Units.Canonical(unit) : unit;
        return $"{text} [{(canonical.Factor == unit.Factor ? canonical : unit).Symbol}]";
    }

    public static Operand Broken(int at) => new(new Constant(double.NaN), OperandKind.Broken, Unit.One, at);

    public static Operand Truth(Expression node, int at) => new(node, OperandKind.Truth, Unit.One, at);

    public static Operand Number(Expression node, Unit unit, int at) => new(node, OperandKind.Number, unit, at);

    /// <summary>Of what it is, when that is written behind it.</summary>
    public Species? Of { get; init; }

    /// <summary>As it was understood: every operation in parentheses, every value with its unit.</summary>
    public string Text { get; init; } = "";

    public bool IsBroken => Kind == OperandKind.Broken;

    public bool IsSwitch => Kind == OperandKind.Number && Unit.Dimension.Switch == 1;

    /// <summary>The same value in another unit; only when the units match.</summary>
    public Operand In(Unit target)
    {
        if (Node is Constant constant)
        {
            double value = Unit.To(target, constant.Value);
            string told = Unit.Factor == target.Factor && Unit.Offset == target.Offset ? Text : FormattableString.Invariant($"{Text} = {value:0.######} {target.Symbol}");
            return this with { Node = new Constant(value), Unit = target, Text = told };
        }

        Expression node = Unit.Factor == target.Factor ? Node : new Scaled(Node, Unit.Factor / target.Factor);
        double shift = Unit.To(target, 0);
        return this with { Node = shift == 0 ? node : new Arithmetic(ArithmeticOperator.Add, node, new Constant(shift)), Unit = target };
    }
}
