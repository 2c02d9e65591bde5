using System.Collections.Immutable;
using Crm.Plant.Phases;
using Crm.Plant.Records;
using Crm.Plant.Tags;
using Crm.Plant.UnitOperations;

namespace Crm.Plant.Procedure;

/// <summary>Exceptions flow up by the scope a phase declares, commands flow down (S88-10, S88-11); what then needs a decision waits for one.</summary>
public sealed partial class ProcedureInterpreter
{
    /// <summary>Decides what becomes of a phase that was stopped alone or came back from a lost controller. RESTART carries it out.</summary>
    public CommandVerdict Decide(BatchState state, string step, StepDecision decision, string by, string reason, Image image, BatchEffects effects)
    {
        int node = tree.Find(step);
        if (DecisionProblem(state, node, step, decision, reason) is { } problem) return Refuse(effects, image, step, Words(decision), problem, by);
        var phase = (PhaseNode)tree[node];
        state.Decisions = state.Decisions.SetItem(node, decision);
        ActiveStep active = state.Steps.Find(s => s.Node == node)!;
        if (decision != StepDecision.Resume && !active.HasEnded) effects.TowardsSafe.Add(new CommandUnit(phase.Unit, PhaseCommand.Stop, $"{by}: {Words(decision)}, {reason}"));
        Note(effects, image, BatchEventKind.Command, step, $"{step}: {Words(decision)}, {reason}", by, Data(("decision", decision.ToString())));
        return CommandVerdict.Ok;
    }

    private string? DecisionProblem(BatchState state, int node, string step, StepDecision decision, string reason)
    {
        if (node < 0 || !state.Decisions.TryGetValue(node, out StepDecision? before)) return $"{step} waits for no decision";
        if (state.Status != PhaseState.Held) return $"the batch is {Words(state.Status)}; decisions are made while it is held";
        if (reason.Length == 0) return "a reason is needed";
        ActiveStep active = state.Steps.Find(s => s.Node == node)!;
        if (before is StepDecision.Skip or StepDecision.Repeat && decision == StepDecision.Resume) return "it has been stopped: repeat or skip it";
        string operation = ((PhaseNode)tree[node]).Operation;
        bool repeatSafe = operations.TryGetValue(operation, out UnitOperationDescription? known) && known.RepeatSafe;
        if (decision == StepDecision.Repeat && !repeatSafe) return $"{operation} is never repeated blindly: resume it, or skip it and weigh what is missing";
        if (decision == StepDecision.Resume && active.HasEnded) return $"it is {Words(active.Phase)}: repeat or skip it";
        return decision == StepDecision.Resume && !active.MayResume ? "what was done cannot be told from the record: repeat or skip it" : null;
    }

    /// <summary>RESTART of one held unit while the rest of the batch runs on; what was held with it restarts with it.</summary>
    public CommandVerdict RestartUnit(BatchState state, string unit, string by, Image image, BatchEffects effects)
    {
        if (AgainstRestartOfUnit(state, unit, image) is { } why) return Refuse(effects, image, unit, "RESTART", why, by);
        Note(effects, image, BatchEventKind.Command, unit, "RESTART", by);
        effects.Forward.Add(new CommandUnit(unit, PhaseCommand.Restart, $"restarted by {by}"));
        state.HeldFromAbove[rig.Unit(unit)] = false;
        foreach (string coupled in rig.Units[rig.Unit(unit)].Coupled)
        {
            int ordinal = rig.Unit(coupled);
            if (ordinal < 0 || !state.HeldFromAbove[ordinal]) continue;
            state.HeldFromAbove[ordinal] = false;
            effects.Forward.Add(new CommandUnit(coupled, PhaseCommand.Restart, $"restarted by {by} with {unit}"));
        }

        return CommandVerdict.Ok;
    }

    /// <summary>Why one unit cannot be restarted by itself; null when it can.</summary>
    public string? AgainstRestartOfUnit(BatchState state, string unit, Image image)
    {
        int ordinal = rig.Unit(unit);
        if (ordinal < 0) return $"there is no unit {unit}";
        if (state.Status != PhaseState.Running) return $"RESTART is a command of the batch, which owns {unit} and is {Words(state.Status)}";
        ActiveStep? step = state.PhaseOn[ordinal] < 0 ? null : state.Steps.Find(s => s.Node == state.PhaseOn[ordinal]);
        if (step?.Phase != PhaseState.Held) return $"{unit} is not held";
        return Absent(state, (PhaseNode)tree[step.Node], image) is { } absent ? $"{tree[step.Node].Id} needs {absent}" : null;
    }

