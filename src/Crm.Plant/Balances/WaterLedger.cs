using System.Collections.Immutable;
using Crm.Plant.Lots;
using Crm.Plant.Materials;
using Crm.Plant.Records;

namespace Crm.Plant.Balances;

/// <summary>
/// Water of the batch from the totals noted at its end (<c>water.fresh_l</c> …; the last note of a key counts) and from the moisture
/// of the lots.
/// </summary>
internal static class WaterLedger
{
    public static WaterBalance Book(ImmutableArray<BatchEvent> events, ImmutableArray<LotLine> lots, ImmutableArray<ReagentUse> reagents, double productMass)
    {
        double? fresh = Total(events, "water.fresh_l"), returned = Total(events, "water.returned_l");
        double? crystal = Total(events, "water.crystal_l"), evaporation = Total(events, "water.evaporation_l");
        double? discharge = Total(events, "water.discharge_l"), holdup = Total(events, "water.holdup_change_l");
        double opening = Total(events, Opening.WaterKey) ?? 0;
        double inFeed = Total(events, "water.in_feed_l") ?? ReagentLedger.Water(reagents) + Moisture(lots, LotSide.In, null);
        double liquors = Moisture(lots, LotSide.Out, true) + Moisture(lots, LotSide.Sample, null);
        double inWetSolids = Total(events, "water.in_wet_solids_l") ?? Moisture(lots, LotSide.Out, false);
        var indicators = WaterIndicators.From(
            new(fresh ?? 0, inFeed + opening, returned ?? 0, inWetSolids, crystal ?? 0, evaporation ?? 0, (discharge ?? 0) + liquors, holdup ?? 0), productMass);
        double cameIn = (fresh ?? 0) + inFeed + opening;
        double? drawn = fresh - (holdup ?? 0), closure = fresh is null ? null : indicators.ClosureError, uncertainty = fresh is null ? null : Uncertainty(events, lots);
        return new(
            fresh, inFeed, returned, inWetSolids, crystal, evaporation, discharge, liquors, holdup,
            fresh is null || returned is null ? null : indicators.RecycleRateOfUse,
            fresh is null || returned is null ? null : indicators.RecycledOverWithdrawal,
            fresh is null ? null : indicators.SpecificFreshWater,
            drawn,
            productMass > 0 ? drawn / productMass : null,
            closure * cameIn,
            uncertainty,
            closure,
            cameIn > 0 ? uncertainty / cameIn : null)
        {
            Opening = opening > 0 ? opening : null,
        };
    }

    /// <summary>L, k = 2.</summary>
    private static double Uncertainty(ImmutableArray<BatchEvent> events, ImmutableArray<LotLine> lots)
    {
        double levels = Total(events, "water.holdup_change_u_l") ?? 0, meter = Total(events, "water.fresh_u_l") ?? 0, opening = Total(events, Opening.UncertaintyKey) ?? 0;
        double moisture = lots.Where(lot => lot.Side != LotSide.Within).Sum(lot => Math.Pow(lot.Contents.GetValueOrDefault("H2O").U, 2));
        return 2 * Math.Sqrt((levels * levels) + (meter * meter) + (opening * opening) + moisture);
    }

    /// <summary>kg of water in lots by their <c>H2O</c> analysis, 1 kg taken as 1 L.</summary>
    private static double Moisture(ImmutableArray<LotLine> lots, LotSide side, bool? liquor) => lots
        .Where(lot => lot.Side == side && (liquor is null || (lot.Kind is LotKind.Liquor or LotKind.Water) == liquor))
        .Sum(lot => lot.Contents.GetValueOrDefault("H2O").Value);

    private static double? Total(ImmutableArray<BatchEvent> events, string key) =>
        events.Where(e => e.Kind == BatchEventKind.Note).Select(e => EventData.Number(e, key)).LastOrDefault(number => number is not null);
}
