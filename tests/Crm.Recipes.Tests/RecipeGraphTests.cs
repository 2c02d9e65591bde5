using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Crm.Recipes.Graphs;

namespace Crm.Recipes.Tests;

/// <summary>The procedure chart (<c>crm recipe graph</c>).</summary>
public sealed partial class RecipeGraphTests
{
    private static readonly string whole = SmallPlant.Text(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Malformed", "whole.yaml")));
    private static readonly ProcedureChart chart = ChartBuilder.Of(RecipeDiffTests.Outline(whole));
    private static readonly string svg = SvgChart.Of(chart);

    [Fact]
    public void The_same_recipe_gives_the_same_bytes_and_they_are_well_formed()
    {
        Assert.Equal(svg, SvgChart.Of(ChartBuilder.Of(RecipeDiffTests.Outline(whole))));
        Assert.Equal("svg", XDocument.Parse(svg).Root!.Name.LocalName);
        Assert.DoesNotContain("http", svg.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Leach reactor (leach)")]
    [InlineData("Filter (filter1)")]
    [InlineData("Gate: Lithium")]
    [InlineData("at most 3 passes")]
    [InlineData("when lab(pls.Cu) &gt;")]
    [InlineData("otherwise go on")]
    [InlineData("read by")]
    [InlineData("makes lot graphite (residue)")]
    [InlineData("class=\"flow\"")]
    [InlineData("prefers-color-scheme: dark")]
    public void It_shows_units_gates_branches_repeats_samples_lots_and_transfers(string piece) => Assert.Contains(piece.Replace(' ', '~'), Flat(svg), StringComparison.Ordinal);

    [Fact]
    public void Every_step_is_in_it_once()
    {
        string[] ids = [.. Steps(chart.Nodes).Select(s => s.Id)];
        Assert.True(ids.Length >= 18);
        foreach (string id in ids) Assert.Single(Regex.Matches(svg, $"<title>{Regex.Escape(id)}</title>"));
    }

    [Fact]
    public void No_box_runs_out_of_the_drawing_or_over_the_end_of_a_sheet()
    {
        XElement root = XDocument.Parse(svg).Root!;
        double width = Number(root, "width"), height = Number(root, "height"), page = double.Parse(PageSize().Match(svg).Groups[1].Value, CultureInfo.InvariantCulture);
        foreach (XElement box in root.Elements().Where(e => e.Name.LocalName == "rect" && (string?)e.Attribute("class") is "step" or "person" or "sample" or "gate" or "wait"))
        {
            double x = Number(box, "x"), y = Number(box, "y"), right = x + Number(box, "width"), bottom = y + Number(box, "height");
            Assert.True(x >= 0 && right <= width && bottom <= height, $"{box} is outside");
            Assert.Equal(Math.Floor(y / page), Math.Floor(bottom / page));
        }
    }

    [Fact]
    public void Boxes_do_not_lie_on_each_other()
    {
        (double X, double Y, double Right, double Bottom)[] boxes = [.. XDocument.Parse(svg).Root!.Elements()
            .Where(e => e.Name.LocalName == "rect" && (string?)e.Attribute("class") is "step" or "person" or "sample" or "gate" or "wait")
            .Select(e => (Number(e, "x"), Number(e, "y"), Number(e, "x") + Number(e, "width"), Number(e, "y") + Number(e, "height")))];
        foreach (var a in boxes)
            Assert.DoesNotContain(boxes, b => a != b && a.X < b.Right && b.X < a.Right && a.Y < b.Bottom && b.Y < a.Bottom);
    }

    [Theory]
    [InlineData("a word that is Incomprehensibly_long_for_its_box_and_must_be_broken_somewhere_inside", 100)]
    [InlineData("at most 4 h, then hold", 60)]
    [InlineData("", 60)]
    public void Text_is_broken_before_it_runs_out_of_its_box(string text, double width)
    {
        var lines = TextMeasure.Lines(text, 12, width);
        Assert.All(lines, l => Assert.True(TextMeasure.Width(l, 12) <= width, l));
        Assert.Equal(text.Replace(" ", "", StringComparison.Ordinal), string.Concat(lines).Replace(" ", "", StringComparison.Ordinal).Replace("\u00a0", "", StringComparison.Ordinal));
    }

    [Fact]
    public void Mermaid_has_every_step_and_dotted_lines_from_samples_to_their_readers()
    {
        string text = MermaidChart.Of(chart);
        Assert.StartsWith("---\ntitle: ", text, StringComparison.Ordinal);
        Assert.Equal(Regex.Matches(text, "subgraph ").Count, Regex.Matches(text, @"^ *end$", RegexOptions.Multiline).Count);
        Assert.Contains("-.->|pls|", text, StringComparison.Ordinal);
        Assert.Contains("-->|not yet|", text, StringComparison.Ordinal);
        Assert.Contains("==>|material|", text, StringComparison.Ordinal);
        foreach (ChartStep step in Steps(chart.Nodes)) Assert.Contains($"**{step.Title}**", text, StringComparison.Ordinal);
    }

    /// <summary>All text in one line, for words that are broken over several.</summary>
    private static string Flat(string drawn) => Regex.Replace(Regex.Replace(drawn, "</text>\\s*<text[^>]*>", " "), "[ \u00a0]", "~");

    private static IEnumerable<ChartStep> Steps(IEnumerable<ChartNode> nodes) => nodes.SelectMany(n => n is ChartStep step ? [step] : Steps(((ChartGroup)n).Children));

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"@page \{ size: \d+px (\d+)px")]
    private static partial Regex PageSize();
}
