using System.Collections.Immutable;

namespace Crm.Recipes.Graphs;

/// <summary>Draws what stands inside one lane: steps one below the other, branches side by side, repeats with their way back.</summary>
/// <param name="pageHeight">px; no step is cut where one sheet of paper ends and the next begins.</param>
internal sealed class SvgSteps(SvgSheet sheet, double pageHeight)
{
    /// <summary>Kept free at the upper and lower edge of a sheet.</summary>
    public const double PageRoom = 34;

    public const double Gap = 16, Padding = 9;
    private const double StepWidth = 300, Between = 18, LoopRoom = 30, Icon = 24, NameLine = 16.5, DetailLine = 15.5, NameSize = 13, DetailSize = 12, EmptyBranch = 120;

    /// <summary>Heading of a group and a little of its first step: it does not stand alone at the end of a sheet.</summary>
    private const double GroupHead = 110;

    /// <summary>Phases that draw from a unit, with their boxes: arrows are drawn when every box has its place.</summary>
    public List<(string From, double X, double Y, double Width, double Height)> Draws { get; } = [];

    public static double Width(ChartNode node) => node switch
    {
        ChartGroup { Kind: ChartGroupKind.Alternative or ChartGroupKind.Parallel } across => across.Children.Sum(Width) + (Between * Math.Max(0, across.Children.Length - 1)),
        ChartGroup { Kind: ChartGroupKind.Branch, Children.IsEmpty: true } => EmptyBranch,
        ChartGroup { Kind: ChartGroupKind.Repeat } repeat => Widest(repeat) + LoopRoom + (2 * Padding),
        ChartGroup { Kind: ChartGroupKind.Operation } operation => Widest(operation) + (2 * Padding),
        ChartGroup group => Widest(group),
        _ => StepWidth,
    };

    /// <summary>Draws nodes one below the other, linked.</summary>
    /// <returns>Where the last of them ends; <paramref name="y"/> when there is none.</returns>
    public double Column(ImmutableArray<ChartNode> nodes, double x, double y, double width)
    {
        double at = y;
        for (int i = 0; i < nodes.Length; i++)
        {
            double top = i == 0 ? at : at + Gap;
            if (nodes[i] is ChartGroup) top = Clear(top, GroupHead);
            if (i > 0) sheet.LineAbove("link", (x + (width / 2), at), (x + (width / 2), top));
            at = top;

            at = Node(nodes[i], x, at, width);
        }

        return at;
    }

    private static double Widest(ChartGroup group) => group.Children.IsEmpty ? StepWidth : group.Children.Max(Width);

    private double Node(ChartNode node, double x, double y, double width) => node switch
    {
        ChartStep step => Step(step, x + ((width - StepWidth) / 2), y),
        ChartGroup { Kind: ChartGroupKind.Alternative or ChartGroupKind.Parallel } across => Across(across, x, y, width),
        ChartGroup { Kind: ChartGroupKind.Repeat } repeat => Repeat(repeat, x + ((width - Width(repeat)) / 2), y),
        ChartGroup { Kind: ChartGroupKind.Operation } operation => Operation(operation, x + ((width - Width(operation)) / 2), y),
        ChartGroup group => Column(group.Children, x, y, width),
        _ => y,
    };

    /// <summary>Where something of a height may begin: here, or at the top of the next sheet.</summary>
    public double Clear(double y, double height)
    {
        double sheetEnd = (Math.Floor(y / pageHeight) + 1) * pageHeight;
        bool fits = y + height <= sheetEnd - PageRoom && y - (sheetEnd - pageHeight) >= PageRoom;
        bool begins = y - (sheetEnd - pageHeight) < PageRoom;
        return fits ? y : begins && sheetEnd > pageHeight ? sheetEnd - pageHeight + PageRoom : y + height <= sheetEnd - PageRoom ? y : sheetEnd + PageRoom;
    }

    private double Step(ChartStep step, double x, double wished)
    {
        var badges = Badges(step);
        double inner = StepWidth - Icon - (2 * Padding), badge = badges.Select(b => b.Width + 6).DefaultIfEmpty(0).Max();
        ImmutableArray<string> name = TextMeasure.Lines(step.Title, NameSize, inner - badge, bold: true);
        string[] details = [.. step.Details.SelectMany(d => TextMeasure.Lines(d, DetailSize, inner))];
        double height = Math.Max((2 * Padding) + (name.Length * NameLine) + (details.Length * DetailLine) - 3, Padding + (18 * badges.Length));
        double y = Clear(wished, height);
        if (y > wished) sheet.LineAbove("link", (x + (StepWidth / 2), wished), (x + (StepWidth / 2), y));
        string kind = step.Kind switch { ChartStepKind.Person => "person", ChartStepKind.Sample => "sample", ChartStepKind.Gate => "gate", ChartStepKind.Wait => "wait", _ => "step" };
        sheet.Box(kind, x, y, StepWidth, height, step.Id);
        sheet.Icon(kind == "step" ? "i-phase" : "i-" + kind, x + Padding - 1, y + Padding - 1);
        double line = y + Padding + 11;
        foreach ((string text, bool isName) in name.Select(n => (n, true)).Concat(details.Select(d => (d, false))))
        {
            sheet.Text(isName ? "name" : "detail", x + Icon + Padding, line, text);
            line += isName ? NameLine : DetailLine;
        }

        Draw(badges, x, y);
        if (step.From.Length > 0) Draws.Add((step.From, x, y, StepWidth, height));
        return y + height;
    }

