using System.Text.RegularExpressions;
using Crm.Plant.Procedure;

namespace Crm.Recipes.Tests;

/// <summary>A recipe written for an equipment class runs on any unit that is one; what cannot be bound is reported before START (S88-26).</summary>
public sealed class RecipeEquipmentTests
{
    [Fact]
    public void A_name_of_the_recipe_stands_for_the_unit_it_was_bound_to()
    {
        ControlRecipe plain = Read(SmallPlant.Recipe), bound = Read(Named("pot: {class: leach-reactor, working: 30 L, reagents: [sulfuric_acid]}"));
        Assert.Equal("leach", bound.Equipment["pot"]);
        Assert.Equal(Units(plain.Procedure), Units(bound.Procedure));
        Assert.Equal(plain.Slots, bound.Slots);
        Assert.Empty(plain.Equipment);
    }

    [Fact]
    public void The_unit_of_the_same_name_is_taken_where_it_will_do() =>
        Assert.Equal("leach", Read(BrokenFile.Edit(SmallPlant.Recipe, "formula:\n", "equipment:\n  leach: {class: leach-reactor}\nformula:\n")).Equipment["leach"]);

    public static TheoryData<string, string> Broken => new()
    {
        { "pot: {class: autoclave}", "EQUIPMENT-BINDING" },
        { "pot: {class: leach-reactor, working: 500 L}", "EQUIPMENT-BINDING" },
        { "pot: {class: leach-reactor, reagents: [aqua_regia]}", "EQUIPMENT-BINDING" },
        { "pot: {class: leach-reactor, tags: [turbidity]}", "EQUIPMENT-BINDING" },
        { "pot: {working: 30 L}", "KEY-MISSING" },
        { "pot: {class: leach-reactor, colour: red}", "KEY-UNKNOWN" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void What_cannot_be_bound_is_refused_at_its_line(string line, string code)
    {
        string text = BrokenFile.Edit(SmallPlant.Recipe, "formula:\n", $"equipment:\n  {line}\nformula:\n");
        BrokenFile.Refused(SmallPlant.TryRecipe(text), code, BrokenFile.LineOf(text, line));
    }

    private static string Named(string line)
    {
        string text = Regex.Replace(SmallPlant.Recipe, @"(?<=(unit|from|into|in): )leach\b|\bleach(?=\.[a-z])", "pot");
        return BrokenFile.Edit(text, "formula:\n", $"equipment:\n  {line}\nformula:\n");
    }

    private static ControlRecipe Read(string text) => SmallPlant.TryRecipe(text) is ({ } recipe, { IsEmpty: true }) ? recipe : throw new InvalidOperationException(string.Join("; ", SmallPlant.TryRecipe(text).Item2));

    private static string[] Units(ProcedureNode node) => node switch
    {
        SequenceNode s => [.. s.Children.SelectMany(Units)],
        ParallelNode p => [.. p.Branches.SelectMany(Units)],
        UnitProcedureNode u => [u.Unit, .. u.Children.SelectMany(Units)],
        OperationNode o => [.. o.Children.SelectMany(Units)],
        PhaseNode phase => [phase.Unit],
        PromptNode prompt => [prompt.Place],
        _ => [],
    };
}
