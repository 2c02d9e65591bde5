using System.Collections.Immutable;
using Crm.Plant.Procedure;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;

namespace Crm.Recipes.ProcessChecks;

/// <summary>
/// Walks a procedure in its order with a nominal inventory of every vessel. Branches side by side are taken in the order written, of an alternative the last one counts for what
/// follows, of a repeat the first pass. What it does not know it leaves out: volumes are lower bounds, concentrations are told only where everything that came in is known.
/// </summary>
internal sealed partial class ProcedureWalk
{
    private readonly ControlRecipe recipe;
    private readonly RigDefinition rig;
    private readonly TwinDefinition? twin;
    private readonly BeforeTheBatch values, multiples;
    private readonly ImmutableArray<Moment>.Builder moments = ImmutableArray.CreateBuilder<Moment>();
    private readonly SortedDictionary<string, Vessel> lots = new(StringComparer.Ordinal);
    private ImmutableSortedDictionary<string, Vessel> vessels = ImmutableSortedDictionary.Create<string, Vessel>(StringComparer.Ordinal);
    private ImmutableSortedDictionary<string, double> charged = Substances.None;
    private bool chargeIsKnown = true;

    private ProcedureWalk(ControlRecipe recipe, RigDefinition rig, TwinDefinition? twin, FormulaCase formula)
    {
        this.recipe = recipe;
        this.rig = rig;
        this.twin = twin;
        values = new BeforeTheBatch(recipe, rig.Tags.Length, formula.Values, Demand);
        multiples = new BeforeTheBatch(recipe, rig.Tags.Length, formula.Values, _ => 1);
    }

    /// <summary>Every step that moves, doses or holds something, in order.</summary>
    public static Course Of(ControlRecipe recipe, RigDefinition rig, TwinDefinition? twin, FormulaCase formula)
    {
        ProcedureWalk walk = new(recipe, rig, twin, formula);
        walk.Walk(recipe.Procedure);
        return new Course(recipe, rig, twin, formula, walk.moments.ToImmutable(), walk.charged, walk.chargeIsKnown);
    }

    private void Walk(ProcedureNode node)
    {
        switch (node)
        {
            case SequenceNode sequence: WalkAll(sequence.Children); break;
            case UnitProcedureNode unit: WalkAll(unit.Children); break;
            case OperationNode operation: WalkAll(operation.Children); break;
            case ParallelNode parallel: WalkAll(parallel.Branches); break;
            case RepeatNode repeat: WalkAll(repeat.Passes.Take(1)); break;
            case AlternativeNode alternative: Walk(alternative); break;
            case PromptNode prompt: Prompt(prompt); break;
            case PhaseNode phase: Phase(phase); break;
        }
    }

    private void WalkAll(IEnumerable<ProcedureNode> nodes)
    {
        foreach (ProcedureNode node in nodes) Walk(node);
    }

    private void Walk(AlternativeNode alternative)
    {
        var (before, chargedBefore) = (vessels, charged);
        foreach (Branch branch in alternative.Branches)
        {
            (vessels, charged) = (before, chargedBefore);
            Walk(branch.Steps);
        }
    }

    private Vessel At(string name) => vessels.GetValueOrDefault(name) ?? new Vessel(name);

    private void Put(Vessel vessel) => vessels = vessels.SetItem(vessel.Name, vessel);

    private Moment Note(ProcedureNode node, Vessel before, Vessel after)
    {
        Put(after);
        Moment moment = new(node, before, after);
        moments.Add(moment);
        return moment;
    }

    private void Note(ProcedureNode node, Vessel before, Vessel after, Incoming comes) => moments[Index(Note(node, before, after))] = moments[^1] with { Comes = comes };

    private int Index(Moment _) => moments.Count - 1;

    /// <summary>kg of a reagent that the charge so far asks for; null where the assay is of a sample or the charge is not known.</summary>
    private double? Demand(string reagent)
    {
        if (!chargeIsKnown || charged.IsEmpty || rig.Reagent(reagent) is not { MassFraction: > 0 } bought || Substances.KilogramsPerMol(bought.Species) is not { } mass) return null;
        StoichiometricDemand? demand = recipe.Demands.FirstOrDefault(d => d.Reagent == reagent);
        if (demand is null || demand.Sample is not null) return null;
        return demand.MolPerMol.Sum(m => m.Value * charged.GetValueOrDefault(m.Key)) * mass / bought.MassFraction;
    }

    private ImmutableSortedDictionary<string, double> Composition(string material) =>
        twin?.Materials.FirstOrDefault(m => m.Name == material)?.Minerals
        ?? (rig.Reagent(material) is { } reagent ? Bought(reagent) : Substances.None);

    private static ImmutableSortedDictionary<string, double> Bought(ReagentDefinition reagent) =>
        Substances.None.Plus(reagent.Species, reagent.MassFraction).Plus("H2O", 1 - reagent.MassFraction);
}

/// <summary>A recipe walked through with one set of formula values.</summary>
/// <param name="Charged">mol of elements that were weighed in, by element.</param>
/// <param name="ChargeIsKnown">The composition of all of it is known.</param>
internal sealed record Course(
    ControlRecipe Recipe, RigDefinition Rig, TwinDefinition? Twin, FormulaCase Formula, ImmutableArray<Moment> Moments, ImmutableSortedDictionary<string, double> Charged, bool ChargeIsKnown)
{
    public UnitDefinition? Unit(string name) => Rig.Unit(name) is >= 0 and var ordinal ? Rig.Units[ordinal] : null;

    public EquipmentDefinition? Equipment(string unit) => Twin?.Equipment.FirstOrDefault(e => e.Unit == unit);

    /// <summary>" with cake_wash 8 L (top of its range)", or nothing.</summary>
    public string Case => Formula.Words.Length == 0 ? "" : " " + Formula.Words;
}
