using System.Globalization;
using Crm.Plant.Quantities;

namespace Crm.Plant.Allocation;

/// <summary>What a waiting batch waits for, in the words of a screen.</summary>
public static class WaitText
{
    /// <returns><c>filter2, held by batch B7 since 3:12:05</c>; null when the owner does not wait.</returns>
    public static string? Of(AllocationState state, string owner)
    {
        if (state.Waiting.FirstOrDefault(w => w.Request.Owner == owner) is not { } waiting) return null;
        string[] lacking = [.. waiting.Request.Needs.Where(n => !Arbitration.Fits(state, waiting.Request, n)).Select(n => Lacking(state, n))];
        return lacking.Length > 0 ? string.Join("; ", lacking) : AllocationDesk.WhyWaiting(state, owner);
    }

    /// <returns><c>held by batch B7 since 3:12:05</c>; null when nobody has the unit.</returns>
    public static string? HeldBy(AllocationState state, string unit) =>
        state.HolderOf(unit) is { } holding ? $"held by batch {holding.Owner} since {PlantClock.Text(holding.Since)}" : null;

    private static string Lacking(AllocationState state, ResourceNeed need)
    {
        if (state.Resource(need.Resource) is not { Measure.Length: > 0 } shared) return $"{need.Resource}, {HeldBy(state, need.Resource) ?? "reserved"}";
        string owners = string.Join(", ", state.Holdings.Where(h => h.Resource == need.Resource).Select(h => h.Owner));
        return $"{Plain(need.Amount)} {shared.Measure} of {need.Resource}: {Plain(state.Held(need.Resource))} of {Plain(shared.Capacity)} {shared.Measure} are with {owners}";
    }

    private static string Plain(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
