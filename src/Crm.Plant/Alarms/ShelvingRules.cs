using Crm.Plant.Quantities;
using Crm.Plant.Scan;

namespace Crm.Plant.Alarms;

/// <summary>Who may take an alarm out of annunciation, and for how long (ALM-06, ALM-07, ALM-09).</summary>
public static class ShelvingRules
{
    /// <summary>Longest shelving; null: never shelved.</summary>
    public static TimeSpan? Longest(AlarmPriority priority) => priority switch
    {
        AlarmPriority.Low => TimeSpan.FromHours(8),
        AlarmPriority.Medium => TimeSpan.FromHours(2),
        AlarmPriority.High => TimeSpan.FromMinutes(30),
        _ => null,
    };

    /// <returns>Null when the order is in order, else why not.</returns>
    public static string? WhyNotShelve(AlarmPriority priority, in ScanCommand order)
    {
        if (Longest(priority) is not { } longest) return "is critical: critical alarms are never shelved";
        if (string.IsNullOrWhiteSpace(order.Reason)) return "is not shelved without a reason";
        if (order.For <= TimeSpan.Zero) return "is not shelved without an end";
        return order.For <= longest ? null : $"is of {priority.ToString().ToLowerInvariant()} priority: shelved for {PlantClock.Length(longest)} at most";
    }

    /// <returns>Null when the order is in order, else why not.</returns>
    public static string? WhyNotOutOfService(in ScanCommand order)
    {
        if (string.IsNullOrWhiteSpace(order.Reason)) return "is not taken out of service without a reason";
        return string.IsNullOrWhiteSpace(order.Reference) ? "is not taken out of service without a work reference" : null;
    }
}
