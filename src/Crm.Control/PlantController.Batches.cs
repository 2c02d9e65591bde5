using System.Collections.Immutable;
using Crm.Chemistry;
using Crm.Plant.Allocation;
using Crm.Plant.Campaigns;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Records;

namespace Crm.Control;

/// <summary>The batches of the plant, side by side: each with its own frozen recipe, lots, events and commands.</summary>
public sealed partial class PlantController
{
    /// <summary>Batches that a plant remembers, those that are over included; more are refused.</summary>
    public const int MostBatches = 64;

    /// <summary>Characters that part names in the record.</summary>
    private static readonly char[] notInNames = ['/', ',', ' '];

    private readonly List<BatchOnRig> batches = [];

    /// <summary>In the order they were added.</summary>
    public ImmutableArray<BatchView> Batches => [.. batches.Select(View)];

    /// <summary>Units and shares of services that are taken, in the order of granting.</summary>
    public ImmutableArray<AllocationView> Allocations => [.. desk.Allocation.Holdings.Select(h => AllocationView.Of(desk.Allocation, h))];

    /// <summary>The first batch that is not over; when all are, the last.</summary>
    private BatchOnRig Current => batches.Find(b => !b.State.IsOver) ?? batches[^1];

    /// <summary>Every batch has come to its end.</summary>
    public bool AllOver => batches.TrueForAll(b => b.State.IsOver);

    /// <summary>No batch goes on by itself: those that are not over are held, or wait for what another has.</summary>
    public bool NoneGoesOn => !AllOver && !AnyGoesOn();

    /// <summary>State of a batch.</summary>
    /// <exception cref="ArgumentException">There is no such batch.</exception>
    public PhaseState StateOf(string batch) => (Find(batch) ?? throw new ArgumentException($"there is no batch {batch}")).State.Status;

    /// <summary>Whether there is a batch of that name; the empty name is the current one.</summary>
    public bool Has(string batch) => Find(batch) is not null;

    /// <summary>Frozen recipe of a batch.</summary>
    /// <exception cref="ArgumentException">There is no such batch.</exception>
    public ControlRecipe RecipeOf(string batch) => (Find(batch) ?? throw new ArgumentException($"there is no batch {batch}")).Recipe;

    /// <summary>Why no further batch of that name can be added; null when it can.</summary>
    public string? WhyNotAdd(string batch) =>
        batch.Length == 0 || batch.IndexOfAny(notInNames) >= 0 ? $"'{batch}' cannot be the name of a batch"
        : batches.Exists(b => b.Id == batch) ? $"there is a batch {batch} already"
        : batches.Count >= MostBatches ? $"there are {MostBatches} batches already, those that are over included: start the service again"
        : null;

    /// <summary>Puts another batch beside those there are: IDLE until its START.</summary>
    /// <param name="recipe">Its own copy (S88-14).</param>
    /// <param name="plan">When it is to begin, and what it takes from others; null: as soon as its first units are free.</param>
    /// <exception cref="ArgumentException">The name is taken or cannot be one, or there are <see cref="MostBatches"/> already.</exception>
    public void Add(string batch, ControlRecipe recipe, PlannedStart? plan = null)
    {
        if (WhyNotAdd(batch) is { } why) throw new ArgumentException(why);
        BatchOnRig added = Compose(new PlannedBatch(batch, recipe, plan ?? PlannedStart.AtOnce), [], TimeSpan.Zero);
        Promise(added);
        added.Memory.Image = Current.Memory.Image;
        added.Memory.Frame = rigState.Frame;
        added.Actor = Spawn(added, peers, rigActor, deskActor);
        batches.Add(added);
    }

    /// <summary>When the batch is to begin, and what it takes from others.</summary>
    /// <exception cref="ArgumentException">There is no such batch.</exception>
    public PlannedStart PlanOf(string batch) => (Find(batch) ?? throw new ArgumentException($"there is no batch {batch}")).Plan;

    /// <summary>Why the plan does not let an idle batch begin; null when it does, or when it has begun.</summary>
    public string? WhyNotDue(string batch)
    {
        PlannedStart plan = PlanOf(batch);
        if (StateOf(batch) != PhaseState.Idle) return null;
        if (WhyNotGoing(batch) is { } standing) return standing;
        return plan == PlannedStart.AtOnce ? null
            : rigState.Frame is not { } frame ? "the first scan is not over" : plan.WhyNot(other => batches.Find(b => b.Id == other)?.State.Status, frame.Image);
    }

    /// <summary>Why the first units of an idle batch are not to be had; null when they are, or when it has begun.</summary>
    public string? WhyNotBegin(string batch)
    {
        BatchOnRig idle = Find(batch) ?? throw new ArgumentException($"there is no batch {batch}");
        if (idle.State.Status != PhaseState.Idle) return null;
        string[] waits = [.. idle.Interpreter.Claims.First.Select(u => (Unit: u, By: WaitText.HeldBy(desk.Allocation, u) ?? StillNeededBy(u))).Where(u => u.By is not null).Select(u => $"{u.Unit}, {u.By}")];
        return waits.Length == 0 ? null : string.Join("; ", waits);

        string? StillNeededBy(string unit) => batches.Find(b => b.State.Status != PhaseState.Idle && b.Interpreter.Claims.StillNeeded(b.State).Contains(unit)) is { } before ? $"needed by batch {before.Id}" : null;
    }

