using System.Collections.Immutable;
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
        Judge(vessel, charge, table, working, today, [])?.Text;

    /// <param name="accepted">What a person has answered for.</param>
    public static ChargeRefusal? Judge(
        VesselStatus vessel, Charge charge, CompatibilityTable table, double? working, DateOnly today, ImmutableArray<Acceptance> accepted) =>
        OfLot(charge, today, accepted) ?? Unless(accepted, OfContents(vessel, charge, table)) ?? Overfills(vessel, charge, working);

    /// <summary>The refusal, unless a person has answered for just that.</summary>
    public static ChargeRefusal? Unless(ImmutableArray<Acceptance> accepted, ChargeRefusal? refusal) =>
        refusal is { MayBeAccepted: true } && accepted.Contains(refusal.Acceptance) ? null : refusal;

    /// <summary>What is wrong with the lot itself.</summary>
    public static ChargeRefusal? OfLot(Charge charge, DateOnly today, ImmutableArray<Acceptance> accepted)
    {
        if (charge.Lot is not { } lot) return null;
        if (lot.Material != charge.Material) return new(RefusalKind.WrongMaterial, lot.Id, $"lot {lot.Id} is {lot.Material}, not {charge.Material}");
        if (lot.Blocked.Length > 0) return new(RefusalKind.Blocked, lot.Id, $"lot {lot.Id} of {lot.Material} is blocked: {lot.Blocked}");
        return Unless(accepted, Expired(lot, today)) ?? Unless(accepted, Weak(lot, charge.LeastStrength))
            ?? (charge.Kilograms > lot.Remaining ? TooLittle(lot.Id, $"lot {lot.Id} of {lot.Material} has", lot.Remaining, charge.Kilograms) : null);
    }

    /// <param name="who">With its verb: <c>lot X-1 of salt has</c>.</param>
    public static ChargeRefusal TooLittle(string of, string who, double left, double asked) => new(RefusalKind.TooLittle, of, $"{who} {Plain(left)} kg left, {Plain(asked)} kg are asked");

    private static ChargeRefusal? Expired(StockLot lot, DateOnly today) => lot.Expires is { } last && today > last
        ? new(RefusalKind.Expired, lot.Id, $"lot {lot.Id} of {lot.Material} expired on {last.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}")
        : null;

    private static ChargeRefusal? Weak(StockLot lot, double least) => lot.Strength < least
        ? new(RefusalKind.Weak, lot.Id, $"lot {lot.Id} of {lot.Material} has {Percent(lot.Strength)}, the recipe counts on {Percent(least)}")
        : null;

    private static ChargeRefusal? OfContents(VesselStatus vessel, Charge charge, CompatibilityTable table)
    {
        if (vessel.State == Cleanliness.Clean && vessel.IsEmpty) return null;
        if (vessel.Contents.Length == 0)
            return vessel.State == Cleanliness.Unknown ? new(RefusalKind.NotClean, vessel.Vessel, $"nobody knows what {vessel.Vessel} held last: clean it before {charge.Material}") : null;
        string held = $"{vessel.Contents} in {vessel.Vessel}";
        MeetingRule rule = table.Of(vessel.Contents, charge.Material);
        return rule.Meeting switch
        {
            Meeting.Never when vessel.IsEmpty => new(RefusalKind.NeverMeet, held, $"{vessel.Vessel} is not clean of {vessel.Contents}: {charge.Material} must never meet it ({rule.Why}); clean it first"),
            Meeting.Never => new(RefusalKind.NeverMeet, held, $"{vessel} and {charge.Material} must never meet it ({rule.Why})"),
            Meeting.AfterCleaning when vessel.IsEmpty => new(RefusalKind.NotClean, held, $"{vessel.Vessel} is dirty from {vessel.Contents}: clean it before {charge.Material}"),
            Meeting.AfterCleaning => new(RefusalKind.NotClean, held, $"{vessel}: empty and clean it before {charge.Material}"),
            _ => null,
        };
    }

    private static ChargeRefusal? Overfills(VesselStatus vessel, Charge charge, double? working) =>
        working is { } most && vessel.Litres + charge.Litres > most
            ? new(RefusalKind.Overfills, vessel.Vessel, $"{vessel.Vessel} would hold {Plain(vessel.Litres + charge.Litres)} L, its working volume is {Plain(most)} L")
            : null;

    private static string Percent(double share) => Plain(100 * share) + " wt%";

    private static string Plain(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
