using System.Collections.Immutable;
using Crm.Plant.Phases;
using Crm.Plant.Records;
using Crm.Plant.Tags;

namespace Crm.Plant.Procedure;

/// <summary>Commands from people, and what units report.</summary>
public sealed partial class ProcedureInterpreter
{
    /// <summary>START, HOLD, RESTART, STOP or ABORT of the batch.</summary>
    /// <param name="by">Person who commands.</param>
    public CommandVerdict Command(BatchState state, PhaseCommand command, string by, string reason, Image image, BatchEffects effects)
    {
        if (Obstacle.Sentence(Against(state, command, image)) is { } refusal)
        {
            Note(effects, image, BatchEventKind.CommandRefused, recipe.Id, $"{PhaseTable.Word(command)} refused: {refusal}", by);
            return CommandVerdict.Refused(refusal);
        }

        string word = PhaseTable.Word(command);
        Note(effects, image, BatchEventKind.Command, recipe.Id, reason.Length == 0 ? word : $"{word}: {reason}", by);
        switch (command)
        {
            case PhaseCommand.Start:
                values.Publish(state, image);
                MakeReady(state, 0, image);
                Become(state, PhaseState.Running, by, image, effects);
                Note(effects, image, BatchEventKind.Note, "recipe", $"{recipe.Id} {recipe.Version}{(recipe.ProcedureOf.Length == 0 ? "" : $", procedure of {recipe.ProcedureOf}")}, formula: {string.Join(", ", recipe.Formula.Select(f => $"{f.Name} {Written(f)}"))}", "recipe",
                    Data([("recipe", recipe.Id), ("version", recipe.Version), ("content", recipe.ContentHash), .. ProcedureOf(), .. recipe.Formula.Select(f => ("formula." + f.Name, Written(f)))]));
                if (!recipe.Equipment.IsEmpty)
                    Note(effects, image, BatchEventKind.Note, "equipment", $"bound: {string.Join(", ", recipe.Equipment.Select(e => $"{e.Key} is {e.Value} ({rig.Units[rig.Unit(e.Value)].Class})"))}", "recipe",
                        recipe.Equipment.ToImmutableSortedDictionary(e => "equipment." + e.Key, e => e.Value, StringComparer.Ordinal));
                break;
            case PhaseCommand.Restart:
                Restart(state, by, image, effects);
                break;
            case PhaseCommand.Hold:
                Hold(state, reason.Length == 0 ? $"held by {by}" : reason, by, image, effects);
                break;
            case PhaseCommand.Stop:
                Stop(state, reason.Length == 0 ? $"stopped by {by}" : reason, by, image, effects);
                break;
            case PhaseCommand.Abort:
                Abort(state, reason.Length == 0 ? $"aborted by {by}" : reason, by, image, effects);
                break;
        }

        return CommandVerdict.Ok;
    }

    private static string Written(FormulaParameter parameter) => $"{parameter.Value.ToString("0.######", Invariant)} {parameter.Unit}".TrimEnd();

    private (string, string)[] ProcedureOf() => recipe.ProcedureOf.Length == 0 ? [] : [("procedure_of", recipe.ProcedureOf)];

    /// <summary>What in the batch itself stands against a command; empty when nothing does.</summary>
    public ImmutableArray<Obstacle> Against(BatchState state, PhaseCommand command, Image image)
    {
        if (Refusal(state.Status, command) is { } refusal) return [new Obstacle(ObstacleKind.State, "batch", refusal)];
        if (command == PhaseCommand.Restart) return AgainstRestart(state, image);
        return command == PhaseCommand.Start && FormulaProblem() is { } problem ? [new Obstacle(ObstacleKind.Recipe, recipe.Id, problem)] : [];
    }

