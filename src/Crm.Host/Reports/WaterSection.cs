using Crm.Plant.Records;

namespace Crm.Host.Reports;

/// <summary>Water balance and the indicators of its reuse.</summary>
internal static class WaterSection
{
    public static void Write(HtmlText html, BatchRecord record)
    {
        var water = record.Result.Water;
        html.Heading("water", "Water");
        html.Line("<div class=\"two\"><div>");
        html.Table(["Came in and went out", "#L"],
        [
            ["Fresh water", Figures.Litres(water.Fresh)], ["With reagents and feed solids", Figures.Litres(water.InFeed)],
            ["In settlers, resin and membranes at the start, where no level looks", Figures.Litres(water.Opening)],
            ["Out: moisture of cakes and salts", Figures.Litres(water.InWetSolids)], ["Out: water of crystallisation", Figures.Litres(water.Crystal)],
            ["Out: evaporated to air", Figures.Litres(water.Evaporation)], ["Out: in liquors booked and samples", Figures.Litres(water.InLiquorLots)],
            ["Out: discharged", Figures.Litres(water.Discharge)], ["More in the plant than at the start", Figures.Litres(water.HoldupChange)],
        ]);
        html.Line("</div><div>");
        html.Table(["Indicator", "#", "Meaning"],
        [
            ["Water returned", Figures.Litres(water.Returned), "permeate and distillate used again"],
            ["Recycle rate of use", Figures.Percent(water.RecycleRateOfUse), "returned / (returned + fresh)"],
            ["Recycled over withdrawal", water.RecycledOverWithdrawal is { } r ? Figures.Significant(r, 3) : Figures.Unknown, "returned / fresh; may exceed 1"],
            ["Specific fresh water", water.SpecificFreshWater is { } s ? Figures.Significant(s, 3) + " L/kg" : Figures.Unknown, "fresh / kg of product"],
            ["Water drawn", Drawn(water), "fresh − rise in the plant: what the batch used, whether bought or in the tanks"],
            ["Water not accounted for", Unaccounted(water), "in − out − rise in the plant; ± is k = 2"],
            ["Water closure error", Closure(water), "(in − out − rise in the plant) / in; ± is k = 2"],
        ]);
        html.Line("</div></div>");
        html.Tag("p", "A dash is a figure that nobody measured; it counts as zero in the closure. Water that reactions form (neutralisation, peroxide) or bind is not in it.", "soft small");
    }

    private static string Drawn(Plant.Balances.WaterBalance water) => water.SpecificDrawn is { } each
        ? Figures.Litres(water.Drawn) + ", " + Figures.Significant(each, 3) + " L/kg"
        : Figures.Litres(water.Drawn);

    private static string Unaccounted(Plant.Balances.WaterBalance water) => water.UnaccountedUncertainty is { } u
        ? Figures.Litres(water.Unaccounted) + " ± " + Figures.Litres(u)
        : Figures.Litres(water.Unaccounted);

    private static string Closure(Plant.Balances.WaterBalance water) => water.ClosureUncertainty is { } u
        ? Figures.Percent(water.ClosureError) + " ± " + Figures.Percent(u)
        : Figures.Percent(water.ClosureError);
}
