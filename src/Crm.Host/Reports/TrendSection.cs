using Crm.Plant.Records;
using Crm.Plant.Tags;
using static Crm.Host.Reports.HtmlText;

namespace Crm.Host.Reports;

/// <summary>Trends of the measured values: a figure a unit, a panel a unit of measure.</summary>
internal static class TrendSection
{
    private const int MostSeries = 5;

    public static void Write(HtmlText html, BatchRecord record)
    {
        html.Heading("trends", "Trends");
        var units = record.History.Where(Moves).GroupBy(s => s.Tag.Split('.')[0], StringComparer.Ordinal).ToList();
        if (units.Count == 0)
        {
            html.Tag("p", "No value moved, or no history was kept.");
            return;
        }

        html.Tag("p", "Values as kept by exception: each holds until the next, a break in a line is a stretch without a good reading. Values that never moved are left out; all are in history.csv.", "soft small");
        double hours = Math.Max(record.Duration.TotalHours, 1e-3);
        foreach (var unit in units)
        {
            html.Tag("h3", unit.Key);
            foreach (var panel in unit.GroupBy(s => s.Unit, StringComparer.Ordinal))
                foreach (var part in panel.Chunk(MostSeries)) Panel(html, panel.Key, part, hours);
        }
    }

    private static void Panel(HtmlText html, string unit, HistorySeries[] series, double hours)
    {
        html.Line("<figure>");
        html.Legend(series.Select((s, i) => (TrendDrawing.Colour(i), s.Label)));
        html.Line(TrendDrawing.Draw(unit, series, hours)).Line("</figure>");
    }

    /// <summary>A value worth drawing: a number, not a switch, that changed.</summary>
    private static bool Moves(HistorySeries series)
    {
        if (series.Unit == "on/off") return false;
        var good = series.Points.Where(p => p.Quality != Quality.Bad && double.IsFinite(p.Value)).Select(p => p.Value).ToList();
        return good.Count > 1 && good.Max() > good.Min();
    }
}
