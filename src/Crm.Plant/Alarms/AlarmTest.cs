using Crm.Plant.Expressions;
using Crm.Plant.Tags;

namespace Crm.Plant.Alarms;

internal enum AlarmAnswer : byte
{
    False,
    True,

    /// <summary>An input is bad: neither raises nor clears (ALM-16).</summary>
    Bad,
}

/// <summary>
/// An alarm's condition, compiled: limits on tags joined by 'and' or by 'or' are compared without walking the expression, as most alarms
/// are and every alarm is judged in every scan. The answers are those of the expression.
/// </summary>
internal sealed class AlarmTest
{
    private readonly Expression expression;
    private readonly Term[]? terms;
    private readonly bool any;

    public AlarmTest(Expression expression)
    {
        this.expression = expression;
        any = expression is Or;
        var found = new List<Term>();
        if (Collect(expression, found)) terms = [.. found];
    }

    public AlarmAnswer Ask(Image image, IExpressionScope scope)
    {
        if (terms is null)
        {
            Reading answer = expression.Evaluate(scope);
            return answer.IsBad || double.IsNaN(answer.Value) ? AlarmAnswer.Bad : answer.Value != 0 ? AlarmAnswer.True : AlarmAnswer.False;
        }

        bool bad = false;
        foreach (ref readonly Term term in terms.AsSpan())
        {
            ref readonly Reading reading = ref image[term.Tag];
            if (reading.IsBad) bad = true;
            else if (term.Holds(reading.Value) == any) return any ? AlarmAnswer.True : AlarmAnswer.False;
        }

        return bad ? AlarmAnswer.Bad : any ? AlarmAnswer.False : AlarmAnswer.True;
    }

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
