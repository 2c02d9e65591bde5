using Crm.Plant.Purity;
using Crm.Plant.Records;
using static Crm.Host.Reports.HtmlText;

namespace Crm.Host.Reports;

/// <summary>The product's assay against its specification, line by line.</summary>
internal static class PuritySection
{
    private const double Width = 260, Height = 26, LimitAt = 180;

    public static void Write(HtmlText html, BatchRecord record)
    {
        var purity = record.Result.Purity;
        html.Heading("purity", "Purity against specification");
        html.Tag("p", $"{purity.Specification} {purity.Version}. {purity.Source}", "soft small");
        if (purity.ProductLots.Length > 1) html.Tag("p", $"Averaged by mass over {string.Join(", ", purity.ProductLots)}.", "small");
        html.Table(["Analyte", "#Found ± U", "#Limit", "Where it lies", "Verdict"], purity.Limits.Select(Row));
        html.Tag("p", "In the drawing the upright line is the limit, the dot the value, the whisker ± U, and the shaded side is allowed. Pass and fail mean farther from the limit than U; anything nearer is uncertain.", "soft small");
    }

    private static string[] Row(LimitResult line)
    {
        string unit = line.Limit.Unit;
        string found = line.Verdict == LimitVerdict.NotMeasured ? Figures.Unknown : $"{Figures.PlusMinus(line.Found)} {Encoded(unit)}";
        return [$"<b>{Encoded(line.Limit.Analyte)}</b>", found, Bound(line), line.Verdict == LimitVerdict.NotMeasured ? "" : Drawing(line), Words(line)];
    }

    private static string Bound(LimitResult line) => (line.Limit.Least, line.Limit.Most) switch
    {
        ({ } least, { } most) => $"{Figures.Significant(least, 5)} to {Figures.Significant(most, 5)} {Encoded(line.Limit.Unit)}",
        ({ } least, null) => $"≥ {Figures.Significant(least, 5)} {Encoded(line.Limit.Unit)}",
        (null, { } most) => $"≤ {Figures.Significant(most, 5)} {Encoded(line.Limit.Unit)}",
        _ => Figures.Unknown,
    };

    private static string Words(LimitResult line) => line.Verdict switch
    {
        LimitVerdict.Pass => Verdict("good", "✓ pass"),
        LimitVerdict.Fail => Verdict("bad", "✗ fail"),
        LimitVerdict.NotMeasured => Verdict("bad", "not measured"),
        _ => Verdict(line.WithinLimit ? "warn" : "bad", line.WithinLimit ? "? uncertain (value within)" : "? uncertain (value outside)"),
    };

    /// <summary>Upper limits: 0 at the left, the limit at a fixed place. Lower limits of an assay: 100 % at the right, the limit left of it.</summary>
    private static string Drawing(LimitResult line)
    {
        bool upper = line.Limit.Most is not null;
        double limit = line.Limit.Most ?? line.Limit.Least ?? 0;
        double room = upper ? Math.Abs(limit) : Math.Max(100 - limit, 1e-3 * Math.Abs(limit));
        double Place(double value) => upper ? LimitAt * value / Math.Max(room, 1e-12) : Width - LimitAt + (LimitAt * (value - limit) / room);
        double limitAt = Place(limit), at = Place(line.Found.Value);
        double low = Math.Clamp(Place(line.Found.Value - line.Found.Expanded), 2, Width - 2), high = Math.Clamp(Place(line.Found.Value + line.Found.Expanded), 2, Width - 2);
        string colour = line.Verdict switch { LimitVerdict.Pass => "var(--good)", LimitVerdict.Fail => "var(--bad)", _ => line.WithinLimit ? "var(--warn)" : "var(--bad)" };
        string allowed = upper ? Rectangle(0, limitAt) : Rectangle(limitAt, Width);
        double dot = Math.Clamp(at, 5, Width - 5);
        string beyond = at > Width - 5 ? $"<path d=\"M {Figures.At(Width - 9)} 5 l 7 8 l -7 8\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>" : $"<circle cx=\"{Figures.At(dot)}\" cy=\"13\" r=\"4.5\" fill=\"{colour}\"/>";
        return $"<svg viewBox=\"0 0 {Width} {Height}\" style=\"width:{Width}px\" role=\"img\" aria-label=\"{Encoded(line.Limit.Analyte)} against its limit\">{allowed}"
            + $"<line x1=\"0\" x2=\"{Width}\" y1=\"13\" y2=\"13\" class=\"grid\"/><line x1=\"{Figures.At(limitAt)}\" x2=\"{Figures.At(limitAt)}\" y1=\"2\" y2=\"24\" stroke=\"var(--ink)\" stroke-width=\"2\"/>"
            + $"<line x1=\"{Figures.At(low)}\" x2=\"{Figures.At(high)}\" y1=\"13\" y2=\"13\" stroke=\"{colour}\" stroke-width=\"3\"/>{beyond}</svg>";
    }

    private static string Rectangle(double from, double to) =>
        $"<rect x=\"{Figures.At(from)}\" y=\"5\" width=\"{Figures.At(to - from)}\" height=\"16\" rx=\"2\" fill=\"var(--goodbg)\"/>";
}
