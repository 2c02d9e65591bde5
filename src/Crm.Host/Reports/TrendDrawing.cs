using System.Text;
using Crm.Plant.Records;
using Crm.Plant.Tags;
using static Crm.Host.Reports.HtmlText;

namespace Crm.Host.Reports;

/// <summary>One trend panel as SVG: axes with unit and time, one stepped line a series, folded to first, lowest, highest and last a column.</summary>
internal static class TrendDrawing
{
    private const double Width = 1040, Height = 168, Left = 58, Right = 12, Top = 10, Bottom = 24;

    /// <summary>A step that is less than this, in units of the drawing, nobody sees: noise of a resting value would be four fifths of a report.</summary>
    private const double Visible = 0.3;

    public static string Colour(int series) => $"var(--c{(series + 1) % ReportStyle.Colours})";

    public static string Draw(string unit, HistorySeries[] series, double hours)
    {
        var values = series.SelectMany(s => s.Points).Where(p => p.Quality != Quality.Bad && double.IsFinite(p.Value)).Select(p => p.Value).ToList();
        var axis = AxisScale.Over(values.Min(), values.Max(), 4);
        double perHour = (Width - Left - Right) / hours, perUnit = (Height - Top - Bottom) / (axis.High - axis.Low);
        double Y(double value) => Height - Bottom - ((value - axis.Low) * perUnit);
        var svg = new StringBuilder();
        svg.Append($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Encoded(string.Join(", ", series.Select(s => s.Label)))} in {Encoded(unit)} over time\">");
        foreach (double tick in axis.Ticks())
            svg.Append($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Figures.At(Y(tick))}\" y2=\"{Figures.At(Y(tick))}\"/><text class=\"axis\" x=\"{Left - 6}\" y=\"{Figures.At(Y(tick) + 4)}\" text-anchor=\"end\">{Figures.Fixed(tick, axis.Decimals)}</text>");
        foreach (double tick in AxisScale.Hours(hours, 14).Ticks())
        {
            string x = Figures.At(Left + (tick * perHour));
            svg.Append($"<line class=\"grid\" x1=\"{x}\" x2=\"{x}\" y1=\"{Top}\" y2=\"{Height - Bottom}\"/>");
            if (tick * perHour < Width - Left - Right - 56) svg.Append($"<text class=\"axis\" x=\"{x}\" y=\"{Height - 8}\" text-anchor=\"middle\">{AxisScale.HourLabel(tick)}</text>");
        }

        svg.Append($"<text class=\"axis\" transform=\"translate(11 {Figures.At((Height - Bottom) / 2)}) rotate(-90)\" text-anchor=\"middle\">{Encoded(unit)}</text>");
        svg.Append($"<text class=\"axis\" x=\"{Width - Right}\" y=\"{Height - 8}\" text-anchor=\"end\">h:min</text>");
        for (int i = 0; i < series.Length; i++)
            svg.Append($"<path class=\"trace\" stroke=\"{Colour(i)}\" d=\"{Trace(series[i].Points, p => Left + (p.Time / 3600 * perHour), Y)}\"><title>{Encoded(series[i].Label)}</title></path>");
        return svg.Append($"<rect class=\"frame\" x=\"{Left}\" y=\"{Top}\" width=\"{Width - Left - Right}\" height=\"{Height - Top - Bottom}\"/></svg>").ToString();
    }

    private static string Trace(IReadOnlyList<HistoryPoint> points, Func<HistoryPoint, double> x, Func<double, double> y)
    {
        var path = new StringBuilder();
        bool open = false;
        double drawn = 0;
        foreach (var point in Folded(points, x))
        {
            if (point.Quality == Quality.Bad || !double.IsFinite(point.Value))
            {
                if (open) path.Append($"H{Figures.At(x(point))}");
                open = false;
                continue;
            }

            if (open && Math.Abs(y(point.Value) - drawn) < Visible) continue;
            drawn = y(point.Value);
            path.Append(open ? $"H{Figures.At(x(point))}V{Figures.At(drawn)}" : $"M{Figures.At(x(point))} {Figures.At(drawn)}");
            open = true;
        }

        if (open) path.Append($"H{Figures.At(x(points[^1]))}");
        return path.ToString();
    }

    /// <summary>At most four points a drawing column; gaps always stay.</summary>
    private static IEnumerable<HistoryPoint> Folded(IReadOnlyList<HistoryPoint> points, Func<HistoryPoint, double> x)
    {
        for (int from = 0; from < points.Count;)
        {
            int to = from + 1;
            bool bad = points[from].Quality == Quality.Bad;
            while (to < points.Count && Math.Floor(x(points[to])) <= Math.Floor(x(points[from])) && (points[to].Quality == Quality.Bad) == bad) to++;
            foreach (var point in bad ? [points[from]] : Extremes(points, from, to)) yield return point;
            from = to;
        }
    }

    private static IEnumerable<HistoryPoint> Extremes(IReadOnlyList<HistoryPoint> points, int from, int to)
    {
        int low = from, high = from;
        for (int i = from; i < to; i++)
        {
            if (points[i].Value < points[low].Value) low = i;
            if (points[i].Value > points[high].Value) high = i;
        }

        return new[] { from, low, high, to - 1 }.Distinct().Order().Select(i => points[i]);
    }
}
