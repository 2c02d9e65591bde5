using System.Collections.Immutable;
using Crm.Plant.Lots;
using Crm.Plant.Materials;
using Crm.Plant.Permissions;
using Crm.Plant.Phases;
using Crm.Plant.Quantities;
using Crm.Plant.Records;
using Crm.Plant.Tags;

namespace Crm.Plant.Procedure;

/// <summary>A charge that was refused: a prompt with the reason and the choices, every attempt on record.</summary>
public sealed partial class ProcedureInterpreter
{
    /// <summary>How long a refused charge may wait for a person before the batch is held.</summary>
    private static readonly TimeSpan LongestWaitForChoice = TimeSpan.FromMinutes(10);

    /// <summary>The time that the unattended technician takes to look at a label or a drum.</summary>
    private static readonly TimeSpan ToChoose = TimeSpan.FromMinutes(2);

    /// <summary>The desk has something against a movement: a person is asked, and nothing moves.</summary>
    public void ChargeRefused(BatchState state, string step, ChargeOffer offer, Image image, BatchEffects effects)
    {
        int node = tree.Find(step);
        state.Asked = state.Asked.Remove(node);
        ChargeTerms terms = state.Terms.GetValueOrDefault(node, ChargeTerms.None);
        int attempt = terms.Attempts + 1;
        state.Terms = state.Terms.SetItem(node, terms with { Attempts = attempt });
        (string material, string place) = ChargeOf(node);
        var refused = new RefusedCharge(offer, material, place, image.Now, attempt);
        state.Refused = state.Refused.SetItem(node, refused);
        Note(effects, image, BatchEventKind.Prompt, PromptOf(step), offer.Refusal.Text, "material", RefusalData(refused).Add("kind", nameof(PromptKind.Choose)));
        Proceed(state, image, effects);
    }

    /// <summary>Refused charges as prompts, in the order of the recipe.</summary>
    public IEnumerable<(PromptNode Prompt, RefusedCharge Refused)> Refusals(BatchState state) => state.Refused.Select(r => (PromptFor(r.Key, r.Value), r.Value));

    /// <summary>What a person may choose, the mildest first.</summary>
    public static ImmutableArray<ChargeChoice> Choices(ChargeOffer offer)
    {
        var choices = ImmutableArray.CreateBuilder<ChargeChoice>();
        if (!offer.Drawn.IsEmpty) choices.Add(ChargeChoice.AnotherLot);
        if (!offer.TopUp.IsEmpty) choices.Add(ChargeChoice.TopUp);
        choices.Add(ChargeChoice.TryAgain);
        if (offer.Refusal.MayBeAccepted) choices.Add(ChargeChoice.Accept);
        choices.Add(ChargeChoice.Abort);
        return choices.ToImmutable();
    }

    private static string PromptOf(string step) => step + "/material";

    private int RefusedAt(BatchState state, string prompt)
    {
        foreach (int node in state.Refused.Keys)
            if (PromptOf(tree[node].Id) == prompt) return node;
        return -1;
    }

    private string? AwaitsChoice(BatchState state, int node, RefusedCharge refused, Image image, BatchEffects effects)
    {
        string why = refused.Offer.Refusal.Text;
        return image.Now - refused.Since < LongestWaitForChoice
            ? $"a person's choice: {why}"
            : HoldAt(state, tree[node], $"{why}; nobody chose within {PlantClock.Length(LongestWaitForChoice)}", image, effects);
    }

    private (string Material, string Place) ChargeOf(int node) => tree[node] switch
    {
        PhaseNode phase => (phase.Arguments.GetValueOrDefault("reagent")?.Name ?? phase.Arguments.GetValueOrDefault("from")?.Name ?? "", phase.Unit),
        PromptNode prompt => (prompt.Material, prompt.Place),
        _ => ("", ""),
    };

    private PromptNode PromptFor(int node, RefusedCharge refused) => new(
        PromptOf(tree[node].Id), $"{LabelOf(tree[node])}: refused", tree[node].Line, PromptKind.Choose, refused.Offer.Refusal.Text, [], refused.Place, refused.Material, null, LotKind.Feed, [], ToChoose, "");

    private CommandVerdict Choose(BatchState state, int node, PromptAnswer answer, Image image, BatchEffects effects)
    {
        RefusedCharge refused = state.Refused[node];
        ChargeOffer offer = refused.Offer;
        if (ChoiceProblem(offer, answer) is { } problem)
        {
            Note(effects, image, BatchEventKind.CommandRefused, answer.Prompt, $"choice refused: {problem}", answer.By, RefusalData(refused));
            return CommandVerdict.Refused(problem);
        }

        ChargeChoice choice = answer.Choice!.Value;
        ImmutableArray<string> named = Named(answer.Lot);
        ChargeTerms terms = state.Terms[node];
        state.Terms = state.Terms.SetItem(node, choice switch
        {
            ChargeChoice.AnotherLot => terms with { Lots = named },
            ChargeChoice.TopUp => terms with { Lots = [.. offer.Drawn, .. named.IsEmpty ? offer.TopUp : named] },
            ChargeChoice.Accept => terms with { Accepted = terms.Accepted.Add(offer.Refusal.Acceptance) },
            _ => terms,
        });
        state.Refused = state.Refused.Remove(node);
        Note(effects, image, BatchEventKind.Answer, answer.Prompt, Said(choice, state.Terms[node], offer, answer.Note), answer.By, Chosen(refused, choice, answer).Add("drawn_from", string.Join(' ', state.Terms[node].Lots)));
        state.PresentAt = image.Now;
        state.PresentBy = answer.By;
        if (choice == ChargeChoice.Abort) Abort(state, $"{tree[node].Id}: {offer.Refusal.Text}", answer.By, image, effects);
        Proceed(state, image, effects);
        return CommandVerdict.Ok;
    }