    private ImmutableArray<Obstacle> AgainstRestart(BatchState state, Image image)
    {
        var found = ImmutableArray.CreateBuilder<Obstacle>();
        foreach ((int node, StepDecision? decision) in state.Decisions)
            if (decision is null) found.Add(new Obstacle(ObstacleKind.Recovery, tree[node].Id, $"{tree[node].Id}: decide whether it is resumed, repeated or skipped"));
        foreach (ActiveStep step in state.Steps)
        {
            if (tree[step.Node] is not PhaseNode phase) continue;
            if (Absent(state, phase, image) is { } absent) found.Add(new Obstacle(ObstacleKind.Presence, phase.Id, $"{phase.Id} needs {absent}"));
        }

        return found.ToImmutable();
    }

    /// <summary>A phase held by itself: the batch, or the units coupled with it, follow as declared.</summary>
    private void HoldBy(BatchState state, PhaseNode phase, string reason, Image image, BatchEffects effects)
    {
        int unit = rig.Unit(phase.Unit);
        if (state.HeldFromAbove[unit]) return;
        if (phase.Scope == ExceptionScope.Batch)
        {
            Hold(state, reason, phase.Id, image, effects);
            return;
        }

        bool told = state.Steps.Find(s => s.Node == state.PhaseOn[unit])?.Phase == PhaseState.Held;
        if (phase.Scope == ExceptionScope.Coupled) HoldCoupled(state, unit, reason, effects);
        if (!told) Note(effects, image, BatchEventKind.Note, phase.Id, $"held by itself, the rest of the batch goes on: {reason}", phase.Id, Data(("unit", phase.Unit), ("scope", phase.Scope.ToString())));
    }

    private void HoldCoupled(BatchState state, int unit, string reason, BatchEffects effects)
    {
        foreach (string coupled in rig.Units[unit].Coupled)
        {
            int ordinal = rig.Unit(coupled);
            if (ordinal < 0 || state.Owner[ordinal] < 0 || state.HeldFromAbove[ordinal] || IsAlready(state, ordinal, PhaseCommand.Hold)) continue;
            state.HeldFromAbove[ordinal] = true;
            effects.TowardsSafe.Add(new CommandUnit(coupled, PhaseCommand.Hold, $"held with {rig.Units[unit].Name}: {reason}"));
        }
    }

    /// <summary>A phase that stops or aborts gives its batch at least a hold; what becomes of the step is a person's decision.</summary>
    private void EndedAlone(BatchState state, int node, PhaseReport report, string reason, Image image, BatchEffects effects)
    {
        if (report.State is PhaseState.Stopped or PhaseState.Aborted) state.Decisions = state.Decisions.SetItem(node, null);
        Hold(state, reason, report.Step, image, effects);
    }

    private void CarryOutDecisions(BatchState state, Image image, BatchEffects effects)
    {
        ImmutableSortedDictionary<int, StepDecision?> decided = state.Decisions;
        state.Decisions = decided.Clear();
        foreach ((int node, StepDecision? decision) in decided)
        {
            int at = state.Steps.FindIndex(s => s.Node == node);
            if (at < 0) continue;
            if (decision == StepDecision.Skip) End(state, node, image, effects);
            if (decision != StepDecision.Repeat) continue;
            var phase = (PhaseNode)tree[node];
            ActiveStep step = state.Steps[at];
            state.Steps[at] = step with { Since = image.Now, Phase = PhaseState.Idle, Reason = "", MayResume = true };
            effects.Forward.Add(new StartPhase(phase, step.Arguments!, HoldRuleOf(state, rig.Unit(phase.Unit))));
        }
    }

    private static bool IsDecidedAway(BatchState state, int node) =>
        state.Decisions.TryGetValue(node, out StepDecision? decision) && decision is StepDecision.Repeat or StepDecision.Skip;

    private static bool IsAlive(PhaseState status) => status is PhaseState.Running or PhaseState.Holding or PhaseState.Held or PhaseState.Restarting;

    private static string Words(StepDecision decision) => decision.ToString().ToLowerInvariant();
}
