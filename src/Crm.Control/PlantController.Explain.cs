using System.Collections.Immutable;
using Crm.Plant.Phases;

namespace Crm.Control;

/// <summary>Why not, and what to do about it.</summary>
public sealed partial class PlantController
{
    /// <summary>Everything that stands against a command to the batch; empty when nothing does.</summary>
    public ImmutableArray<Obstacle> Against(PhaseCommand command) => chain.OfBatch(batch, command);

    /// <summary>Everything that stands against a command to what a unit is doing; empty when nothing does.</summary>
    /// <exception cref="ArgumentException">There is no such unit.</exception>
    public ImmutableArray<Obstacle> Against(string unit, PhaseCommand command)
    {
        int ordinal = Rig.Unit(unit);
        return ordinal >= 0 ? chain.OfUnit(units[ordinal], rigState.Frame, batch.State, batch.Image, command) : throw new ArgumentException($"the rig has no unit {unit}");
    }

    /// <summary>The chain a technician needs at a held, stopped or refused moment.</summary>
    public Explanation Explain()
    {
        PlantSnapshot seen = Snapshot();
        ImmutableArray<Obstacle> against = seen.Batch == PhaseState.Running
            ? [.. seen.Steps.Where(s => s.State == PhaseState.Held).SelectMany(s => Against(s.Unit, PhaseCommand.Restart)).Distinct()]
            : Against(PhaseCommand.Restart);
        return Explanation.Of(Rig, interpreter, seen, batch.State, batch.Story.Events, against);
    }

    private ImmutableArray<UnitView> UnitViews()
    {
        var views = ImmutableArray.CreateBuilder<UnitView>();
        foreach (UnitState unit in units)
        {
            if (unit.Frame is null) continue;
            views.Add(new UnitView(
                unit.Definition.Name, unit.Run.StepId, unit.Run.State, unit.Run.Between, unit.Run.Reason, unit.Doing,
                chain.MaskOfUnit(unit, rigState.Frame, batch.State, batch.Image))
            {
                Mode = batch.State.ModeOf(unit.Definition.Ordinal),
            });
        }

        return views.ToImmutable();
    }
}
