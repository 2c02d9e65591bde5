using System.Collections.Immutable;
using Crm.Plant.Tags;

namespace Crm.Plant.Expressions;

/// <summary>A number that was written down; in the unit the reader reconciled it to.</summary>
public sealed record Constant(double Value) : Expression
{
    public override ImmutableArray<int> Tags => [];

    public override Reading Evaluate(IExpressionScope scope) => Reading.Good(Value, scope.Image.Now);
}

/// <summary>The reading of a tag, in the tag's unit.</summary>
public sealed record TagValue(int Tag) : Expression
{
    public override ImmutableArray<int> Tags => [Tag];

    public override Reading Evaluate(IExpressionScope scope) =>
        (uint)Tag < (uint)scope.Image.Count ? scope.Image[Tag] : Reading.Never;
}

/// <summary>A named value of the batch: formula parameter, clock, lab result, stoichiometric demand or window over a tag.</summary>
/// <param name="Over">Tag ordinal of a window, else -1.</param>
public sealed record SlotValue(int Slot, int Over) : Expression
{
    public override ImmutableArray<int> Tags => Over < 0 ? [] : [Over];

    public override Reading Evaluate(IExpressionScope scope) => scope.Named(Slot);
}

/// <summary>A value brought to another unit.</summary>
public sealed record Scaled(Expression Value, double Factor) : Expression
{
    public override ImmutableArray<int> Tags => Value.Tags;

    public override Reading Evaluate(IExpressionScope scope)
    {
        Reading value = Value.Evaluate(scope);
        return Combined.Number(value, value.Value * Factor);
    }
}
