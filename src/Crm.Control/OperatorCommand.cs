using Crm.Plant.Permissions;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;

namespace Crm.Control;

/// <summary>Something a person wants done. A repeated id gets the first answer again and changes nothing.</summary>
/// <param name="By">Who.</param>
public abstract record OperatorCommand(long Id, string By)
{
    /// <summary>In what roles the person signed in: stated by whoever authenticated the person, never by the command's own parameters.</summary>
    public PersonRole Roles { get; init; }

    /// <summary>Batch it is meant for; empty: the current one, or for a unit the one that has it.</summary>
    public string Batch { get; init; } = "";
}

/// <summary>START, HOLD, RESTART, STOP or ABORT of the batch.</summary>
public sealed record CommandBatch(long Id, string By, PhaseCommand Command, string Reason = "") : OperatorCommand(Id, By);

/// <summary>Takes a batch that has not begun off the list, with a reason.</summary>
public sealed record WithdrawBatch(long Id, string By, string Reason) : OperatorCommand(Id, By);

/// <summary>START, HOLD or STOP of a campaign: whether its batches begin by themselves when they are due. What has begun already goes on.</summary>
/// <param name="Reason">Needed for STOP, which withdraws every batch that has not begun.</param>
public sealed record CommandCampaign(long Id, string By, string Campaign, PhaseCommand Command, string Reason = "") : OperatorCommand(Id, By);

/// <summary>PAUSE, RESUME, HOLD, STOP or ABORT of what one unit is doing. What follows for the batch is the procedure's rule.</summary>
public sealed record CommandPhase(long Id, string By, string Unit, PhaseCommand Command, string Reason = "") : OperatorCommand(Id, By);

/// <summary>Has a phase that runs on until its feed is gone shut down in an orderly way now; the procedure then goes on.</summary>
public sealed record FinishPhase(long Id, string By, string Unit, string Reason = "") : OperatorCommand(Id, By);

/// <summary>Mode of the batch, or of one unit (S88-20).</summary>
/// <param name="Unit">Empty: the batch.</param>
public sealed record ChangeMode(long Id, string By, ProcedureMode Mode, string Unit = "", string Reason = "") : OperatorCommand(Id, By);

/// <summary>Semi-automatic: lets the step that waits begin.</summary>
public sealed record ConfirmStep(long Id, string By, string Step) : OperatorCommand(Id, By);

/// <summary>Manual: the step that comes next, further on or back; the reason goes on record.</summary>
public sealed record PickStep(long Id, string By, string Step, string Reason) : OperatorCommand(Id, By);

/// <summary>What becomes of a phase that was stopped alone or came back from a lost controller (S88-22).</summary>
public sealed record DecideStep(long Id, string By, string Step, StepDecision Decision, string Reason) : OperatorCommand(Id, By);

/// <summary>Other values for adjustable formula parameters of the running batch, other steps for what has not begun, or both; another person reviews them.</summary>
/// <param name="Values">Value with unit, by parameter.</param>
/// <param name="Steps">Null: the steps stay as they are.</param>
public sealed record ProposeRevision(long Id, string By, IReadOnlyDictionary<string, string> Values, string Reason, StepRevision? Steps = null) : OperatorCommand(Id, By);

/// <summary>Takes the proposed change of the batch as a whole, or turns it down.</summary>
public sealed record ReviewRevision(long Id, string By, bool Accept, string Reason = "") : OperatorCommand(Id, By);

/// <summary>The person is at the rig; phases that run attended only ask for it.</summary>
public sealed record ConfirmPresence(long Id, string By) : OperatorCommand(Id, By);

/// <summary>A person's words for the batch record (S88-24); changes nothing.</summary>
public sealed record Remark(long Id, string By, string Text) : OperatorCommand(Id, By);

/// <summary>Silences the panel's horn until the next alarm; acknowledges nothing (ALM-03).</summary>
public sealed record SilenceHorn(long Id, string By) : OperatorCommand(Id, By);

