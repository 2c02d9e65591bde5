using System.Collections.Immutable;
using Crm.Plant.Tags;

namespace Crm.Plant.Expressions;

public enum ArithmeticOperator
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Least,
    Most,
}

/// <summary>Two numbers become one; units have been reconciled.</summary>
public sealed record Arithmetic(ArithmeticOperator Operator, Expression Left, Expression Right) : Expression
{
    public override ImmutableArray<int> Tags => Combined.Tags(Left, Right);

    public override Reading Evaluate(IExpressionScope scope)
    {
        Reading a = Left.Evaluate(scope);
        Reading b = Right.Evaluate(scope);
        return Combined.Number(a, b, Apply(a.Value, b.Value));
    }

    private double Apply(double a, double b) => Operator switch
    {
        ArithmeticOperator.Add => a + b,
        ArithmeticOperator.Subtract => a - b,
        ArithmeticOperator.Multiply => a * b,
        ArithmeticOperator.Divide => a / b,
        ArithmeticOperator.Least => Math.Min(a, b),
        _ => Math.Max(a, b),
    };
}

public sealed record Absolute(Expression Value) : Expression
{
    public override ImmutableArray<int> Tags => Value.Tags;

    public override Reading Evaluate(IExpressionScope scope)
    {
        Reading value = Value.Evaluate(scope);
        return Combined.Number(value, Math.Abs(value.Value));
    }
}
