using System.Collections.Immutable;
using Crm.Plant.Allocation;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Plant.Procedure;

/// <summary>Units and shares of services: asked for before a step begins, given back when no step to come needs them (S88-17 to S88-19).</summary>
public sealed partial class ProcedureInterpreter
{
    /// <summary>What the procedure takes of the rig.</summary>
    public ProcedureClaims Claims => claims;

    /// <summary>The desk has given what a step asked for; it begins in the same scan.</summary>
    /// <param name="units">Empty for a share of a service.</param>
    public void Granted(BatchState state, string step, ImmutableSortedSet<string> units, Image image, BatchEffects effects)
    {
        int node = tree.Find(step);
        state.Asked = state.Asked.Remove(node);
        if (units.IsEmpty) state.Drawing = state.Drawing.Add(node);
        state.Holds = state.Holds.Union(units);
        // What else a step waits for is counted from here: until now it could not have begun.
        for (int i = 0; i < state.Ready.Count; i++)
            if (state.Ready[i].Node == node && state.Ready[i].Waits.Length > 0) state.Ready[i] = state.Ready[i] with { Since = image.Now, Waits = "" };
        Proceed(state, image, effects);
    }

    /// <summary>What a step asked for is not to be had yet.</summary>
    /// <param name="what">Who has it: <c>filter2, held by batch B7 since 3:12</c>.</param>
    public void MustWait(BatchState state, string step, string what, Image image, BatchEffects effects)
    {
        int node = tree.Find(step);
        if (!state.Asked.ContainsKey(node)) return;
        state.Asked = state.Asked.SetItem(node, what);
        Proceed(state, image, effects);
    }

    /// <summary>What a step asked for can never be had.</summary>
    public void NeverGranted(BatchState state, string step, string why, Image image, BatchEffects effects)
    {
        int node = tree.Find(step);
        state.Asked = state.Asked.Remove(node);
        Hold(state, $"{step}: {why}", "allocation", image, effects);
    }

    /// <summary>Units the batch has and does not need any more; empty until a step has ended since the last time.</summary>
    public ImmutableSortedSet<string> NotNeeded(BatchState state)
    {
        if (state.Holds.IsEmpty || (!state.MayGiveBack && !state.IsOver)) return None;
        state.MayGiveBack = false;
        return state.Holds.Except(claims.StillNeeded(state));
    }

    /// <summary>Another batch has the unit from now on: no command of this one reaches it.</summary>
    public void PassedOn(BatchState state, string unit)
    {
        state.Holds = state.Holds.Remove(unit);
        state.Used[rig.Unit(unit)] = false;
    }

    /// <summary>The desk has taken units back.</summary>
    public void GaveBack(BatchState state, ImmutableSortedSet<string> units) => state.Holds = state.Holds.Except(units);

    /// <summary>
    /// What a batch had when its controller was lost, from its record. A record from before allocation says nothing: then it has what it
    /// used and still needs.
    /// </summary>
    /// <param name="batch">Its name in the record.</param>
    public void RecallAllocation(BatchState state, string batch, IReadOnlyList<BatchEvent> record)
    {
        if (state.IsOver) return;
        var held = None;
        ImmutableSortedSet<int> drawing = [];
        bool told = false;
        foreach (BatchEvent happened in record)
        {
            if (happened.Kind != BatchEventKind.Allocation || !happened.Data.TryGetValue("owner", out string? owner)) continue;
            told = true;
            bool gives = happened.Data["allocation"] == nameof(AllocationEventKind.Released);
            if (!gives && happened.Data["allocation"] != nameof(AllocationEventKind.Granted)) continue;
            string[] units = happened.Data["units"].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (owner == batch) held = gives ? held.Except(units) : held.Union(units);
            else if (owner.StartsWith(batch + "/", StringComparison.Ordinal) && tree.Find(owner[(batch.Length + 1)..]) is >= 0 and var node)
                drawing = gives ? drawing.Remove(node) : drawing.Add(node);
        }

        state.Holds = told ? held : claims.StillNeeded(state).Where(u => state.Used[rig.Unit(u)]).ToImmutableSortedSet(StringComparer.Ordinal);
        state.Drawing = drawing.Intersect(state.Steps.Select(s => s.Node));
        state.MayGiveBack = true;
    }

