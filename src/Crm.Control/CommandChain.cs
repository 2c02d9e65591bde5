using System.Collections.Immutable;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Protection;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Plant.Tags;

namespace Crm.Control;

/// <summary>
/// What stands against a command, link by link: state, owner, recipe, record, interlock with its first-out, permissive, bad instrument.
/// The one source of refusal texts, of the snapshot's enabled commands and of explanations. HOLD, STOP and ABORT are asked for their
/// state only: nothing else stands in their way (S88-08).
/// </summary>
/// <param name="isReal">A bus of the rig drives something real: START and RESTART wait for its hard-wired protections (SAF-33), START for the approval of the recipe.</param>
/// <param name="release">What stands against the recipe on the rig itself, as things are now.</param>
internal sealed class CommandChain(RigDefinition rig, ScanCore core, ProcedureInterpreter interpreter, bool isReal, Func<ImmutableArray<string>> release)
{
    private const int Resume = 1 << (int)PhaseCommand.Resume;
    private const int TowardsSafe = (1 << (int)PhaseCommand.Hold) | (1 << (int)PhaseCommand.Stop) | (1 << (int)PhaseCommand.Abort);
    private const int OfPersons = TowardsSafe | Resume | (1 << (int)PhaseCommand.Pause);

    public ImmutableArray<Obstacle> OfBatch(BatchMemory memory, PhaseCommand command)
    {
        ImmutableArray<Obstacle> own = interpreter.Against(memory.State, command, memory.Image);
        bool onlyForNow = command == PhaseCommand.Restart && memory.State.Status == PhaseState.Holding;
        if (command is not (PhaseCommand.Start or PhaseCommand.Restart) || (!own.IsEmpty && !onlyForNow && own[0].Kind == ObstacleKind.State)) return own;
        if (memory.Frame is not { } frame) return own.Add(new Obstacle(ObstacleKind.State, "rig", "the rig has not been scanned yet"));
        var found = own.ToBuilder();
        if (memory.Record.Desk.Fault is { } fault) found.Add(new Obstacle(ObstacleKind.Record, "journal", $"the record cannot be written: {fault}"));
        if (isReal) found.AddRange(Commissioning.Unseen(rig, frame));
        // A batch that was started under an approval goes on to its end: a RESTART is never refused for it.
        if (isReal && command == PhaseCommand.Start) found.AddRange(release().Select(why => new Obstacle(ObstacleKind.Approval, "recipe", why)));
        for (int unit = 0; unit < rig.Units.Length; unit++)
        {
            if (command == PhaseCommand.Restart ? !memory.State.Owns(unit) : !interpreter.Uses(rig.Units[unit].Name)) continue;
            string operation = command == PhaseCommand.Restart ? interpreter.OperationOn(memory.State, unit) : "";
            foreach (Obstacle obstacle in core.Against(frame, unit, operation))
                if (Concerns(obstacle, operation) && !found.Any(f => f.Kind == obstacle.Kind && f.Subject == obstacle.Subject && obstacle.Kind != ObstacleKind.Permissive))
                    found.Add(obstacle.Subject == "rig" ? obstacle : obstacle with { Text = $"{rig.Units[unit].Name}: {obstacle.Text}" });
        }

        foreach (ActiveStep step in memory.State.Steps)
            if (StillManual(step.LostOutput, frame) is { } manual) found.Add(manual);
        return found.ToImmutable();
    }

    /// <summary>Against a person's word to the procedure (mode, confirmation, pick, decision): asked of a copy, so that nothing changes.</summary>
    public ImmutableArray<Obstacle> OfProcedure(BatchMemory memory, OperatorCommand command)
    {
        CommandVerdict verdict = interpreter.Obey(memory.State.Fork(), command, memory.Image, new BatchEffects());
        return verdict.Accepted ? [] : [new Obstacle(ObstacleKind.Mode, "batch", verdict.Reason)];
    }

