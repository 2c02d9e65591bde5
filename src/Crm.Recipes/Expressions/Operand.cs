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
    public static Operand Broken(int at) => new(new Constant(double.NaN), OperandKind.Broken, Unit.One, at);

    public static Operand Truth(Expression node, int at) => new(node, OperandKind.Truth, Unit.One, at);

    public static Operand Number(Expression node, Unit unit, int at) => new(node, OperandKind.Number, unit, at);

    public bool IsBroken => Kind == OperandKind.Broken;

    public bool IsSwitch => Kind == OperandKind.Number && Unit.Dimension.Switch == 1;

    /// <summary>The same value in another unit; only when the units match.</summary>
    public Operand In(Unit target)
    {
        if (Unit.Factor == target.Factor) return this with { Unit = target };
        double factor = Unit.To(target, 1);
        Expression node = Node is Constant constant ? new Constant(Unit.To(target, constant.Value)) : new Scaled(Node, factor);
        return this with { Node = node, Unit = target };
    }
}