    /// <summary>A phase changed its state. A phase that leaves RUNNING by itself takes the batch with it, as declared (S88-11).</summary>
    public void Report(BatchState state, PhaseReport report, Image image, BatchEffects effects)
    {
        int node = tree.Find(report.Step);
        int at = state.Steps.FindIndex(s => s.Node == node);
        if (at < 0) return;
        state.Steps[at] = state.Steps[at] with { Phase = report.State, Reason = report.Reason, LostOutput = report.LostOutput };
        string reason = $"{report.Step}: {report.Reason}";
        var phase = (PhaseNode)tree[node];
        switch (report.State)
        {
            case PhaseState.Complete:
                End(state, node, image, effects);
                break;
            case PhaseState.Stopping or PhaseState.Stopped or PhaseState.Aborting or PhaseState.Aborted when IsDecidedAway(state, node):
                break;
            case PhaseState.Holding or PhaseState.Held when state.Status is PhaseState.Running or PhaseState.Restarting:
                HoldBy(state, phase, reason, image, effects);
                break;
            case PhaseState.Stopping or PhaseState.Stopped or PhaseState.Aborting or PhaseState.Aborted when phase.Scope != ExceptionScope.Batch && IsAlive(state.Status):
                EndedAlone(state, node, report, reason, image, effects);
                break;
            case PhaseState.Stopping or PhaseState.Stopped when IsBefore(state.Status, PhaseState.Stopping):
                Stop(state, reason, report.Step, image, effects);
                break;
            case PhaseState.Aborting or PhaseState.Aborted when IsBefore(state.Status, PhaseState.Aborting):
                Abort(state, reason, report.Step, image, effects);
                break;
        }

        Settle(state, image, effects);
    }

    /// <summary>Protection commands a unit of the batch that is between phases; with a phase, its report says the same.</summary>
    public void UnitTripped(BatchState state, string unit, PhaseCommand command, string reason, Image image, BatchEffects effects)
    {
        int ordinal = rig.Unit(unit);
        if (ordinal < 0 || state.Owner[ordinal] < 0 || state.PhaseOn[ordinal] >= 0) return;
        Consequence then = command switch
        {
            PhaseCommand.Stop => Consequence.Stop,
            PhaseCommand.Abort => Consequence.Abort,
            _ => Consequence.Hold,
        };
        Follow(state, then, $"{unit}: {reason}", reason, image, effects);
        Settle(state, image, effects);
    }

    /// <summary>Something outside the procedure makes going on wrong: bus lost, record failing, controller restarted.</summary>
    public void Hold(BatchState state, string reason, string cause, Image image, BatchEffects effects)
    {
        if (state.Status is not (PhaseState.Running or PhaseState.Restarting)) return;
        state.Reason = reason;
        CommandUnits(state, Owned(state), PhaseCommand.Hold, reason, effects.TowardsSafe);
        Become(state, PhaseState.Holding, cause, image, effects);
        Settle(state, image, effects);
    }

    private void Restart(BatchState state, string by, Image image, BatchEffects effects)
    {
        for (int i = 0; i < state.Steps.Count; i++)
            if (IsJudged(tree[state.Steps[i].Node])) state.Steps[i] = state.Steps[i] with { Since = image.Now };
        for (int i = 0; i < state.Ready.Count; i++) state.Ready[i] = state.Ready[i] with { Since = image.Now };
        // What was refused is asked for again.
        state.Refused = state.Refused.Clear();
        CommandUnits(state, Owned(state), PhaseCommand.Restart, $"restarted by {by}", effects.Forward);
        Array.Clear(state.HeldFromAbove);
        Become(state, PhaseState.Restarting, by, image, effects);
        CarryOutDecisions(state, image, effects);
    }

    private void Stop(BatchState state, string reason, string cause, Image image, BatchEffects effects)
    {
        state.Reason = reason;
        CommandUnits(state, state.Used, PhaseCommand.Stop, reason, effects.TowardsSafe);
        Become(state, PhaseState.Stopping, cause, image, effects);
        Settle(state, image, effects);
    }

