using System.Collections.Immutable;

namespace Crm.Plant.Allocation;

/// <summary>
/// Finds owners that can never go on: imagine that everybody who does not wait finishes and gives back, then everybody whom that serves, and
/// so on; who still waits then is deadlocked (reduction of the resource graph, exact also for shared capacity; S88-19).
/// </summary>
internal static class DeadlockCheck
{
    /// <summary>Raises the event once for every new set of deadlocked owners.</summary>
    public static AllocationState Report(AllocationState state, AllocationLog log)
    {
        ImmutableArray<string> stuck = Stuck(state);
        if (stuck.SequenceEqual(state.Deadlocked)) return state;
        if (stuck.Except(state.Deadlocked, StringComparer.Ordinal).Any())
        {
            string chain = string.Join("; ", stuck.Select(o => $"{o} holds {Held(state, o)} and waits: {AllocationDesk.WhyWaiting(state, o)}"));
            log.Add(AllocationEventKind.Deadlock, string.Join(", ", stuck), $"deadlock, a person must let one of them give back: {chain}");
        }

        return state with { Deadlocked = stuck };
    }

    private static ImmutableArray<string> Stuck(AllocationState state)
    {
        if (!state.Waiting.Any(w => state.Holds(w.Request.Owner))) return [];
        AllocationState rest = Finished(state with { Reservations = [] });
        while (Arbitration.NextGrant(rest) is { } next) rest = Finished(Arbitration.Take(rest, next));
        return [.. rest.Waiting.Select(w => w.Request.Owner).Order(StringComparer.Ordinal)];
    }

    /// <summary>Everybody who does not wait gives back.</summary>
    private static AllocationState Finished(AllocationState state)
    {
        var waiting = state.Waiting.Select(w => w.Request.Owner).ToHashSet(StringComparer.Ordinal);
        return state with { Holdings = state.Holdings.RemoveAll(h => !waiting.Contains(h.Owner)) };
    }

    private static string Held(AllocationState state, string owner)
    {
        string held = string.Join(", ", state.Holdings.Where(h => h.Owner == owner).Select(h => h.Resource));
        return held.Length > 0 ? held : "nothing";
    }
}
