using Crm.Host.Runs;
using Crm.Plant.Allocation;
using Crm.Plant.Balances;
using Crm.Plant.Records;
using static Crm.Host.Reports.HtmlText;

namespace Crm.Host.Reports;

/// <summary>The batches of a campaign over time: when each ran, who waited for whom, which lots went from one to another.</summary>
internal static class CampaignCourse
{
    private const double Width = 1040, Left = 150, Row = 44, Bar = 20;

    public static void Write(HtmlText html, Campaign campaign)
    {
        html.Heading("course", "Course");
        Drawing(html, campaign);
        html.Legend([("var(--c0)", "complete, in specification"), ("var(--c4)", "complete, not in specification"), ("var(--bad)", "not finished"), ("var(--c1)", "a lot that one made and another took")]);
        if (campaign.Waits.IsEmpty)
        {
            html.Tag("p", "No batch waited for what another had.");
            return;
        }

        html.Table(["Batch", "Waited for", "Held by", "#From", "#For"], campaign.Waits.Select(w => new[]
        {
            Encoded(w.Batch), Encoded(w.For.Replace(" ", ", ", StringComparison.Ordinal)), w.HeldBy.Length == 0 ? "withheld: taking it could end in a deadlock" : Encoded(w.HeldBy.Replace(" ", ", ", StringComparison.Ordinal)),
            Figures.Clock(w.From), Figures.Length((w.To ?? campaign.End) - w.From),
        }));
    }

    private static void Drawing(HtmlText html, Campaign campaign)
    {
        double hours = Math.Max(1e-3, campaign.End.TotalHours), perHour = (Width - Left - 12) / hours, height = (campaign.Batches.Length * Row) + 24;
        double At(TimeSpan time) => Left + (time.TotalHours * perHour);
        html.Line($"<figure><svg viewBox=\"0 0 {Width} {Figures.At(height)}\" role=\"img\" aria-label=\"course of the batches\"><defs><marker id=\"to\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0 8 4 0 8z\" fill=\"var(--c1)\"/></marker></defs>");
        foreach (double tick in AxisScale.Hours(hours, 14).Ticks())
        {
            string x = Figures.At(Left + (tick * perHour));
            html.Line($"<line class=\"grid\" x1=\"{x}\" x2=\"{x}\" y1=\"0\" y2=\"{Figures.At(height - 22)}\"/><text class=\"axis\" x=\"{x}\" y=\"{Figures.At(height - 7)}\" text-anchor=\"middle\">{AxisScale.HourLabel(tick)}</text>");
        }

        for (int i = 0; i < campaign.Batches.Length; i++)
        {
            CampaignBatch batch = campaign.Batches[i];
            double y = i * Row;
            html.Line($"<text x=\"{Figures.At(Left - 10)}\" y=\"{Figures.At(y + 18)}\" text-anchor=\"end\" font-weight=\"600\">{Encoded(batch.Name)}</text>");
            html.Line($"<rect x=\"{Figures.At(At(batch.From))}\" y=\"{Figures.At(y + 4)}\" width=\"{Figures.At(Math.Max(2, At(batch.To) - At(batch.From)))}\" height=\"{Bar}\" rx=\"3\" fill=\"{Colour(batch.Record)}\"><title>{Encoded($"{batch.Name}: {Figures.Clock(batch.From)} to {Figures.Clock(batch.To)}")}</title></rect>");
        }

        Arrows(html, campaign, At);
        html.Line("</svg><figcaption>Plant time from the start of the run, h:min.</figcaption></figure>");
    }

    private static void Arrows(HtmlText html, Campaign campaign, Func<TimeSpan, double> at)
    {
        for (int maker = 0; maker < campaign.Batches.Length; maker++)
        {
            foreach (LotLine lot in campaign.Batches[maker].Record.Result.Lots.Where(l => l.Side == LotSide.Out))
            {
                foreach (CampaignBatch taker in campaign.TakersOf(lot.Id))
                {
                    int to = campaign.Batches.IndexOf(taker);
                    double x = at(campaign.Batches[maker].To), end = Math.Max(at(taker.From), x + 1), from = (maker * Row) + 4 + Bar, y = (to * Row) + 3;
                    html.Line($"<path d=\"M {Figures.At(x - 2)} {Figures.At(from)} C {Figures.At(x - 2)} {Figures.At((from + y) / 2)}, {Figures.At(end + 4)} {Figures.At((from + y) / 2)}, {Figures.At(end + 4)} {Figures.At(y)}\" fill=\"none\" stroke=\"var(--c1)\" stroke-width=\"2\" marker-end=\"url(#to)\"><title>{Encoded($"{lot.Id} from {campaign.Batches[maker].Name} to {taker.Name}")}</title></path>");
                }
            }
        }
    }

    private static string Colour(BatchRecord record) =>
        record.Outcome != BatchOutcome.Complete ? "var(--bad)" : record.Result.Purity.InSpecification ? "var(--c0)" : "var(--c4)";
}
