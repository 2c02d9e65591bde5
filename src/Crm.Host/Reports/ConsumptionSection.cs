using System.Globalization;
using Crm.Plant.Balances;
using Crm.Plant.Ports;
using Crm.Plant.Records;
using static Crm.Host.Reports.HtmlText;

namespace Crm.Host.Reports;

/// <summary>Reagents and energy, in all and per kg of product.</summary>
internal static class ConsumptionSection
{
    private const double JoulePerKilowattHour = 3.6e6;

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
        if (record.Truth?.Heat is { } heat) Heat(html, heat);
    }

    /// <summary>No measurement: the twin's own account of the whole rig.</summary>
    private static void Heat(HtmlText html, HeatTruth heat)
    {
        html.Table(["Heat, by the twin's own account", "#into the plant, kWh"], heat.Flows.Where(f => f.Value != 0).OrderByDescending(f => f.Value)
            .Select(f => new[] { f.Key, Figures.Fixed(f.Value / JoulePerKilowattHour, 2) })
            .Append(["<b>held at the end more than at the start</b>", $"<b>{Figures.Fixed((heat.Held - heat.Initial) / JoulePerKilowattHour, 2)}</b>"]));
        string open = Math.Abs(heat.RelativeError) < 1e-9 ? "less than 1e-9" : heat.RelativeError.ToString("0.0e+0", CultureInfo.InvariantCulture);
        html.Tag("p", $"Liquors, solids, glass and jackets of the whole rig against 25 degC; less is taken out. Not accounted for: {open} of what came, went and is held.", "soft small");
    }

    private static IEnumerable<string[]> Rows(BatchResult result, Func<double, string, string> perKg)
    {
        var rows = result.Energy.OrderByDescending(e => e.Energy).Select(e => new[] { Encoded(e.Name.Replace('_', ' ')), Figures.Fixed(e.Energy, 2), perKg(e.Energy, " kWh") });
        double sum = result.Energy.Sum(e => e.Energy);
        return rows.Append(["<b>together</b>", $"<b>{Figures.Fixed(sum, 2)}</b>", perKg(sum, " kWh")]);
    }
}
