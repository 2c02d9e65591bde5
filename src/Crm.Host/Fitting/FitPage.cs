using Crm.Host.Reports;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;
using Crm.Twin.Fitting;
using static Crm.Host.Fitting.FitText;
using static Crm.Host.Reports.HtmlText;

namespace Crm.Host.Fitting;

/// <summary><c>fitted.html</c>: the parameters, and what is left between data and twin.</summary>
internal static class FitPage
{
    public static string Render(RigDefinition rig, FitResult fit, FitProvenance from)
    {
        HtmlText html = HtmlText.Page($"{from.Rig} · fitted twin");
        html.Tag("h1", $"Twin of {from.Rig}, fitted");
        html.Tag("p", $"{from.Data}, {Figures.Clock(from.From)} h to {Figures.Clock(from.To)} h; {fit.Ended} after {fit.Runs} runs of the twin", "soft");
        html.Heading("parameters", "Parameters");
        html.Table(["Parameter", "#Multiplier", "#95 % interval", "Numbers of the twin", ""], fit.Parameters.Select(f => new[]
        {
            $"<b>{Encoded(f.Parameter.Name)}</b>", Number(f.Value), $"{Number(f.Low)} to {Number(f.High)}", Encoded(string.Join(", ", f.Parameter.Of)),
            f.AtBound ? Verdict("warn", "at its bound: the data want more than the model may") : "",
        }));
        foreach (string line in Alike(fit)) html.Tag("p", line);
        html.Heading("residuals", "What is left: data less twin");
        foreach (TagResidual residual in fit.Residuals)
        {
            TagDefinition tag = rig.Tags[residual.Tag];
            html.Tag("p", $"{tag.Label}: off by {Number(residual.Before)} {tag.Unit} before, {Number(residual.After)} {tag.Unit} after (root mean square)", "small");
            HistorySeries left = new(tag.Name, tag.Label, tag.Unit, [.. fit.Grid.Zip(residual.Left, (second, value) => new HistoryPoint(second, value, Quality.Good)).Where(p => double.IsFinite(p.Value))]);
            if (residual.Left.Any(double.IsFinite)) html.Line($"<figure>{TrendDrawing.Draw(tag.Unit, [left], Math.Max(from.To.TotalHours, 0.1))}</figure>");
        }

        return html.End("An interval holds the true multiplier with 95 % when the model is right but for it: what the model leaves out is not in it. Residuals that wander instead of scattering say that it leaves something out.");
    }
}
