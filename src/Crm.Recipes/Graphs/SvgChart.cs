using System.Collections.Immutable;
using System.Globalization;

namespace Crm.Recipes.Graphs;

/// <summary>
/// A procedure chart as one self-contained SVG: time runs downwards, each unit has a column of its own, double lines begin and end what is
/// side by side. It is parted into sheets of the proportions of A-paper, one below the other. The same recipe gives the same bytes.
/// </summary>
public sealed class SvgChart
{
    private const double Margin = 28, ColumnGap = 46, Row = 30, UnitHead = 44, FrameRoom = 20, LeastText = 620;

    /// <summary>Height to width of A3 and A4.</summary>
    private const double Proportion = 1.4142;

    private readonly SvgSheet sheet = new();
    private readonly SvgSteps steps;
    private readonly ProcedureChart chart;
    private readonly ImmutableSortedDictionary<string, int> columns;

    /// <summary>The last is for branches in which no unit works; it has no width when there are none.</summary>
    private readonly double[] left, wide;
    private readonly List<(ChartGroup Unit, double X, double Y, double Width, double Height)> units = [];
    private readonly double width, pageHeight;

    private SvgChart(ProcedureChart chart)
    {
        this.chart = chart;
        columns = LaneOrder.Of(chart);
        wide = new double[2 + columns.Values.DefaultIfEmpty(-1).Max()];
        int home = chart.Nodes.Select(Home).FirstOrDefault(h => h is not null) ?? 0;
        foreach (ChartNode node in chart.Nodes) Widen(node, ref home);
        left = new double[wide.Length];
        for (int i = 0; i < wide.Length; i++) left[i] = i == 0 ? Margin : left[i - 1] + wide[i - 1] + (wide[i] > 0 ? ColumnGap : 0);
        width = Math.Max(left[^1] + wide[^1], Margin + LeastText) + Margin;
        pageHeight = Math.Round(width * Proportion);
        steps = new SvgSteps(sheet, pageHeight);
    }

    public static string Of(ProcedureChart chart) => new SvgChart(chart).Draw();

    private string Draw()
    {
        double y = steps.Lines("title", [chart.Title], Margin, Margin - 8, width - (2 * Margin), 22, bold: true);
        y = Legend(steps.Lines("heading", chart.Heading, Margin, y, width - (2 * Margin), 13, bold: false) + 8);
        int home = chart.Nodes.Select(Home).FirstOrDefault(h => h is not null) ?? 0;
        (double bottom, _, _) = Flow(chart.Nodes, y + Row, null, home);
        Transfers();
        double height = bottom + Margin > pageHeight ? Math.Ceiling((bottom + Margin) / pageHeight) * pageHeight : bottom + Margin + 10;
        Sheets(height);
        return sheet.Whole(width, height, Math.Min(height, pageHeight), chart.Title, string.Join(". ", chart.Heading));
    }

    private double Legend(double y)
    {
        double x = Margin;
        foreach ((string icon, string text) in ((string, string)[])[("i-phase", "the controller does it"), ("i-person", "a person does it"), ("i-sample", "sample to the laboratory"), ("i-gate", "gate: waits for results"), ("i-wait", "waits for a reading")])
        {
            double needs = 24 + TextMeasure.Width(text, 12) + 20;
            if (x + needs > width - Margin) (x, y) = (Margin, y + 22);
            sheet.Icon(icon, x, y);
            sheet.Text("detail", x + 22, y + 12.5, text);
            x += needs;
        }

        const string rest = "Time runs downwards. A unit stays in its column; a column may serve one unit after another. Broken arrows: material from another unit. Sample names in small labels: who reads a result carries the label of its sample.";
        return steps.Lines("detail", [rest], Margin, y + 18, width - (2 * Margin), 12, bold: false) + 4;
    }

    /// <summary>Says at the head of each further sheet what it is, and which units go on there.</summary>
    private void Sheets(double height)
    {
        int count = (int)Math.Ceiling(height / pageHeight);
        for (int n = 1; n < count; n++)
        {
            double top = n * pageHeight;
            sheet.LineAbove("cut", (0, top), (width, top));
            sheet.Text("sheet", Margin, top - 10, string.Create(CultureInfo.InvariantCulture, $"{chart.Heading[0]}, sheet {n} of {count}"));
            foreach (var unit in units.Where(u => u.Y < top && u.Y + u.Height > top + SvgSteps.PageRoom))
                sheet.Text("group", unit.X + SvgSteps.Padding, top + 20, $"{unit.Unit.Title} ({unit.Unit.Unit}), continued");
        }

        if (count > 1) sheet.Text("sheet", Margin, height - 10, string.Create(CultureInfo.InvariantCulture, $"{chart.Heading[0]}, sheet {count} of {count}"));
    }

