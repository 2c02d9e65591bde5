using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Procedure;
using Crm.Recipes.Differences;

namespace Crm.Recipes.Graphs;

/// <summary>Makes the chart of a recipe. Of a repeat, the first pass is drawn; it stands for all.</summary>
public sealed class ChartBuilder
{
    private readonly ControlRecipe recipe;
    private readonly ChartWords words;

    private ChartBuilder(RecipeOutline outline)
    {
        recipe = outline.Recipe;
        words = new ChartWords(outline);
    }

    public static ProcedureChart Of(RecipeOutline outline)
    {
        ControlRecipe recipe = outline.Recipe;
        return new ProcedureChart(
            recipe.Title,
            [
                $"{recipe.Id} {recipe.Version} on {recipe.Rig}, content {recipe.ContentHash[..12]}",
                string.Create(CultureInfo.InvariantCulture, $"Makes {recipe.Product.Name} to {recipe.Product.Specification.Name}; at least {100 * recipe.Product.LeastRecovery:0.#} % of the {recipe.Product.MainElement}"),
            ],
            new ChartBuilder(outline).Nodes(recipe.Procedure.Children));
    }

    private ImmutableArray<ChartNode> Nodes(IEnumerable<ProcedureNode> nodes) => [.. nodes.Select(Node)];

    private ChartNode Node(ProcedureNode node) => node switch
    {
        UnitProcedureNode unit => Group(unit, ChartGroupKind.Unit, unit.Children, unit.Hold is { } hold ? [$"held at most {ChartWords.Time(hold.AtMost)}, then {hold.Then.ToString().ToLowerInvariant()}"] : []) with { Unit = unit.Unit },
        OperationNode operation => Group(operation, ChartGroupKind.Operation, operation.Children, []),
        SequenceNode sequence => Group(sequence, ChartGroupKind.Sequence, sequence.Children, []),
        ParallelNode parallel => Group(parallel, ChartGroupKind.Parallel, parallel.Branches, []),
        AlternativeNode alternative => Alternative(alternative),
        RepeatNode repeat => Repeat(repeat),
        PhaseNode phase => new ChartStep(phase.Id, Titled(phase.Label, phase.Id), ChartStepKind.Phase, words.Of(phase), words.From(phase.Id), "", words.Reads(phase.Id)),
        PromptNode prompt => new ChartStep(prompt.Id, prompt.Label, ChartStepKind.Person, words.Of(prompt), "", "", []),
        SampleNode sample => new ChartStep(sample.Id, "Sample " + sample.Of, ChartStepKind.Sample, words.Of(sample), "", sample.Of, []),
        GateNode gate => new ChartStep(gate.Id, "Gate: " + gate.Label, ChartStepKind.Gate, words.Of(gate), "", "", ChartWords.Samples(gate.Require.Text)),
        WaitNode wait => new ChartStep(wait.Id, Titled("Wait", wait.Id), ChartStepKind.Wait, ChartWords.Of(wait), "", "", []),
        _ => new ChartStep(node.Id, node.Label, ChartStepKind.Phase, [], "", "", []),
    };

    private ChartGroup Group(ProcedureNode node, ChartGroupKind kind, ImmutableArray<ProcedureNode> children, ImmutableArray<string> begins) =>
        new(node.Id, node.Label, kind, "", begins, [], Nodes(children));

    private ChartGroup Alternative(AlternativeNode alternative)
    {
        var branches = ImmutableArray.CreateBuilder<ChartNode>();
        foreach (Branch branch in alternative.Branches)
        {
            string when = branch.When is { } condition ? "when " + condition.Text : branch.Steps.Children.IsEmpty ? "otherwise go on" : "otherwise";
            branches.Add(Group(branch.Steps, ChartGroupKind.Branch, branch.Steps.Children, [when]));
        }

        string[] reads = [.. alternative.Branches.SelectMany(b => b.When is { } when ? ChartWords.Samples(when.Text) : []).Distinct(StringComparer.Ordinal)];
        ImmutableArray<string> begins = reads.Length == 0 ? [] : [$"waits at most {ChartWords.Time(alternative.AtMost)} for {string.Join(", ", reads)}"];
        return new ChartGroup(alternative.Id, alternative.Label, ChartGroupKind.Alternative, "", begins, [], branches.ToImmutable());
    }

    private ChartGroup Repeat(RepeatNode repeat)
    {
        string ends = $"until {repeat.Until.Text}";
        string then = $"after the last pass: {repeat.Then.ToString().ToLowerInvariant()} ({repeat.Message})";
        string[] waits = repeat.WaitFor.IsEmpty ? [] : [$"waits at most {ChartWords.Time(repeat.Within)} for {string.Join(", ", ChartWords.Samples(repeat.Until.Text))}"];
        return new ChartGroup(
            repeat.Id, repeat.Label, ChartGroupKind.Repeat, "", [string.Create(CultureInfo.InvariantCulture, $"at most {repeat.Passes.Length} passes")], [ends, .. waits, then],
            repeat.Passes.IsEmpty ? [] : Nodes(repeat.Passes[0].Children));
    }

    /// <summary>What it does and how it is called: <c>Dose: acid</c>.</summary>
    private static string Titled(string label, string id) => $"{label}: {id[(id.LastIndexOf('/') + 1)..]}";
}
