using System.Globalization;
using System.Text;
using Crm.Host.Ensembles;
using Crm.Host.Reports;
using static Crm.Host.Reports.HtmlText;

namespace Crm.Host.Sweeps;

/// <summary><c>sweep.html</c>: a drawing for each figure over the first axis, a line for each value of the second, then the table.</summary>
public static class SweepPage
{
    private const double Width = 520, Height = 220, Left = 64, Right = 14, Top = 12, Bottom = 34;

    public static string Render(Sweep sweep)
    {
        HtmlText html = HtmlText.Page($"{sweep.Recipe.Id} · sweep");
        html.Line("<p class=\"soft small\">Sweep report <span class=\"twin\">TWIN · simulated runs</span></p>");
        html.Tag("h1", $"{sweep.Recipe.Id}: what changes what");
        html.Tag("p", string.Create(CultureInfo.InvariantCulture, $"Rig {sweep.Rig} · every run with seed {sweep.Seed}, so that runs differ by what was varied alone"), "soft");
        html.Tag("p", SweepText.Verdict(sweep));
        Drawings(html, sweep);
        Rows(html, sweep);
        return html.End("One run a combination: differences smaller than sensor noise and laboratory scatter make (crm simulate --ensemble) mean nothing. "
            + "Hollow points are runs that did not do what was asked of them.");
    }

    private static void Drawings(HtmlText html, Sweep sweep)
    {
        html.Heading("figures", "Figures");
        VaryAxis across = sweep.Axes[0];
        if (sweep.Axes.Length > 1)
            html.Legend(sweep.Axes[1].Values.Select((v, i) => (TrendDrawing.Colour(i), $"{sweep.Axes[1].Name} {v}")));
        if (sweep.Axes.Length > 2) html.Tag("p", $"Points over {across.Name} for every value of {string.Join(" and ", sweep.Axes.Skip(2).Select(a => a.Name))}; lines join the first of them.", "soft small");
        html.Line("<div style=\"display:flex;flex-wrap:wrap;gap:1rem\">");
        foreach (FigureDefinition figure in sweep.Figures)
            if (Drawing(sweep, figure) is { } svg) html.Line($"<figure style=\"margin:0;width:{Width}px;max-width:100%\"><figcaption class=\"small\">{Encoded(Title(figure))} over {Encoded(across.Name)}</figcaption>{svg}</figure>");
        html.Line("</div>");
    }

    /// <summary>Null where a figure is the same in every run: there is nothing to see.</summary>
    private static string? Drawing(Sweep sweep, FigureDefinition figure)
    {
        SweepPoint[] told = [.. sweep.Points.Where(p => double.IsFinite(figure.Value(p.Member)))];
        if (told.Length < 2) return null;
        double low = told.Min(p => figure.Value(p.Member)), high = told.Max(p => figure.Value(p.Member));
        if (!(high > low)) return null;
        VaryAxis across = sweep.Axes[0];
        double[] at = [.. Enumerable.Range(0, across.Values.Length).Select(across.Number)];
        AxisScale y = AxisScale.Over(low, high, 4), x = AxisScale.Over(at.Min(), at.Max(), 6);
        string X(double value) => Figures.At(Left + (value - x.Low) / (x.High - x.Low) * (Width - Left - Right));
        string Y(double value) => Figures.At(Height - Bottom - (value - y.Low) / (y.High - y.Low) * (Height - Top - Bottom));
        var svg = new StringBuilder();
        svg.Append($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Encoded(Title(figure))} over {Encoded(across.Name)}\">");
        foreach (double tick in y.Ticks())
            svg.Append($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(tick)}\" y2=\"{Y(tick)}\"/><text class=\"axis\" x=\"{Left - 6}\" y=\"{Y(tick)}\" dy=\"4\" text-anchor=\"end\">{Figures.Fixed(tick, y.Decimals)}</text>");
        foreach (double tick in x.Ticks())
            svg.Append($"<text class=\"axis\" x=\"{X(tick)}\" y=\"{Height - 18}\" text-anchor=\"middle\">{Figures.Fixed(tick, x.Decimals)}</text>");
        svg.Append($"<text class=\"axis\" x=\"{Width - Right}\" y=\"{Height - 4}\" text-anchor=\"end\">{Encoded($"{across.Name}{(across.Unit.Length > 0 ? ", " + across.Unit : "")}")}</text>");
        foreach (var line in told.Where(p => p.At.Skip(2).All(v => v == 0)).GroupBy(p => p.At.ElementAtOrDefault(1)).OrderBy(g => g.Key))
            svg.Append($"<polyline fill=\"none\" stroke-width=\"1.5\" stroke=\"{TrendDrawing.Colour(line.Key)}\" points=\"{string.Join(' ', line.OrderBy(p => at[p.At[0]]).Select(p => X(at[p.At[0]]) + "," + Y(figure.Value(p.Member))))}\"/>");
        foreach (SweepPoint point in told)
        {
            string colour = TrendDrawing.Colour(point.At.ElementAtOrDefault(1));
            bool full = sweep.To is null ? point.Member.Good : point.Came;
            svg.Append($"<circle cx=\"{X(at[point.At[0]])}\" cy=\"{Y(figure.Value(point.Member))}\" r=\"3.5\" stroke=\"{colour}\" fill=\"{(full ? colour : "var(--paper, #fff)")}\"><title>run {point.Member.Number}: {Encoded(EnsembleText.Number(figure.Value(point.Member)))}</title></circle>");
        }

        return svg.Append($"<rect class=\"frame\" x=\"{Left}\" y=\"{Top}\" width=\"{Width - Left - Right}\" height=\"{Height - Top - Bottom}\"/></svg>").ToString();
    }

    private static void Rows(HtmlText html, Sweep sweep)
    {
        html.Heading("runs", "Runs");
        html.Table(["#Run", .. sweep.Axes.Select(a => "#" + a.Name), .. sweep.Figures.Select(f => "#" + Title(f)), "What came of it"], sweep.Points.Select(p => (string[])
        [
            p.Member.Number.ToString(CultureInfo.InvariantCulture), .. sweep.Axes.Zip(p.At).Select(v => Encoded(v.First.Values[v.Second])),
            .. sweep.Figures.Select(f => double.IsFinite(f.Value(p.Member)) ? EnsembleText.Number(f.Value(p.Member)) : "–"), Encoded(SweepText.Outcome(sweep, p)),
        ]));
    }

    private static string Title(FigureDefinition figure) => figure.Unit.Length == 0 ? figure.Label : $"{figure.Label}, {figure.Unit}";
}
