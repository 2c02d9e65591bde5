using Crm.Plant.Tags;

namespace Crm.Plant.Expressions;

/// <summary>What a condition says in a scan.</summary>
public enum LimitAnswer : byte
{
    False,
    True,

    /// <summary>An input is bad: an alarm neither raises nor clears (ALM-16), a cause does what it declares (SAF-08).</summary>
    Bad,
}

/// <summary>
/// A condition that is judged in every scan, compiled: limits on tags joined by 'and' or by 'or' are compared without walking the expression, as most alarms
/// and causes of protection are. The answers are those of the expression.
/// </summary>
public sealed class LimitTest
{
    private readonly Expression expression;
    private readonly Term[]? terms;
    private readonly bool any;

    public LimitTest(Expression expression)
    {
        this.expression = expression;
        any = expression is Or;
        var found = new List<Term>();
        if (Collect(expression, found)) terms = [.. found];
    }

    public LimitAnswer Ask(Image image, IExpressionScope scope)
    {
        if (terms is null) return Of(expression.Evaluate(scope));

        bool bad = false;
        foreach (ref readonly Term term in terms.AsSpan())
        {
            ref readonly Reading reading = ref image[term.Tag];
            if (reading.IsBad) bad = true;
            else if (term.Holds(reading.Value) == any) return any ? LimitAnswer.True : LimitAnswer.False;
        }

        return bad ? LimitAnswer.Bad : any ? LimitAnswer.False : LimitAnswer.True;
    }

    public static LimitAnswer Of(in Reading answer) =>
        answer.IsBad || double.IsNaN(answer.Value) ? LimitAnswer.Bad : answer.Value != 0 ? LimitAnswer.True : LimitAnswer.False;

    private bool Collect(Expression part, List<Term> found)
    {
        switch (part)
        {
            case And both when !any:
                return Collect(both.Left, found) && Collect(both.Right, found);
            case Or either when any:
                return Collect(either.Left, found) && Collect(either.Right, found);
            case Comparison { Left: TagValue { Tag: >= 0 } tag, Right: Constant limit, Operator: <= ComparisonOperator.GreaterOrEqual } comparison when double.IsFinite(limit.Value):
                found.Add(new Term(tag.Tag, comparison.Operator, limit.Value));
                return true;
            default:
                return false;
        }
    }

    private readonly record struct Term(int Tag, ComparisonOperator Operator, double Limit)
    {
        public bool Holds(double value) => Operator switch
        {
            ComparisonOperator.Less => value < Limit,
            ComparisonOperator.LessOrEqual => value <= Limit,
            ComparisonOperator.Greater => value > Limit,
            _ => value >= Limit,
        };
    }
}
