using Crm.Plant.Lots;
using Crm.Plant.Records;
using static Crm.Host.Reports.HtmlText;

namespace Crm.Host.Reports;

/// <summary>The report page, section by section.</summary>
internal static class ReportPage
{
    public static string Render(BatchRecord record)
    {
        HtmlText html = HtmlText.Page($"{record.Id} · batch report");
        Head(html, record);
        Tiles(html, record);
        Contents(html);
        Doubts(html, record);
        PuritySection.Write(html, record);
        RecoverySection.Write(html, record);
        ClosureSection.Write(html, record);
        WaterSection.Write(html, record);
        ConsumptionSection.Write(html, record);
        TimelineSection.Write(html, record);
        TrendSection.Write(html, record);
        CourseSection.Write(html, record);
        AlarmSection.Write(html, record);
        LotSection.Write(html, record);
        IdentitySection.Write(html, record);
        return html.End("± is the expanded uncertainty, k = 2 (about 95 %). Masses, recoveries and closures come from scales, instruments and assays; times are plant time from the start of the run.");
    }

    private static void Head(HtmlText html, BatchRecord record)
    {
        string twin = record.Simulated ? "<span class=\"twin\">TWIN · simulated run</span>" : "";
        html.Line($"<p class=\"soft small\">Batch report {twin}</p>");
        html.Tag("h1", record.Recipe.Title);
        html.Tag("p", $"Batch {record.Id} · recipe {record.Recipe.Id} {record.Recipe.Version} · rig {record.Rig.Name}", "soft");
        var verdict = ReportVerdict.Of(record);
        html.Line($"<div class=\"verdict {verdict.Tone}\"><b>{Encoded(verdict.Headline)}</b><ul>");
        foreach (var check in verdict.Checks) html.Line($"<li><span class=\"is-{check.Tone}\">{check.Sign}</span> {Encoded(check.Words)}</li>");
        html.Line("</ul></div>");
    }

    private static void Tiles(HtmlText html, BatchRecord record)
    {
        var result = record.Result;
        html.Line("<div class=\"tiles\">");
        Tile(html, $"{record.Product.Name} made", Mass(result.ProductMass), $"{result.Purity.ProductLots.Length} product lot{(result.Purity.ProductLots.Length == 1 ? "" : "s")}, as weighed");
        foreach (var line in result.Purity.Limits.Where(l => l.Limit.Analyte == "assay"))
            Tile(html, "Purity (assay)", double.IsNaN(line.Found.Value) ? Figures.Unknown : Figures.PlusMinus(line.Found) + " %", $"asked: at least {Figures.Significant(line.Limit.Least ?? double.NaN, 4)} %");
        Tile(html, $"{result.MainElement} recovery", Figures.Percent(result.MainRecovery), $"asked: at least {Figures.Percent(record.Product.LeastRecovery, 0)}");
        foreach (var main in result.Elements.Where(e => e.Element == result.MainElement))
            Tile(html, $"{result.MainElement} closure", Figures.Percent(main.Closure), "out over in; 100 % is everything found");
        Tile(html, "Water recycled", Figures.Percent(result.Water.RecycleRateOfUse, 0), "returned over returned plus fresh");
        Tile(html, "Run time", Figures.Length(record.Duration), "plant time");
        html.Line("</div>");
    }

    private static void Tile(HtmlText html, string name, string value, string note) =>
        html.Line($"<div class=\"tile\"><div class=\"name\">{Encoded(name)}</div><div class=\"value\">{Encoded(value)}</div><div class=\"note\">{Encoded(note)}</div></div>");

    private static string Mass(Measured kg) => kg.Value <= 0 ? "none" : kg.Value < 1 ? Figures.PlusMinus(kg, 1000) + " g" : Figures.PlusMinus(kg) + " kg";

    private static void Contents(HtmlText html) => html.Line(
        "<nav><a href=\"#uncertain\">What is uncertain</a><a href=\"#purity\">Purity</a><a href=\"#recovery\">Recovery</a><a href=\"#closure\">Closure</a><a href=\"#water\">Water</a>"
        + "<a href=\"#reagents\">Reagents and energy</a><a href=\"#timeline\">Timeline</a><a href=\"#trends\">Trends</a><a href=\"#alarms\">Alarms</a><a href=\"#people\">Prompts</a><a href=\"#alarm-figures\">Alarm figures</a><a href=\"#lots\">Lots</a><a href=\"#identity\">Identity</a></nav>");

    private static void Doubts(HtmlText html, BatchRecord record)
    {
        html.Heading("uncertain", "What is uncertain");
        if (record.Result.Doubts.Length == 0)
        {
            html.Tag("p", "Nothing beyond the uncertainties shown: every lot was weighed and analysed, every limit is met or missed clearly.");
            return;
        }

        html.Line("<ul class=\"doubts\">");
        foreach (string doubt in record.Result.Doubts) html.Tag("li", doubt);
        html.Line("</ul>");
    }
}
