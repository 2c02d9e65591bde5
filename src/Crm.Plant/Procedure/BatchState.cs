using System.Collections.Immutable;
using Crm.Plant.Lots;
using Crm.Plant.Materials;
using Crm.Plant.Phases;
using Crm.Plant.Tags;
using Crm.Plant.UnitOperations;

namespace Crm.Plant.Procedure;

/// <summary>A step at which the procedure stands.</summary>
/// <param name="Node">Number in the <see cref="ProcedureTree"/>.</param>
/// <param name="Since">Plant time it was entered, or its time limit begun again after a hold.</param>
/// <param name="Phase">State of the phase; Running for steps that are not phases.</param>
/// <param name="Asked">Prompts: kg asked for, not a number when none.</param>
public sealed record ActiveStep(int Node, TimeSpan Since, PhaseState Phase, string Reason, double Asked = double.NaN)
{
    /// <summary>Phases: arguments as they were frozen at START.</summary>
    public ImmutableSortedDictionary<string, Argument>? Arguments { get; init; }

    /// <summary>Phases that came back from a lost controller: false when what was done cannot be told, so that they do not simply go on.</summary>
    public bool MayResume { get; init; } = true;

    /// <summary>Output of the unit that a person took from the phase, by ordinal; -1 for none.</summary>
    public int LostOutput { get; init; } = -1;

    /// <summary>Weighings: what was wrong with the lot that was named last; null when nothing was.</summary>
    public ChargeOffer? Refused { get; init; }

    /// <summary>Weighings: how often a lot was refused.</summary>
    public int Attempts { get; init; }

    public bool HasEnded => Phase is PhaseState.Complete or PhaseState.Stopped or PhaseState.Aborted;
}

/// <summary>A step that may begin as soon as its unit is free and its permissives hold.</summary>
/// <param name="Waits">What it waits for; empty when it has not been tried yet.</param>
public readonly record struct ReadyStep(int Node, TimeSpan Since, string Waits)
{
    /// <summary>It waited for a person when the mode was changed, and goes on doing so: a change of mode moves nothing (S88-20).</summary>
    public bool Asks { get; init; }
}

/// <summary>Who makes the procedure go on (S88-20), from the least to the most by hand.</summary>
public enum ProcedureMode
{
    /// <summary>The recipe.</summary>
    Automatic,

    /// <summary>The recipe proposes, a person confirms each step.</summary>
    SemiAutomatic,

    /// <summary>A person picks the steps.</summary>
    Manual,
}

/// <summary>What becomes of a phase that was stopped on its own or whose controller was away (S88-22).</summary>
public enum StepDecision
{
    /// <summary>Goes on from what is known to have been done.</summary>
    Resume,

    /// <summary>Begins anew; refused for what is not safe to repeat.</summary>
    Repeat,

    /// <summary>Ends as it is; the procedure goes on behind it.</summary>
    Skip,
}

/// <summary>A sample whose results have not come.</summary>
/// <param name="Density">kg/L of what was sampled where the place has a density tag, else not a number.</param>
public sealed record PendingSample(SampleNode Sample, TimeSpan TakenAt, TimeSpan DueAt, double Density);

/// <summary>
/// All that changes in a batch. Written by <see cref="ProcedureInterpreter"/> alone; <see cref="Fork"/> gives an independent copy. Bounded
/// by the size of the procedure, which has no loops.
/// </summary>
public sealed partial class BatchState
{
    internal BatchState(int nodes, int units, ImmutableArray<HistoryWindow> windows)
    {
        Ended = new int[nodes];
        Owner = Enumerable.Repeat(-1, units).ToArray();
        PhaseOn = Enumerable.Repeat(-1, units).ToArray();
        Used = new bool[units];
        UnitModes = new ProcedureMode[units];
        HeldFromAbove = new bool[units];
        Windows = windows;
    }

    private BatchState(BatchState from)
    {
        Ended = (int[])from.Ended.Clone();
        Owner = (int[])from.Owner.Clone();
        PhaseOn = (int[])from.PhaseOn.Clone();
        Used = (bool[])from.Used.Clone();
        UnitModes = (ProcedureMode[])from.UnitModes.Clone();
        HeldFromAbove = (bool[])from.HeldFromAbove.Clone();
        Mode = from.Mode;
        Confirmed = from.Confirmed;
        PresentAt = from.PresentAt;
        PresentBy = from.PresentBy;
        Decisions = from.Decisions;
        Windows = [.. from.Windows.Select(w => w.Fork())];
        Steps = [.. from.Steps];
        Ready = [.. from.Ready];
        Status = from.Status;
        Reason = from.Reason;
        HeldSince = from.HeldSince;
        Lots = from.Lots;
        Samples = from.Samples;
        Results = from.Results;
        Densities = from.Densities;
        Taken = from.Taken;
        Values = from.Values;
        ValuesDue = from.ValuesDue;
        SharesRig = from.SharesRig;
        Holds = from.Holds;
        Asked = from.Asked;
        Drawing = from.Drawing;
        MayGiveBack = from.MayGiveBack;
        Charging = from.Charging;
        Refused = from.Refused;
        Terms = from.Terms;
        Adjusted = from.Adjusted;
        Proposed = from.Proposed;
    }

    /// <summary>State of the batch as a procedural element (S88-03).</summary>
    public PhaseState Status { get; internal set; } = PhaseState.Idle;