    /// <summary>Names of samples: a sample and whoever reads it carry the same one.</summary>
    private static (string Name, double Width)[] Badges(ChartStep step) =>
        [.. (step.Sample.Length > 0 ? [step.Sample] : step.Reads).Select(n => (n, TextMeasure.Width(n, 11, bold: true) + 12))];

    private void Draw((string Name, double Width)[] badges, double x, double y)
    {
        double top = y + Padding - 2;
        foreach ((string name, double width) in badges)
        {
            sheet.LineAbove("pill", Pill(x + StepWidth - Padding - width + 2, top, width, 15));
            sheet.Text("badge", x + StepWidth - Padding - (width / 2) + 2, top + 11.5, name);
            top += 18;
        }
    }

    private static (double, double)[] Pill(double x, double y, double width, double height) =>
        [(x + 4, y), (x + width - 4, y), (x + width, y + (height / 2)), (x + width - 4, y + height), (x + 4, y + height), (x, y + (height / 2)), (x + 4, y)];

    /// <summary>A heading with a line beside the steps of an operation.</summary>
    private double Operation(ChartGroup operation, double x, double y)
    {
        double width = Width(operation), head = Lines("group", [operation.Title], x + Padding, y, width - (2 * Padding), DetailSize, bold: true);
        double end = Column(operation.Children, x + Padding, head + 4, width - (2 * Padding)) + Padding;
        sheet.Area("frame", x, y, width, end - y);
        return end;
    }

    /// <summary>One line with branches below it for an alternative, two for what is side by side (as in sequential function charts).</summary>
    private double Across(ChartGroup group, double x, double y, double width)
    {
        bool both = group.Kind == ChartGroupKind.Parallel;
        double head = Lines("group", [group.Title, .. group.Begins], x + Padding, y, width - (2 * Padding), DetailSize, bold: true);
        double total = Width(group), left = x + ((width - total) / 2), begin = head + 6, end = begin;
        var ends = new List<(double Middle, double End)>();
        foreach (ChartNode branch in group.Children)
        {
            double wide = Width(branch), middle = left + (wide / 2), at = begin;
            if (branch is ChartGroup { Begins.IsEmpty: false } conditional) at = Lines("condition", conditional.Begins, left + 6, begin + 4, wide - 8, DetailSize, bold: false);
            sheet.LineAbove("link", (middle, at + 2), (middle, at + Gap));
            at = Node(branch, left, at + Gap, wide);
            ends.Add((middle, at));
            end = Math.Max(end, at);
            left += wide + Between;
        }

        end += Gap;
        foreach ((double middle, double at) in ends) sheet.LineAbove("link", (middle, at), (middle, end));
        foreach (double bar in both ? [begin, begin - 4] : new[] { begin }) sheet.LineAbove("bar", (x + ((width - total) / 2), bar), (x + ((width + total) / 2), bar));
        foreach (double bar in both ? [end, end + 4] : new[] { end }) sheet.LineAbove("bar", (x + ((width - total) / 2), bar), (x + ((width + total) / 2), bar));
        return end + (both ? 4 : 0);
    }

    private double Repeat(ChartGroup repeat, double x, double y)
    {
        double width = Width(repeat), inner = width - LoopRoom - (2 * Padding), left = x + LoopRoom + Padding;
        double head = Lines("group", [$"Repeat: {repeat.Title}, {string.Join(", ", repeat.Begins)}"], left, y, inner, DetailSize, bold: true);
        double end = Column(repeat.Children, left, head + 6, inner);
        double foot = Lines("condition", repeat.Ends, left, end + 4, inner, DetailSize, bold: false);
        sheet.LineAbove("loop", (left, end + 12), (x + Padding, end + 12), (x + Padding, head), (left - 2, head));
        sheet.Area("frame", x, y, width, foot + 6 - y);
        return foot + 6;
    }

    /// <returns>Where the text ends.</returns>
    public double Lines(string kind, ImmutableArray<string> paragraphs, double x, double y, double width, double size, bool bold)
    {
        double line = y + 3;
        foreach (string text in paragraphs.SelectMany(p => TextMeasure.Lines(p, size, width, bold)))
        {
            line += size + 3.5;
            sheet.Text(kind, x, line - 1, text);
        }

        return line + 3;
    }
}