    /// <summary>Column of the first unit in a part of the chart; null when no unit works in it.</summary>
    private int? Home(ChartNode node) => node is ChartGroup group && group.Units.FirstOrDefault() is { } unit ? columns[unit] : null;

    /// <summary>A column is as wide as the widest that is drawn in it. What belongs to no unit stands below the unit before it.</summary>
    private void Widen(ChartNode node, ref int home)
    {
        if (node is ChartGroup { Kind: ChartGroupKind.Unit } unit)
        {
            home = columns[unit.Unit];
            wide[home] = Math.Max(wide[home], SvgSteps.Width(unit) + (2 * SvgSteps.Padding));
        }
        else if (node is ChartGroup { Kind: ChartGroupKind.Parallel } parallel && parallel.Units.Any())
        {
            foreach (ChartNode branch in parallel.Children)
            {
                home = Home(branch) ?? wide.Length - 1;
                Widen(branch, ref home);
            }

            home = Home(parallel)!.Value;
        }
        else if (node is ChartGroup group && group.Units.Any())
        {
            foreach (ChartNode child in group.Children) Widen(child, ref home);
        }
        else wide[home] = Math.Max(wide[home], SvgSteps.Width(node));
    }

    private double Middle(int column) => left[column] + (wide[column] / 2);

    /// <summary>Draws nodes one after the other, each in its column.</summary>
    /// <param name="from">Where the line to the first begins; null for none.</param>
    /// <param name="home">Column for what belongs to no unit.</param>
    /// <returns>The lower edge of the last, the middle of where it ends, and its column.</returns>
    private (double Bottom, double? End, int Home) Flow(ImmutableArray<ChartNode> nodes, double y, (double X, double Y)? from, int home)
    {
        double bottom = y;
        foreach (ChartNode node in nodes)
        {
            double top = steps.Clear(y, 90), middle = Begins(node, home);
            if (from is { } begin)
            {
                double turn = begin.Y + (Row / 2);
                sheet.Line("next", begin.X == middle ? [begin, (middle, top)] : [begin, (begin.X, turn), (middle, turn), (middle, top)]);
            }

            (bottom, double end, home) = Place(node, top, home);
            from = (end, bottom);
            y = bottom + Row;
        }

        return (bottom, from?.X, home);
    }

    private double Begins(ChartNode node, int home)
    {
        if (node is ChartGroup { Kind: ChartGroupKind.Parallel } parallel && parallel.Units.Any())
        {
            double[] ends = [.. parallel.Children.Select(b => Middle(Home(b) ?? wide.Length - 1))];
            return (ends.Min() + ends.Max()) / 2;
        }

        return Middle(Home(node) ?? home);
    }

    private (double Bottom, double End, int Home) Place(ChartNode node, double y, int home)
    {
        switch (node)
        {
            case ChartGroup { Kind: ChartGroupKind.Unit } unit: return Unit(unit, y);
            case ChartGroup { Kind: ChartGroupKind.Parallel } parallel when parallel.Units.Any(): return Parallel(parallel, y);
            case ChartGroup group when group.Units.Any(): return Frame(group, y, home);
            default: return (steps.Column([node], left[home], y, wide[home]), Middle(home), home);
        }
    }

    private (double, double, int) Unit(ChartGroup unit, double y)
    {
        int column = columns[unit.Unit];
        (double x, double across) = (left[column], wide[column]);
        double head = steps.Lines("unit", [$"{unit.Title} ({unit.Unit})"], x + SvgSteps.Padding, y + 2, across - (2 * SvgSteps.Padding), 15, bold: true);
        if (!unit.Begins.IsEmpty) head = steps.Lines("group", unit.Begins, x + SvgSteps.Padding, head - 6, across - (2 * SvgSteps.Padding), 12, bold: true);
        double bottom = steps.Column(unit.Children, x + SvgSteps.Padding, Math.Max(head + 4, y + UnitHead), across - (2 * SvgSteps.Padding)) + SvgSteps.Padding;
        sheet.Ground("lane", x, y, across, bottom - y);
        units.Add((unit, x, y, across, bottom - y));
        return (bottom, Middle(column), column);
    }

