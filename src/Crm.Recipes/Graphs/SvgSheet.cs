using System.Globalization;
using System.Security;
using System.Text;

namespace Crm.Recipes.Graphs;

/// <summary>Shapes of a drawing in layers: lanes at the bottom, lines, boxes, text on top. Numbers are in px with one decimal, so that the same chart gives the same bytes.</summary>
internal sealed class SvgSheet
{
    private readonly StringBuilder ground = new(), under = new(), boxes = new(), over = new();

    public void Ground(string kind, double x, double y, double width, double height) =>
        ground.Append(Inv($"<rect class=\"{kind}\" x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{width:0.#}\" height=\"{height:0.#}\" rx=\"6\"/>\n"));

    public void Area(string kind, double x, double y, double width, double height, double round = 4) =>
        under.Append(Inv($"<rect class=\"{kind}\" x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{width:0.#}\" height=\"{height:0.#}\" rx=\"{round:0.#}\"/>\n"));

    public void Box(string kind, double x, double y, double width, double height, string tip, double round = 3) =>
        boxes.Append(Inv($"<rect class=\"{kind}\" x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{width:0.#}\" height=\"{height:0.#}\" rx=\"{round:0.#}\"><title>{Escaped(tip)}</title></rect>\n"));

    /// <summary>A line through points; with an arrow head at its end when its kind says so.</summary>
    public void Line(string kind, params (double X, double Y)[] points) =>
        under.Append(Inv($"<path class=\"{kind}\" d=\"{Path(points)}\"/>\n"));

    public void LineAbove(string kind, params (double X, double Y)[] points) => over.Append(Inv($"<path class=\"{kind}\" d=\"{Path(points)}\"/>\n"));

    public void Text(string kind, double x, double y, string text) => over.Append(Inv($"<text class=\"{kind}\" x=\"{x:0.#}\" y=\"{y:0.#}\">{Escaped(text)}</text>\n"));

    public void Icon(string name, double x, double y) => over.Append(Inv($"<use href=\"#{name}\" x=\"{x:0.#}\" y=\"{y:0.#}\"/>\n"));

    /// <param name="description">For those who cannot see it.</param>
    /// <param name="page">Height of a sheet of paper.</param>
    public string Whole(double width, double height, double page, string title, string description) => Inv(
        $"""
        <svg xmlns="http://www.w3.org/2000/svg" width="{width:0}" height="{height:0}" viewBox="0 0 {width:0} {height:0}" role="img" aria-labelledby="t d">
        <title id="t">{Escaped(title)}</title>
        <desc id="d">{Escaped(description)}</desc>
        {SvgStyle.Text}
        <style>{Page(width, page)}</style>
        <rect class="paper" x="0" y="0" width="{width:0}" height="{height:0}"/>

        """) + ground + under + boxes + over + "</svg>\n";

    private static string Page(double width, double height) => Inv($"@page {{ size: {width:0}px {height:0}px; margin: 0; }}");

    private static string Path((double X, double Y)[] points) =>
        string.Join(' ', points.Select((p, i) => Inv($"{(i == 0 ? 'M' : 'L')}{p.X:0.#} {p.Y:0.#}")));

    private static string Escaped(string text) => SecurityElement.Escape(text) ?? "";

    private static string Inv(FormattableString text) => text.ToString(CultureInfo.InvariantCulture).Replace("\r", "", StringComparison.Ordinal);
}