    private static ImmutableSortedSet<string> None => ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    private void Proceed(BatchState state, Image image, BatchEffects effects)
    {
        if (state.Status == Phases.PhaseState.Running) BeginReadySteps(state, image, effects);
        Settle(state, image, effects);
    }

    /// <returns>Empty when the batch has what the step needs; what it waits for; null while the desk has not answered.</returns>
    private string? LacksUnits(BatchState state, int node, BatchEffects effects)
    {
        if (!state.SharesRig) return "";
        ImmutableSortedSet<string> lacks = claims.NeededFor(node).Except(state.Holds);
        if (lacks.IsEmpty) return "";
        return Answer(state, node, effects, new AskForUnits(tree[node].Id, lacks, claims.StillNeeded(state).Union(state.Holds)) { Priority = recipe.Priority });
    }

    private string? LacksShare(BatchState state, int node, PhaseNode phase, Image image, BatchEffects effects)
    {
        if (!state.SharesRig || rig.Shared.IsEmpty || state.Drawing.Contains(node)) return "";
        ImmutableArray<ResourceNeed> needs = [.. Shares(phase, Scope(state, image, image.Now)), .. rig.Units[rig.Unit(phase.Unit)].DrawsOf(phase.Operation)];
        return needs.IsEmpty ? "" : Answer(state, node, effects, new AskForShare(phase.Id, needs) { Priority = recipe.Priority });
    }

    private static string? Answer(BatchState state, int node, BatchEffects effects, AllocationOrder ask)
    {
        if (state.Asked.TryGetValue(node, out string? answer)) return answer.Length > 0 ? answer : null;
        state.Asked = state.Asked.Add(node, "");
        effects.Allocation.Add(ask);
        return null;
    }

    /// <summary>What a phase draws from services with a capacity: the rate of its line from there.</summary>
    private ImmutableArray<ResourceNeed> Shares(PhaseNode phase, StepScope scope)
    {
        if (phase.Arguments.GetValueOrDefault("from")?.Name is not { } from || rig.Shared.FirstOrDefault(r => r.Name == from) is not { Measure: "L/h" } shared) return [];
        if (rig.Lines.FirstOrDefault(l => l.Unit == phase.Unit && l.From == from) is not { } line) return [];
        Reading rate = phase.Arguments.GetValueOrDefault("rate")?.Number?.Evaluate(scope) ?? Reading.Good(line.FullRate, scope.Image.Now);
        double amount = rate.IsBad || !(rate.Value > 0) ? line.FullRate : Math.Min(rate.Value, line.FullRate);
        return [new ResourceNeed(from, Math.Min(amount, shared.Capacity))];
    }

    private void EndShare(BatchState state, int node, BatchEffects effects)
    {
        if (!state.Drawing.Contains(node)) return;
        state.Drawing = state.Drawing.Remove(node);
        effects.Allocation.Add(new GiveBackShare(tree[node].Id));
    }

    /// <summary>A person picked another step, or the batch ends: what waited does not come next any more.</summary>
    private void WithdrawWhatWasPassedOver(BatchState state, BatchEffects effects)
    {
        foreach (int node in state.Asked.Keys)
        {
            if (!state.IsOver && state.Ready.Exists(r => r.Node == node)) continue;
            state.Asked = state.Asked.Remove(node);
            bool share = tree[node] is PhaseNode && claims.NeededFor(node).Except(state.Holds).IsEmpty;
            effects.Allocation.Add(share ? new GiveBackShare(tree[node].Id) : new WithdrawUnits(tree[node].Id));
        }
    }
}
