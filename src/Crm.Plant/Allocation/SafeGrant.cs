using System.Collections.Immutable;

namespace Crm.Plant.Allocation;

/// <summary>
/// Keeps batches that say beforehand which units they will need from ever locking each other (S88-19): a grant is safe when, after it, there
/// is an order in which they can finish one after the other, each with what is free and what those before it gave back (Dijkstra's banker,
/// EWD 623). Shared amounts are not in it: whoever has one asks for nothing more before it gives it back.
/// </summary>
internal static class SafeGrant
{
    /// <returns>Who could then wait for each other; null when the grant is safe or nobody declared claims.</returns>
    public static string? WhyNot(AllocationState state, WaitingRequest granted)
    {
        if (state.Claims.IsEmpty || !state.Claims.ContainsKey(granted.Request.Owner)) return null;
        ImmutableArray<string> stuck = Stuck(Arbitration.Take(state, granted));
        if (stuck.IsEmpty) return null;
        string others = string.Join(", ", stuck.Where(o => o != granted.Request.Owner));
        string what = string.Join(", ", granted.Request.Needs.Select(n => n.Resource));
        return others.Length > 0 ? $"{what} is free, but taken now it could end in a deadlock with {others}" : $"{what} is free, but what comes after it never will be";
    }

    /// <summary>Claimants that no order of finishing serves; empty in a safe state.</summary>
    private static ImmutableArray<string> Stuck(AllocationState state)
    {
        var owner = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (Holding holding in state.Holdings)
            if (state.Claims.ContainsKey(holding.Owner)) owner[holding.Resource] = holding.Owner;
        var left = state.Claims.Keys.ToList();
        for (int served = 1; served > 0;)
        {
            served = left.RemoveAll(candidate => CanFinish(state, owner, candidate));
            foreach (string unit in owner.Where(h => !left.Contains(h.Value)).Select(h => h.Key).ToList()) owner.Remove(unit);
        }

        return [.. left];
    }

    private static bool CanFinish(AllocationState state, SortedDictionary<string, string> owner, string candidate)
    {
        foreach (string unit in state.Claims[candidate])
            if (owner.TryGetValue(unit, out string? holder) && holder != candidate) return false;
        return true;
    }
}