    /// <param name="heldBy">Another batch that has the unit, and since when: <c>held by batch B7 since 3:12</c>; null when none has.</param>
    public ImmutableArray<Obstacle> OfUnit(UnitState unit, PlantFrame? frame, BatchState batch, Image image, PhaseCommand command, string? heldBy = null)
    {
        string name = unit.Definition.Name;
        if (heldBy is not null) return [new Obstacle(ObstacleKind.Owner, name, $"waits for {name}, {heldBy}")];
        if (unit.Frame is null || frame is null) return [new Obstacle(ObstacleKind.Owner, name, $"{name} is not in use by this batch")];
        if (command == PhaseCommand.Restart)
        {
            ImmutableArray<Obstacle> blocking = isReal ? [.. Commissioning.Unseen(rig, frame), .. Blocking(unit, frame)] : Blocking(unit, frame);
            return interpreter.AgainstRestartOfUnit(batch, name, image) is { } why ? blocking.Insert(0, new Obstacle(ObstacleKind.Owner, name, why)) : blocking;
        }

        if (command is PhaseCommand.Start or PhaseCommand.Reset)
            return [new Obstacle(ObstacleKind.Owner, name, $"{PhaseTable.Word(command)} is a command of the batch, which owns {name}"), .. Blocking(unit, frame)];
        bool isSafe = command is PhaseCommand.Hold or PhaseCommand.Stop or PhaseCommand.Abort;
        if (isSafe && !PhaseTable.IsActive(unit.Run.State)) return [];
        if (!PhaseTable.IsActive(unit.Run.State)) return [new Obstacle(ObstacleKind.State, name, $"{PhaseTable.Word(command)} refused: no phase is active on {name}")];
        if (unit.Run.WhyNot(command) is { } refusal) return [new Obstacle(ObstacleKind.State, name, refusal)];
        return command == PhaseCommand.Resume ? Blocking(unit, frame) : [];
    }

    /// <summary>Bit <c>1 &lt;&lt; (int)command</c> for every command of the batch nothing stands against.</summary>
    public int MaskOfBatch(BatchMemory memory)
    {
        int mask = 0;
        for (int c = 1; c <= PhaseTable.Commands; c++)
            if (OfBatch(memory, (PhaseCommand)c).IsEmpty) mask |= 1 << c;
        return mask;
    }

    /// <summary>The same for a unit; without the words, for it is asked for every second.</summary>
    public int MaskOfUnit(UnitState unit, PlantFrame? frame, BatchState batch, Image image)
    {
        if (unit.Frame is null || frame is null) return 0;
        int mask = PhaseTable.IsActive(unit.Run.State) ? unit.Run.EnabledCommands & OfPersons : TowardsSafe;
        if ((mask & Resume) != 0 && !Blocking(unit, frame).IsEmpty) mask &= ~Resume;
        bool restarts = unit.Run.State == PhaseState.Held && OfUnit(unit, frame, batch, image, PhaseCommand.Restart).IsEmpty;
        return restarts ? mask | (1 << (int)PhaseCommand.Restart) : mask;
    }

    private ImmutableArray<Obstacle> Blocking(UnitState unit, PlantFrame frame)
    {
        ImmutableArray<Obstacle> found = core.Against(frame, unit.Definition.Ordinal, unit.Run.Node?.Operation ?? "");
        return StillManual(unit.Run.LostOutput, frame) is { } manual ? found.Insert(0, manual) : found;
    }

    /// <summary>The output that a person took from the phase, while it is in manual.</summary>
    private Obstacle? StillManual(int output, PlantFrame frame) => output >= 0 && frame.Outputs[output].InManual
        ? new Obstacle(ObstacleKind.Manual, rig.Outputs[output].Name, $"{rig.Outputs[output].Name} is in manual: give it back")
        : null;

    /// <summary>The permissives of operations that are not about to run do not count.</summary>
    private static bool Concerns(Obstacle obstacle, string operation) => obstacle.Kind == ObstacleKind.Interlock || operation.Length > 0;
}
