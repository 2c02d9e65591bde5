using System.Collections.Immutable;
using Crm.Plant.Phases;
using Crm.Plant.Quantities;
using Crm.Plant.Records;
using Crm.Plant.Tags;
using Crm.Plant.UnitOperations;

namespace Crm.Plant.Procedure;

/// <summary>Beginning, judging and ending of steps.</summary>
public sealed partial class ProcedureInterpreter
{
    private void BeginReadySteps(BatchState state, Image image, BatchEffects effects)
    {
        WithdrawWhatWasPassedOver(state, effects);
        ForgetRefusalsPassedOver(state);
        for (int i = 0; i < state.Ready.Count && state.Status == PhaseState.Running;)
        {
            ReadyStep ready = state.Ready[i];
            string? waits = WaitsFor(state, ready, image, effects);
            if (waits is null) return;
            if (waits.Length > 0 && waits != ready.Waits && !state.Asked.ContainsKey(ready.Node))
                Note(effects, image, BatchEventKind.Note, tree[ready.Node].Id, $"waits for {waits}", "recipe");
            if (waits.Length > 0) state.Ready[i++] = ready with { Waits = waits };
            else
            {
                state.Ready.RemoveAt(i);
                Begin(state, ready.Node, image, effects);
            }
        }
    }

    /// <returns>Empty when the step can begin; what it waits for; null when the batch was held because it cannot, or the desk has yet to answer.</returns>
    private string? WaitsFor(BatchState state, ReadyStep ready, Image image, BatchEffects effects)
    {
        ProcedureNode node = tree[ready.Node];
        if (WaitsForPerson(state, ready) is { Length: > 0 } person) return person;
        if (LacksUnits(state, ready.Node, effects) is not "" and var units) return units;
        if (UnitOf(node) is not { } unit) return node is PromptNode { Kind: PromptKind.WeighIn } weighIn ? MayNotCharge(state, ready.Node, OfPrompt(weighIn, Scope(state, image, image.Now)), image, effects) : "";
        int ordinal = rig.Unit(unit);
        if (ordinal < 0) return HoldAt(state, node, $"the rig has no unit {unit}", image, effects);
        int owner = state.Owner[ordinal];
        if (owner >= 0 && tree.UnitProcedureAround(ready.Node, unit) != owner) return $"{unit}, in use by {tree[owner].Id}";
        if (node is not PhaseNode phase) return "";
        if (state.PhaseOn[ordinal] >= 0) return $"{unit}, busy with {tree[state.PhaseOn[ordinal]].Id}";
        if (Absent(state, phase, image) is { } absent) return absent;
        if (MissingPermissive(phase, Scope(state, image, image.Now)) is not { } permissive) return LacksShare(state, ready.Node, phase, image, effects) is not "" and var share ? share : MayNotCharge(state, ready.Node, OfPhase(phase, Scope(state, image, image.Now)), image, effects);
        return image.Now - ready.Since < LongestWaitForPermissive
            ? $"permissive: {permissive}"
            : HoldAt(state, node, $"not permitted to start: {permissive}", image, effects);
    }

    private string? HoldAt(BatchState state, ProcedureNode node, string reason, Image image, BatchEffects effects)
    {
        Hold(state, $"{node.Id}: {reason}", "recipe", image, effects);
        return null;
    }

    private static string? UnitOf(ProcedureNode node) => node switch
    {
        UnitProcedureNode u => u.Unit,
        PhaseNode p => p.Unit,
        _ => null,
    };

    private void Begin(BatchState state, int node, Image image, BatchEffects effects)
    {
        state.Confirmed = state.Confirmed.Remove(node);
        switch (tree[node])
        {
            case PhaseNode phase:
                BeginPhase(state, node, phase, image, effects);
                break;
            case PromptNode prompt:
                OpenPrompt(state, node, prompt, image, effects);
                break;
            case SampleNode sample:
                TakeSample(state, sample, image, effects);
                End(state, node, image, effects);
                break;
            case GateNode or WaitNode or AlternativeNode:
                state.Ended[node] = 0;
                Enter(state, node, image, effects);
                break;
            default:
                BeginGroup(state, node, image, effects);
                break;
        }
    }

