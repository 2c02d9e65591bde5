using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Procedure;
using Crm.Recipes.Diagnostics;

namespace Crm.Recipes.Tests;

/// <summary>Recipes with one mistake each; the first line says which finding it must give, and in which line.</summary>
public sealed class MalformedTests
{
    private const string Whole = "whole.yaml";

    private static readonly string folder = Path.Combine(AppContext.BaseDirectory, "Malformed");

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(folder, "*.yaml").Select(f => Path.GetFileName(f)).Where(f => f != Whole).Order(StringComparer.Ordinal)];

    [Fact]
    public void The_recipe_they_were_made_of_is_whole_and_there_are_more_than_a_hundred()
    {
        SmallPlant.Whole(SmallPlant.TryRecipe(File.ReadAllBytes(Path.Combine(folder, Whole))));
        Assert.True(Files.Count > 130);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void It_is_refused_with_the_code_and_line_it_names(string file)
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(folder, file));
        string[] says = SmallPlant.Text(bytes).Split('\n')[0].TrimStart('#', ' ').Split(' ');
        (ControlRecipe? value, ImmutableArray<Diagnostic> diagnostics) = SmallPlant.TryRecipe(bytes);
        BrokenFile.Refused((value, diagnostics), says[0], int.Parse(says[1], CultureInfo.InvariantCulture));
        Assert.True(diagnostics.Length <= 4, $"one mistake, {diagnostics.Length} findings:\n{string.Join('\n', diagnostics)}");
    }
}
