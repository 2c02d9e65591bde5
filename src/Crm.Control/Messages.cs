using System.Collections.Immutable;
using Crm.Actors;
using Crm.Plant.Materials;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Crm.Plant.Scan;
using Crm.Plant.Tags;
using Crm.Plant.UnitOperations;

namespace Crm.Control;

/// <summary>To a bus: exchange the plan, or collect what has come since, and answer with the readings.</summary>
/// <param name="Plan">Null: collect only.</param>
public sealed record BusExchange(OutputPlan? Plan, ActorRef<RigMessage> AnswerTo)
{
    /// <summary>Array of an earlier answer, given to the bus for the next one: whoever holds the message owns it. Null: the bus makes one.</summary>
    public Reading[]? Into { get; init; }
}

/// <summary>To the rig.</summary>
public abstract record RigMessage;

/// <summary>Exchange with the buses once, before the first scan: what was never read would trip every row that looks at it (SAF-08).</summary>
public sealed record Connect(TimeSpan Now) : RigMessage;

/// <summary>Collect what the buses beside the scan have read by now: the scan that follows looks at it.</summary>
public sealed record Gather : RigMessage;

/// <summary>Run one scan.</summary>
public sealed record Tick(TimeSpan Now) : RigMessage;

/// <summary>What a bus read: one reading per tag of <paramref name="Bus"/>, in the order of its tags.</summary>
/// <param name="Readings">The receiver's from now on.</param>
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
/// <param name="Slots">What the values are.</param>
/// <param name="Seen">The scan in which the procedure decided it: a command towards safe that follows at once is obeyed on it.</param>
public sealed record PhaseStart(
    PhaseNode Phase, ImmutableSortedDictionary<string, Argument> Arguments, ImmutableArray<Reading> Values, HoldRule? Hold, ImmutableArray<Slot> Slots, PlantFrame? Seen) : UnitMessage;

/// <summary>The unit is a batch's from now on. What another batch left on it (a loop that stands, a stop) is let go.</summary>
/// <param name="Batch">Its number.</param>
public sealed record ServeBatch(int Batch) : UnitMessage;

/// <summary>Its batch does not need the unit any more: say so to the desk once nothing runs on it and it stands as declared.</summary>
public sealed record LeaveWhenAtRest(int Batch) : UnitMessage;

/// <summary>Its batch needs the unit after all.</summary>
public sealed record Stay : UnitMessage;

/// <summary>A command to whatever the unit is doing.</summary>
/// <param name="By">Who: a person, <c>recipe</c>, <c>protection …</c>.</param>
public sealed record UnitOrder(PhaseCommand Command, string By) : UnitMessage;

/// <summary>Whatever runs shall shut down in an orderly way.</summary>
public sealed record UnitFinish : UnitMessage;

/// <summary>New named values of the batch.</summary>
public sealed record BatchValuesChanged(ImmutableArray<Reading> Values) : UnitMessage;

/// <summary>To the plant services.</summary>
public sealed record ServiceFrame(PlantFrame Frame);

/// <summary>To the plant desk.</summary>
public abstract record DeskMessage;

public sealed record DeskFrame(PlantFrame Frame) : DeskMessage;

/// <summary>Something for the record that belongs to no batch.</summary>
public sealed record Put(BatchEvent Happened) : DeskMessage;

/// <summary>What a batch asks of the desk.</summary>
public sealed record Ordered(int Batch, AllocationOrder Order) : DeskMessage;

/// <summary>Units that no step to come of a batch touches.</summary>
/// <param name="Claims">What it may yet ask for.</param>
public sealed record NotNeeded(int Batch, ImmutableSortedSet<string> Units, ImmutableSortedSet<string> Claims) : DeskMessage;

public sealed record BatchOver(int Batch) : DeskMessage;

/// <summary>Nothing runs on the unit and it stands as declared.</summary>
public sealed record UnitLeft(int Unit, int Batch) : DeskMessage;

/// <summary>Something of a batch's record that tells of material: a dose, a lot in or out, a cleaning.</summary>
public sealed record Materialised(int Batch, BatchEvent Happened) : DeskMessage;

/// <summary>What day it is.</summary>
public sealed record DayIs(DateOnly Day) : DeskMessage;

/// <summary>To the batch.</summary>
public abstract record BatchMessage;

/// <summary>A step may move its material.</summary>
/// <param name="Lot">Stock lot that it draws from; several with spaces between them, empty for none.</param>
public sealed record ChargeAllowed(string Step, string Lot) : BatchMessage;

/// <summary>A step must not move its material.</summary>
public sealed record ChargeRefused(string Step, ChargeOffer Offer) : BatchMessage;

/// <summary>Shares of the batches in what the tanks of pools hold, by tank.</summary>
public sealed record PoolsTold(ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, double>> Shares) : BatchMessage;

/// <summary>The desk gives what a step asked for.</summary>
/// <param name="Units">Empty for a share of a service.</param>
public sealed record UnitsGranted(string Step, ImmutableSortedSet<string> Units) : BatchMessage;

/// <summary>What a step asked for is not to be had yet.</summary>
/// <param name="What">Who has it.</param>
public sealed record UnitsAwaited(string Step, string What) : BatchMessage;

/// <summary>What a step asked for can never be had.</summary>
public sealed record UnitsRefused(string Step, string Why) : BatchMessage;

/// <summary>A unit the batch has left is another batch's now.</summary>
public sealed record UnitPassedOn(string Unit) : BatchMessage;

public sealed record BatchFrame(PlantFrame Frame) : BatchMessage;

/// <summary>A phase changed its state.</summary>
public sealed record PhaseReported(PhaseReport Report) : BatchMessage;

/// <summary>Things that happened in a unit, for the record.</summary>
public sealed record Happened(IReadOnlyList<BatchEvent> Events) : BatchMessage;

/// <summary>A person's command to the batch.</summary>
public sealed record BatchOrder(long Id, PhaseCommand Command, string By, string Reason) : BatchMessage;

/// <param name="Lot">What the book of material has against the lot that a weighing names; null: nothing.</param>
public sealed record PromptAnswered(long Id, PromptAnswer Answer, ChargeOffer? Lot = null) : BatchMessage;

public sealed record ResultsCame(long Id, LabReport Report) : BatchMessage;

/// <summary>A person's word to the procedure: mode, confirmation, pick, decision, presence.</summary>
public sealed record ProcedureOrder(OperatorCommand Command) : BatchMessage;

/// <summary>RESTART of one held unit while the batch runs on.</summary>
public sealed record UnitRestart(long Id, string Unit, string By) : BatchMessage;
