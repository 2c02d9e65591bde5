using Crm.Plant.Expressions;
using Crm.Plant.Procedure;
using Crm.Plant.Rigs;

namespace Crm.Recipes.Expressions;

/// <summary>
/// What can be told of conditions without running them: comparisons with constants, and what joins them. Where nothing can be told the
/// answer is no.
/// </summary>
/// <param name="slots">Named values by slot number, as far as they have been handed out.</param>
/// <param name="formula">Range of a formula parameter in its unit; null when there is none.</param>
internal sealed class Reach(RigDefinition rig, Func<int, Slot> slots, Func<string, FormulaParameter?> formula)
{
    /// <summary>The condition holds for no value that instrument or formula can have.</summary>
    public bool Never(Expression condition) => condition switch
    {
        And and => Never(and.Left) || Never(and.Right) || Excludes(and.Left, and.Right),
        Or or => Never(or.Left) && Never(or.Right),
        Not not => Always(not.Value),
        Constant constant => constant.Value < 0.5,
        Comparison comparison when Span(comparison) is var (low, high) => !Possible(comparison.Operator, low, high, Limit(comparison)!.Value),
        _ => false,
    };

    /// <summary>The condition holds for every value that instrument or formula can have.</summary>
    public bool Always(Expression condition) => condition switch
    {
        And and => Always(and.Left) && Always(and.Right),
        Or or => Always(or.Left) || Always(or.Right),
        Not not => Never(not.Value),
        Constant constant => constant.Value >= 0.5,
        Comparison comparison when Span(comparison) is var (low, high) => !Possible(Opposite(comparison.Operator), low, high, Limit(comparison)!.Value),
        _ => false,
    };

    /// <summary>Whenever the first holds, the second does.</summary>
    public static bool Implies(Expression first, Expression second) => (first, second) switch
    {
        _ when first.Equals(second) => true,
        (Or or, _) => Implies(or.Left, second) && Implies(or.Right, second),
        (_, And and) => Implies(first, and.Left) && Implies(first, and.Right),
        (And and, _) when Implies(and.Left, second) || Implies(and.Right, second) => true,
        (_, Or or) => Implies(first, or.Left) || Implies(first, or.Right),
        (Comparison { Right: Constant a } one, Comparison { Right: Constant b } other) when one.Left.Equals(other.Left) => Implies(one.Operator, a.Value, other.Operator, b.Value),
        _ => false,
    };

    private static bool Implies(ComparisonOperator one, double a, ComparisonOperator other, double b) => (one, other) switch
    {
        (ComparisonOperator.Greater, ComparisonOperator.Greater or ComparisonOperator.GreaterOrEqual) => a >= b,
        (ComparisonOperator.GreaterOrEqual, ComparisonOperator.GreaterOrEqual) => a >= b,
        (ComparisonOperator.GreaterOrEqual, ComparisonOperator.Greater) => a > b,
        (ComparisonOperator.Less, ComparisonOperator.Less or ComparisonOperator.LessOrEqual) => a <= b,
        (ComparisonOperator.LessOrEqual, ComparisonOperator.LessOrEqual) => a <= b,
        (ComparisonOperator.LessOrEqual, ComparisonOperator.Less) => a < b,
        (ComparisonOperator.Equal, _) => Possible(other, a, a, b),
        _ => false,
    };

    /// <summary>Two comparisons of the same value that no value meets: below 3 and above 5.</summary>
    private static bool Excludes(Expression one, Expression other) =>
        one is Comparison { Right: Constant a } first && other is Comparison { Right: Constant b } second && first.Left.Equals(second.Left)
        && ((IsUpper(first) && IsLower(second) && a.Value < b.Value) || (IsLower(first) && IsUpper(second) && b.Value < a.Value));

    private static bool IsUpper(Comparison comparison) => comparison.Operator is ComparisonOperator.Less or ComparisonOperator.LessOrEqual;

    private static bool IsLower(Comparison comparison) => comparison.Operator is ComparisonOperator.Greater or ComparisonOperator.GreaterOrEqual;

    private static double? Limit(Comparison comparison) => (comparison.Right as Constant)?.Value;

    /// <summary>What the compared value can be; null when that, or the limit, is not known.</summary>
    private (double Low, double High)? Span(Comparison comparison) => Limit(comparison) is null ? null : comparison.Left switch
    {
        Constant constant => (constant.Value, constant.Value),
        TagValue tag when !rig.Tags[tag.Tag].IsSwitch => (rig.Tags[tag.Tag].Low, rig.Tags[tag.Tag].High),
        SlotValue { Over: < 0 } slot when slots(slot.Slot) is { Kind: SlotKind.Formula } named && formula(named.Name) is { } parameter => (parameter.Low, parameter.High),
        _ => null,
    };

    private static bool Possible(ComparisonOperator compares, double low, double high, double limit) => compares switch
    {
        ComparisonOperator.Less => low < limit,
        ComparisonOperator.LessOrEqual => low <= limit,
        ComparisonOperator.Greater => high > limit,
        ComparisonOperator.GreaterOrEqual => high >= limit,
        ComparisonOperator.Equal => low <= limit && limit <= high,
        _ => low != limit || high != limit,
    };

    private static ComparisonOperator Opposite(ComparisonOperator compares) => compares switch
    {
        ComparisonOperator.Less => ComparisonOperator.GreaterOrEqual,
        ComparisonOperator.LessOrEqual => ComparisonOperator.Greater,
        ComparisonOperator.Greater => ComparisonOperator.LessOrEqual,
        ComparisonOperator.GreaterOrEqual => ComparisonOperator.Less,
        ComparisonOperator.Equal => ComparisonOperator.NotEqual,
        _ => ComparisonOperator.Equal,
    };
}
