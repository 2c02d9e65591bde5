using System.Collections.Immutable;
using Crm.Plant.Procedure;
using Crm.Plant.Rigs;

namespace Crm.Plant.Materials;

/// <summary>What a batch draws of a bought material, as far as it can be told before: pre-flight.</summary>
/// <param name="Certain">kg that its steps ask for.</param>
/// <param name="AtMost">kg if every dose to a pH takes all it may.</param>
/// <param name="Have">kg on the rig that may be used.</param>
/// <param name="Steps">Steps that draw, in order, with their kg.</param>
public sealed record StockNeed(string Material, double Certain, double AtMost, double Have, ImmutableArray<(string Step, double Kilograms, bool Certain)> Steps)
{
    /// <summary>A drum's heel and the scales are no better than this, kg.</summary>
    private const double Slack = 0.005;

    public bool IsShort => Certain > Have + Slack;

    public bool MayBeShort => AtMost > Have + Slack;

    /// <summary>The step at which it runs out, if all take what they may.</summary>
    public string RunsOutAt()
    {
        double drawn = 0;
        foreach (var (step, kilograms, certain) in Steps)
        {
            if (IsShort && !certain) continue;
            drawn += kilograms;
            if (drawn > Have + Slack) return step;
        }

        return "";
    }

    /// <summary>Every bought material that the recipe draws, in the order of the first draw.</summary>
    /// <param name="stock">Lots as they are now.</param>
    /// <param name="values">Formula and demands; what is not known there counts nothing.</param>
    public static ImmutableArray<StockNeed> Of(ControlRecipe recipe, RigDefinition rig, ImmutableArray<StockLot> stock, BeforeTheBatch values)
    {
        List<Draw> draws = [];
        Walk(recipe.Procedure, values, draws);
        return
        [
            .. draws.GroupBy(d => d.Material, StringComparer.Ordinal).Select(g => new StockNeed(
                g.Key, g.Where(d => d.Certain).Sum(d => d.Kilograms), g.Sum(d => d.Kilograms), Usable(g.Key, rig, stock), [.. g.Select(d => (d.Step, d.Kilograms, d.Certain))])).Where(n => n.Have >= 0),
        ];
    }

    /// <summary>kg; -1 for what the rig keeps no stock of.</summary>
    private static double Usable(string material, RigDefinition rig, ImmutableArray<StockLot> stock)
    {
        if (stock.Any(l => l.Material == material)) return stock.Where(l => l.Material == material && l.Blocked.Length == 0).Sum(l => l.Remaining);
        return rig.Reagent(material)?.Stock ?? -1;
    }

    private static void Walk(ProcedureNode node, BeforeTheBatch values, List<Draw> draws)
    {
        switch (node)
        {
            case SequenceNode sequence: WalkAll(sequence.Children, values, draws); break;
            case UnitProcedureNode unit: WalkAll(unit.Children, values, draws); break;
            case OperationNode operation: WalkAll(operation.Children, values, draws); break;
            case ParallelNode parallel: WalkAll(parallel.Branches, values, draws); break;
            case RepeatNode repeat: WalkAll(repeat.Passes.Take(1), values, draws); break;
            case AlternativeNode alternative: draws.AddRange(Cheapest(alternative, values)); break;
            case PromptNode { Kind: PromptKind.WeighIn } weighing when !weighing.Material.Contains(':', StringComparison.Ordinal):
                Add(draws, weighing.Material, weighing.Id, values.Of(weighing.Mass), true);
                break;
            case PhaseNode phase when phase.Arguments.GetValueOrDefault("reagent")?.Name is { } reagent:
                Add(draws, reagent, phase.Id, values.Of(phase.Arguments.GetValueOrDefault("amount")?.Number), true);
                if (phase.Operation != "leach") Add(draws, reagent, phase.Id, values.Of(phase.Arguments.GetValueOrDefault("at_most_amount")?.Number), false);
                break;
        }
    }

    private static void WalkAll(IEnumerable<ProcedureNode> nodes, BeforeTheBatch values, List<Draw> draws)
    {
        foreach (ProcedureNode node in nodes) Walk(node, values, draws);
    }

    /// <summary>The way that draws least is the one that is certain.</summary>
    private static List<Draw> Cheapest(AlternativeNode alternative, BeforeTheBatch values)
    {
        IEnumerable<List<Draw>> ways = alternative.Branches.Select(branch =>
        {
            List<Draw> way = [];
            Walk(branch.Steps, values, way);
            return way;
        });
        return ways.MinBy(way => way.Where(d => d.Certain).Sum(d => d.Kilograms)) ?? [];
    }

    private static void Add(List<Draw> draws, string material, string step, double? kilograms, bool certain)
    {
        if (kilograms is > 0 and var drawn) draws.Add(new Draw(material, step, drawn, certain));
    }

    private sealed record Draw(string Material, string Step, double Kilograms, bool Certain);
}
