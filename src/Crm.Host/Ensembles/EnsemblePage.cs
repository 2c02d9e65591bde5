using System.Globalization;
using Crm.Host.Reports;
using Crm.Plant.Twins;
using static Crm.Host.Reports.HtmlText;

namespace Crm.Host.Ensembles;

/// <summary><c>ensemble.html</c>: the intervals, what drives them, and the members that missed.</summary>
internal static class EnsemblePage
{
    private const double Width = 300, Height = 26;

    public static string Render(Ensemble ensemble)
    {
        HtmlText html = HtmlText.Page($"{ensemble.Recipe} · ensemble");
        html.Line("<p class=\"soft small\">Ensemble report <span class=\"twin\">TWIN · simulated runs</span></p>");
        html.Tag("h1", $"{ensemble.Recipe}: what can be promised");
        html.Tag("p", string.Create(CultureInfo.InvariantCulture, $"{ensemble.Members.Length} batches on twins of {ensemble.Rig} that differ as far as their numbers are unknown · seed {ensemble.Seed}"), "soft");
        foreach (TwinChange change in ensemble.TwinChanges) html.Tag("p", $"The twin has {change.Name} {change.Value}, by {change.By}", "soft");
        html.Line($"<div class=\"verdict {(ensemble.Members.All(m => m.Good) ? "good" : "warn")}\"><ul>");
        foreach (string line in EnsembleText.Verdict(ensemble)) html.Tag("li", line.Trim());
        html.Line("</ul></div>");
        Figures(html, ensemble);
        Parameters(html, ensemble);
        Missed(html, ensemble);
        return html.End("An interval holds nine members of ten. It covers what the twin file calls uncertain, sensor noise and laboratory scatter, and nothing that the models leave out. "
            + "A driver is a standardised rank coefficient that chance reaches less than once in a hundred; its square is about its share of the scatter.");
    }

    private static void Figures(HtmlText html, Ensemble ensemble)
    {
        html.Heading("figures", "Intervals");
        html.Table(["Figure", "#5 %", "#Median", "#95 %", "Members", "Asked", "Missed by", "Driven by"], ensemble.Figures.Select(f => Row(ensemble, f)));
        html.Tag("p", "In the drawing each tick is a member, the thick line the interval, the dot the median, the upright lines what is asked.", "soft small");
    }

    private static string[] Row(Ensemble ensemble, EnsembleFigure figure) =>
    [
        $"<b>{Encoded(figure.Definition.Label)}</b>{(figure.Definition.Unit.Length == 0 ? "" : ", " + Encoded(figure.Definition.Unit))}",
        EnsembleText.Number(figure.Interval.Low), EnsembleText.Number(figure.Interval.Median), EnsembleText.Number(figure.Interval.High),
        Drawing(ensemble, figure), Encoded(EnsembleText.Asked(figure)),
        figure.Definition.Least is null && figure.Definition.Most is null ? "" : figure.Missed == 0 ? Verdict("good", "none") : Verdict("bad", $"{figure.Missed} of {figure.Members}"),
        Encoded(EnsembleText.Drivers(figure)),
    ];

    private static string Drawing(Ensemble ensemble, EnsembleFigure figure)
    {
        double[] values = [.. ensemble.Finished.Select(figure.Definition.Value).Where(double.IsFinite)];
        if (values.Length == 0) return "";
        double[] bounds = [.. new[] { figure.Definition.Least, figure.Definition.Most }.OfType<double>()];
        double low = values.Concat(bounds).Min(), high = values.Concat(bounds).Max();
        double room = high - low;
        if (!(room > 0)) return "";
        string At(double value) => Reports.Figures.At(6 + (Width - 12) * (value - low) / room);
        string ticks = string.Concat(values.Select(v => $"<line x1=\"{At(v)}\" x2=\"{At(v)}\" y1=\"16\" y2=\"24\" stroke=\"var(--soft)\"/>"));
        string limits = string.Concat(bounds.Select(b => $"<line x1=\"{At(b)}\" x2=\"{At(b)}\" y1=\"1\" y2=\"25\" stroke=\"var(--ink)\" stroke-width=\"2\"/>"));
        return $"<svg viewBox=\"0 0 {Width} {Height}\" style=\"width:{Width}px\" role=\"img\" aria-label=\"{Encoded(figure.Definition.Label)} of the members\">{ticks}"
            + $"<line x1=\"{At(figure.Interval.Low)}\" x2=\"{At(figure.Interval.High)}\" y1=\"10\" y2=\"10\" stroke=\"var(--good)\" stroke-width=\"3\"/>"
            + $"<circle cx=\"{At(figure.Interval.Median)}\" cy=\"10\" r=\"4.5\" fill=\"var(--good)\"/>{limits}</svg>";
    }

    private static void Parameters(HtmlText html, Ensemble ensemble)
    {
        html.Heading("parameters", "What was drawn");
        html.Table(["Parameter", "Numbers of the twin", "One standard deviation", "Source"], ensemble.Parameters.Select(p => new[]
        {
            $"<b>{Encoded(p.Name)}</b>", Encoded(string.Join(", ", p.Of)),
            p.Kind == SpreadKind.Factor ? $"a factor of {Reports.Figures.Significant(p.Size, 3)}" : Reports.Figures.Percent(p.Size), Encoded(p.Source),
        }));
    }

    private static void Missed(HtmlText html, Ensemble ensemble)
    {
        EnsembleMember[] missed = [.. ensemble.Members.Where(m => !m.Good)];
        if (missed.Length == 0) return;
        html.Heading("missed", "Members that missed");
        html.Table(["#Member", "What happened", "Again, with its record"], missed.Select(m => new[]
        {
            m.Number.ToString(CultureInfo.InvariantCulture), Encoded(EnsembleText.Outcome(m)), $"<code class=\"small\">{Encoded(EnsembleText.Repeat(ensemble, m))}</code>",
        }));
    }
}
