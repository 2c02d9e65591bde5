using Crm.Plant.Expressions;

namespace Crm.Plant.Tags;

/// <summary>
/// What the process allows a tag to do (NE-11). A value outside <paramref name="Low"/>..<paramref name="High"/>, moving too fast or not
/// moving at all is bad; two instruments that disagree are both uncertain, for nobody knows which of them is wrong.
/// </summary>
/// <param name="Low">In the tag's unit; minus infinity when not declared.</param>
/// <param name="RatePerSecond">Fastest change the process can make; infinity when not declared.</param>
/// <param name="FrozenAfter">A value that stays exactly the same for so long comes from a dead instrument; null: not judged.</param>
/// <param name="FrozenWhile">Only judged while true; null: always. The ends of the span are never frozen: an empty line reads zero.</param>
/// <param name="Twin">Ordinal of the tag on the same quantity, -1 for none.</param>
/// <param name="Apart">Largest difference to <paramref name="Twin"/>.</param>
public sealed record Plausibility(
    double Low,
    double High,
    double RatePerSecond,
    TimeSpan? FrozenAfter,
    Expression? FrozenWhile,
    int Twin,
    double Apart,
    TimeSpan ApartFor);
