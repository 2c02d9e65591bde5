using System.Collections.Immutable;
using Crm.Plant.Tags;

namespace Crm.Plant.Expressions;

/// <summary>How the quality of a result follows from its inputs (NE-09): the worst wins, the oldest dates it, every origin stays on it.</summary>
internal static class Combined
{
    public static Reading Number(in Reading input, double value) =>
        input.IsBad ? input with { Value = double.NaN } : Finite(input with { Value = value });

    public static Reading Number(in Reading a, in Reading b, double value)
    {
        Reading worst = Worst(a, b);
        return worst.IsBad ? worst with { Value = double.NaN } : Finite(worst with { Value = value });
    }

    public static Reading Truth(in Reading a, in Reading b, bool value) => Number(a, b, value ? 1 : 0);

    public static bool IsTrue(in Reading reading) => reading.Value >= 0.5;

    public static Reading Worst(in Reading a, in Reading b)
    {
        Reading worst = b.Quality > a.Quality ? b : a;
        return worst with { At = a.At < b.At ? a.At : b.At, Origin = a.Origin | b.Origin };
    }

    public static ImmutableArray<int> Tags(Expression a, Expression b) => [.. a.Tags.Concat(b.Tags).Distinct().Order()];

    /// <summary>A division by zero or an overflow is no value.</summary>
    private static Reading Finite(in Reading reading) =>
        double.IsFinite(reading.Value) ? reading : Reading.Bad(Reason.OutOfRange, reading.At, reading.Origin);
}
