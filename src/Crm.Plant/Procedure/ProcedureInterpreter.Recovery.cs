using System.Collections.Immutable;
using Crm.Plant.Phases;
using Crm.Plant.Quantities;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;
using Crm.Plant.UnitOperations;

namespace Crm.Plant.Procedure;

/// <summary>The batch after its controller was lost, from its record alone.</summary>
public sealed partial class ProcedureInterpreter
{
    /// <summary>
    /// Walks the record and puts the batch where it stood, HELD. What was running waits for a person's decision; nothing starts by itself
    /// (S88-22, SAF-07).
    /// </summary>
    /// <param name="record">The durable events of this recipe on this rig, in order. Where steps were changed it is the recipe after the change: what had begun is the same in both.</param>
    /// <param name="away">Time since the last of them.</param>
    /// <param name="sharesRig">Other batches may be on the rig: units are asked for before they are used.</param>
    public RecoveredBatch Recover(IReadOnlyList<BatchEvent> record, TimeSpan away, bool sharesRig = false)
    {
        BatchState state = NewBatch(sharesRig);
        TimeSpan last = record.Count == 0 ? TimeSpan.Zero : record[^1].At;
        var image = new Image(0, last + away, Enumerable.Repeat(Reading.Never, rig.Tags.Length).ToArray());
        var walk = new RecordWalk(tree, operations, rig, state);
        foreach (BatchEvent happened in record) walk.Take(happened);
        PhaseState was = state.Status;
        if (was == PhaseState.Idle || state.IsOver) return new RecoveredBatch(state, was, [], last, image.Now);

        var phases = ImmutableArray.CreateBuilder<RecoveredPhase>();
        walk.Stand(last, image.Now, (node, args, status, events) =>
        {
            var phase = (PhaseNode)tree[node];
            phases.Add(new RecoveredPhase(phase, args, HoldRuleOf(state, rig.Unit(phase.Unit)), status, events));
        });
        bool ends = was is PhaseState.Stopping or PhaseState.Aborting;
        state.Status = ends ? was : PhaseState.Held;
        state.HeldSince = image.Now;
        state.Reason = ends ? state.Reason : $"the controller was away for {PlantClock.Length(away)} (last record at {PlantClock.Text(last)})";
        if (!ends)
            foreach (RecoveredPhase phase in phases) state.Decisions = state.Decisions.SetItem(tree.Find(phase.Phase.Id), null);
        values.Publish(state, image);
        return new RecoveredBatch(state, was, phases.ToImmutable(), last, image.Now);
    }
}
