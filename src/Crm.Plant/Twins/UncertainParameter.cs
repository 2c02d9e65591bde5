using System.Collections.Immutable;

namespace Crm.Plant.Twins;

public enum SpreadKind
{
    /// <summary>Log-normal: one standard deviation is this factor, up or down.</summary>
    Factor,

    /// <summary>Normal: standard deviation relative to the value, cut at three of them.</summary>
    Relative,
}

/// <summary>
/// What is not well known about a twin: a multiplier, 1 as written, on one number of its file or on several that are wrong together.
/// </summary>
/// <param name="Of">Addresses, see <see cref="TwinParameter"/>.</param>
/// <param name="Size">Factor above 1, or relative standard deviation.</param>
/// <param name="Source">Where the spread comes from; shown beside every interval that rests on it.</param>
/// <param name="Lowest">No multiplier below: a number of <paramref name="Of"/> would leave its range.</param>
/// <param name="Highest">No multiplier above.</param>
public sealed record UncertainParameter(string Name, ImmutableArray<string> Of, SpreadKind Kind, double Size, string Source, double Lowest, double Highest)
{
    /// <summary>The twin with this parameter at a multiplier, held in its bounds.</summary>
    public TwinDefinition Apply(TwinDefinition twin, double multiplier)
    {
        double held = Math.Clamp(multiplier, Lowest, Highest);
        return Of.Aggregate(twin, (t, address) => TwinParameter.With(t, address, TwinParameter.Value(twin, address)!.Value * held));
    }
}
