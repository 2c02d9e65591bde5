using System.Collections.Immutable;
using Crm.Plant.Tags;

namespace Crm.Plant.Expressions;

public enum ComparisonOperator
{
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
}

public sealed record Comparison(ComparisonOperator Operator, Expression Left, Expression Right) : Expression
{
    public override ImmutableArray<int> Tags => Combined.Tags(Left, Right);

    public override Reading Evaluate(IExpressionScope scope)
    {
        Reading a = Left.Evaluate(scope);
        Reading b = Right.Evaluate(scope);
        return Combined.Truth(a, b, Holds(a.Value, b.Value));
    }

    private bool Holds(double a, double b) => Operator switch
    {
        ComparisonOperator.Less => a < b,
        ComparisonOperator.LessOrEqual => a <= b,
        ComparisonOperator.Greater => a > b,
        ComparisonOperator.GreaterOrEqual => a >= b,
        ComparisonOperator.Equal => a.Equals(b),
        _ => !a.Equals(b),
    };
}

/// <summary>True when both are; one known false decides whatever the other is.</summary>
public sealed record And(Expression Left, Expression Right) : Expression
{
    public override ImmutableArray<int> Tags => Combined.Tags(Left, Right);

    public override Reading Evaluate(IExpressionScope scope)
    {
        Reading a = Left.Evaluate(scope);
        Reading b = Right.Evaluate(scope);
        if (Decides(a)) return a;
        return Decides(b) ? b : Combined.Truth(a, b, true);
    }

    private static bool Decides(in Reading reading) => !reading.IsBad && !Combined.IsTrue(reading);
}

/// <summary>True when one is; one known true decides whatever the other is.</summary>
public sealed record Or(Expression Left, Expression Right) : Expression
{
    public override ImmutableArray<int> Tags => Combined.Tags(Left, Right);

    public override Reading Evaluate(IExpressionScope scope)
    {
        Reading a = Left.Evaluate(scope);
        Reading b = Right.Evaluate(scope);
        if (Decides(a)) return a;
        return Decides(b) ? b : Combined.Truth(a, b, false);
    }

    private static bool Decides(in Reading reading) => !reading.IsBad && Combined.IsTrue(reading);
}

public sealed record Not(Expression Value) : Expression
{
    public override ImmutableArray<int> Tags => Value.Tags;

    public override Reading Evaluate(IExpressionScope scope)
    {
        Reading value = Value.Evaluate(scope);
        return Combined.Number(value, Combined.IsTrue(value) ? 0 : 1);
    }
}
