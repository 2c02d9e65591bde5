using Crm.Actors;
using Crm.Plant.Phases;
using Crm.Plant.UnitOperations.Running;

namespace Crm.Control;

/// <summary>Whom the unit serves, and when it is free for another batch.</summary>
public sealed partial class UnitController
{
    /// <summary>Another batch's unit from now on: nothing that the one before asked for stands any more.</summary>
    private void Serve(int batch, ActorContext<UnitMessage> context)
    {
        state.Leaves = false;
        if (state.Batch == batch) return;
        bool hadAnother = state.Batch >= 0;
        state.Batch = batch;
        if (!hadAnother || PhaseTable.IsActive(state.Run.State)) return;
        state.Run = PhaseRunner.Release(state.Run);
        state.Pending.Clear();
        state.StartIsDue = false;
        state.Told = PhaseState.Idle;
        if (state.Asked.Count > 0) context.Tell(rigActor, new LetGo(owner, state.Asked));
        state.Asked = [];
    }

    private void TellLeft(ActorContext<UnitMessage> context)
    {
        if (!state.Leaves || !IsAtRest()) return;
        state.Leaves = false;
        context.Tell(desk, new UnitLeft(unit, state.Batch));
    }

    /// <summary>
    /// No phase is active or due, no trip commands the unit, and after a stop or abort its outputs have the values of that column of its
    /// table. What ended in good order stands as the recipe left it.
    /// </summary>
    private bool IsAtRest()
    {
        if (state.Frame is not { } frame) return !state.StartIsDue;
        if (PhaseTable.IsActive(state.Run.State) || state.StartIsDue || state.Pending.Count > 0 || frame.UnitCommands[unit] != PhaseCommand.None) return false;
        PhaseState ruled = state.Run.Between ?? state.Run.State;
        int column = PhaseStateTable.Column(ruled);
        if (column < 0) return true;
        foreach (StateRow row in state.Definition.States.Rows)
        {
            StateCell cell = row.Cells[column];
            if (!cell.IsLoop && !cell.Then.Keep && frame.Plan.Values[row.Output] != cell.Then.Value) return false;
        }

        return true;
    }
}
