using System.Globalization;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Plant.Expressions;

/// <summary>What the instruments behind a condition read, in words that never contradict the condition.</summary>
public static class ConditionText
{
    /// <summary>Digits beyond which a difference is not worth a person's time.</summary>
    private const int MostDecimals = 6;

    /// <summary><c>leach.agitator_speed reads 149.97 rpm, scrubber.fan_running reads off</c>; empty when the condition looks at no tag.</summary>
    public static string Readings(Expression condition, RigDefinition rig, Image image) =>
        string.Join(", ", condition.Tags.Distinct().Where(t => t >= 0 && t < image.Count).Select(t => Reading(condition, rig.Tags[t], image[t])));

    /// <summary>A reading as the instrument's accuracy justifies it.</summary>
    public static string Value(TagDefinition tag, in Reading reading) => Value(tag, reading, []);

    private static string Reading(Expression condition, TagDefinition tag, in Reading reading) =>
        reading.IsBad ? $"{tag.Name} is bad ({reading.Reason.Words()})" : $"{tag.Name} reads {Value(tag, reading, Limits(condition, tag.Ordinal))}";

    private static string Value(TagDefinition tag, in Reading reading, IEnumerable<double> limits)
    {
        if (reading.IsBad) return $"bad ({reading.Reason.Words()})";
        if (tag.IsSwitch) return reading.Value >= 0.5 ? "on" : "off";
        int decimals = tag.Decimals;
        foreach (double limit in limits)
            while (decimals < MostDecimals && Contradicts(reading.Value, decimals, limit)) decimals++;
        return $"{Rounded(reading.Value, decimals)} {tag.Unit}".TrimEnd();
    }

    /// <summary>Rounded, the value would stand on another side of the limit than it does.</summary>
    private static bool Contradicts(double value, int decimals, double limit) =>
        double.Parse(Rounded(value, decimals), CultureInfo.InvariantCulture).CompareTo(limit) != value.CompareTo(limit);

    private static string Rounded(double value, int decimals) =>
        value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>Numbers the tag is compared with, directly.</summary>
    private static IEnumerable<double> Limits(Expression expression, int tag) => expression switch
    {
        And and => Limits(and.Left, tag).Concat(Limits(and.Right, tag)),
        Or or => Limits(or.Left, tag).Concat(Limits(or.Right, tag)),
        Not not => Limits(not.Value, tag),
        Comparison { Left: TagValue left, Right: Constant right } when left.Tag == tag => [right.Value],
        Comparison { Left: Constant left, Right: TagValue right } when right.Tag == tag => [left.Value],
        _ => [],
    };
}
