using Crm.Plant.Phases;
using Crm.Plant.Records;
using Crm.Plant.Tags;

namespace Crm.Plant.Procedure;

/// <summary>A batch that is never begun.</summary>
public sealed partial class ProcedureInterpreter
{
    /// <summary>A batch that has not begun is taken off the rig's list: STOPPED, with who and why.</summary>
    public CommandVerdict Withdraw(BatchState state, string by, string reason, Image image, BatchEffects effects)
    {
        string? why = state.Status != PhaseState.Idle ? $"only a batch that has not begun can be withdrawn, and this one is {PhaseTable.Word(state.Status)}"
            : reason.Length == 0 ? "a reason is needed, and goes on record"
            : null;
        if (why is not null)
        {
            Note(effects, image, BatchEventKind.CommandRefused, recipe.Id, $"WITHDRAW refused: {why}", by);
            return CommandVerdict.Refused(why);
        }

        Note(effects, image, BatchEventKind.Command, recipe.Id, $"WITHDRAW: {reason}", by);
        state.Reason = $"withdrawn by {by}: {reason}";
        Become(state, PhaseState.Stopped, by, image, effects);
        return CommandVerdict.Ok;
    }
}
