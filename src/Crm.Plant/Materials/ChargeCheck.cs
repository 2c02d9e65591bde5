using System.Globalization;

namespace Crm.Plant.Materials;

/// <summary>What is about to come into a vessel.</summary>
/// <param name="Lot">Null for liquor that comes from another vessel.</param>
/// <param name="LeastStrength">kg/kg that the recipe counts on; 0 when it does not matter.</param>
/// <param name="Litres">Volume that it takes.</param>
/// <param name="Kilograms">Mass drawn from the lot; 0 when it is not drawn from one.</param>
public sealed record Charge(string Material, StockLot? Lot, double LeastStrength, double Litres, double Kilograms);

/// <summary>May this go into that vessel now? Judged at fill and charge, before anything moves.</summary>
public static class ChargeCheck
{
    /// <param name="working">Working volume, L; null where the unit declares none.</param>
    /// <param name="today">Day at the rig, handed in.</param>
    /// <returns>The refusal that a technician reads, or null.</returns>
    public static string? WhyNot(VesselStatus vessel, Charge charge, CompatibilityTable table, double? working, DateOnly today) =>
        LotRefuses(charge, today) ?? ContentsRefuse(vessel, charge, table) ?? Overfills(vessel, charge, working);

    private static string? LotRefuses(Charge charge, DateOnly today)
    {
        if (charge.Lot is not { } lot) return null;
        if (lot.Material != charge.Material) return $"lot {lot.Id} is {lot.Material}, not {charge.Material}";
        if (lot.Blocked.Length > 0) return $"lot {lot.Id} of {lot.Material} is blocked: {lot.Blocked}";
        if (lot.Expires is { } last && today > last)
            return $"lot {lot.Id} of {lot.Material} expired on {last.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";
        if (lot.Strength < charge.LeastStrength)
            return $"lot {lot.Id} of {lot.Material} has {Percent(lot.Strength)}, the recipe counts on {Percent(charge.LeastStrength)}";
        return charge.Kilograms > lot.Remaining ? $"lot {lot.Id} of {lot.Material} has {Plain(lot.Remaining)} kg left, {Plain(charge.Kilograms)} kg are asked" : null;
    }

    private static string? ContentsRefuse(VesselStatus vessel, Charge charge, CompatibilityTable table)
    {
        if (vessel.State == Cleanliness.Clean && vessel.IsEmpty) return null;
        if (vessel.Contents.Length == 0)
            return vessel.State == Cleanliness.Unknown ? $"nobody knows what {vessel.Vessel} held last: clean it before {charge.Material}" : null;
        MeetingRule rule = table.Of(vessel.Contents, charge.Material);
        return rule.Meeting switch
        {
            Meeting.Never when vessel.IsEmpty => $"{vessel.Vessel} is not clean of {vessel.Contents}: {charge.Material} must never meet it ({rule.Why}); clean it first",
            Meeting.Never => $"{vessel} and {charge.Material} must never meet it ({rule.Why})",
            Meeting.AfterCleaning when vessel.IsEmpty => $"{vessel.Vessel} is dirty from {vessel.Contents}: clean it before {charge.Material}",
            Meeting.AfterCleaning => $"{vessel}: empty and clean it before {charge.Material}",
            _ => null,
        };
    }

    private static string? Overfills(VesselStatus vessel, Charge charge, double? working) =>
        working is { } most && vessel.Litres + charge.Litres > most
            ? $"{vessel.Vessel} would hold {Plain(vessel.Litres + charge.Litres)} L, its working volume is {Plain(most)} L"
            : null;

    private static string Percent(double share) => Plain(100 * share) + " wt%";

    private static string Plain(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
