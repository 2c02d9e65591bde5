using System.Collections.Immutable;
using Crm.Plant.Expressions;
using Crm.Plant.Tags;

namespace Crm.Plant.Loops;

/// <summary>Which of several instruments on one quantity a loop controls by.</summary>
public enum VoteRule : byte
{
    /// <summary>The middle one of those that are usable; of two their mean.</summary>
    Median,

    /// <summary>The highest: where too much does harm (1oo2 against overheating).</summary>
    Highest,

    /// <summary>The lowest: where too little does harm.</summary>
    Lowest,
}

/// <summary>A process value of several instruments. Bad ones drop out and leave it uncertain; with none left it is bad.</summary>
/// <param name="Tags">Tag ordinals, two or more of one unit.</param>
public sealed record VotedValue(VoteRule Rule, ImmutableArray<int> Tags)
{
    public Reading Of(Image image)
    {
        Span<double> usable = stackalloc double[Tags.Length];
        int count = 0;
        Reading worst = image[Tags[0]];
        foreach (int tag in Tags)
        {
            Reading value = image[tag];
            worst = Combined.Worst(worst, value);
            if (!value.IsBad && double.IsFinite(value.Value)) usable[count++] = value.Value;
        }

        if (count == 0) return worst with { Value = double.NaN, Quality = Quality.Bad };
        double chosen = Rule switch
        {
            VoteRule.Highest => Furthest(usable[..count], 1),
            VoteRule.Lowest => Furthest(usable[..count], -1),
            _ => Median.Middle(usable[..count]),
        };
        return worst with { Value = chosen, Quality = worst.IsBad ? Quality.Uncertain : worst.Quality };
    }

    public bool Equals(VotedValue? other) => other is not null && Rule == other.Rule && Tags.SequenceEqual(other.Tags);

    public override int GetHashCode() => HashCode.Combine(Rule, Tags.Length);

    private static double Furthest(ReadOnlySpan<double> values, int side)
    {
        double furthest = values[0];
        foreach (double value in values)
            if (side * value > side * furthest) furthest = value;
        return furthest;
    }
}
