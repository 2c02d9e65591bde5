using System.Collections.Immutable;
using Crm.Plant.UnitOperations.Running;
using Crm.Plant.Phases;

namespace Crm.Control;

/// <summary>Why not, and what to do about it.</summary>
public sealed partial class PlantController
{
    /// <summary>Everything that stands against a command to the current batch; empty when nothing does.</summary>
    public ImmutableArray<Obstacle> Against(PhaseCommand command) => Current.Chain.OfBatch(Current.Memory, command);

    /// <summary>Everything that stands against a command to what a unit is doing; empty when nothing does.</summary>
    /// <exception cref="ArgumentException">There is no such unit.</exception>
    /// <param name="batch">On behalf of which batch; empty: the one that has the unit.</param>
    public ImmutableArray<Obstacle> Against(string unit, PhaseCommand command, string batch = "")
    {
        int ordinal = Rig.Unit(unit);
        if (ordinal < 0) throw new ArgumentException($"the rig has no unit {unit}");
        BatchOnRig owner = batch.Length > 0 && Find(batch) is { } named ? named : BatchOf(units[ordinal]);
        return owner.Chain.OfUnit(units[ordinal], rigState.Frame, owner.State, owner.Memory.Image, command, HeldByOther(unit, batch));
    }

    /// <summary>
    /// Everything that stands against a command of any kind as things are now; empty when nothing does. Nothing is done and nothing goes on
    /// record: it is what a greyed-out button answers when it is asked why.
    /// </summary>
    public ImmutableArray<Obstacle> Against(OperatorCommand command)
    {
        if (command is CommandPhase { } phase && Rig.Unit(phase.Unit) >= 0) return Against(phase.Unit, phase.Command, phase.Batch);
        if (command is FinishPhase finish) return AgainstFinish(finish);
        if (command is CommandCampaign campaign) return WhyNot(campaign) is { } no ? [new Obstacle(ObstacleKind.State, "campaign", no)] : [];
        if (OfScan(command) is { } order) return AgainstOrder(command, order);
        if (Find(command.Batch) is not { } batch) return [new Obstacle(ObstacleKind.Owner, "batch", $"there is no batch {command.Batch}")];
        return command switch
        {
            CommandBatch { Command: PhaseCommand.Start } when WhyNotDue(batch.Id) is { } why => batch.Chain.OfBatch(batch.Memory, PhaseCommand.Start).Insert(0, new Obstacle(ObstacleKind.State, "campaign", why)),
            CommandBatch c => batch.Chain.OfBatch(batch.Memory, c.Command),
            CommandPhase c => [new Obstacle(ObstacleKind.Owner, c.Unit, $"there is no unit {c.Unit}")],
            Remark => [],
            _ => batch.Chain.OfProcedure(batch.Memory, command),
        };
    }

    private ImmutableArray<Obstacle> AgainstFinish(FinishPhase command) =>
        Rig.Unit(command.Unit) is not (>= 0 and var unit) ? [new Obstacle(ObstacleKind.Owner, command.Unit, $"there is no unit {command.Unit}")]
        : HeldByOther(command.Unit, command.Batch) is { } heldBy ? [new Obstacle(ObstacleKind.Owner, command.Unit, $"waits for {command.Unit}, {heldBy}")]
        : PhaseRunner.WhyNotFinish(units[unit].Run) is { } why ? [new Obstacle(ObstacleKind.State, command.Unit, why)] : [];

    private ImmutableArray<Obstacle> AgainstOrder(OperatorCommand command, ScanOrderTo order)
    {
        string subject = Subject(command);
        if (order.Target < 0) return [new Obstacle(ObstacleKind.State, subject, $"there is no such {order.What}")];
        if (core.WhyNot(rigState.Scan, order.Make(order.Target) with { Roles = command.Roles }) is not { } refusal) return [];
        var own = new Obstacle(ObstacleKind.State, subject, refusal);
        bool isForced = command is TakeManual or ForceOutput && rigState.Frame is not null;
        return isForced && core.WhyForced(rigState.Frame!, order.Target) is { } forced ? [own, new Obstacle(ObstacleKind.Interlock, subject, forced)] : [own];
    }

    /// <summary>The chain a technician needs at a held, stopped or refused moment.</summary>
    /// <param name="batch">Empty: of the current batch.</param>
    /// <exception cref="ArgumentException">There is no such batch.</exception>
    public Explanation Explain(string batch = "")
    {
        PlantSnapshot seen = Snapshot(batch);
        BatchOnRig one = Find(seen.Id)!;
        ImmutableArray<Obstacle> against = seen.Batch == PhaseState.Running
            ? [.. seen.Steps.Where(s => s.State == PhaseState.Held).SelectMany(s => Against(s.Unit, PhaseCommand.Restart)).Distinct()]
            : one.Chain.OfBatch(one.Memory, PhaseCommand.Restart);
        return Explanation.Of(Rig, one.Interpreter, seen, one.State, one.Memory.Story.Events, against);
    }

    private ImmutableArray<UnitView> UnitViews(BatchOnRig batch)
    {
        var views = ImmutableArray.CreateBuilder<UnitView>();
        foreach (UnitState unit in units)
        {
            if (unit.Frame is null || (unit.Batch >= 0 && unit.Batch != batch.Number)) continue;
            views.Add(new UnitView(
                unit.Definition.Name, unit.Run.StepId, unit.Run.State, unit.Run.Between, unit.Run.Reason, unit.Doing,
                batch.Chain.MaskOfUnit(unit, rigState.Frame, batch.State, batch.Memory.Image))
            {
                Mode = batch.State.ModeOf(unit.Definition.Ordinal),
                RunsOn = PhaseTable.IsActive(unit.Run.State) && unit.Run.Operation?.Description.Continuous == true,
                MayFinish = PhaseRunner.WhyNotFinish(unit.Run) is null,
            });
        }

        return views.ToImmutable();
    }
}