    private void BeginGroup(BatchState state, int node, Image image, BatchEffects effects)
    {
        if (tree[node] is UnitProcedureNode unit) Take(state, rig.Unit(unit.Unit), node);
        Started(tree[node], image, effects);
        state.Ended[node] = 0;
        ImmutableArray<int> children = tree.Children(node);
        if (children.IsEmpty) End(state, node, image, effects);
        else if (tree[node] is ParallelNode) foreach (int branch in children) MakeReady(state, branch, image);
        else MakeReady(state, children[0], image);
    }

    private void BeginPhase(BatchState state, int node, PhaseNode phase, Image image, BatchEffects effects)
    {
        string? problem = $"there is no unit operation {phase.Operation}";
        ImmutableSortedDictionary<string, Argument>? arguments = null;
        if (operations.TryGetValue(phase.Operation, out UnitOperationDescription? operation))
            (arguments, problem) = ArgumentBinding.Bind(phase, operation, Scope(state, image, image.Now));
        if (arguments is null)
        {
            MakeReady(state, node, image);
            Hold(state, $"{phase.Id}: {problem}", "recipe", image, effects);
            return;
        }

        int unit = rig.Unit(phase.Unit);
        if (state.Owner[unit] < 0) Take(state, unit, node);
        state.PhaseOn[unit] = node;
        state.Steps.Add(new ActiveStep(node, image.Now, PhaseState.Idle, "") { Arguments = arguments });
        Note(effects, image, BatchEventKind.StepStarted, phase.Id, $"{phase.Label} begins", "recipe", PhaseData(phase, arguments));
        effects.Forward.Add(new StartPhase(phase, arguments, (tree[state.Owner[unit]] as UnitProcedureNode)?.Hold));
    }

    private static ImmutableSortedDictionary<string, string> PhaseData(PhaseNode phase, ImmutableSortedDictionary<string, Argument> arguments) =>
        Data(("node", NodeWord.Of(phase)), ("unit", phase.Unit), ("operation", phase.Operation), ("label", phase.Label)).AddRange(arguments.Select(
            a => new KeyValuePair<string, string>($"argument.{a.Key}", a.Value.Name ?? a.Value.Number.ToString("0.######", Invariant))));

    private void Enter(BatchState state, int node, Image image, BatchEffects effects, double asked = double.NaN)
    {
        state.Steps.Add(new ActiveStep(node, image.Now, PhaseState.Running, "", asked));
        Started(tree[node], image, effects);
    }

    private static void Started(ProcedureNode node, Image image, BatchEffects effects)
    {
        var data = Data(("node", NodeWord.Of(node)), ("label", LabelOf(node)));
        if (node is UnitProcedureNode unit) data = data.Add("unit", unit.Unit);
        Note(effects, image, BatchEventKind.StepStarted, node.Id, $"{LabelOf(node)} begins", "recipe", data);
    }

    /// <summary>The procedure itself and branches written as plain lists have no label of their own.</summary>
    private static string LabelOf(ProcedureNode node) => node switch
    {
        { Label.Length: > 0 } => node.Label,
        { Id.Length: 0 } => "Procedure",
        _ => "Branch",
    };

    private static void MakeReady(BatchState state, int node, Image image) => state.Ready.Add(new ReadyStep(node, image.Now, ""));

    private static void Take(BatchState state, int unit, int node)
    {
        if (state.Owner[unit] < 0) state.Owner[unit] = node;
        state.Used[unit] = true;
    }

