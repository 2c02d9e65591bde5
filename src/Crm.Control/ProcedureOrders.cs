using Crm.Plant.Procedure;
using Crm.Plant.Tags;

namespace Crm.Control;

/// <summary>A person's words to the procedure, handed to the interpreter: by the batch that obeys them, and by the chain that only asks.</summary>
internal static class ProcedureOrders
{
    public static CommandVerdict Obey(this ProcedureInterpreter interpreter, BatchState state, OperatorCommand command, Image image, BatchEffects effects) => command switch
    {
        ChangeMode c => interpreter.SetMode(state, c.Mode, c.Unit, c.By, c.Reason, image, effects),
        ConfirmStep c => interpreter.Confirm(state, c.Step, c.By, image, effects),
        PickStep c => interpreter.Pick(state, c.Step, c.By, c.Reason, image, effects),
        DecideStep c => interpreter.Decide(state, c.Step, c.Decision, c.By, c.Reason, image, effects),
        ProposeRevision c => interpreter.ProposeRevision(state, c.Values, c.By, c.Reason, image, effects, c.Steps),
        ReviewRevision c => interpreter.ReviewRevision(state, c.Accept, c.By, c.Reason, image, effects),
        WithdrawBatch c => interpreter.Withdraw(state, c.By, c.Reason, image, effects),
        ConfirmPresence c => interpreter.ConfirmPresence(state, c.By, image, effects),
        AnswerPrompt c => interpreter.Answer(state, c.Answer with { Roles = c.Roles }, image, effects),
        GiveResults c => interpreter.Result(state, c.Report, image, effects),
        _ => throw new InvalidOperationException($"{command.GetType().Name} is no order to the procedure"),
    };
}
