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

/// <summary>
/// The middle one of several measurements of one quantity. Bad ones drop out and leave the result uncertain; of an even number it is the
/// mean of the middle two; with none left it is bad. For values, never for votes (SAF-11).
/// </summary>
public sealed record Median(ImmutableArray<Expression> Values) : Expression
{
    /// <summary>Values one median can have.</summary>
    public const int Most = 8;

    public override ImmutableArray<int> Tags => [.. Values.SelectMany(v => v.Tags).Distinct().Order()];

    public override Reading Evaluate(IExpressionScope scope)
    {
        Span<double> good = stackalloc double[Values.Length];
        int count = 0;
        Reading worst = Values[0].Evaluate(scope);
        for (int i = 0; i < Values.Length; i++)
        {
            Reading value = Values[i].Evaluate(scope);
            worst = Combined.Worst(worst, value);
            if (!value.IsBad && !double.IsNaN(value.Value)) good[count++] = value.Value;
        }

        if (count == 0) return worst with { Value = double.NaN };
        return worst with { Value = Middle(good[..count]), Quality = worst.IsBad ? Quality.Uncertain : worst.Quality };
    }

    /// <summary>Sorts in place.</summary>
    public static double Middle(Span<double> values)
    {
        values.Sort();
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }

    public bool Equals(Median? other) => other is not null && Values.SequenceEqual(other.Values);

    public override int GetHashCode() => Values.Length;
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
