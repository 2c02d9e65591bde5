using Crm.Host.Runs;
using Crm.Plant.Allocation;
using Crm.Plant.Balances;
using Crm.Plant.Lots;
using Crm.Plant.Records;
using static Crm.Host.Reports.HtmlText;

namespace Crm.Host.Reports;

/// <summary>Several batches of one run on one page: what each made, where its lots came from and went, what all used together.</summary>
internal static class CampaignPage
{
    public static string Render(Campaign campaign)
    {
        string title = campaign.Plan?.Title ?? $"{campaign.Batches.Length} batches on one rig";
        BatchRecord first = campaign.Batches[0].Record;
        HtmlText html = HtmlText.Page($"{title} · campaign report");
        html.Line($"<p class=\"soft small\">Campaign report {(first.Simulated ? "<span class=\"twin\">TWIN · simulated run</span>" : "")}</p>");
        html.Tag("h1", title);
        html.Tag("p", $"{(campaign.Plan is { } plan ? $"Campaign {plan.Id} {plan.Version} · " : "")}rig {first.Rig.Name}{(first.Seed is { } seed ? $" · seed {seed}" : "")}", "soft");
        Verdict(html, campaign);
        Tiles(html, campaign);
        html.Line("<nav><a href=\"#batches\">Batches</a><a href=\"#course\">Course</a><a href=\"#lots\">Lots</a><a href=\"#reagents\">Reagents</a><a href=\"#water\">Water and energy</a><a href=\"#stock\">Stock</a></nav>");
        Batches(html, campaign);
        CampaignCourse.Write(html, campaign);
        Lots(html, campaign);
        Reagents(html, campaign);
        Water(html, campaign);
        Stock(html, campaign);
        return html.End("± is the expanded uncertainty, k = 2 (about 95 %). Masses and recoveries come from scales and assays; times are plant time from the start of the run. Each batch has a report of its own.");
    }

    private static (string Tone, string Words) Of(CampaignBatch batch)
    {
        ReportVerdict verdict = ReportVerdict.Of(batch.Record);
        return batch.Record.Result.Timeline.IsEmpty ? ("bad", batch.Record.OutcomeText.Length > 0 ? batch.Record.OutcomeText : "not started") : (verdict.Tone, verdict.Headline);
    }

    private static void Verdict(HtmlText html, Campaign campaign)
    {
        var verdicts = campaign.Batches.Select(b => (Batch: b, Verdict: Of(b))).ToList();
        int good = verdicts.Count(v => v.Batch.Record.Result.Purity.InSpecification && v.Batch.Record.Outcome == BatchOutcome.Complete);
        string tone = verdicts.Any(v => v.Verdict.Tone == "bad") ? "bad" : verdicts.Any(v => v.Verdict.Tone == "warn") ? "warn" : "good";
        html.Line($"<div class=\"verdict {tone}\"><b>{good} of {verdicts.Count} batches complete with product in specification, after {Figures.Length(campaign.End)}</b><ul>");
        foreach (var (batch, verdict) in verdicts) html.Line($"<li><span class=\"is-{verdict.Tone}\">{new Check(verdict.Tone, "").Sign}</span> <b style=\"font-size:inherit\">{Encoded(batch.Name)}</b>: {Encoded(verdict.Words)}</li>");
        html.Line("</ul></div>");
    }

    private static void Tiles(HtmlText html, Campaign campaign)
    {
        html.Line("<div class=\"tiles\">");
        foreach (var (product, mass) in campaign.Products) Tile(html, $"{product} made", mass.Value <= 0 ? "none" : mass.Value < 1 ? Figures.PlusMinus(mass, 1000) + " g" : Figures.PlusMinus(mass) + " kg", "as weighed, all batches");
        Tile(html, "Run time", Figures.Length(campaign.End), "plant time");
        if (campaign.Meter("water.fresh_l") is { } fresh) Tile(html, "Fresh water", Figures.Litres(fresh), "by the rig's meter");
        Tile(html, "Water recycled", Figures.Percent(Recycled(campaign), 0), "returned over returned plus fresh");
        html.Line("</div>");
    }

    private static void Tile(HtmlText html, string name, string value, string note) =>
        html.Line($"<div class=\"tile\"><div class=\"name\">{Encoded(name)}</div><div class=\"value\">{Encoded(value)}</div><div class=\"note\">{Encoded(note)}</div></div>");

    private static void Batches(HtmlText html, Campaign campaign)
    {
        html.Heading("batches", "Batches");
        html.Table(["Batch", "Recipe", "Product", "#Made, kg", "Grade", "#Recovery", "#From", "#Took"], campaign.Batches.Select(b =>
        {
            BatchResult result = b.Record.Result;
            return new[]
            {
                $"<a href=\"{Uri.EscapeDataString(b.Name)}/report.html\" style=\"white-space:nowrap\"><b>{Encoded(b.Name)}</b></a>", Encoded($"{b.Record.Recipe.Title} ({b.Record.Recipe.Version})"), Encoded(b.Record.Product.Name),
                result.ProductMass.Value > 0 ? Figures.PlusMinus(result.ProductMass) : Figures.Unknown, Grade(b.Record), $"{Encoded(result.MainElement)} {Figures.Percent(result.MainRecovery)}", Figures.Clock(b.From), Figures.Length(b.To - b.From),
            };
        }));
    }

    private static string Grade(BatchRecord record) =>
        record.Result.Purity.ProductLots.IsEmpty ? "<span class=\"soft\">no product</span>"
        : $"{Encoded(record.Product.Specification.Name)}<br>{(record.Result.Purity.InSpecification ? HtmlText.Verdict("good", "✓ in specification") : HtmlText.Verdict("bad", "✗ out of specification"))}";

    private static void Lots(HtmlText html, Campaign campaign)
    {
        html.Heading("lots", "Lots in and out");
        html.Tag("p", "Every lot that a batch weighed in or made. What one batch made and another took is named at both ends; what it was made from leads back to the drums.", "soft");
        html.Table(["Batch", "", "Lot", "Material", "#Mass as weighed, kg", "Made from", "Where from, where to"], campaign.Batches.SelectMany(b =>
            b.Record.Result.Lots.Where(l => l.Side is LotSide.In or LotSide.Out).OrderBy(l => l.Side).Select(l => new[]
            {
                $"<span style=\"white-space:nowrap\">{Encoded(b.Name)}</span>", l.Side == LotSide.In ? "in" : $"out, {l.Kind.ToString().ToLowerInvariant()}", $"<b>{Encoded(l.Id)}</b>", Encoded(l.Material), Figures.PlusMinus(l.Mass),
                Encoded(string.Join(", ", l.MadeFrom)), Encoded(WhereTo(campaign, l)),
            })));
    }

    private static string WhereTo(Campaign campaign, LotLine lot)
    {
        if (lot.Side == LotSide.In) return campaign.MakerOf(lot.Id) is { } maker ? $"made by {maker.Name}" : "";
        string takers = string.Join(", ", campaign.TakersOf(lot.Id).Select(t => t.Name));
        return takers.Length > 0 ? $"taken by {takers}" : "";
    }

    private static void Reagents(HtmlText html, Campaign campaign)
    {
        html.Heading("reagents", "Reagents of all batches");
        string[] names = [.. campaign.Batches.Select(b => b.Name)];
        string Of(CampaignBatch batch, string reagent) => batch.Record.Result.Reagents.FirstOrDefault(r => r.Reagent == reagent) is { } used ? Figures.Significant(used.Mass.Value, 4) : Figures.Unknown;
        html.Table(["Reagent", "#Together, kg ± U", "#Pure, kg", .. names.Select(n => $"#{n}, kg")], campaign.Reagents.Select(r => (string[])
        [
            Encoded(r.Species.Length > 0 ? $"{r.Label} ({r.Species})" : r.Label), Figures.PlusMinus(r.Mass), r.Species.Length > 0 ? Figures.Significant(r.PureMass, 4) : Figures.Unknown, .. campaign.Batches.Select(b => Of(b, r.Reagent)),
        ]));
    }

    private static void Water(HtmlText html, Campaign campaign)
    {
        html.Heading("water", "Water and energy");
        html.Tag("p", "The rig's meters count for all batches together.", "soft");
        double product = campaign.Products.Sum(p => p.Mass.Value);
        double? fresh = campaign.Meter("water.fresh_l"), drawn = fresh - campaign.Meter("water.holdup_change_l");
        html.Table(["Meter", "#"],
        [
            ["Fresh water", Figures.Litres(fresh)], ["Water returned", Figures.Litres(campaign.Meter("water.returned_l"))], ["Recycle rate of use", Figures.Percent(Recycled(campaign))],
            ["More in the plant than at the start", Figures.Litres(campaign.Meter("water.holdup_change_l"))],
            ["Water drawn (fresh − rise in the plant)", drawn is { } all && product > 0 ? $"{Figures.Litres(all)}, {Figures.Significant(all / product, 3)} L/kg of product" : Figures.Litres(drawn)],
            ["Electricity", campaign.Meter("energy.electricity_kwh") is { } kwh ? Figures.Fixed(kwh, 2) + " kWh" : Figures.Unknown],
        ]);
    }

    private static double? Recycled(Campaign campaign) =>
        campaign.Meter("water.returned_l") is { } returned && campaign.Meter("water.fresh_l") is { } fresh && returned + fresh > 0 ? returned / (returned + fresh) : null;

    private static void Stock(HtmlText html, Campaign campaign)
    {
        html.Heading("stock", "Stock at the start and at the end");
        html.Table(["Lot", "Material", "#At the start, kg", "#At the end, kg", "#Used, kg"], campaign.Stock.OrderBy(l => l.Before == l.After).Select(l => new[]
        {
            $"<b>{Encoded(l.Lot)}</b>", Encoded(l.Material), l.Before > 0 ? Figures.Significant(l.Before, 5) : "made in this campaign", Figures.Significant(l.After, 5), l.Before > 0 ? Figures.Significant(l.Before - l.After, 4) : Figures.Unknown,
        }));
    }
}
