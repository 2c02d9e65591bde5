using Crm.Plant.Balances;
using Crm.Plant.Records;
using static Crm.Host.Reports.HtmlText;

namespace Crm.Host.Reports;

/// <summary>Element closure with its uncertainty, beside what the twin knows.</summary>
internal static class ClosureSection
{
    private const double Width = 240, Height = 24, Span = 0.30;

    public static void Write(HtmlText html, BatchRecord record)
    {
        var result = record.Result;
        html.Heading("closure", "Closure: what came in against what was found");
        html.Tag("p", $"In: feed lots by their assay and reagents by their strength (± {Figures.Percent(2 * result.Allowance.ReagentStrength, 1)} assumed). Out: lots made and samples taken. "
            + $"Closed means the gap is within its uncertainty U or {Figures.Percent(result.Allowance.Closure, 0)} of what came in (heels in vessels and pipes) or {Figures.Significant(1000 * result.Allowance.LeastGap, 2)} g.", "soft small");
        if (result.Elements.Length == 0)
        {
            html.Tag("p", "Nothing that came in was analysed, so there is nothing to close.");
            return;
        }

        bool truth = record.Truth is not null;
        string[] headings = ["Element", "#In with lots, g", "#In with reagents, g", "#Out, g", "#Closure ± U", "Closure, 70 to 130 %", "Verdict"];
        html.Table(truth ? [.. headings, "#Twin's own error"] : headings, result.Elements.Select(e => Row(e, record)));
        if (truth) html.Tag("p", "The last column is no measurement: it is how far the twin's own, hidden element balance drifted over the run. Where the measured closure is off and the twin's is not, the gap lies in weighing, sampling, assays or what stayed in the plant.", "soft small");
    }

    private static string[] Row(ElementBalance element, BatchRecord record)
    {
        string[] row =
        [
            $"<b>{Encoded(element.Element)}</b>", Figures.PlusMinus(element.FromLots, 1000), Figures.PlusMinus(element.FromReagents, 1000), Figures.PlusMinus(element.Out, 1000),
            element.Verdict == ClosureVerdict.Trace ? Figures.Unknown : Encoded(Figures.Percent(element.Closure)), Drawing(element, record.Result.Allowance.Closure), Words(element),
        ];
        return record.Truth is null ? row : [.. row, Truth(element.Element, record.Truth)];
    }

    private static string Truth(string element, TwinTruth truth)
    {
        var found = truth.Elements.FirstOrDefault(e => e.Element == element);
        return found is null ? Figures.Unknown : Math.Abs(found.RelativeError) < 5e-7 ? "&lt; 0.0001 %" : Figures.Percent(found.RelativeError, 4);
    }

    private static string Words(ElementBalance element) => element.Verdict switch
    {
        ClosureVerdict.Closed => Verdict("good", "✓ closed"),
        ClosureVerdict.Trace => "<span class=\"soft\">– trace, less than the analyses can tell</span>",
        ClosureVerdict.Incomplete => Verdict("warn", "? not fully analysed"),
        _ => Verdict("bad", "✗ open"),
    };

    private static string Drawing(ElementBalance element, double allowance)
    {
        if (!double.IsFinite(element.Closure.Value) || element.Verdict == ClosureVerdict.Trace) return "";
        double Place(double closure) => Math.Clamp((Width / 2) + ((closure - 1) / Span * Width / 2), 3, Width - 3);
        double at = Place(element.Closure.Value), low = Place(element.Closure.Value - element.Closure.Expanded), high = Place(element.Closure.Value + element.Closure.Expanded);
        double bandFrom = Place(1 - allowance), bandTo = Place(1 + allowance);
        string colour = element.Verdict switch { ClosureVerdict.Closed => "var(--good)", ClosureVerdict.Incomplete => "var(--warn)", _ => "var(--bad)" };
        return $"<svg viewBox=\"0 0 {Width} {Height}\" style=\"width:{Width}px\" role=\"img\" aria-label=\"closure of {Encoded(element.Element)}\">"
            + $"<rect x=\"{Figures.At(bandFrom)}\" y=\"3\" width=\"{Figures.At(bandTo - bandFrom)}\" height=\"18\" fill=\"var(--goodbg)\"/><line x1=\"0\" x2=\"{Width}\" y1=\"12\" y2=\"12\" class=\"grid\"/>"
            + $"<line x1=\"{Width / 2}\" x2=\"{Width / 2}\" y1=\"2\" y2=\"22\" stroke=\"var(--ink)\" stroke-width=\"1.5\"/>"
            + $"<line x1=\"{Figures.At(low)}\" x2=\"{Figures.At(high)}\" y1=\"12\" y2=\"12\" stroke=\"{colour}\" stroke-width=\"3\"/><circle cx=\"{Figures.At(at)}\" cy=\"12\" r=\"4.5\" fill=\"{colour}\"/></svg>";
    }
}
