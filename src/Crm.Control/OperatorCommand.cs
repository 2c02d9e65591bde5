using Crm.Plant.Phases;
using Crm.Plant.Procedure;

namespace Crm.Control;

/// <summary>Something a person wants done. A repeated id gets the first answer again and changes nothing.</summary>
/// <param name="By">Who.</param>
public abstract record OperatorCommand(long Id, string By);

/// <summary>START, HOLD, RESTART, STOP or ABORT of the batch.</summary>
public sealed record CommandBatch(long Id, string By, PhaseCommand Command, string Reason = "") : OperatorCommand(Id, By);

/// <summary>PAUSE, RESUME, HOLD, STOP or ABORT of what one unit is doing. What follows for the batch is the procedure's rule.</summary>
public sealed record CommandPhase(long Id, string By, string Unit, PhaseCommand Command, string Reason = "") : OperatorCommand(Id, By);

/// <summary>Mode of the batch, or of one unit (S88-20).</summary>
/// <param name="Unit">Empty: the batch.</param>
public sealed record ChangeMode(long Id, string By, ProcedureMode Mode, string Unit = "", string Reason = "") : OperatorCommand(Id, By);

/// <summary>Semi-automatic: lets the step that waits begin.</summary>
public sealed record ConfirmStep(long Id, string By, string Step) : OperatorCommand(Id, By);

/// <summary>Manual: the step that comes next, further on or back; the reason goes on record.</summary>
public sealed record PickStep(long Id, string By, string Step, string Reason) : OperatorCommand(Id, By);

/// <summary>What becomes of a phase that was stopped alone or came back from a lost controller (S88-22).</summary>
public sealed record DecideStep(long Id, string By, string Step, StepDecision Decision, string Reason) : OperatorCommand(Id, By);

/// <summary>The person is at the rig; phases that run attended only ask for it.</summary>
public sealed record ConfirmPresence(long Id, string By) : OperatorCommand(Id, By);

/// <summary>Reset of one trip; without a name of the rig's own trip and every latched one whose causes are clear.</summary>
public sealed record ResetTrip(long Id, string By, string? Trip = null) : OperatorCommand(Id, By);

public sealed record AnswerPrompt(long Id, PromptAnswer Answer) : OperatorCommand(Id, Answer.By);

public sealed record GiveResults(long Id, LabReport Report) : OperatorCommand(Id, Report.By);

/// <param name="Output">Dotted name, <c>leach.acid_pump</c>.</param>
/// <param name="Value">In the output's unit.</param>
public sealed record TakeManual(long Id, string By, string Output, double Value) : OperatorCommand(Id, By);

public sealed record ReturnManual(long Id, string By, string Output) : OperatorCommand(Id, By);

public enum ReplyKind
{
    Accepted,
    Refused,

    /// <summary>Judged by the next scan; its outcome follows under the same id.</summary>
    Pending,
}

/// <summary>The answer to a command, with a reason a person can act on when it was refused.</summary>
public sealed record CommandReply(long Id, ReplyKind Kind, string Reason);
