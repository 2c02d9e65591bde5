using System.Collections.Immutable;
using Crm.Plant.Balances;
using Crm.Plant.Lots;
using Crm.Plant.Records;
using static Crm.Host.Reports.HtmlText;

namespace Crm.Host.Reports;

/// <summary>Lots in and out with their assays.</summary>
internal static class LotSection
{
    public static void Write(HtmlText html, BatchRecord record)
    {
        html.Heading("lots", "Lots");
        html.Table(["Lot", "Material", "Kind", "Role", "#Mass as weighed, kg", "Assay, mass fraction ± U", "Made from"], record.Result.Lots.Select(lot => new[]
        {
            $"<b>{Encoded(lot.Id)}</b>", Encoded(lot.Material), lot.Side == LotSide.Sample ? "sample" : lot.Kind.ToString().ToLowerInvariant(), Role(lot.Side), Figures.PlusMinus(lot.Mass), Assay(lot.MassFractions),
            Encoded(string.Join(", ", lot.MadeFrom)),
        }));
        if (record.Result.Drawn.IsEmpty) return;
        html.Tag("p", "Drawn from drums and bags, by the label. A made lot lists every lot that was in what it was taken from, through filters, columns and dryers; it may hold none of one that was washed out.", "soft");
        html.Table(["Lot on the label", "Material", "#Drawn, kg", "Into"], record.Result.Drawn.Select(lot => new[]
        {
            $"<b>{Encoded(lot.Lot)}</b>", Encoded(lot.Material), Figures.PlusMinus(lot.Mass), Encoded(string.Join(", ", lot.Into)),
        }));
    }

    private static string Role(LotSide side) => side switch
    {
        LotSide.In => "came in",
        LotSide.Out => "made",
        LotSide.Sample => "taken",
        _ => "made and used again",
    };

    private static string Assay(ImmutableSortedDictionary<string, Measured> fractions) => fractions.Count == 0
        ? "<span class=\"soft\">none</span>"
        : string.Join(" · ", fractions.OrderByDescending(f => f.Value.Value).ThenBy(f => f.Key, StringComparer.Ordinal)
            .Select(f => $"<span style=\"white-space:nowrap\">{Encoded(f.Key)} {(f.Value.Value >= 0.001 ? Figures.PlusMinus(f.Value, 100) + " %" : Figures.PlusMinus(f.Value, 1e6) + " ppm")}</span>"));
}
