using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Materials;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Crm.Plant.Tags;

namespace Crm.Control;

/// <summary>Prompts, and what the book of material has against a lot that a person names.</summary>
public sealed partial class PlantController
{
    /// <summary>What lies in the vessels, filters and dryers, and on the shelf.</summary>
    public MaterialBook Materials => desk.Materials;

    /// <summary>Movements under way with the lots they draw from, by batch and step; the same object while none begins or ends.</summary>
    public ImmutableSortedDictionary<string, (Movement Movement, Image Begun)> Movements => desk.Moving;

    /// <summary>A batch that has begun notes what stands in the plant where no meter looks.</summary>
    private CommandReply Opened(CommandBatch command, CommandReply reply)
    {
        if (command.Command != PhaseCommand.Start || reply.Kind != ReplyKind.Accepted || Find(command.Batch) is not { } batch) return reply;
        var facts = Opening.Facts(Rig, desk.Materials, batch.Interpreter.TakesOutOf);
        PreFlight(batch);
        if (isReal && Release?.Started(batch.Recipe, batch.Id, command.By) is { Length: > 0 } under) Run(batch.Actor, new Happened([Now(BatchEventKind.Note, "approval", under, command.By)]));
        if (!facts.IsEmpty) Run(batch.Actor, new Happened([Now(BatchEventKind.Note, "opening", $"{facts[Opening.WaterKey]} L of water stand where no level looks", "material") with { Data = facts }]));
        return reply;
    }

    /// <summary>kg of a reagent that a recipe's stoichiometry asks for with a nominal charge, before anything is weighed; null: not known. Given by who knows what the materials hold.</summary>
    public Func<ControlRecipe, string, double?> NominalDemand { get; set; } = static (_, _) => null;

    /// <summary>
    /// A batch that would run out of a material is begun all the same: a drum can be changed in the days it takes, and every dose is judged again before its pump runs. The record says so at once.
    /// </summary>
    private void PreFlight(BatchOnRig batch)
    {
        BeforeTheBatch values = new(batch.Recipe, Rig.Tags.Length, batch.Recipe.Formula.ToImmutableSortedDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal), reagent => NominalDemand(batch.Recipe, reagent));
        foreach (StockNeed need in StockNeed.Of(batch.Recipe, Rig, desk.Materials.Stock, values).Where(n => n.IsShort))
        {
            string text = string.Create(CultureInfo.InvariantCulture, $"{need.Material} will run out at {need.RunsOutAt()}: the batch draws {need.Certain:0.##} kg, {need.Have:0.##} kg are there; have more at hand by then");
            Run(batch.Actor, new Happened([Now(BatchEventKind.Note, "stock", text, "material")]));
        }
    }

    private static ImmutableArray<PromptView> Prompts(BatchOnRig one) =>
    [
        .. one.Interpreter.Refusals(one.State).Select(r => new PromptView(r.Prompt, double.NaN, r.Refused.Since) { Refused = r.Refused.Offer, Attempts = r.Refused.Attempt }),
        .. one.State.Steps.Where(s => one.Interpreter.Tree[s.Node] is PromptNode)
            .Select(s => new PromptView((PromptNode)one.Interpreter.Tree[s.Node], s.Asked, s.Since) { Refused = s.Refused, Attempts = s.Attempts }),
    ];

    /// <summary>Why what a weighing names must not be put in; null when it may, or a person who may has answered for it.</summary>
    public string? WhyNotWeighed(AnswerPrompt command) =>
        AgainstLot(command) is { } offer ? Find(command.Batch)!.Interpreter.LotProblem(offer, command.Answer with { Roles = command.Roles }) : null;

    /// <summary>What is wrong with a lot that a weighing names; null when it names none, or one that may go in.</summary>
    private ChargeOffer? AgainstLot(AnswerPrompt command)
    {
        if (command.Answer is not { Lot: { } lot, Mass: { } mass } answer || string.IsNullOrWhiteSpace(lot) || Find(command.Batch) is not { } batch) return null;
        if (batch.Interpreter.Tree.Find(answer.Prompt) is not (>= 0 and var node) || batch.Interpreter.Tree[node] is not PromptNode { Kind: PromptKind.WeighIn } asked) return null;
        var movement = new Movement(asked.Place, "", asked.Material, 0, mass.Value) { Lots = ProcedureInterpreter.Named(lot) };
        return desk.Materials.RefusesLots(Rig, movement) is { } refusal ? desk.Materials.Instead(Rig, movement, refusal) : null;
    }
}
