using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Lots;
using Crm.Plant.Procedure;
using Crm.Plant.Purity;
using Crm.Plant.Records;
using Crm.Plant.Rigs;

namespace Crm.Plant.Balances;

/// <summary>What a balance may assume; shown in the report.</summary>
/// <param name="Closure">A gap up to this fraction of the input counts as closed: what stays as heels in vessels and pipes.</param>
/// <param name="LeastGap">kg; a smaller gap counts as closed: traces that the scales and samples of a pilot cannot follow.</param>
/// <param name="ReagentStrength">Standard uncertainty of a reagent's strength, relative: the width of a supplier's analysis.</param>
public sealed record BalanceAllowance(double Closure, double LeastGap, double ReagentStrength)
{
    public static readonly BalanceAllowance Usual = new(0.05, 0.001, 0.005);
}

/// <summary>Computes the result of a batch from its events. Pure.</summary>
public static class BatchBalance
{
    public static BatchResult Compute(
        ImmutableArray<BatchEvent> events, ProductDefinition product, ImmutableArray<ReagentDefinition> reagents, TimeSpan end, BalanceAllowance? allowance = null)
    {
        allowance ??= BalanceAllowance.Usual;
        var doubts = new List<string>();
        var lots = LotLedger.Book(events, doubts);
        var used = ReagentLedger.Book(events, reagents, doubts);
        var elements = ElementLedger.Balance(lots, used, reagents, product.MainElement, allowance);
        var recovery = ElementLedger.Recover(elements, lots);
        List<LotLine> products = [.. lots.Where(lot => lot.Side == LotSide.Out && lot.Kind == LotKind.Product)];
        var purity = PurityAssessment.Assess(product.Specification, products);
        var water = WaterLedger.Book(events, lots, used, products.Sum(lot => lot.Mass.Value));
        doubts.AddRange(Doubts(lots, elements, purity, water, product));
        return new(
            product.MainElement, allowance, lots, elements, recovery, purity, water, used, EnergyLedger.Book(events), Timeline.Build(events, end),
            RecoveryTargets.Judge(recovery), [.. doubts])
        {
            Drawn = LotTrace.Drawn(events),
        };
    }

    private static IEnumerable<string> Doubts(
        ImmutableArray<LotLine> lots, ImmutableArray<ElementBalance> elements, PurityResult purity, WaterBalance water, ProductDefinition product)
    {
        if (purity.ProductLots.Length == 0) yield return "No product lot was booked: purity and recovery of the product cannot be judged.";
        foreach (var line in purity.Limits)
        {
            if (line.Verdict == LimitVerdict.NotMeasured && purity.ProductLots.Length > 0) yield return $"Purity: {line.Limit.Analyte} is limited but was not measured in the product.";
            if (line.Verdict == LimitVerdict.Uncertain)
                yield return $"Purity: {line.Limit.Analyte} lies nearer to its limit than the analysis can tell; the verdict rests on the value alone.";
        }

        foreach (var balance in elements.Where(e => e.Verdict is ClosureVerdict.Incomplete or ClosureVerdict.Open))
        {
            string missing = balance.NotAnalysed.Length > 0 ? $" Not analysed for it: {string.Join(", ", balance.NotAnalysed)}." : "";
            yield return Invariant($"{balance.Element}: {Math.Abs(balance.Gap.Value) * 1000:0.0} g {(balance.Gap.Value > 0 ? "of what came in was not found" : "more was found than came in")}.{missing}");
        }

        string unknownFeed = string.Join(", ", ElementLedger.NeverAnalysedIn(lots, elements, product.MainElement));
        if (unknownFeed.Length > 0) yield return $"Found in lots or samples, but no feed was analysed for it, so there is no balance: {unknownFeed}.";
        foreach (var lot in lots.Where(lot => lot.Mass.U <= 0 && (lot.Side is LotSide.In or LotSide.Out)))
            yield return $"Lot {lot.Id}: no weighing uncertainty was given; it is counted as exact.";
        foreach (var lot in lots.Where(lot => lot.Side == LotSide.In && lot.Kind == LotKind.Feed && lot.MassFractions.Count == 0))
            yield return $"Feed lot {lot.Id} has no assay; what it brought in is missing from the balances.";
        if (!elements.Any(e => e.Element == product.MainElement && e.In.Value > 0)) yield return $"No {product.MainElement} came in by any assay: its recovery cannot be told.";
        if (water.Fresh is null || water.Returned is null) yield return "Water: no totals were noted, so its indicators and closure cannot be told.";
        else if (Math.Abs(water.ClosureError ?? 0) > Math.Max(0.05, water.ClosureUncertainty ?? 0))
            yield return Invariant($"Water closure is off by {Math.Abs(water.Unaccounted!.Value):0.0} L, {Math.Abs(water.ClosureError!.Value) * 100:0} % of what came in; water that reactions form or use is not in it.");
        if (water.Drawn - water.Fresh > Math.Max(water.Fresh ?? 0, water.UnaccountedUncertainty ?? 0))
            yield return Invariant($"Water: {water.Drawn - water.Fresh:0.0} of the {water.Drawn:0.0} L drawn were in the tanks at the start; specific fresh water of this one batch is no figure to quote, water drawn is.");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