    /// <summary>Why it is in that state: the first reason of a hold, the words of the person who stopped it.</summary>
    public string Reason { get; internal set; } = "";

    public TimeSpan HeldSince { get; internal set; }

    /// <summary>Steps in progress, in the order they began.</summary>
    public List<ActiveStep> Steps { get; } = [];

    public List<ReadyStep> Ready { get; } = [];

    /// <summary>Mode of the batch; a unit may be more by hand, never less.</summary>
    public ProcedureMode Mode { get; internal set; }

    /// <summary>Plant time at which a person was last known to be at the rig; null: never.</summary>
    public TimeSpan? PresentAt { get; internal set; }

    /// <summary>Who that was; empty: nobody yet.</summary>
    public string PresentBy { get; internal set; } = "";

    /// <summary>Phases that wait for a person's decision, by step number; null: not decided yet. RESTART waits for all of them.</summary>
    public ImmutableSortedDictionary<int, StepDecision?> Decisions { get; internal set; } = ImmutableSortedDictionary<int, StepDecision?>.Empty;

    /// <summary>Lots charged and lots made, in order.</summary>
    public ImmutableList<Lot> Lots { get; internal set; } = [];

    public ImmutableList<PendingSample> Samples { get; internal set; } = [];

    /// <summary>Results by sample name.</summary>
    public ImmutableSortedDictionary<string, Assay> Results { get; internal set; } =
        ImmutableSortedDictionary.Create<string, Assay>(StringComparer.Ordinal);

    /// <summary>Formula values that were changed while the batch ran, in the parameter's unit.</summary>
    public ImmutableSortedDictionary<string, double> Adjusted { get; internal set; } = ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal);

    /// <summary>A change of the batch that waits for its review.</summary>
    public BatchRevision? Proposed { get; internal set; }

    /// <summary>Named values by slot, as the units' conditions see them. A new array whenever anything in it changed.</summary>
    public ImmutableArray<Reading> Values { get; internal set; } = [];

    public bool IsOver => Status is PhaseState.Complete or PhaseState.Stopped or PhaseState.Aborted;

    /// <summary>Whether a unit procedure or phase of the batch owns the unit.</summary>
    public bool Owns(int unit) => Owner[unit] >= 0;

    /// <summary>Whether the batch has ever owned the unit.</summary>
    public bool HasUsed(int unit) => Used[unit];

    /// <summary>Whether a phase of the batch runs on the unit.</summary>
    public bool HasPhaseOn(int unit) => PhaseOn[unit] >= 0;

    /// <summary>Mode of a unit: its own or the batch's, whichever is more by hand.</summary>
    public ProcedureMode ModeOf(int unit) => unit < 0 || UnitModes[unit] < Mode ? Mode : UnitModes[unit];

    internal ProcedureMode[] UnitModes { get; }

    /// <summary>Steps a person confirmed or picked and that have not begun yet.</summary>
    internal ImmutableSortedSet<int> Confirmed { get; set; } = [];

    /// <summary>By unit: held because a coupled unit was, not by an exception of its own.</summary>
    internal bool[] HeldFromAbove { get; }

    /// <summary>Children of each node that have ended.</summary>
    internal int[] Ended { get; private set; }

    /// <summary>By unit ordinal: the node that owns it, or -1 (S88-17).</summary>
    internal int[] Owner { get; }

    /// <summary>By unit ordinal: the phase that runs on it, or -1.</summary>
    internal int[] PhaseOn { get; }

    /// <summary>Units the batch has ever owned; at its end they are left in their stopped or aborted values.</summary>
    internal bool[] Used { get; }

    internal ImmutableArray<HistoryWindow> Windows { get; private set; }

    internal ImmutableSortedDictionary<string, double> Densities { get; set; } =
        ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal);

    /// <summary>Every sample taken, by name.</summary>
    internal ImmutableSortedDictionary<string, SampleNode> Taken { get; set; } =
        ImmutableSortedDictionary.Create<string, SampleNode>(StringComparer.Ordinal);

    internal TimeSpan ValuesDue { get; set; } = TimeSpan.MinValue;

    /// <summary>Other batches may be on the rig: units and shared services are asked for before they are used.</summary>
    public bool SharesRig { get; internal init; }

    /// <summary>Units that are the batch's (S88-17).</summary>
    public ImmutableSortedSet<string> Holds { get; internal set; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Steps that asked for units or for a share of a service, with what they wait for; empty until the answer is there.</summary>
    internal ImmutableSortedDictionary<int, string> Asked { get; set; } = ImmutableSortedDictionary<int, string>.Empty;

    /// <summary>Phases that have their share of a service.</summary>
    internal ImmutableSortedSet<int> Drawing { get; set; } = [];

    /// <summary>Refused charges that wait for a person, by step.</summary>
    internal ImmutableSortedDictionary<int, RefusedCharge> Refused { get; set; } = ImmutableSortedDictionary<int, RefusedCharge>.Empty;

    /// <summary>What persons chose for charges that were refused before, by step.</summary>
    internal ImmutableSortedDictionary<int, ChargeTerms> Terms { get; set; } = ImmutableSortedDictionary<int, ChargeTerms>.Empty;

    /// <summary>Steps that may move their material.</summary>
    internal ImmutableSortedSet<int> Charging { get; set; } = [];

    /// <summary>A step has ended since what is not needed any more was given back.</summary>
    internal bool MayGiveBack { get; set; }

    public BatchState Fork() => new(this);
}
