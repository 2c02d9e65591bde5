namespace Crm.Contracts;

/// <summary>A unit of the rig as one batch stands on it.</summary>
/// <param name="State">ISA-88 state of the phase on it, or the column of its table that rules; Idle: nothing runs for this batch.</param>
/// <param name="Mode">automatic, semi_automatic or manual.</param>
/// <param name="Commands">Commands it takes now; why not the others: the command's own path with <c>ask</c>.</param>
public sealed record UnitSeen(string Unit, string State, string Mode, string Step, string Doing, string Reason, IReadOnlyList<string> Commands)
{
    /// <summary>What runs on it goes on until its feed is gone; FINISH shuts it down in an orderly way before that.</summary>
    public bool RunsOn { get; init; }
}

/// <summary>Who is at the rig.</summary>
/// <param name="By">Who said so last, or answered a prompt; empty: nobody yet.</param>
/// <param name="At">Plant time of it, s.</param>
/// <param name="Due">Plant time, s, by which presence must be confirmed; null when nothing runs attended only.</param>
/// <param name="Phases">Paths of the phases that run or wait and run attended only.</param>
public sealed record PresenceSeen(string By, double? At, double? Due, IReadOnlyList<string> Phases);

/// <summary>A command that was refused.</summary>
/// <param name="At">Plant time, s.</param>
public sealed record RefusalSeen(double At, string Batch, string Subject, string Text, string By);

/// <summary>Something that is not as built: the one list of everything that people have set aside (SAF-15).</summary>
/// <param name="Kind">bypass, start_up, forced_output, substituted_tag, hard_wired, manual_output, loop, shelved or out_of_service.</param>
/// <param name="Target">Trip, output, tag, hard-wired protection, loop or alarm.</param>
/// <param name="Reference">Work order of an alarm out of service.</param>
/// <param name="Since">Plant time, s; null when the record of it is of another controller.</param>
/// <param name="Until">Plant time, s, at which it ends by itself; null: never.</param>
/// <param name="Stands">What it keeps quiet is true now: a bypassed row would trip, a shelved alarm would speak.</param>
public sealed record AsideSeen(string Kind, string Target, string Text, string By, string Reason, string Reference, double? Since, double? Until, bool Stands);

/// <summary>Which protection the rig runs with (SAF-32).</summary>
/// <param name="Checksum">SHA-256, lower-case hex.</param>
/// <param name="Awaits">Why the rig stays tripped until the change is accepted; empty when nothing waits.</param>
/// <param name="AcceptedBy">Who accepted it last on this controller; empty when nobody had to.</param>
public sealed record ProtectionSeen(string Checksum, string Awaits, string AcceptedBy, double? AcceptedAt, string AcceptedWhy);

/// <summary>A batch of the rig, in a line.</summary>
/// <param name="Title">Of its recipe.</param>
/// <param name="Units">Units that are its own now.</param>
/// <param name="Waits">What it waits for of others, and since when; empty when nothing.</param>
public sealed record BatchSeen(string Id, string Recipe, string Version, string Title, string State, string Reason, IReadOnlyList<string> Units, string Waits);

/// <summary>A campaign on the rig: batches that begin by themselves when they are due, one START for all.</summary>
/// <param name="Name">On this rig: <c>C1</c>; its batches are <c>C1-oxide-1</c>.</param>
/// <param name="State">Waits (nobody has started it), Goes, Held (no further batch begins), Stopped (what had not begun is withdrawn) or Complete.</param>
/// <param name="By">Who put it there, or commanded it last.</param>
public sealed record CampaignSeen(string Name, string Id, string Version, string Title, string State, string By, string Reason, IReadOnlyList<CampaignBatchSeen> Batches);

/// <param name="Plan">What its campaign says it waits for and takes; empty for nothing.</param>
/// <param name="Waits">Why it does not begin now; empty when it could, or has begun.</param>
public sealed record CampaignBatchSeen(string Id, string Title, string State, string Plan, string Waits);

/// <summary>A campaign that may be put on the rig.</summary>
/// <param name="File">Name of its file; names it when it is put on the rig.</param>
/// <param name="Problem">Why it cannot be used on this rig; empty when it can.</param>
public sealed record CampaignChoice(string File, string Id, string Version, string Title, string Problem, IReadOnlyList<CampaignStep> Batches);

/// <param name="Version">Of its recipe.</param>
/// <param name="State">Of its recipe: draft, experimental, approved or retired; empty: not known.</param>
/// <param name="Plan">What it waits for and takes; empty for nothing.</param>
public sealed record CampaignStep(string Name, string Recipe, string Version, string State, string Plan);

/// <summary>A unit or a share of a service that is taken.</summary>
/// <param name="Since">Plant time, s.</param>
public sealed record AllocationSeen(string Resource, string Owner, double Amount, string Measure, double Since);

/// <summary>A batch with its frozen recipe and where it stands.</summary>
public sealed record BatchDetail(BatchSeen Batch, RecipeInfo Recipe, IReadOnlyList<StepInfo> Steps, Situation Situation);

/// <summary>A recipe that a further batch may be started of.</summary>
/// <param name="File">Name of its file; names it when a batch is started.</param>
/// <param name="Problem">Why it cannot be used on this rig; empty when it can.</param>
/// <param name="State">draft, experimental, approved or retired; a rig itself starts only experimental and approved ones. Empty: not known.</param>
public sealed record RecipeChoice(string File, string Id, string Version, string Title, string Problem, IReadOnlyList<FormulaInfo> Formula, string State);

/// <summary>The AlarmMetrics object of OPC UA part 9 (ALM-20). Rates are alarms in ten minutes, times are seconds.</summary>
/// <param name="StartTime">Plant time of the last reset, s.</param>
/// <param name="MaximumActiveState">The longest an alarm was active.</param>
/// <param name="MaximumUnAck">The longest an alarm waited for its acknowledgement.</param>
/// <param name="MaximumReAlarmCount">The most often that one alarm became unacknowledged again while it was active.</param>
public sealed record AlarmMetricsSeen(
    long AlarmCount, double StartTime, double MaximumActiveState, double MaximumUnAck, double CurrentAlarmRate, double MaximumAlarmRate, double AverageAlarmRate, int MaximumReAlarmCount);

/// <summary>What runs here, and what it relies on that it cannot see (SAF-33).</summary>
/// <param name="Software">Name and version.</param>
/// <param name="RigHash">SHA-256 of the rig file, lower-case hex.</param>
/// <param name="Protection">Checksum of the protection in force.</param>
public sealed record AboutRig(string Software, string Rig, string Version, bool Twin, string RigHash, string Protection, IReadOnlyList<HardWiredSeen> HardWired);

/// <summary>A protection outside this software that the rig is taken to have.</summary>
/// <param name="Proof">How commissioning sees that it works.</param>
/// <param name="By">Who has seen it; empty: nobody yet.</param>
/// <param name="Day">Day on which it was seen, yyyy-MM-dd; empty: never.</param>
/// <param name="Note">What was found.</param>
public sealed record HardWiredSeen(string Name, string What, string Proof, string By, string Day, string Note);
