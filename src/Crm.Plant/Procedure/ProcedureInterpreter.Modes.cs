using System.Collections.Immutable;
using Crm.Plant.Phases;
using Crm.Plant.Quantities;
using Crm.Plant.Records;
using Crm.Plant.Tags;

namespace Crm.Plant.Procedure;

/// <summary>Modes, and what a person confirms: steps and presence (S88-20).</summary>
public sealed partial class ProcedureInterpreter
{
    /// <summary>Changes the mode of the batch or of one unit. Moves no output: what waits for a person goes on waiting for one.</summary>
    /// <param name="unit">Empty: the batch.</param>
    public CommandVerdict SetMode(BatchState state, ProcedureMode mode, string unit, string by, string reason, Image image, BatchEffects effects)
    {
        int ordinal = unit.Length == 0 ? -1 : rig.Unit(unit);
        string subject = unit.Length == 0 ? "batch" : unit;
        string? problem = state.IsOver ? $"the batch is {Words(state.Status)}"
            : unit.Length > 0 && ordinal < 0 ? $"there is no unit {unit}"
            : unit.Length > 0 && rig.Units[ordinal].IsService ? $"{unit} is a plant service: it belongs to no batch"
            : (unit.Length == 0 ? state.Mode : state.UnitModes[ordinal]) == mode ? $"{subject} is in {Words(mode)} mode already" : null;
        if (problem is not null) return Refuse(effects, image, subject, "change of mode", problem, by);
        for (int i = 0; i < state.Ready.Count; i++)
            if (WaitsForPerson(state, state.Ready[i]).Length > 0) state.Ready[i] = state.Ready[i] with { Asks = true };
        if (unit.Length == 0) state.Mode = mode;
        else state.UnitModes[ordinal] = mode;
        string why = reason.Length == 0 ? "" : $": {reason}";
        Note(effects, image, BatchEventKind.ModeChanged, subject, $"{subject} in {Words(mode)} mode{why}", by, Data(("unit", unit), ("mode", mode.ToString())));
        return CommandVerdict.Ok;
    }

    /// <summary>Lets a step that waits for a person begin.</summary>
    public CommandVerdict Confirm(BatchState state, string step, string by, Image image, BatchEffects effects)
    {
        int at = state.Ready.FindIndex(r => r.Node == tree.Find(step));
        if (at < 0 || WaitsForPerson(state, state.Ready[at]).Length == 0)
            return Refuse(effects, image, step, "confirmation", $"{step} does not wait for a confirmation", by);
        if (state.ModeOf(UnitAround(state.Ready[at].Node)) == ProcedureMode.Manual)
            return Refuse(effects, image, step, "confirmation", $"in manual mode steps are picked: pick {step}, with a reason", by);
        LetBegin(state, at, state.Ready[at].Node, image);
        Note(effects, image, BatchEventKind.Command, step, $"{step} confirmed", by);
        return CommandVerdict.Ok;
    }

    /// <summary>Manual mode: the step that comes next in its group, be it further on or back.</summary>
    public CommandVerdict Pick(BatchState state, string step, string by, string reason, Image image, BatchEffects effects)
    {
        int node = tree.Find(step);
        if (PickProblem(state, node, step, reason, out int at) is { } problem) return Refuse(effects, image, step, "pick", problem, by);
        int parent = tree.Parent(node), proposed = at >= state.Ready.Count ? node : state.Ready[at].Node;
        string instead = proposed == node ? "" : $" instead of {tree[proposed].Id}";
        if (at >= state.Ready.Count) PutChoice(state, parent, node, image);
        state.Ended[parent] = tree[parent] switch { ParallelNode => state.Ended[parent], AlternativeNode => 0, _ => tree.Children(parent).IndexOf(node) };
        LetBegin(state, at, node, image);
        Note(effects, image, BatchEventKind.Command, step, $"{step} picked{instead}: {reason}", by, Data(("picks", step)));
        return CommandVerdict.Ok;
    }

    /// <summary>A person is at the rig.</summary>
    public CommandVerdict ConfirmPresence(BatchState state, string by, Image image, BatchEffects effects)
    {
        state.PresentAt = image.Now;
        state.PresentBy = by;
        Note(effects, image, BatchEventKind.Command, "batch", "present at the rig", by);
        return CommandVerdict.Ok;
    }

