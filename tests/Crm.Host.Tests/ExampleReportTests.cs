using Crm.Host.Runs;
using Xunit;

namespace Crm.Host.Tests;

/// <summary>docs/examples has a report of each recipe as it is shipped: of its version, in specification.</summary>
public sealed class ExampleReportTests
{
    private static readonly string root = ProcedureChartTests.Root();

    public static TheoryData<string> Recipes => ProcedureChartTests.Recipes;

    [Theory]
    [MemberData(nameof(Recipes))]
    public void A_recipe_has_its_report(string recipe)
    {
        var (read, problems) = RigFiles.Recipe(Path.Combine(root, recipe), null);
        Assert.True(read is not null, string.Join('\n', problems));
        string name = $"{Path.GetFileName(Path.GetDirectoryName(recipe))}/{Path.GetFileNameWithoutExtension(recipe)}.html", file = Path.Combine(root, "docs", "examples", name);
        Assert.True(File.Exists(file), $"{file} is missing: make it with docs/examples/make");
        string report = File.ReadAllText(file);
        Assert.True(report.Contains($"<dd>{read.Id} {read.Version}</dd>", StringComparison.Ordinal), $"{file} is of another version than {read.Version}: make it anew with docs/examples/make");
        Assert.True(report.Contains("In specification", StringComparison.OrdinalIgnoreCase), $"{file} is not of a batch in specification");
        Assert.Contains($"({name})", File.ReadAllText(Path.Combine(root, "docs", "examples", "README.md")), StringComparison.Ordinal);
    }
}
