using System.Collections.Immutable;

namespace Crm.Plant.Allocation;

/// <summary>Whose turn it is, and whether what it needs is free.</summary>
internal static class Arbitration
{
    /// <summary>
    /// The queue as it is served. Who already holds something comes before who does not: it must finish to give back. Only so many hold
    /// something, and newcomers stand behind, so nobody starves by this. So does an owner in the time reserved for it.
    /// </summary>
    public static IEnumerable<WaitingRequest> Order(AllocationState state)
    {
        if (state.Waiting.Length < 2) return state.Waiting;
        bool ranked = state.Resources.Any(r => r.Rule == ArbitrationRule.Priority);
        var first = state.Holdings.Select(h => h.Owner).ToHashSet(StringComparer.Ordinal);
        foreach (Reservation reserved in state.Reservations)
            if (reserved.From <= state.Now && state.Now < reserved.Until) first.Add(reserved.Owner);
        return state.Waiting
            .OrderBy(w => first.Contains(w.Request.Owner) ? 0 : 1)
            .ThenByDescending(w => ranked && IsRanked(state, w.Request) ? w.Request.Priority : 0)
            .ThenBy(w => w.Sequence);
    }

    /// <summary>The first that can be granted and does not overtake one before it that wants the same.</summary>
    public static WaitingRequest? NextGrant(AllocationState state)
    {
        if (state.Waiting.IsEmpty) return null;
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        foreach (WaitingRequest waiting in Order(state))
        {
            bool fits = Fits(state, waiting.Request) && (MayPass(state, waiting.Request) || !waiting.Request.Needs.Any(n => wanted.Contains(n.Resource)));
            bool safe = !fits || SafeGrant.WhyNot(state, waiting) is null;
            if (fits && safe) return waiting;
            // What could end in a deadlock lets others pass: one of them must finish first.
            if (!safe) continue;
            foreach (ResourceNeed need in waiting.Request.Needs) wanted.Add(need.Resource);
            if (wanted.Count == state.Resources.Length) return null;
        }

        return null;
    }

    /// <summary>
    /// Who said what it will need and already holds something does not stand behind one that waits for something else: its turn would itself be
    /// waited for, in a circle. Newcomers never pass, and only so many hold something.
    /// </summary>
    private static bool MayPass(AllocationState state, AllocationRequest request) => state.Claims.ContainsKey(request.Owner) && state.Holds(request.Owner);

    public static AllocationState Take(AllocationState state, WaitingRequest granted)
    {
        AllocationRequest request = granted.Request;
        return state with
        {
            Waiting = state.Waiting.Remove(granted),
            Holdings = state.Holdings.AddRange(request.Needs.Select(n => new Holding(request.Owner, n.Resource, n.Amount, request.Priority) { Since = state.Now })),
        };
    }

    public static bool Fits(AllocationState state, AllocationRequest request)
    {
        foreach (ResourceNeed need in request.Needs)
            if (!Fits(state, request, need)) return false;
        return true;
    }

    public static bool Fits(AllocationState state, AllocationRequest request, ResourceNeed need)
    {
        if (state.Resource(need.Resource) is not { } resource) return false;
        double free = resource.Capacity - state.Held(need.Resource) - KeptFree(state, request, need.Resource);
        return need.Amount <= free + (resource.Capacity * AllocationDesk.Rounding);
    }

    /// <summary>What reservations of others keep free while the request would hold the resource.</summary>
    private static double KeptFree(AllocationState state, AllocationRequest request, string resource)
    {
        double kept = 0;
        foreach (Reservation reserved in state.Reservations)
        {
            if (reserved.Resource != resource || reserved.Owner == request.Owner || reserved.Until <= state.Now) continue;
            bool meets = request.Lasting is not { } lasting || reserved.From < state.Now + lasting;
            if (meets) kept += Math.Max(0, reserved.Amount - state.Held(resource, reserved.Owner));
        }

        return kept;
    }

    private static bool IsRanked(AllocationState state, AllocationRequest request) =>
        request.Needs.Any(n => state.Resource(n.Resource)?.Rule == ArbitrationRule.Priority);
}

/// <summary>Numbers and collects the events of one call.</summary>
internal sealed class AllocationLog(AllocationState state)
{
    private readonly ImmutableArray<AllocationEvent>.Builder events = ImmutableArray.CreateBuilder<AllocationEvent>();
    private long sequence = state.Sequence;

    public long Next() => ++sequence;

    public void Add(AllocationEventKind kind, string owner, string text, params ImmutableArray<string> resources) =>
        events.Add(new AllocationEvent(Next(), state.Now, kind, owner, text) { Resources = resources });

    public AllocationAnswer Answer(AllocationState after) => new(after with { Sequence = sequence }, events.ToImmutable());
}