    private void Abort(BatchState state, string reason, string cause, Image image, BatchEffects effects)
    {
        state.Reason = reason;
        CommandUnits(state, state.Used, PhaseCommand.Abort, reason, effects.TowardsSafe);
        Become(state, PhaseState.Aborting, cause, image, effects);
        Settle(state, image, effects);
    }

    private void Follow(BatchState state, Consequence then, string reason, string cause, Image image, BatchEffects effects)
    {
        if (then == Consequence.Abort && IsBefore(state.Status, PhaseState.Aborting)) Abort(state, reason, cause, image, effects);
        else if (then == Consequence.Stop && IsBefore(state.Status, PhaseState.Stopping)) Stop(state, reason, cause, image, effects);
        else if (then is Consequence.Hold or Consequence.Pause) Hold(state, reason, cause, image, effects);
    }

    /// <summary>Every unit that is told, in rig order (no hash order, rule 3.4).</summary>
    private void CommandUnits(BatchState state, bool[] which, PhaseCommand command, string reason, List<BatchEffect> effects)
    {
        for (int unit = 0; unit < which.Length; unit++)
            if (which[unit] && !IsAlready(state, unit, command)) effects.Add(new CommandUnit(rig.Units[unit].Name, command, reason));
    }

    /// <summary>The phase that made the batch hold, stop or abort is there already.</summary>
    private static bool IsAlready(BatchState state, int unit, PhaseCommand command)
    {
        ActiveStep? step = state.Steps.Find(s => s.Node == state.PhaseOn[unit]);
        return step is not null && command switch
        {
            PhaseCommand.Hold => step.Phase is PhaseState.Holding or PhaseState.Held,
            PhaseCommand.Stop => step.Phase is PhaseState.Stopping or PhaseState.Stopped,
            PhaseCommand.Abort => step.Phase is PhaseState.Aborting or PhaseState.Aborted,
            PhaseCommand.Restart => step.Phase is not (PhaseState.Held or PhaseState.Holding),
            _ => false,
        };
    }

    private static bool[] Owned(BatchState state) => [.. state.Owner.Select(o => o >= 0)];

    /// <summary>True while a batch can still be stopped (or aborted): each is nearer to the end than the ones before it.</summary>
    private static bool IsBefore(PhaseState status, PhaseState end) => status switch
    {
        PhaseState.Running or PhaseState.Holding or PhaseState.Held or PhaseState.Restarting => true,
        PhaseState.Stopping or PhaseState.Stopped => end == PhaseState.Aborting,
        _ => false,
    };

    private static string? Refusal(PhaseState status, PhaseCommand command) => command switch
    {
        PhaseCommand.Start when status != PhaseState.Idle => $"the batch is {Words(status)}; only an idle batch starts",
        PhaseCommand.Hold when status is not (PhaseState.Running or PhaseState.Restarting) => $"the batch is {Words(status)}; there is nothing to hold",
        PhaseCommand.Restart when status == PhaseState.Holding => "the batch is still holding; wait until it is held",
        PhaseCommand.Restart when status != PhaseState.Held => $"the batch is {Words(status)}; only a held batch restarts",
        PhaseCommand.Stop when !IsBefore(status, PhaseState.Stopping) => $"the batch is {Words(status)}; there is nothing to stop",
        PhaseCommand.Abort when !IsBefore(status, PhaseState.Aborting) => $"the batch is {Words(status)}; there is nothing to abort",
        PhaseCommand.Start or PhaseCommand.Hold or PhaseCommand.Restart or PhaseCommand.Stop or PhaseCommand.Abort => null,
        _ => $"{PhaseTable.Word(command)} is a command for phases, not for batches",
    };

    /// <summary>A formula value out of its limits blocks the start (S88-16).</summary>
    private string? FormulaProblem()
    {
        foreach (FormulaParameter p in recipe.Formula)
            if (!(p.Value >= p.Low && p.Value <= p.High))
                return string.Create(Invariant, $"{p.Name} is {p.Value:0.####} {p.Unit}, outside {p.Low:0.####}..{p.High:0.####} {p.Unit}");
        return null;
    }
}