    /// <summary>When presence must be confirmed at the latest, for the attended phases that run or wait; null when none does.</summary>
    public TimeSpan? PresenceDue(BatchState state)
    {
        TimeSpan? due = null;
        foreach (int node in state.Steps.Select(s => s.Node).Concat(state.Ready.Select(r => r.Node)))
        {
            if (tree[node] is not PhaseNode { Attended: { } within }) continue;
            TimeSpan until = state.PresentAt is { } at ? at + within : TimeSpan.Zero;
            if (due is null || until < due) due = until;
        }

        return due;
    }

    /// <summary>Phases that run or wait and run attended only, by path.</summary>
    public ImmutableArray<string> AttendedPhases(BatchState state) =>
        [.. state.Steps.Select(s => s.Node).Concat(state.Ready.Select(r => r.Node)).Select(n => tree[n]).OfType<PhaseNode>().Where(p => p.Attended is not null).Select(p => p.Id)];

    private string? PickProblem(BatchState state, int node, string step, string reason, out int at)
    {
        at = -1;
        if (node < 0 || tree.Parent(node) < 0) return $"there is no step {step}";
        if (reason.Length == 0) return "a reason is needed";
        if (state.ModeOf(UnitAround(node)) != ProcedureMode.Manual) return $"steps are picked in manual mode; this is {Words(state.ModeOf(UnitAround(node)))} mode";
        int parent = tree.Parent(node);
        at = state.Ready.FindIndex(r => r.Node == node || (tree.Parent(r.Node) == parent && tree[parent] is not ParallelNode));
        if (at < 0 && IsChoice(tree[parent]) && state.Steps.Exists(s => s.Node == parent)) at = state.Ready.Count;
        return at >= 0 ? null : $"{step} cannot come next: another step of its group runs, or the group has not begun";
    }

    /// <summary>A person chooses in place of the condition that is not judged yet, or cannot be.</summary>
    private static void PutChoice(BatchState state, int choice, int node, Image image)
    {
        state.Steps.RemoveAll(s => s.Node == choice);
        MakeReady(state, node, image);
    }

    private void LetBegin(BatchState state, int at, int node, Image image)
    {
        state.Ready[at] = new ReadyStep(node, image.Now, "");
        state.Confirmed = state.Confirmed.Add(node);
    }

    /// <returns>What the mode makes a step wait for; empty when nothing. Groups of steps begin by themselves.</returns>
    private string WaitsForPerson(BatchState state, ReadyStep ready)
    {
        if (tree[ready.Node] is SequenceNode or ParallelNode or UnitProcedureNode or OperationNode or AlternativeNode or RepeatNode || state.Confirmed.Contains(ready.Node)) return "";
        return state.ModeOf(UnitAround(ready.Node)) switch
        {
            ProcedureMode.Manual => "a person to pick it (manual mode)",
            ProcedureMode.SemiAutomatic => "a person to confirm it (semi-automatic mode)",
            _ => ready.Asks ? "a person to confirm it (it waited when the mode was changed)" : "",
        };
    }

    private int UnitAround(int node)
    {
        for (int at = node; at >= 0; at = tree.Parent(at))
            if (UnitOf(tree[at]) is { } unit) return rig.Unit(unit);
        return -1;
    }

    private static bool IsPresent(BatchState state, PhaseNode phase, Image image) =>
        phase.Attended is not { } within || (state.PresentAt is { } at && image.Now - at <= within);

    private static string? Absent(BatchState state, PhaseNode phase, Image image) => IsPresent(state, phase, image) ? null : AbsentText(phase);

    private static string AbsentText(PhaseNode phase) => $"a person at the rig: it runs attended only, presence confirmed within {PlantClock.Length(phase.Attended!.Value)}";

    private void JudgePresence(BatchState state, ActiveStep step, PhaseNode phase, Image image, BatchEffects effects)
    {
        if (step.Phase is PhaseState.Held or PhaseState.Holding || IsPresent(state, phase, image)) return;
        Note(effects, image, BatchEventKind.LimitReached, phase.Id, $"nobody has confirmed to be at the rig for {PlantClock.Length(phase.Attended!.Value)}: hold", "presence");
        Hold(state, $"{phase.Id}: nobody has confirmed to be at the rig for {PlantClock.Length(phase.Attended!.Value)}", "presence", image, effects);
    }

    private CommandVerdict Refuse(BatchEffects effects, Image image, string subject, string what, string why, string by)
    {
        Note(effects, image, BatchEventKind.CommandRefused, subject, $"{what} refused: {why}", by);
        return CommandVerdict.Refused(why);
    }

    private static string Words(ProcedureMode mode) => mode switch
    {
        ProcedureMode.SemiAutomatic => "semi-automatic",
        ProcedureMode.Manual => "manual",
        _ => "automatic",
    };
}
