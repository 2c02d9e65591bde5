using System.Collections.Immutable;

namespace Crm.Plant.Records;

/// <summary>The kinds of event a batch record holds (S88-24).</summary>
public enum BatchEventKind
{
    BatchState,
    StepStarted,
    StepEnded,
    PhaseState,
    Command,
    CommandRefused,
    Prompt,
    Answer,
    Trip,
    TripReset,
    AlarmRaised,
    AlarmCleared,
    LimitReached,
    Fault,
    Dose,
    LotCreated,
    LotConsumed,
    LotProduced,
    Sample,
    LabResult,
    Note,

    /// <summary>Mode of the batch or of a unit; data <c>unit</c> (empty: batch) and <c>mode</c>.</summary>
    ModeChanged,

    /// <summary>
    /// A unit or a share of a service taken, waited for or given back (S88-17, S88-24); data <c>allocation</c> (kind of
    /// <see cref="Allocation.AllocationEventKind"/>) and <c>units</c>.
    /// </summary>
    Allocation,

    /// <summary>What a vessel holds now and whose it is (S88-24); data <c>vessel contents litres state of lots</c>, and <c>lot drawn_kg</c> when a lot was drawn from.</summary>
    Material,

    /// <summary>A condition chose what follows; data <c>chose</c>: path of the branch or pass, empty when a repeat ends.</summary>
    Chosen,

    /// <summary>
    /// A change of a running batch; data <c>revision</c> (proposed, accepted, rejected), <c>author</c>, <c>reason</c>; of values <c>from.NAME</c>, <c>to.NAME</c> (in the parameter's unit);
    /// of steps <c>steps.hash</c>, and when accepted <c>steps.text</c>.
    /// </summary>
    Revision,

    /// <summary>Stock taken of what stands in a place and stays there; data as of a lot, and <c>side</c>: <c>opening</c> (the batch takes it over) or <c>closing</c> (it leaves it to the next).</summary>
    StockTaken,
}

/// <summary>
/// One thing that happened. Facts that reports compute with are in <paramref name="Data"/> with invariant-culture values and the unit
/// in the key (<c>mass_kg</c>, <c>element.Li_kg</c>); <paramref name="Text"/> is the sentence a person reads.
/// </summary>
/// <param name="At">Plant time since the start of the run.</param>
/// <param name="Scan">Scan in which it happened.</param>
/// <param name="Subject">Unit, step, tag, trip or lot it is about: <c>leach</c>, <c>leach/dose-acid</c>.</param>
/// <param name="Cause">Who or what made it happen: a person's id, <c>recipe</c>, <c>protection leach-overheat</c>, <c>condition …</c>.</param>
public sealed record BatchEvent(
    TimeSpan At,
    long Scan,
    BatchEventKind Kind,
    string Subject,
    string Text,
    string Cause,
    ImmutableSortedDictionary<string, string> Data)
{
    /// <summary>Batch it belongs to; empty for what happened to the plant as a whole.</summary>
    public string Batch { get; init; } = "";

    public static readonly ImmutableSortedDictionary<string, string> NoData = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}