    private string? ChoiceProblem(ChargeOffer offer, PromptAnswer answer)
    {
        if (answer.Choice is not { } choice) return $"choose one of: {string.Join(", ", Choices(offer).Select(WordOf))}";
        if (!Choices(offer).Contains(choice)) return $"{WordOf(choice)} is not to be had here: {offer.Refusal.Text}";
        if (choice == ChargeChoice.AnotherLot && Named(answer.Lot).IsEmpty) return "name the lot that is on the label";
        return choice == ChargeChoice.Accept ? AcceptProblem(offer.Refusal, answer) : null;
    }

    private string? AcceptProblem(ChargeRefusal refusal, PromptAnswer answer) =>
        !refusal.MayBeAccepted ? $"nobody may accept this: {refusal.Text}"
        : rig.Permissions.WhyNot(GuardedAct.AcceptMaterial, answer.Roles, answer.By) is { } guarded ? guarded
        : answer.Note.AsSpan().Trim().IsEmpty ? "say why it may go in: the reason goes on record with your name"
        : null;

    /// <summary>What stands against a weighing whose lot was found wanting; null when a person who may answers for it.</summary>
    public string? LotProblem(ChargeOffer offer, PromptAnswer answer) => answer.Choice == ChargeChoice.Accept ? AcceptProblem(offer.Refusal, answer) : offer.Refusal.Text;

    /// <summary>A weighing names a lot that must not go in: the prompt stays open, or a person answers for the lot.</summary>
    private CommandVerdict? LotProblem(BatchState state, ActiveStep step, ChargeOffer offer, PromptAnswer answer, Image image, BatchEffects effects)
    {
        string prompt = tree[step.Node].Id;
        var refused = new RefusedCharge(offer, ((PromptNode)tree[step.Node]).Material, ((PromptNode)tree[step.Node]).Place, image.Now, step.Attempts + 1);
        if (LotProblem(offer, answer) is not { } problem)
        {
            Note(effects, image, BatchEventKind.Answer, prompt, Said(ChargeChoice.Accept, ChargeTerms.None, offer, answer.Note), answer.By, Chosen(refused, ChargeChoice.Accept, answer));
            return null;
        }

        state.Steps[state.Steps.IndexOf(step)] = step with { Refused = offer, Attempts = refused.Attempt };
        Note(effects, image, BatchEventKind.CommandRefused, prompt, $"lot refused: {problem}", answer.By, RefusalData(refused));
        return CommandVerdict.Refused(problem);
    }

    /// <summary>Lots as a person names them: several with spaces between.</summary>
    public static ImmutableArray<string> Named(string? lots) => [.. (lots ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    private static string Said(ChargeChoice choice, ChargeTerms terms, ChargeOffer offer, string reason)
    {
        string said = choice switch
        {
            ChargeChoice.AnotherLot => $"another lot: {string.Join(" + ", terms.Lots)}",
            ChargeChoice.TopUp => $"topped up: {string.Join(" + ", terms.Lots)}",
            ChargeChoice.Accept => $"accepted although {offer.Refusal.Text}",
            ChargeChoice.TryAgain => "put right, try again",
            _ => $"abort, because {offer.Refusal.Text}",
        };
        return reason.Length == 0 ? said : $"{said}: {reason.Trim()}";
    }

    private static string WordOf(ChargeChoice choice) => choice switch
    {
        ChargeChoice.AnotherLot => "another lot",
        ChargeChoice.TopUp => "top up",
        ChargeChoice.TryAgain => "try again",
        _ => choice.ToString().ToLowerInvariant(),
    };

    private static ImmutableSortedDictionary<string, string> RefusalData(RefusedCharge refused) => Data(
        ("refusal", refused.Offer.Refusal.Kind.ToString()), ("why", refused.Offer.Refusal.Text), ("attempt", refused.Attempt.ToString(Invariant)), ("place", refused.Place),
        ("material", refused.Material), ("lots", string.Join(' ', refused.Offer.Drawn)), ("others", string.Join(' ', refused.Offer.Others)), ("top_up", string.Join(' ', refused.Offer.TopUp)));

    private static ImmutableSortedDictionary<string, string> Chosen(RefusedCharge refused, ChargeChoice choice, PromptAnswer answer) => RefusalData(refused).AddRange(Data(
        ("choice", choice.ToString()), ("named", answer.Lot ?? ""), ("reason", answer.Note), ("roles", PersonRoles.Words(answer.Roles))));

    /// <summary>A person picked another step, or the batch ends: nobody is asked any more.</summary>
    private static void ForgetRefusalsPassedOver(BatchState state)
    {
        foreach (int node in state.Refused.Keys)
            if (state.IsOver || !state.Ready.Exists(r => r.Node == node)) state.Refused = state.Refused.Remove(node);
    }
}
