using Crm.Plant.Balances;
using Crm.Plant.Records;
using static Crm.Host.Reports.HtmlText;

namespace Crm.Host.Reports;

/// <summary>Reagents and energy, in all and per kg of product.</summary>
internal static class ConsumptionSection
{
    public static void Write(HtmlText html, BatchRecord record)
    {
        var result = record.Result;
        double product = result.ProductMass.Value;
        string PerKg(double amount, string unit) => product > 0 ? Figures.Significant(amount / product, 3) + unit : Figures.Unknown;
        html.Heading("reagents", "Reagents and energy");
        html.Line("<div class=\"two\"><div>");
        if (result.Reagents.Length == 0) html.Tag("p", "Reagents: none was dosed.");
        else html.Table(["Reagent", "#Used, kg ± U", "#Pure, kg", "#per kg product"], result.Reagents.Select(r => new[]
        {
            Encoded(r.Species.Length > 0 ? $"{r.Label} ({r.Species})" : r.Label), Figures.PlusMinus(r.Mass), r.Species.Length > 0 ? Figures.Significant(r.PureMass, 4) : Figures.Unknown, PerKg(r.Mass.Value, " kg"),
        }));
        html.Line("</div><div>");
        if (result.Energy.Length == 0) html.Tag("p", "Energy: no totals were noted.");
        else html.Table(["Energy", "#kWh", "#per kg product"], Rows(result, PerKg));
        html.Line("</div></div>");
    }

    private static IEnumerable<string[]> Rows(BatchResult result, Func<double, string, string> perKg)
    {
        var rows = result.Energy.OrderByDescending(e => e.Energy).Select(e => new[] { Encoded(e.Name.Replace('_', ' ')), Figures.Fixed(e.Energy, 2), perKg(e.Energy, " kWh") });
        double sum = result.Energy.Sum(e => e.Energy);
        return rows.Append(["<b>together</b>", $"<b>{Figures.Fixed(sum, 2)}</b>", perKg(sum, " kWh")]);
    }
}