    // In every scan: a lambda that captures would be made anew each time.
    private bool AnyGoesOn()
    {
        foreach (BatchOnRig batch in batches)
            if (!batch.State.IsOver && batch.State.Status is not (PhaseState.Held or PhaseState.Holding) && !OnlyWaits(batch)) return true;
        return false;
    }

    private bool OnlyWaits(BatchOnRig batch) => batch.State.Status == PhaseState.Idle
        ? WhyNotBegin(batch.Id) is not null || WhyNotDue(batch.Id) is not null
        : batch.State.Status == PhaseState.Running && batch.State.Steps.Count == 0 && desk.Asking.Values.Any(a => a.Batch == batch.Number);

    private BatchOnRig? Find(string batch) => batch.Length == 0 ? Current : batches.Find(b => b.Id == batch);

    /// <summary>What the batch takes from others stands on the shelf as soon as it is made.</summary>
    private void Promise(BatchOnRig batch)
    {
        foreach ((string material, MadeLot lot) in batch.Plan.Takes) desk.Promised = desk.Promised.SetItem($"{lot.Batch}/{lot.Lot}", material);
    }

    private BatchOnRig Compose(PlannedBatch planned, IReadOnlyList<BatchEvent> before, TimeSpan away)
    {
        (string id, ControlRecipe recipe, PlannedStart plan) = planned;
        var descriptions = operations.ToDictionary(o => o.Description.Name, o => o.Description, StringComparer.Ordinal);
        var interpreter = new ProcedureInterpreter(recipe, Rig, descriptions, MolarMass.Of);
        IReadOnlyList<BatchEvent> own = [.. before.Where(e => e.Batch == id || e.Batch.Length == 0)];
        TimeSpan since = before.Count == 0 ? away : away + before[^1].At - (own.Count == 0 ? TimeSpan.Zero : own[^1].At);
        RecoveredBatch? back = own.Count == 0 ? null : interpreter.Recover(own, since, sharesRig: true);
        var memory = new BatchMemory(batches.Count, id, back?.State ?? interpreter.NewBatch(sharesRig: true), record, new DemandNotes(Rig), Blind(Rig, back?.Now ?? TimeSpan.Zero));
        return new BatchOnRig(interpreter, walked => new CommandChain(Rig, core, walked, isReal, () => AgainstRecipe(walked.Recipe)), memory) { Recovered = back, RecordBefore = own, Plan = plan };
    }

    /// <summary>Why a running batch cannot take other steps, as things are now; null when it can.</summary>
    /// <exception cref="ArgumentException">There is no such batch.</exception>
    public string? WhyNotRevise(string batch, StepRevision steps)
    {
        BatchOnRig one = Find(batch) ?? throw new ArgumentException($"there is no batch {batch}");
        var asked = new ProposeRevision(0, "", ImmutableSortedDictionary<string, string>.Empty, "asked only", steps) { Batch = batch };
        return UnkeptPromise(asked) ?? Obstacle.Sentence(one.Chain.OfProcedure(one.Memory, asked));
    }

    /// <summary>A lot that another batch waits for and other steps would not make; null when there is none.</summary>
    private string? UnkeptPromise(OperatorCommand command)
    {
        StepRevision? steps = command switch { ProposeRevision c => c.Steps, ReviewRevision { Accept: true } => Find(command.Batch)?.State.Proposed?.Steps, _ => null };
        if (steps is null || Find(command.Batch) is not { } maker) return null;
        var made = new ProcedureTree(steps.Recipe.Procedure);
        foreach (BatchOnRig other in batches.Where(b => !b.State.IsOver))
            foreach ((_, MadeLot lot) in other.Plan.Takes)
                if (lot.Batch == maker.Id && !Enumerable.Range(0, made.Count).Any(n => made[n] is PromptNode { Kind: PromptKind.Discharge or PromptKind.Book or PromptKind.TakeStock } prompt && prompt.Material == lot.Lot))
                    return $"batch {other.Id} takes lot {lot.Lot} of this batch, and no step would make it any more";
        return null;
    }

    /// <summary>What stands against running a recipe on the rig itself.</summary>
    private ImmutableArray<string> AgainstRecipe(ControlRecipe recipe) => Release?.Against(recipe) ?? [];

    private BatchView View(BatchOnRig batch)
    {
        string[] units = [.. desk.Allocation.Holdings.Where(h => h.Owner == batch.Id).Select(h => h.Resource)];
        string waits = string.Join("; ", desk.Asking.Values.Where(a => a.Batch == batch.Number && a.Told.Length > 0).Select(a => a.Told));
        return new BatchView(batch.Id, batch.Recipe.Id, batch.Recipe.Version, batch.State.Status, batch.State.Reason, [.. units], waits);
    }

    /// <summary>The batch that has a unit; else the one that had it last, else the current one.</summary>
    private BatchOnRig BatchOf(UnitState unit) =>
        desk.Allocation.HolderOf(unit.Definition.Name) is { } holding && Find(holding.Owner) is { } owner ? owner
        : unit.Batch >= 0 ? batches[unit.Batch] : Current;

    /// <summary>Another batch than the one asked about has the unit, and since when; null when none has.</summary>
    private string? HeldByOther(string unit, string batch) =>
        batch.Length > 0 && desk.Allocation.HolderOf(unit) is { } holding && holding.Owner != batch ? WaitText.HeldBy(desk.Allocation, unit) : null;
}
