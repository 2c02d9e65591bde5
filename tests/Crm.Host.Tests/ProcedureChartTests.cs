using System.Text.RegularExpressions;
using Crm.Host.CommandLine;
using Crm.Recipes.Graphs;
using Xunit;

namespace Crm.Host.Tests;

/// <summary>The procedure charts under docs/procedures are those of the shipped recipes.</summary>
public sealed partial class ProcedureChartTests
{
    private static readonly string root = Root();

    public static TheoryData<string> Recipes => [.. Directory.EnumerateDirectories(Path.Combine(root, "recipes")).SelectMany(d => Directory.EnumerateFiles(d, "*.yaml")).Select(f => Path.GetRelativePath(root, f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Recipes))]
    public void The_chart_of_a_recipe_is_up_to_date(string recipe)
    {
        var (outline, problems) = RecipeDiff.Outline(Path.Combine(root, recipe), RecipeDiff.Disk);
        Assert.True(outline is not null, string.Join('\n', problems));
        string file = Path.Combine(root, "docs", "procedures", Path.GetFileName(Path.GetDirectoryName(recipe))!, Path.GetFileNameWithoutExtension(recipe) + ".svg");
        Assert.True(File.Exists(file), $"{file} is missing: draw it with docs/procedures/draw");
        Assert.True(Process(File.ReadAllText(file)) == Process(SvgChart.Of(ChartBuilder.Of(outline))), $"{file} is another procedure than {recipe}: draw it anew with docs/procedures/draw");
    }

    /// <summary>A remark in a recipe changes its content, not its procedure.</summary>
    private static string Process(string chart) => Content().Replace(chart, "");

    internal static string Root()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Crm.sln"))) at = at.Parent;
        return at!.FullName;
    }

    [GeneratedRegex("content [0-9a-f]{12}")]
    private static partial Regex Content();
}
