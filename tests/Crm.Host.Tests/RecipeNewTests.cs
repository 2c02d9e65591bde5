using Crm.Host.CommandLine;
using Crm.Recipes.Templates;
using Xunit;

namespace Crm.Host.Tests;

/// <summary><c>crm recipe new</c>: what comes out of a template lints and runs at once, and overwrites nothing.</summary>
public sealed class RecipeNewTests : IDisposable
{
    private static readonly string root = ProcedureChartTests.Root();
    private static readonly string templates = Path.Combine("recipes", "shared", "templates");

    private readonly string home = Directory.CreateTempSubdirectory("crm-new-").FullName;

    public RecipeNewTests()
    {
        foreach (string folder in (string[])[Path.Combine("recipes", "shared", "blocks"), templates, Path.Combine(templates, "specs")])
        {
            Directory.CreateDirectory(Path.Combine(home, folder));
            foreach (string file in Directory.EnumerateFiles(Path.Combine(root, folder))) File.Copy(file, Path.Combine(home, folder, Path.GetFileName(file)));
        }
    }

    public static TheoryData<string> Templates => [.. Directory.EnumerateFiles(Path.Combine(root, templates), "*.yaml").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Templates))]
    public void It_lints_and_runs_at_once_in_grade_and_is_not_written_twice(string template)
    {
        Assert.Equal(ExitCodes.Good, RecipeNew.Write(template, "mine/first-try", null, home));
        string recipe = Path.Combine(home, "recipes", "mine", "first-try.yaml"), text = File.ReadAllText(recipe);
        Assert.Contains("\nrecipe: mine/first-try\n", text, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Good, CrmCommand.Invoke(["run", recipe, "--seed", "3", "--quiet", "--out", Path.Combine(home, "out")]));
        Assert.Contains("exists and is not overwritten", Assert.Throws<UsageException>(() => RecipeNew.Write(template, "mine/first-try", null, home)).Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(recipe));
    }

    [Fact]
    public void A_rig_it_does_not_fit_is_told_and_an_unknown_template_too()
    {
        Assert.Equal(ExitCodes.Problems, RecipeNew.Write("lithium", "leach", "bench-kit", home));
        Assert.True(File.Exists(Path.Combine(home, "recipes", "lithium", "leach.yaml")));
        Assert.Contains("did you mean 'lithium'?", Assert.Throws<UsageException>(() => RecipeNew.Write("litium", "leach", null, home)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wash-cake", true)]
    [InlineData("lithium/wash-cake", true)]
    [InlineData("../wash", false)]
    [InlineData("/etc/passwd", false)]
    [InlineData("a/b/c", false)]
    [InlineData("Wash", false)]
    [InlineData("", false)]
    public void A_name_is_one_or_two_words_and_leads_nowhere_else(string name, bool good) => Assert.Equal(good, RecipeTemplate.WhyNoName(name) is null);

    public void Dispose() => Directory.Delete(home, recursive: true);
}
