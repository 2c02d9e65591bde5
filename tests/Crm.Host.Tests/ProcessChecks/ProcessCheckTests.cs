using System.Collections.Immutable;
using Crm.Recipes.Diagnostics;
using Xunit;

namespace Crm.Host.Tests.ProcessChecks;

/// <summary>Chemistry mistakes made in recipes of the repository, each with a near neighbour that is none.</summary>
public sealed class ProcessCheckTests
{
    private const string Lithium = "lithium/black-mass-to-carbonate", Vanadium = "vanadium/calcine-to-pentoxide", Germanium = "germanium/residue-to-concentrate",
        Dioxide = "germanium/tetrachloride-to-dioxide", Manganese = "vanadium/manganese-sulfate", Bench = "bench/neutralise-soda-liquor";

    [Theory]
    [InlineData(Lithium)]
    [InlineData(Vanadium)]
    [InlineData(Germanium)]
    [InlineData(Dioxide)]
    [InlineData(Manganese)]
    [InlineData(Bench)]
    public void The_recipes_they_are_made_of_raise_nothing(string recipe) => Assert.Empty(new EditedRecipe(recipe).Check());

    public static TheoryData<string> Mistakes => [.. Mistake.All.Select(m => m.Name)];

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_found_with_its_code_in_its_line(string name)
    {
        Mistake mistake = Mistake.All.Single(m => m.Name == name);
        EditedRecipe edited = mistake.Wrong(new EditedRecipe(mistake.Recipe));
        ImmutableArray<Diagnostic> found = edited.Check();
        Diagnostic? it = found.FirstOrDefault(d => d.Code == mistake.Code);
        Assert.True(it is not null, $"no {mistake.Code} but:\n{string.Join('\n', found)}");
        Assert.Equal(mistake.IsAdvice, it.IsAdvice);
        Assert.True(edited.LineOf(mistake.At) == it.Line, $"line {edited.LineOf(mistake.At)} expected: {it}");
        Assert.NotEmpty(it.Remedy);
        TestContext.Current.SendDiagnosticMessage(it.ToString());
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Its_near_neighbour_is_not(string name)
    {
        Mistake mistake = Mistake.All.Single(m => m.Name == name);
        ImmutableArray<Diagnostic> found = mistake.Right(new EditedRecipe(mistake.Recipe)).Check();
        Assert.True(found.All(d => d.Code != mistake.Code), string.Join('\n', found));
    }
}
