using Crm.Plant.Balances;
using Crm.Plant.Records;
using static Crm.Host.Reports.HtmlText;

namespace Crm.Host.Reports;

/// <summary>The steps as they ran, by unit, and the list of them.</summary>
internal static class TimelineSection
{
    private const double Width = 1040, Left = 112, Lane = 22, Gap = 8, Letter = 6.6;

    public static void Write(HtmlText html, BatchRecord record)
    {
        html.Heading("timeline", "Timeline of phases");
        var steps = record.Result.Timeline.Where(s => s.IsLeaf).ToList();
        if (steps.Count == 0)
        {
            html.Tag("p", "No step was started.");
            return;
        }

        Drawing(html, steps, record.Duration);
        html.Legend([("var(--c1)", "phase running"), ("var(--c4)", "held or paused"), ("var(--bad)", "stopped or aborted"), ("var(--c6)", "waiting for a person, the laboratory or a condition")]);
        html.Line($"<details><summary>All {steps.Count} steps with their times</summary>");
        html.Table(["Start, h:min", "Step", "Unit", "Operation", "#Took", "Ended"], steps.Select(s => new[]
        {
            Figures.Clock(s.From), Encoded(s.Label), Encoded(s.Unit), Encoded(s.Operation), Figures.Length(s.To - s.From), s.Ended ? "yes" : Verdict("warn", "no"),
        }));
        html.Line("</details>");
    }

    private static void Drawing(HtmlText html, List<StepSpan> steps, TimeSpan duration)
    {
        double hours = Math.Max(1e-3, Math.Max(duration.TotalHours, steps.Max(s => s.To.TotalHours))), perHour = (Width - Left - 12) / hours;
        var units = steps.GroupBy(s => s.Unit, StringComparer.Ordinal).OrderBy(g => g.Min(s => s.From)).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.Key, Lanes: Lanes([.. g]))).ToList();
        double height = units.Sum(u => (u.Lanes.Count * Lane) + Gap) + 24;
        html.Line($"<figure><svg viewBox=\"0 0 {Width} {Figures.At(height)}\" role=\"img\" aria-label=\"timeline of phases by unit\">");
        foreach (double tick in AxisScale.Hours(hours, 14).Ticks())
        {
            string x = Figures.At(Left + (tick * perHour));
            html.Line($"<line class=\"grid\" x1=\"{x}\" x2=\"{x}\" y1=\"0\" y2=\"{Figures.At(height - 22)}\"/><text class=\"axis\" x=\"{x}\" y=\"{Figures.At(height - 7)}\" text-anchor=\"middle\">{AxisScale.HourLabel(tick)}</text>");
        }

        double y = 2;
        foreach (var (unit, lanes) in units)
        {
            html.Line($"<text x=\"{Figures.At(Left - 10)}\" y=\"{Figures.At(y + 14)}\" text-anchor=\"end\" font-weight=\"600\">{Encoded(unit)}</text>");
            for (int lane = 0; lane < lanes.Count; lane++)
                for (int i = 0; i < lanes[lane].Count; i++) Bar(html, lanes[lane][i], i + 1 < lanes[lane].Count ? lanes[lane][i + 1].From.TotalHours : hours, y + (lane * Lane), perHour);
            y += (lanes.Count * Lane) + Gap;
            html.Line($"<line class=\"grid\" x1=\"0\" x2=\"{Width}\" y1=\"{Figures.At(y - (Gap / 2))}\" y2=\"{Figures.At(y - (Gap / 2))}\"/>");
        }

        html.Line("</svg><figcaption>Plant time from the start of the run, h:min. Hold the pointer over a bar for its name and times.</figcaption></figure>");
    }

    /// <summary>Steps of one unit that overlap stand one below the other.</summary>
    private static List<List<StepSpan>> Lanes(List<StepSpan> steps)
    {
        var lanes = new List<List<StepSpan>>();
        foreach (var step in steps)
        {
            var free = lanes.Find(lane => lane[^1].To <= step.From);
            if (free is null) lanes.Add([step]);
            else free.Add(step);
        }

        return lanes;
    }

    /// <param name="next">Hour at which the next bar of the lane begins.</param>
    private static void Bar(HtmlText html, StepSpan step, double next, double y, double perHour)
    {
        double x = Left + (step.From.TotalHours * perHour), width = Math.Max(1.5, ((step.To - step.From).TotalHours * perHour) - 0.8);
        string colour = step.Operation.Length > 0 ? "var(--c1)" : "var(--c6)";
        html.Raw($"<g><title>{Encoded(step.Label)} · {Figures.Clock(step.From)} to {Figures.Clock(step.To)} ({Figures.Length(step.To - step.From)}){(step.Ended ? "" : " · not ended")}</title>");
        html.Raw($"<rect x=\"{Figures.At(x)}\" y=\"{Figures.At(y)}\" width=\"{Figures.At(width)}\" height=\"{Figures.At(Lane - 4)}\" rx=\"2\" fill=\"{colour}\"/>");
        foreach (var state in step.States.Where(s => Colour(s.State) is not null && s.To > s.From))
        {
            html.Raw($"<rect x=\"{Figures.At(Left + (state.From.TotalHours * perHour))}\" y=\"{Figures.At(y)}\" width=\"{Figures.At(Math.Max(2, (state.To - state.From).TotalHours * perHour))}\" height=\"{Figures.At(Lane - 4)}\" fill=\"{Colour(state.State)}\"/>");
        }

        Label(html, step.Label, x, width, ((next - step.From.TotalHours) * perHour) - width, y);
        html.Line("</g>");
    }

    /// <summary>In the bar where it fits, else beside it, else as much of it as the bar holds.</summary>
    private static void Label(HtmlText html, string label, double x, double width, double beside, double y)
    {
        int within = (int)((width - 6) / Letter);
        bool outside = label.Length > within && label.Length * Letter < beside - 8;
        if (!outside && within < 4) return;
        html.Raw(outside
            ? $"<text class=\"in\" x=\"{Figures.At(x + width + 4)}\" y=\"{Figures.At(y + 13)}\">{Encoded(label)}</text>"
            : $"<text class=\"in\" x=\"{Figures.At(x + 4)}\" y=\"{Figures.At(y + 13)}\" style=\"fill:var(--onbar)\">{Encoded(Shortened(label, within))}</text>");
    }

    private static string Shortened(string text, int room) => text.Length <= room ? text : text[..(room - 1)] + "…";

    private static string? Colour(string state) => state.ToLowerInvariant() switch
    {
        "held" or "holding" or "paused" or "pausing" or "restarting" => "var(--c4)",
        "stopping" or "stopped" or "aborting" or "aborted" => "var(--bad)",
        _ => null,
    };
}
