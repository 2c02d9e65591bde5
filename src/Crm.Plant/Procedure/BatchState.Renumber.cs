using System.Collections.Immutable;

namespace Crm.Plant.Procedure;

/// <summary>The same batch on a procedure whose steps have other numbers.</summary>
public sealed partial class BatchState
{
    /// <param name="to">New number by old one; -1 for steps that are gone, none of which has begun.</param>
    /// <param name="nodes">Steps of the new procedure.</param>
    internal void Renumber(int[] to, int nodes, ImmutableArray<HistoryWindow> windows)
    {
        int[] ended = new int[nodes];
        for (int node = 0; node < to.Length; node++)
            if (to[node] >= 0) ended[to[node]] = Ended[node];
        Ended = ended;
        Windows = windows;
        for (int i = 0; i < Steps.Count; i++) Steps[i] = Steps[i] with { Node = to[Steps[i].Node] };
        for (int i = Ready.Count - 1; i >= 0; i--) Ready[i] = Ready[i] with { Node = to[Ready[i].Node] };
        for (int unit = 0; unit < Owner.Length; unit++)
        {
            if (Owner[unit] >= 0) Owner[unit] = to[Owner[unit]];
            if (PhaseOn[unit] >= 0) PhaseOn[unit] = to[PhaseOn[unit]];
        }

        Confirmed = Moved(Confirmed, to);
        Drawing = Moved(Drawing, to);
        Charging = Moved(Charging, to);
        Decisions = Moved(Decisions, to);
        Asked = Moved(Asked, to);
        Refused = Moved(Refused, to);
        Terms = Moved(Terms, to);
    }

    private static ImmutableSortedSet<int> Moved(ImmutableSortedSet<int> nodes, int[] to) => [.. nodes.Select(n => to[n]).Where(n => n >= 0)];

    private static ImmutableSortedDictionary<int, T> Moved<T>(ImmutableSortedDictionary<int, T> by, int[] to) =>
        by.Where(b => to[b.Key] >= 0).ToImmutableSortedDictionary(b => to[b.Key], b => b.Value);
}