    /// <summary>Double lines over all columns in which something goes on side by side.</summary>
    private (double, double, int) Parallel(ChartGroup parallel, double y)
    {
        double begin = y + 4, bottom = begin;
        var ends = new List<(double X, double Y)>();
        foreach (ChartNode branch in parallel.Children)
        {
            int home = Home(branch) ?? wide.Length - 1;
            ImmutableArray<ChartNode> nodes = branch is ChartGroup { Kind: ChartGroupKind.Sequence } sequence ? sequence.Children : [branch];
            ends.Add((Middle(home), begin));
            (double at, double? end, _) = Flow(nodes, begin + 24, (Middle(home), begin), home);
            if (end is { } last) ends.Add((last, at));
            bottom = Math.Max(bottom, at);
        }

        bottom += 24;
        foreach ((double x, double at) in ends.Where(e => e.Y > begin)) sheet.Line("link", (x, at), (x, bottom));
        double from = ends.Min(e => e.X) - 40, to = ends.Max(e => e.X) + 40;
        foreach (double bar in (double[])[begin - 4, begin, bottom, bottom + 4]) sheet.LineAbove("bar", (from, bar), (to, bar));
        sheet.Text("group", ends.Min(e => e.X) + 8, begin + 14, parallel.Title);
        return (bottom + 4, (from + to) / 2, Home(parallel) ?? 0);
    }

    /// <summary>What goes over several units: a repeat with its way back, an alternative whose branches stand one below the other in the order they are judged.</summary>
    private (double, double, int) Frame(ChartGroup group, double y, int home)
    {
        if (group.Kind is ChartGroupKind.Sequence or ChartGroupKind.Branch)
        {
            (double at, double? middle, int column) = Flow(group.Children, y, null, home);
            return (at, middle ?? Middle(home), column);
        }

        double right = width - Margin, inner = right - left[0];
        bool isRepeat = group.Kind == ChartGroupKind.Repeat;
        double head = steps.Lines("group", isRepeat ? [$"Repeat: {group.Title}, {string.Join(", ", group.Begins)}"] : [group.Title, .. group.Begins], left[0], y, inner, 12, bold: true), bottom = head;
        double? end = null;
        if (group.Kind == ChartGroupKind.Alternative)
        {
            foreach (ChartGroup branch in group.Children.OfType<ChartGroup>())
            {
                double said = steps.Lines("condition", branch.Begins, left[0], bottom + 6, inner, 12, bold: false);
                (bottom, double? last, home) = branch.Children.IsEmpty ? (said, null, home) : Flow(branch.Children, said + 8, null, home);
                end = last ?? end;
                bottom += 8;
                sheet.LineAbove("frame", (left[0] - FrameRoom, bottom), (right + FrameRoom, bottom));
            }
        }
        else
        {
            (double body, end, home) = Flow(group.Children, head + 10, null, home);
            bottom = steps.Lines("condition", group.Ends, left[0], body + 6, inner, 12, bold: false);
            if (isRepeat) sheet.LineAbove("loop", (left[0], body + 14), (left[0] - 12, body + 14), (left[0] - 12, head - 8), (left[0] - 1, head - 8));
        }

        sheet.Area("frame", left[0] - FrameRoom, y - 4, inner + (2 * FrameRoom), bottom + 12 - y);
        return (bottom + 8, end ?? Middle(home), home);
    }

    /// <summary>Broken arrows from the unit that gives to the step that takes, while both are at work.</summary>
    private void Transfers()
    {
        foreach ((string from, double x, double y, double across, double height) in steps.Draws)
        {
            double middle = y + (height / 2);
            foreach (var (_, ux, _, uw, _) in units.Where(u => u.Unit.Unit == from && u.Y <= middle && u.Y + u.Height >= middle).Take(1))
                sheet.Line("flow", ux < x ? (ux + uw, middle) : (ux, middle), ux < x ? (x - 2, middle) : (x + across + 2, middle));
        }
    }
}
