namespace Crm.Plant.Expressions;

/// <summary>Which named values of the batch an expression reads.</summary>
public static class NamedIn
{
    /// <summary>Slot numbers, one for each place where one is read.</summary>
    public static IEnumerable<int> Slots(Expression expression) => expression switch
    {
        SlotValue slot => [slot.Slot],
        And and => Slots(and.Left).Concat(Slots(and.Right)),
        Or or => Slots(or.Left).Concat(Slots(or.Right)),
        Not not => Slots(not.Value),
        Comparison comparison => Slots(comparison.Left).Concat(Slots(comparison.Right)),
        Arithmetic arithmetic => Slots(arithmetic.Left).Concat(Slots(arithmetic.Right)),
        Absolute absolute => Slots(absolute.Value),
        Scaled scaled => Slots(scaled.Value),
        Median median => median.Values.SelectMany(Slots),
        _ => [],
    };
}
