using System.Collections.Immutable;
using Crm.Plant.Expressions;
using Crm.Plant.Quantities;
using Crm.Plant.Records;
using Crm.Plant.Tags;

namespace Crm.Plant.Procedure;

/// <summary>Alternatives and repeats: judged as steps in progress, then one of their children comes next or they end.</summary>
public sealed partial class ProcedureInterpreter
{
    private void Judge(BatchState state, ActiveStep step, AlternativeNode alternative, Image image, BatchEffects effects)
    {
        if (Lacks(state, step, alternative.WaitFor, alternative.AtMost, image, effects)) return;
        foreach (Branch branch in alternative.Branches)
        {
            bool? holds = branch.When is null ? true : Holds(state, step, branch.When, image, effects);
            if (holds is null) return;
            if (holds is false) continue;
            string why = branch.When is null ? "no condition holds" : Told(branch.When, image);
            Choose(state, step.Node, branch.Steps, $"{LabelOf(branch.Steps)}: {why}", image, effects);
            return;
        }
    }

    private void Judge(BatchState state, ActiveStep step, RepeatNode repeat, Image image, BatchEffects effects)
    {
        if (Lacks(state, step, repeat.WaitFor, repeat.Within, image, effects)) return;
        int passes = state.Ended[step.Node];
        switch (Holds(state, step, repeat.Until, image, effects))
        {
            case null:
                return;
            case true:
                EndRepeat(state, step.Node, $"ends after pass {passes}: {Told(repeat.Until, image)}", image, effects);
                return;
            case false when passes < repeat.Passes.Length:
                Choose(state, step.Node, repeat.Passes[passes], $"pass {passes + 1} of at most {repeat.Passes.Length}: not yet {Told(repeat.Until, image)}", image, effects);
                return;
            default:
                string reason = $"{repeat.Id}: {repeat.Message} (after {passes} passes not {Told(repeat.Until, image)})";
                Note(effects, image, BatchEventKind.LimitReached, repeat.Id, reason, "recipe");
                if (repeat.Then is Consequence.Ignore or Consequence.Continue) EndRepeat(state, step.Node, $"ends after pass {passes}, its last", image, effects);
                else Follow(state, repeat.Then, reason, "recipe", image, effects);
                return;
        }
    }

    /// <summary>Whether results are missing; too long, and the batch is held.</summary>
    private bool Lacks(BatchState state, ActiveStep step, ImmutableArray<int> results, TimeSpan atMost, Image image, BatchEffects effects)
    {
        if (IsKnown(state, results)) return false;
        if (image.Now - step.Since >= atMost) HoldAt(state, tree[step.Node], $"no result within {PlantClock.Length(atMost)}", image, effects);
        return true;
    }

    private static bool IsKnown(BatchState state, ImmutableArray<int> results)
    {
        foreach (int slot in results)
            if (slot >= state.Values.Length || state.Values[slot].IsBad) return false;
        return true;
    }

    /// <summary>Null: the condition cannot be told, and the batch is held.</summary>
    private bool? Holds(BatchState state, ActiveStep step, Condition condition, Image image, BatchEffects effects)
    {
        Reading verdict = condition.Expression.Evaluate(Scope(state, image, step.Since));
        if (!verdict.IsBad) return verdict.Value >= 0.5;
        string readings = ConditionText.Readings(condition.Expression, rig, image);
        HoldAt(state, tree[step.Node], $"'{condition.Text}' cannot be judged: {(readings.Length == 0 ? "a value it needs is missing" : readings)}", image, effects);
        return null;
    }

    private string Told(Condition condition, Image image) =>
        ConditionText.Readings(condition.Expression, rig, image) is { Length: > 0 } readings ? $"{condition.Text} ({readings})" : condition.Text;

    private void Choose(BatchState state, int node, ProcedureNode next, string why, Image image, BatchEffects effects)
    {
        state.Steps.RemoveAll(s => s.Node == node);
        Chosen(node, next.Id, why, image, effects);
        MakeReady(state, tree.Find(next.Id), image);
    }

    private void EndRepeat(BatchState state, int node, string why, Image image, BatchEffects effects)
    {
        Chosen(node, "", why, image, effects);
        End(state, node, image, effects);
    }

    /// <summary>On record before what follows begins, so that a batch that comes back goes the same way.</summary>
    private void Chosen(int node, string next, string why, Image image, BatchEffects effects) =>
        Note(effects, image, BatchEventKind.Chosen, tree[node].Id, why, "recipe", Data(("chose", next)));

    /// <summary>Steps in which results and conditions are judged: their time limit begins again after a hold.</summary>
    private static bool IsJudged(ProcedureNode node) => node is GateNode or WaitNode or AlternativeNode or RepeatNode;

    /// <summary>Groups of which only one child at a time is ever meant to run, picked by a condition.</summary>
    private static bool IsChoice(ProcedureNode node) => node is AlternativeNode or RepeatNode;

    /// <summary>A child of a choice has ended.</summary>
    private void EndedInChoice(BatchState state, int parent, Image image, BatchEffects effects)
    {
        if (tree[parent] is AlternativeNode) End(state, parent, image, effects);
        else state.Steps.Add(new ActiveStep(parent, image.Now, Phases.PhaseState.Running, ""));
    }
}
