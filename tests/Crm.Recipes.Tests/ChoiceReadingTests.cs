using System.Collections.Immutable;
using Crm.Plant.Procedure;

namespace Crm.Recipes.Tests;

/// <summary>Alternatives and repeats as the reader builds them.</summary>
public sealed class ChoiceReadingTests
{
    private static readonly string whole = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Malformed", "whole.yaml"));

    [Fact]
    public void Passes_have_steps_and_samples_of_their_own()
    {
        RepeatNode again = Nodes<RepeatNode>(whole).Single();
        Assert.Equal(["leach/again-1", "leach/again-2", "leach/again-3"], again.Passes.Select(p => p.Id));
        Assert.Equal(["leach/again-2/reheat", "leach/again-2/sample-check"], again.Passes[1].Children.Select(c => c.Id));
        Assert.Equal([("check-1", "check", 1), ("check-2", "check", 2), ("check-3", "check", 3)], again.Passes.Select(p => p.Children[1]).Cast<SampleNode>().Select(s => (s.Name, s.Of, s.Pass)));
        Assert.Equal((Consequence.Hold, TimeSpan.FromHours(4), 1), (again.Then, again.Within, again.WaitFor.Length));
    }

    [Fact]
    public void Branches_keep_their_order_and_what_is_done_otherwise_is_last()
    {
        AlternativeNode ways = Nodes<AlternativeNode>(whole).Single();
        Assert.Equal(["lab(pls.Cu) > 50 mg/kg", "lab(pls.Cu) > 20 mg/kg", null], ways.Branches.Select(b => b.When?.Text));
        Assert.Empty(ways.Branches[^1].Steps.Children);
        Assert.Equal(TimeSpan.FromHours(4), ways.AtMost);
        Assert.Single(ways.WaitFor);
    }

    [Theory]
    [InlineData("otherwise: go on", "otherwise:\n          - sample: {name: cemented, from: pot, amount: 5 g, analytes: [Cu], turnaround: 45 min}", "              - heat: {id: warm-on, to: 65 degC}", "              - sample: {name: cemented, from: pot, amount: 5 g, analytes: [Cu], turnaround: 45 min}")]
    [InlineData("otherwise: go on", "otherwise:\n          - discharge: {id: other, from: pot, lot: copper, kind: residue, analytes: [Cu], takes: 20 min}", "              - heat: {id: warm-on, to: 65 degC}", "              - discharge: {id: third, from: pot, lot: copper, kind: residue, analytes: [Cu], takes: 20 min}")]
    public void What_every_branch_takes_or_makes_is_there_afterwards(string one, string first, string other, string second)
    {
        string text = BrokenFile.Edit(BrokenFile.Edit(whole, one, first), other, second);
        text = second.Contains("cemented", StringComparison.Ordinal)
            ? BrokenFile.Edit(text, "lab(pls.Li) > 0.1 %", "lab(cemented.Cu) > 0.1 %")
            : BrokenFile.Edit(text, "  - wait: {id: empty", "  - weigh_in: {into: pot, material: \"lot:copper\", analytes: [Cu], takes: 5 min}\n  - wait: {id: empty");
        SmallPlant.Whole(SmallPlant.TryRecipe(text));
    }

    [Fact]
    public void Steps_side_by_side_may_wait_for_each_others_samples()
    {
        string text = BrokenFile.Edit(whole, "          - filter: {from: pot, pressure: 3 bar}\n", "          - filter: {from: pot, pressure: 3 bar}\n          - sample: {name: filtrate, from: pot, amount: 5 g, analytes: [Cu], turnaround: 45 min}\n");
        text = BrokenFile.Edit(text, "          - agitate: {speed: 200 rpm, until", "          - gate: {id: clear, require: lab(filtrate.Cu) < 1 %, at_most: 2 h, otherwise: hold, message: Copper}\n          - agitate: {speed: 200 rpm, until");
        SmallPlant.Whole(SmallPlant.TryRecipe(text));
    }

    private static ImmutableArray<T> Nodes<T>(string text)
    {
        var tree = new ProcedureTree(SmallPlant.Whole(SmallPlant.TryRecipe(text)).Procedure);
        return [.. Enumerable.Range(0, tree.Count).Select(n => tree[n]).OfType<T>()];
    }
}
