using Crm.Plant.Balances;
using Crm.Plant.Lots;
using Crm.Plant.Records;
using static Crm.Host.Reports.HtmlText;

namespace Crm.Host.Reports;

/// <summary>Where each element went, and the indicative verdict on Annex XII.</summary>
internal static class RecoverySection
{
    private const double Left = 46, Width = 1040, Row = 30, Bar = 22;

    public static void Write(HtmlText html, BatchRecord record)
    {
        var recovery = record.Result.Recovery;
        html.Heading("recovery", "Recovery: where each element went");
        if (recovery.Length == 0)
        {
            html.Tag("p", "Nothing that came in was analysed.");
            return;
        }

        var colours = Colours(record.Result);
        Drawing(html, recovery, colours);
        html.Legend(colours.Select(c => (c.Value, c.Key)).Append(("repeating-linear-gradient(45deg,var(--soft) 0 2px,transparent 2px 5px)", "not found")));
        html.Table(["Element", "#In the product", "Largest other shares"], recovery.Select(element => Line(element, record.Result)));
        Targets(html, record);
    }

    private static string[] Line(ElementRecovery element, BatchResult result) =>
    [
        $"<b>{Encoded(element.Element)}</b>",
        double.IsNaN(element.InProduct.Value) ? "<span class=\"soft\">not analysed</span>" : Encoded(Figures.Percent(element.InProduct)),
        Encoded(string.Join(", ", element.ByLot.Where(s => s.Kind != LotKind.Product && s.Fraction.Value >= 0.0005).Take(4).Select(s => $"{s.Lot} {Figures.Percent(s.Fraction)}"))),
    ];

    /// <summary>One colour a lot, the same in every bar; the product first.</summary>
    private static SortedList<string, string> Colours(BatchResult result)
    {
        var names = result.Lots.Where(l => l.Side == LotSide.Out).OrderBy(l => l.Kind == LotKind.Product ? 0 : 1).Select(l => l.Id).Append("samples").Distinct(StringComparer.Ordinal).ToList();
        var colours = new SortedList<string, string>(Comparer<string>.Create((a, b) => names.IndexOf(a).CompareTo(names.IndexOf(b))));
        for (int i = 0; i < names.Count; i++) colours.Add(names[i], $"var(--c{i % ReportStyle.Colours})");
        return colours;
    }

    private static void Drawing(HtmlText html, IReadOnlyList<ElementRecovery> recovery, SortedList<string, string> colours)
    {
        double whole = Math.Max(1.02, recovery.Max(e => e.ByLot.Sum(s => Math.Max(0, s.Fraction.Value)))), scale = (Width - Left - 10) / whole;
        double height = (recovery.Count * Row) + 26;
        html.Line($"<figure><svg viewBox=\"0 0 {Width} {Figures.At(height)}\" role=\"img\" aria-label=\"share of each element by lot\">");
        html.Line("<defs><pattern id=\"lost\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><line x1=\"0\" y1=\"0\" x2=\"0\" y2=\"6\" stroke=\"var(--soft)\" stroke-width=\"1.5\"/></pattern></defs>");
        for (int i = 0; i < recovery.Count; i++) Shares(html, recovery[i], i * Row, scale, colours);
        for (int percent = 0; percent <= 100; percent += 20)
        {
            double x = Left + (scale * percent / 100);
            html.Line($"<line x1=\"{Figures.At(x)}\" x2=\"{Figures.At(x)}\" y1=\"0\" y2=\"{Figures.At(height - 22)}\" stroke=\"var(--ink)\" stroke-opacity=\"{(percent == 100 ? "0.9" : "0.13")}\"/>");
            html.Line($"<text class=\"axis\" x=\"{Figures.At(x)}\" y=\"{Figures.At(height - 6)}\" text-anchor=\"middle\">{percent} %</text>");
        }

        html.Line("</svg><figcaption>Share of what came in (lots and reagents), by lot out. Beyond the 100 % line more was found than came in.</figcaption></figure>");
    }

    private static void Shares(HtmlText html, ElementRecovery element, double y, double scale, SortedList<string, string> colours)
    {
        html.Line($"<text x=\"{Figures.At(Left - 8)}\" y=\"{Figures.At(y + 16)}\" text-anchor=\"end\" font-weight=\"600\">{Encoded(element.Element)}</text>");
        double x = Left, found = 0;
        foreach (var share in element.ByLot.OrderBy(s => colours.IndexOfKey(s.Lot)))
        {
            double fraction = Math.Max(0, share.Fraction.Value), width = fraction * scale;
            found += fraction;
            html.Raw($"<rect x=\"{Figures.At(x)}\" y=\"{Figures.At(y)}\" width=\"{Figures.At(width)}\" height=\"{Bar}\" fill=\"{colours[share.Lot]}\"><title>{Encoded(share.Lot)}: {Encoded(Figures.Percent(share.Fraction))}</title></rect>");
            if (width > 44) html.Raw($"<text class=\"in\" x=\"{Figures.At(x + (width / 2))}\" y=\"{Figures.At(y + 15)}\" text-anchor=\"middle\" style=\"fill:var(--onbar);font-weight:600\">{Figures.Percent(fraction, 0)}</text>");
            x += width;
        }

        if (found < 0.999) html.Raw($"<rect x=\"{Figures.At(x)}\" y=\"{Figures.At(y)}\" width=\"{Figures.At((1 - found) * scale)}\" height=\"{Bar}\" fill=\"url(#lost)\"><title>not found: {Figures.Percent(1 - found)}</title></rect>");
        html.Line("");
    }

    private static void Targets(HtmlText html, BatchRecord record)
    {
        if (record.Result.Targets.Length == 0) return;
        html.Tag("h3", "Against Regulation (EU) 2023/1542, Annex XII part C (indicative)");
        html.Table(["Metal", "#Recovered in product and intermediates", "#by end of 2027", "", "#by end of 2031", ""], record.Result.Targets.Select(t => new[]
        {
            $"<b>{t.Element}</b>", t.Recovered.Value == 0 ? "none booked" : Encoded(Figures.Percent(t.Recovered)), "≥ " + Figures.Percent(t.Least2027, 0), Met(t.Meets2027), "≥ " + Figures.Percent(t.Least2031, 0), Met(t.Meets2031),
        }));
        html.Tag("p", "The legal rate is a yearly figure of the recycler, from battery to product; one batch can only indicate it.", "soft small");
    }

    private static string Met(bool met) => met ? Verdict("good", "✓ met") : Verdict("bad", "✗ not met");
}
