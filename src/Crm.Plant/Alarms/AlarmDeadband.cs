using Crm.Plant.Expressions;

namespace Crm.Plant.Alarms;

/// <summary>Makes the condition that keeps an alarm active: each limit on a tag moved by that tag's deadband (ALM-11).</summary>
public static class AlarmDeadband
{
    /// <param name="band">Deadband of a tag in its own unit; 0: none.</param>
    /// <returns>The condition itself when no limit moved.</returns>
    public static Expression Relax(Expression condition, Func<int, double> band) => Relax(condition, band, true);

    /// <summary>The first tag the condition compares with a number: its main tag, in the words of the alarm list.</summary>
    public static Comparison? MainLimit(Expression condition) => condition switch
    {
        Comparison { Right: Constant } limit when LimitedTag(limit) >= 0 => limit,
        And both => MainLimit(both.Left) ?? MainLimit(both.Right),
        Or either => MainLimit(either.Left) ?? MainLimit(either.Right),
        Not negated => MainLimit(negated.Value),
        _ => null,
    };

    public static int LimitedTag(Comparison comparison) => comparison.Left switch
    {
        TagValue tag => tag.Tag,
        Scaled { Value: TagValue tag } => tag.Tag,
        Absolute { Value: SlotValue slot } => slot.Over,
        SlotValue slot => slot.Over,
        _ => -1,
    };

    // Under a 'not' a limit must be tightened for the whole to be relaxed.
    private static Expression Relax(Expression condition, Func<int, double> band, bool wider)
    {
        switch (condition)
        {
            case Comparison { Right: Constant limit } comparison when LimitedTag(comparison) >= 0:
                int tag = LimitedTag(comparison);
                double scale = comparison.Left is Scaled scaled ? Math.Abs(scaled.Factor) : 1;
                double move = Direction(comparison.Operator) * band(tag) * scale * (wider ? 1 : -1);
                return move == 0 ? comparison : comparison with { Right = new Constant(limit.Value + move) };
            case And both:
                return both with { Left = Relax(both.Left, band, wider), Right = Relax(both.Right, band, wider) };
            case Or either:
                return either with { Left = Relax(either.Left, band, wider), Right = Relax(either.Right, band, wider) };
            case Not negated:
                return negated with { Value = Relax(negated.Value, band, !wider) };
            default:
                return condition;
        }
    }

    private static int Direction(ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.Greater or ComparisonOperator.GreaterOrEqual => -1,
        ComparisonOperator.Less or ComparisonOperator.LessOrEqual => 1,
        _ => 0,
    };
}
