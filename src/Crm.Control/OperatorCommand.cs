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
