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
public readonly struct LimitTest
{
    private readonly Expression expression;

    // Most conditions are one limit, which then lies with its neighbours in one array.
    private readonly Term first;
    private readonly Term[]? more;
    private readonly bool compiled, any;

    public LimitTest(Expression expression)
    {
        this.expression = expression;
        any = expression is Or;
        var found = new List<Term>();
        compiled = Collect(expression, found);
        if (!compiled) return;
        first = found[0];
        if (found.Count > 1) more = [.. found.Skip(1)];
    }

    public LimitAnswer Ask(Image image, IExpressionScope scope)
    {
        if (!compiled) return Of(expression.Evaluate(scope));
        ref readonly Reading reading = ref image[first.Tag];
        if (more is not null) return AskMore(image, reading);
        return reading.IsBad ? LimitAnswer.Bad : first.Holds(reading.Value) ? LimitAnswer.True : LimitAnswer.False;
    }

    private LimitAnswer AskMore(Image image, in Reading reading)
    {
        bool bad = reading.IsBad;
        if (!bad && first.Holds(reading.Value) == any) return any ? LimitAnswer.True : LimitAnswer.False;
        foreach (ref readonly Term term in more.AsSpan())
        {
            ref readonly Reading next = ref image[term.Tag];
            if (next.IsBad) bad = true;
            else if (term.Holds(next.Value) == any) return any ? LimitAnswer.True : LimitAnswer.False;
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
