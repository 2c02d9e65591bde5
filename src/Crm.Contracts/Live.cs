namespace Crm.Contracts;

/// <summary>
/// What the plant measures and drives, folded to ten a second of wall time. Arrays are by ordinal; a value that may not be shown as a
/// number is null. Flags are strings with one character an ordinal: compact, and still readable.
/// </summary>
/// <param name="Kind">Always <c>frame</c>.</param>
/// <param name="Now">Plant time, s.</param>
/// <param name="At">UTC at which the frame was made; echoed as <c>seenAt</c> by commands that set a value.</param>
/// <param name="Pace">Plant seconds per wall second now.</param>
/// <param name="AskedPace">What a person asked for.</param>
/// <param name="PaceReason">Why the pace is not the asked one; empty when it is.</param>
/// <param name="Quality">0 good, 1 uncertain, 2 bad.</param>
/// <param name="Why">Why values are not good: tag ordinal and reason.</param>
/// <param name="Spreads">Lowest and highest of the folded scans where they differ from the last value.</param>
/// <param name="Sources">0 lapse, 1 loop, 2 demand, 3 manual, 4 protection.</param>
/// <param name="Manual">1 while a person holds the output.</param>
/// <param name="Setpoints">Working setpoint of each loop; null when it is off.</param>
/// <param name="LoopStates">0 off, 1 automatic, 2 process value bad.</param>
/// <param name="LoopModes">What each loop does: 0 OOS, 1 IMAN, 2 LO, 3 MAN, 4 AUTO, 5 CAS, 6 RCAS, 7 ROUT.</param>
/// <param name="Events">Every event of the folded scans, oldest first; bounded, see <paramref name="EventsDropped"/>.</param>
public sealed record FrameMessage(
    string Kind,
    long Scan,
    double Now,
    DateTimeOffset At,
    double Pace,
    double AskedPace,
    string PaceReason,
    IReadOnlyList<double?> Values,
    string Quality,
    IReadOnlyList<BadValue> Why,
    IReadOnlyList<Spread> Spreads,
    IReadOnlyList<double> Outputs,
    string Sources,
    string Manual,
    IReadOnlyList<double?> Setpoints,
    string LoopStates,
    string LoopModes,
    IReadOnlyList<EventSeen> Events,
    long EventsDropped);

/// <param name="Health">What it says about the instrument: 0 normal, 1 failure, 2 check function, 3 off specification, 4 maintenance required (NE-07).</param>
public readonly record struct BadValue(int Tag, string Reason, int Health);

public readonly record struct Spread(int Tag, double Low, double High);

/// <param name="Number">Counts from 1 since the controller started.</param>
/// <param name="At">Plant time, s.</param>
/// <param name="Batch">Empty: the plant's and no batch's.</param>
public sealed record EventSeen(long Number, double At, string Kind, string Batch, string Subject, string Text, string Cause);

/// <summary>Where batch and plant stand; sent when it changed.</summary>
/// <param name="Kind">Always <c>situation</c>.</param>
/// <param name="Batch">ISA-88 state of the batch: Idle, Running, Held, …</param>
/// <param name="Id">Name of the batch it is about.</param>
/// <param name="Mode">automatic, semi_automatic or manual.</param>
/// <param name="Commands">Batch commands that would be taken now.</param>
/// <param name="Unattended">On the twin: prompts are answered by the simulated technician.</param>
/// <param name="Bands">Steps of the batch with begin and end, for the chart and the trends.</param>
public sealed record Situation(
    string Kind,
    long Version,
    string Id,
    string Mode,
    string Batch,
    string Reason,
    IReadOnlyList<string> Commands,
    bool Unattended,
    bool Skipping,
    IReadOnlyList<StepSeen> Steps,
    IReadOnlyList<StepSeen> Waiting,
    IReadOnlyList<PromptSeen> Prompts,
    IReadOnlyList<SampleSeen> Samples,
    IReadOnlyList<LotSeen> Lots,
    IReadOnlyList<AlarmSeen> Alarms,
    IReadOnlyList<AbsentSeen> Absent,
    IReadOnlyList<TripSeen> Trips,
    string RigTrip,
    IReadOnlyList<Band> Bands,
    IReadOnlyList<UnitSeen> Units,
    PresenceSeen Presence,
    IReadOnlyList<RefusalSeen> Refusals,
    IReadOnlyList<AsideSeen> Aside,
    ProtectionSeen Protection,
    IReadOnlyList<BatchSeen> Batches,
    PanelSeen Panel,
    IReadOnlyList<ProofTestSeen> OverdueProofTests)
{
    /// <summary>Batches that came back from a lost controller and wait for a person; empty in good times.</summary>
    public IReadOnlyList<Recovery> Recoveries { get; init; } = [];

    /// <summary>Why the record cannot be written; empty while it can.</summary>
    public string RecordFault { get; init; } = "";

    /// <summary>Another word whenever the batch runs on other steps than before: the description of the rig has them.</summary>
    public string Procedure { get; init; } = "";

    /// <summary>Formula values that may be changed while the batch runs, as they are now.</summary>
    public IReadOnlyList<FormulaInfo> Adjustable { get; init; } = [];

    /// <summary>The change of the batch that waits for another person's review; empty when none does.</summary>
    public IReadOnlyList<RevisionSeen> Revisions { get; init; } = [];

    /// <summary>Campaigns of the rig with their batches, in the order they were put there.</summary>
    public IReadOnlyList<CampaignSeen> Campaigns { get; init; } = [];

    /// <summary>Rows of protection that are not tripped and still keep what came first (SAF-06).</summary>
    public IReadOnlyList<FirstOutSeen> FirstOuts { get; init; } = [];
}

