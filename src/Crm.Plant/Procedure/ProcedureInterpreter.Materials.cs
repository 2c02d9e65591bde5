using Crm.Plant.Materials;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Plant.Procedure;

/// <summary>What a step is about to move, and whether it may: asked before a valve opens.</summary>
public sealed partial class ProcedureInterpreter
{
    /// <summary>The desk has nothing against a movement; the step begins in the same scan.</summary>
    public void MayCharge(BatchState state, string step, Image image, BatchEffects effects)
    {
        int node = tree.Find(step);
        state.Asked = state.Asked.Remove(node);
        state.Charging = state.Charging.Add(node);
        Proceed(state, image, effects);
    }

    /// <returns>Empty when the step moves nothing or may; null while the desk has not answered.</returns>
    private string? MayNotCharge(BatchState state, int node, Movement? movement, Image image, BatchEffects effects)
    {
        if (!state.SharesRig || movement is null || state.Charging.Contains(node)) return "";
        if (state.Refused.TryGetValue(node, out RefusedCharge? refused)) return AwaitsChoice(state, node, refused, image, effects);
        ChargeTerms terms = state.Terms.GetValueOrDefault(node, ChargeTerms.None);
        return Answer(state, node, effects, new AskToCharge(tree[node].Id, movement with { Lots = terms.Lots, Accepted = terms.Accepted }));
    }

    private void EndCharge(BatchState state, int node, BatchEffects effects)
    {
        state.Terms = state.Terms.Remove(node);
        if (!state.Charging.Contains(node)) return;
        state.Charging = state.Charging.Remove(node);
        effects.Allocation.Add(new ChargeEnded(tree[node].Id));
    }

    private Movement? OfPhase(PhaseNode phase, StepScope scope)
    {
        if (phase.Arguments.GetValueOrDefault("reagent")?.Name is { } reagent)
        {
            double kilograms = Number(phase, scope, "amount");
            return new Movement(phase.Unit, "", reagent, rig.Reagent(reagent) is { Density: > 0 } known ? kilograms / known.Density : 0, kilograms);
        }

        if (rig.Units[rig.Unit(phase.Unit)].Outlets is [var first, ..] && (phase.Arguments.GetValueOrDefault("aqueous") ?? phase.Arguments.GetValueOrDefault("brine"))?.Name is { } feed)
            return new Movement(first, feed, "", 0, 0) { Through = phase.Unit, Feeds = [.. claims.Places(phase)] };
        if (phase.Arguments.GetValueOrDefault("from")?.Name is not { } from || rig.Lines.FirstOrDefault(l => l.Unit == phase.Unit && l.From == from) is not { } line) return null;
        string to = claims.FiltrateOf(phase) ?? phase.Arguments.GetValueOrDefault("to")?.Name ?? line.To;
        bool filters = to != phase.Unit && MaterialBook.KeepsSome(rig.Units[rig.Unit(phase.Unit)]);
        return to == from || rig.Unit(to) < 0 ? null : new Movement(to, from, "", Volume(phase, scope), 0) { Through = filters ? phase.Unit : "" };
    }

    private Movement OfPrompt(PromptNode prompt, StepScope scope)
    {
        bool madeHere = prompt.Material.StartsWith(LotPrefix, StringComparison.Ordinal);
        Reading mass = prompt.Mass?.Evaluate(scope) ?? Reading.Never;
        return new Movement(prompt.Place, "", madeHere ? prompt.Material[LotPrefix.Length..] : prompt.Material, 0, madeHere || mass.IsBad ? 0 : mass.Value);
    }

    /// <summary>L that a phase brings, where its arguments tell; 0 where only the end of the phase does.</summary>
    private double Volume(PhaseNode phase, StepScope scope)
    {
        if (phase.Operation == "transfer") return Number(phase, scope, "amount");
        if (phase.Operation == "wash") return Number(phase, scope, "volume");
        int level = rig.Tag(phase.Unit, "level");
        return phase.Operation == "fill" && level >= 0 && !scope.Image[level].IsBad ? Math.Max(0, Number(phase, scope, "to") - scope.Image[level].Value) : 0;
    }

    private static double Number(PhaseNode phase, StepScope scope, string argument)
    {
        if (phase.Arguments.GetValueOrDefault(argument)?.Number is not { } number) return 0;
        Reading value = number.Evaluate(scope);
        return value.IsBad || !double.IsFinite(value.Value) ? 0 : value.Value;
    }
}
