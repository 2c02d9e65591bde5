using System.Collections.Immutable;
using Crm.Plant.Expressions;

namespace Crm.Plant.Alarms;

/// <summary>What a rule of suppression by design looks at.</summary>
public enum SuppressionKind
{
    /// <summary>No phase has been active on the unit for <see cref="AlarmSuppression.IdleAfter"/>.</summary>
    UnitIdle,

    /// <summary>The unit is not running one of the named operations.</summary>
    PhaseNotRunning,

    /// <summary>The rig is tripped since start-up: nothing runs yet.</summary>
    StartUp,

    /// <summary>A trip stands that explains the alarm.</summary>
    Trip,

    /// <summary>A condition on tags is true.</summary>
    Condition,

    /// <summary>The loop is not controlling.</summary>
    LoopIdle,
}

/// <summary>A rule of suppression by design (ALM-08): logic only, no person.</summary>
/// <param name="Text">Why, in words: <c>no phase on leach</c>.</param>
/// <param name="Target">Ordinal of unit, trip or loop; -1 for a condition.</param>
/// <param name="Operations">For <see cref="SuppressionKind.PhaseNotRunning"/>; empty: any.</param>
/// <param name="Afterwards">The alarm stays suppressed for this long after the rule has ended.</param>
public sealed record AlarmSuppression(
    SuppressionKind Kind,
    string Text,
    int Target,
    ImmutableArray<string> Operations,
    Expression? Condition,
    TimeSpan Afterwards)
{
    /// <summary>Between two phases of a recipe a unit is not idle.</summary>
    public static readonly TimeSpan IdleAfter = TimeSpan.FromSeconds(30);
}