    /// <summary>A step has ended: its group goes on with the next one, or ends with it.</summary>
    private void End(BatchState state, int node, Image image, BatchEffects effects)
    {
        state.Steps.RemoveAll(s => s.Node == node);
        FreePhase(state, node);
        state.MayGiveBack = true;
        EndShare(state, node, effects);
        EndCharge(state, node, effects);
        Note(effects, image, BatchEventKind.StepEnded, tree[node].Id, $"{LabelOf(tree[node])} ended", "recipe", Data(("node", NodeWord.Of(tree[node]))));
        int parent = tree.Parent(node);
        if (parent < 0)
        {
            Complete(state, image, effects);
            return;
        }

        int ended = ++state.Ended[parent];
        ImmutableArray<int> children = tree.Children(parent);
        if (IsChoice(tree[parent])) EndedInChoice(state, parent, image, effects);
        else if (ended == children.Length) End(state, parent, image, effects);
        else if (tree[parent] is not ParallelNode) MakeReady(state, children[ended], image);
    }

    private static void FreePhase(BatchState state, int node)
    {
        for (int unit = 0; unit < state.Owner.Length; unit++)
        {
            if (state.PhaseOn[unit] == node) state.PhaseOn[unit] = -1;
            if (state.Owner[unit] == node) state.Owner[unit] = -1;
        }
    }

    private void Complete(BatchState state, Image image, BatchEffects effects)
    {
        CommandUnits(state, state.Used, PhaseCommand.Stop, "batch complete", effects.TowardsSafe);
        Become(state, PhaseState.Complete, "recipe", image, effects);
    }

    private void JudgeSteps(BatchState state, Image image, BatchEffects effects)
    {
        for (int i = state.Steps.Count - 1; i >= 0 && state.Status == PhaseState.Running; i--)
        {
            if (i >= state.Steps.Count) continue;
            ActiveStep step = state.Steps[i];
            if (tree[step.Node] is GateNode gate) Judge(state, step, gate, image, effects);
            else if (tree[step.Node] is WaitNode wait) Judge(state, step, wait, image, effects);
            else if (tree[step.Node] is AlternativeNode alternative) Judge(state, step, alternative, image, effects);
            else if (tree[step.Node] is RepeatNode repeat) Judge(state, step, repeat, image, effects);
            else if (tree[step.Node] is PhaseNode { Attended: not null } phase) JudgePresence(state, step, phase, image, effects);
        }
    }

    private void Judge(BatchState state, ActiveStep step, GateNode gate, Image image, BatchEffects effects)
    {
        if (!IsKnown(state, gate.WaitFor))
        {
            if (image.Now - step.Since >= gate.AtMost)
                Fail(state, step, gate.Otherwise, $"{gate.Id}: no result within {PlantClock.Length(gate.AtMost)}: {gate.Message}", image, effects);
            return;
        }

        Reading verdict = gate.Require.Expression.Evaluate(Scope(state, image, step.Since));
        if (IsTrue(verdict)) End(state, step.Node, image, effects);
        else Fail(state, step, gate.Otherwise, $"{gate.Id}: {gate.Message} (required: {gate.Require.Text})", image, effects);
    }

    private void Judge(BatchState state, ActiveStep step, WaitNode wait, Image image, BatchEffects effects)
    {
        if (IsTrue(wait.For.Expression.Evaluate(Scope(state, image, step.Since)))) End(state, step.Node, image, effects);
        else if (image.Now - step.Since >= wait.AtMost)
            Fail(state, step, wait.Then, $"{wait.Id}: {wait.Message} (waited {PlantClock.Length(wait.AtMost)} for {wait.For.Text})", image, effects);
    }

    private void Fail(BatchState state, ActiveStep step, Consequence then, string reason, Image image, BatchEffects effects)
    {
        Note(effects, image, BatchEventKind.LimitReached, tree[step.Node].Id, reason, "recipe");
        if (then is Consequence.Ignore or Consequence.Continue) End(state, step.Node, image, effects);
        else Follow(state, then, reason, "recipe", image, effects);
    }
}
