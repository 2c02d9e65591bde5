using System.Collections.Immutable;
using Crm.Actors;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Crm.Plant.Scan;
using Crm.Plant.Tags;
using Crm.Plant.UnitOperations;

namespace Crm.Control;

/// <summary>To a bus: exchange this plan and answer with the readings.</summary>
public sealed record BusExchange(OutputPlan Plan, ActorRef<RigMessage> AnswerTo);

/// <summary>To the rig.</summary>
public abstract record RigMessage;

/// <summary>Exchange with the buses once, before the first scan: what was never read would trip every row that looks at it (SAF-08).</summary>
public sealed record Connect(TimeSpan Now) : RigMessage;

/// <summary>Run one scan.</summary>
public sealed record Tick(TimeSpan Now) : RigMessage;

/// <summary>What a bus read: one reading per tag of <paramref name="Bus"/>, in the order of its tags.</summary>
/// <param name="Fault">Null when the exchange went well; else the readings are empty and all its tags are bad.</param>
public sealed record BusReadings(int Bus, Reading[] Readings, string? Fault) : RigMessage;

/// <summary>Demands of one owner, computed from one frame; they take effect at the next scan.</summary>
public sealed record Demands(Owner Owner, IReadOnlyList<Demand> List) : RigMessage;

/// <summary>What an owner asked for until now and asks for no more: its lapse value follows, without a lapse.</summary>
public sealed record LetGo(Owner Owner, IReadOnlyList<Demand> List) : RigMessage;

/// <summary>A person's command to the scan itself.</summary>
public sealed record ScanOrder(ScanCommand Command) : RigMessage;

/// <summary>A unit wants frames, or no longer does.</summary>
public sealed record Attend(int Unit, bool Wanted) : RigMessage;

/// <summary>What a unit is doing has changed; alarms are suppressed by it.</summary>
public sealed record UnitReported(int Unit, UnitActivity Activity) : RigMessage;

/// <summary>A controller failed: nobody is in charge of its equipment, so everything trips, latched (DESIGN section 7).</summary>
public sealed record ControllerFailed(string Controller, string Why) : RigMessage;

/// <summary>To the controller of a unit.</summary>
public abstract record UnitMessage;

public sealed record UnitFrame(PlantFrame Frame) : UnitMessage;

/// <summary>Start a phase.</summary>
/// <param name="Values">Named values of the batch as they stand.</param>
public sealed record PhaseStart(PhaseNode Phase, ImmutableSortedDictionary<string, Argument> Arguments, ImmutableArray<Reading> Values, HoldRule? Hold) : UnitMessage;

/// <summary>A command to whatever the unit is doing.</summary>
/// <param name="By">Who: a person, <c>recipe</c>, <c>protection …</c>.</param>
public sealed record UnitOrder(PhaseCommand Command, string By) : UnitMessage;

/// <summary>New named values of the batch.</summary>
public sealed record BatchValuesChanged(ImmutableArray<Reading> Values) : UnitMessage;

/// <summary>To the plant services.</summary>
public sealed record ServiceFrame(PlantFrame Frame);

/// <summary>To the batch.</summary>
public abstract record BatchMessage;

public sealed record BatchFrame(PlantFrame Frame) : BatchMessage;

/// <summary>A phase changed its state.</summary>
public sealed record PhaseReported(PhaseReport Report) : BatchMessage;

/// <summary>Things that happened in a unit, for the record.</summary>
public sealed record Happened(IReadOnlyList<BatchEvent> Events) : BatchMessage;

/// <summary>A person's command to the batch.</summary>
public sealed record BatchOrder(long Id, PhaseCommand Command, string By, string Reason) : BatchMessage;

public sealed record PromptAnswered(long Id, PromptAnswer Answer) : BatchMessage;

public sealed record ResultsCame(long Id, LabReport Report) : BatchMessage;

/// <summary>A person's word to the procedure: mode, confirmation, pick, decision, presence.</summary>
public sealed record ProcedureOrder(OperatorCommand Command) : BatchMessage;

/// <summary>RESTART of one held unit while the batch runs on.</summary>
public sealed record UnitRestart(long Id, string Unit, string By) : BatchMessage;
