using System.Collections.Immutable;
using Crm.Chemistry;
using Crm.Plant.Lots;
using Crm.Plant.Rigs;

namespace Crm.Plant.Balances;

/// <summary>Element balances and recoveries from the booked lots and reagents.</summary>
internal static class ElementLedger
{
    internal const string SamplesTogether = "samples";

    /// <summary>Of what came in: where the analyses leave more than this open, there is no closure to quote.</summary>
    private const double TraceShare = 0.5;

    // Carbon, hydrogen and oxygen come and go with air, carbon dioxide and water, which nothing weighs.
    private static readonly ImmutableArray<string> Unweighed = ["H", "C", "O"];

    public static ImmutableArray<ElementBalance> Balance(
        ImmutableArray<LotLine> lots, ImmutableArray<ReagentUse> used, ImmutableArray<ReagentDefinition> reagents, string main, BalanceAllowance allowance) =>
        [.. Elements(lots, main).Select(element => Balance(element, lots, ReagentLedger.Content(used, reagents, element, allowance.ReagentStrength), allowance))
            .Where(balance => balance.In.Value > 0 || (balance.Out.Value > 0 && lots.Any(lot => lot.Side == LotSide.In && lot.Contents.ContainsKey(balance.Element))))];

    /// <summary>Elements on some assay without a balance, for nothing says how much of them came in.</summary>
    public static IEnumerable<string> NeverAnalysedIn(ImmutableArray<LotLine> lots, ImmutableArray<ElementBalance> balances, string main) =>
        Elements(lots, main).Where(element => element != main && balances.All(b => b.Element != element) && Contents(lots, element).Value > 0);

    public static ImmutableArray<ElementRecovery> Recover(ImmutableArray<ElementBalance> balances, ImmutableArray<LotLine> lots) =>
        [.. balances.Where(b => b.In.Value > 0).Select(b => Recover(b, lots))];

    private static IEnumerable<string> Elements(ImmutableArray<LotLine> lots, string main) =>
        lots.SelectMany(lot => lot.Contents.Keys).Append(main)
            .Where(name => name == "SO4" || (MolarMass.IsElement(name) && !Unweighed.Contains(name)))
            .Distinct(StringComparer.Ordinal)
            .OrderBy(name => name == main ? 0 : name == "SO4" ? 2 : 1)
            .ThenBy(name => name, StringComparer.Ordinal);

    private static ElementBalance Balance(string element, ImmutableArray<LotLine> lots, Measured fromReagents, BalanceAllowance allowance)
    {
        var fromLots = Contents(lots.Where(lot => lot.Side == LotSide.In), element);
        var into = fromLots + fromReagents;
        var leaving = lots.Where(lot => lot.Side is LotSide.Out or LotSide.Sample).ToList();
        var outOf = Contents(leaving, element);
        ImmutableArray<string> unknown = [.. leaving.Where(lot => !lot.Contents.ContainsKey(element) && lot.Kind != LotKind.Water).Select(lot => lot.Id)];
        var gap = into - outOf;
        bool closed = Math.Abs(gap.Value) <= Math.Max(gap.Expanded, Math.Max(allowance.LeastGap, allowance.Closure * into.Value));
        bool trace = closed && into.Value > 0 && into.Expanded > TraceShare * into.Value;
        var verdict = trace ? ClosureVerdict.Trace : closed ? ClosureVerdict.Closed : gap.Value > 0 && unknown.Length > 0 ? ClosureVerdict.Incomplete : ClosureVerdict.Open;
        return new(element, fromLots, fromReagents, into, outOf, outOf / into, verdict, unknown);
    }

    private static ElementRecovery Recover(ElementBalance balance, ImmutableArray<LotLine> lots)
    {
        var shares = lots.Where(lot => lot.Side == LotSide.Out && lot.Contents.ContainsKey(balance.Element))
            .Select(lot => new LotShare(lot.Id, lot.Kind, lot.Contents[balance.Element] / balance.In)).ToList();
        var samples = Contents(lots.Where(lot => lot.Side == LotSide.Sample), balance.Element);
        if (samples.Value > 0) shares.Add(new(SamplesTogether, LotKind.Intermediate, samples / balance.In));
        var products = lots.Where(lot => lot.Side == LotSide.Out && lot.Kind == LotKind.Product).ToList();
        bool known = products.TrueForAll(lot => lot.Contents.ContainsKey(balance.Element));
        return new(balance.Element, known ? Contents(products, balance.Element) / balance.In : new(double.NaN, double.NaN), [.. shares.OrderByDescending(s => s.Fraction.Value).ThenBy(s => s.Lot, StringComparer.Ordinal)]);
    }

    private static Measured Contents(IEnumerable<LotLine> lots, string element) =>
        Measured.Sum(lots.Select(lot => lot.Contents.GetValueOrDefault(element)));
}