/// <summary>Reset of one trip; without a name of the rig's own trip and every latched one whose causes are clear.</summary>
public sealed record ResetTrip(long Id, string By, string? Trip = null) : OperatorCommand(Id, By);

public sealed record AnswerPrompt(long Id, PromptAnswer Answer) : OperatorCommand(Id, Answer.By);

public sealed record GiveResults(long Id, LabReport Report) : OperatorCommand(Id, Report.By);

/// <param name="Output">Dotted name, <c>leach.acid_pump</c>.</param>
/// <param name="Value">In the output's unit.</param>
public sealed record TakeManual(long Id, string By, string Output, double Value) : OperatorCommand(Id, By);

public sealed record ReturnManual(long Id, string By, string Output) : OperatorCommand(Id, By);

/// <summary>Sets one cause of a row of class process aside for a time (SAF-13).</summary>
/// <param name="Cause">Number of the cause as the matrix lists it, from 1; 0 for the whole row.</param>
/// <param name="Channel">Number of the voter's channel, from 1; 0 for the whole cause.</param>
public sealed record BypassTrip(long Id, string By, string Trip, int Cause, int Channel, TimeSpan For, string Reason) : OperatorCommand(Id, By);

/// <summary>The start-up override that a row declares (SAF-14); it ends by itself.</summary>
public sealed record OverrideStartUp(long Id, string By, string Trip, string Reason) : OperatorCommand(Id, By);

/// <summary>Ends the bypass or start-up override of a row before its time.</summary>
public sealed record EndBypass(long Id, string By, string Trip) : OperatorCommand(Id, By);

/// <summary>Holds an output at a value for a time (SAF-17); a trip wins over it.</summary>
public sealed record ForceOutput(long Id, string By, string Output, double Value, TimeSpan For, string Reason) : OperatorCommand(Id, By);

public sealed record EndForce(long Id, string By, string Output) : OperatorCommand(Id, By);

/// <summary>Gives a tag a value by hand for a time; marked as substituted wherever it goes (NE-08).</summary>
public sealed record SubstituteTag(long Id, string By, string Tag, double Value, TimeSpan For, string Reason) : OperatorCommand(Id, By);

public sealed record EndSubstitute(long Id, string By, string Tag) : OperatorCommand(Id, By);

/// <summary>Forgets what came first in a row that is not tripped (SAF-06).</summary>
public sealed record ClearFirstOut(long Id, string By, string Trip) : OperatorCommand(Id, By);

/// <summary>A row's proof test was done and passed (SAF-30).</summary>
/// <param name="Found">What was found: the value it tripped at.</param>
public sealed record ProofTested(long Id, string By, string Trip, string Found) : OperatorCommand(Id, By);

/// <summary>Takes over a change of the protection: the rig file's is not the one that the last batch ran with (SAF-32).</summary>
public sealed record AcceptProtection(long Id, string By, string Reason) : OperatorCommand(Id, By);

/// <summary>Commissioning has seen that a hard-wired protection is there and works (SAF-33).</summary>
/// <param name="Day">Null takes the tick back.</param>
/// <param name="Note">What was found.</param>
public sealed record TickHardWired(long Id, string By, string Protection, DateOnly? Day, string Note) : OperatorCommand(Id, By);

/// <summary>Lets a real rig be started for a time though nobody has ticked that hard-wired protection (SAF-33); it ends by itself.</summary>
public sealed record SetHardWiredAside(long Id, string By, string Protection, TimeSpan For, string Reason) : OperatorCommand(Id, By);

public sealed record EndHardWiredAside(long Id, string By, string Protection) : OperatorCommand(Id, By);

/// <summary>What day it is; without it no proof test is ever overdue.</summary>
public sealed record SetDay(long Id, string By, DateOnly Day) : OperatorCommand(Id, By);

public enum ReplyKind
{
    Accepted,
    Refused,

    /// <summary>Judged by the next scan; its outcome follows under the same id.</summary>
    Pending,
}

/// <summary>The answer to a command, with a reason a person can act on when it was refused.</summary>
public sealed record CommandReply(long Id, ReplyKind Kind, string Reason);