/// <param name="Progress">0 to 1; null when it cannot be told.</param>
/// <param name="Since">Plant time, s.</param>
public sealed record StepSeen(string Id, string Label, string Unit, string Operation, string State, string Doing, double? Progress, string Reason, double Since);

/// <param name="Kind">confirm, weigh_in, discharge or book; choose: a charge was refused, and a person says what becomes of it.</param>
/// <param name="Asked">kg asked for; null when none.</param>
public sealed record PromptSeen(
    string Id, string Label, string Kind, string Text, IReadOnlyList<string> Items, string Place, string Material, double? Asked,
    IReadOnlyList<string> Analytes, string Protective, double Since)
{
    /// <summary>Why the charge, or the lot named last, was refused; empty when it was not.</summary>
    public string Refused { get; init; } = "";

    public int Attempts { get; init; }

    /// <summary>another_lot, top_up, try_again, accept (signed, with a reason), abort.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Lots that would do instead.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];

    /// <summary>Lots that make up what is missing.</summary>
    public IReadOnlyList<string> TopUp { get; init; } = [];
}

public sealed record SampleSeen(string Name, string Label, string Place, IReadOnlyList<string> Analytes, double TakenAt, double DueAt);

public sealed record LotSeen(string Id, string Material, string Kind, double Mass, double Uncertainty);

/// <param name="State">ISA-18.2 state: UnacknowledgedActive, AcknowledgedActive, ReturnedUnacknowledged, LatchedUnacknowledged or LatchedAcknowledged.</param>
/// <param name="FirstOut">It came first of its group.</param>
/// <param name="LongestShelving">Minutes it may be shelved; null never.</param>
public sealed record AlarmSeen(
    string Id, string Text, int Priority, string State, long Occurrence, double Since, bool FirstOut, string Cause, string Consequence, string Response,
    double TimeToRespondSeconds, double? LongestShelving);

/// <summary>An alarm out of annunciation: shelved, suppressed by design or out of service.</summary>
/// <param name="Why">The rule, or the person's reason.</param>
/// <param name="Until">Plant time, s, at which shelving ends; null for the others.</param>
/// <param name="Stands">Its condition is true now.</param>
public sealed record AbsentSeen(string Id, string Text, int Priority, string State, string Why, double? Until, bool Stands);

public sealed record TripSeen(string Id, string Why, string FirstOut, bool CausesClear, IReadOnlyList<string> Units, double Since);

/// <param name="FirstOut">Causes that were first, in words.</param>
/// <param name="Since">Plant time, s, at which the row tripped.</param>
public sealed record FirstOutSeen(string Trip, string FirstOut, double Since);

/// <param name="To">Plant time, s; null while it runs.</param>
public sealed record Band(string Step, string Label, string Unit, double From, double? To);

/// <summary>Both halves of the live picture at one moment.</summary>
public sealed record Snapshot(FrameMessage Frame, Situation Situation);

/// <param name="By">Who proposes it.</param>
/// <param name="At">Plant time, s.</param>
/// <param name="Changes">One line each: <c>acid_rate 4 kg/h to 3 kg/h</c>; steps in process words.</param>
/// <param name="Advice">What the checks of its chemistry have to say.</param>
public sealed record RevisionSeen(string By, double At, string Reason, IReadOnlyList<string> Changes, IReadOnlyList<string> Advice);

/// <summary>The recipe that a batch runs on.</summary>
/// <param name="File">Name of the file that holds the procedure.</param>
/// <param name="Text">That file as it was written.</param>
public sealed record BatchRecipe(string Recipe, string Version, string File, string Text);

/// <summary>Another text of that recipe beside it.</summary>
/// <param name="Changes">In process words; empty when something stands against it.</param>
/// <param name="Problems">What stands against it; empty when it may be proposed.</param>
/// <param name="Findings">Mistakes and advice by their place in the text.</param>
public sealed record StepsCompared(IReadOnlyList<string> Changes, IReadOnlyList<string> Advice, IReadOnlyList<string> Problems, IReadOnlyList<FindingSeen> Findings);
