using System.Collections.Immutable;
using Crm.Actors;
using Crm.Plant.Allocation;
using Crm.Plant.Campaigns;
using Crm.Plant.Phases;
using Crm.Plant.Ports;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Plant.Tags;
using Crm.Plant.UnitOperations;

namespace Crm.Control;

/// <summary>
/// Rig, units, services and batches, composed on the deterministic dispatcher: one call is one scan, run to idle. Between two calls
/// nothing is on its way, so what the actors own may be read and forked. Not for use from several threads.
/// </summary>
public sealed partial class PlantController
{
    /// <summary>Name of a batch that nobody named.</summary>
    public const string FirstBatch = "B1";

    /// <summary>Commands whose answer is remembered, so that a repeated id is harmless.</summary>
    private const int RememberedReplies = 1024;

    private static readonly Gather gather = new();

    private readonly ScanCore core;
    private readonly ImmutableArray<IUnitOperation> operations;
    private readonly DeterministicSystem system = new();
    private readonly RigState rigState;
    private readonly PlantRecord record;
    private readonly DeskMemory desk;
    private readonly ImmutableArray<UnitState> units;
    private readonly DutyState[] duties;
    private readonly bool isReal;
    private readonly ActorRef<RigMessage> rigActor;
    private readonly ActorRef<DeskMessage> deskActor;
    private readonly RigPeers peers;
    private readonly Dictionary<long, CommandReply> replies = [];
    private readonly Queue<long> replyOrder = [];
    private readonly SortedDictionary<long, OperatorCommand> pending = [];

    /// <param name="buses">One for every bus of the rig, by name.</param>
    /// <param name="operations">The unit operations the recipe may use.</param>
    /// <param name="batch">Name of the first batch, in its events and in the journal.</param>
    /// <exception cref="ArgumentException">A bus is missing.</exception>
    public PlantController(
        RigDefinition rig, ControlRecipe recipe, IReadOnlyList<IBus> buses, IReadOnlyList<IUnitOperation> operations, IJournal journal, string batch = FirstBatch)
        : this(rig, [new PlannedBatch(batch, recipe, PlannedStart.AtOnce)], buses, operations, journal, [], TimeSpan.Zero)
    {
    }

    private PlantController(
        RigDefinition rig, IReadOnlyList<PlannedBatch> planned, IReadOnlyList<IBus> buses, IReadOnlyList<IUnitOperation> operations, IJournal journal,
        IReadOnlyList<BatchEvent> before, TimeSpan away)
    {
        Rig = rig;
        this.operations = [.. operations];
        core = new ScanCore(rig);
        isReal = buses.Any(b => !b.IsSimulated);
        rigState = new RigState(rig, core.Start());
        record = new PlantRecord(new RecordDesk(journal));
        units = [.. rig.Units.Select(u => new UnitState(u))];
        duties = new DutyState[rig.Duties.Length];
        foreach (PlannedBatch one in planned) batches.Add(Compose(one, before, away));
        campaigns = [.. CampaignOnRig.Recall(before).Where(c => c.Batches.All(b => batches.Exists(x => x.Id == b)))];
        desk = new DeskMemory(rig, AllocationState.Of(rig));
        batches.ForEach(Promise);
        if (before.Count > 0) core.Recall(rigState.Scan, before, before[^1].At + away);
        if (before.Count > 0) RecallAllocation(before);
        (rigActor, deskActor, peers) = Spawn(buses);
    }

    private PlantController(PlantController from, IReadOnlyList<IBus> buses, IJournal journal)
    {
        Rig = from.Rig;
        operations = from.operations;
        core = from.core;
        isReal = from.isReal;
        rigState = from.rigState.Fork();
        record = from.record.Fork(journal);
        batches.AddRange(from.batches.Select(b => b.Fork(record)));
        campaigns = from.campaigns;
        desk = from.desk.Fork();
        units = [.. from.units.Select(u => u.Fork())];
        duties = (DutyState[])from.duties.Clone();
        foreach (long id in from.replyOrder) Remember(from.replies[id]);
        foreach ((long id, OperatorCommand command) in from.pending) pending[id] = command;
        (rigActor, deskActor, peers) = Spawn(buses);
    }

    public RigDefinition Rig { get; }

    /// <summary>Recipe of the current batch.</summary>
    public ControlRecipe Recipe => Current.Recipe;

    /// <summary>Which recipes may run on the rig itself; asked only when a bus drives something real. Null: all of them.</summary>
    public IRecipeRelease? Release { get; set; }

    /// <summary>Called after each scan with its frame.</summary>
    public Action<PlantFrame>? OnFrame { get; set; }

    /// <summary>Called with each event of the batch record, in order, after the scan or command that brought it.</summary>
    public Action<BatchEvent>? OnEvent { get; set; }

    /// <summary>Called with the outcome of a command that was pending.</summary>
    public Action<CommandReply>? OnOutcome { get; set; }

    /// <summary>State of the current batch.</summary>
    public PhaseState BatchState => Current.State.Status;

    /// <summary>Why the current batch is in that state.</summary>
    public string BatchReason => Current.State.Reason;

    /// <summary>The last frame; null before the first scan.</summary>
    public PlantFrame? Frame => rigState.Frame;

    /// <summary>What the actors lost or refused; all zero in a healthy plant.</summary>
    public ActorCounters Counters => system.Counters;

    /// <summary>One scan: image, protection, loops, arbitration, exchange with the buses, units, services, batch. Never waits.</summary>
    /// <param name="now">Monotonic plant time, one scan period after the call before.</param>
    public void Scan(TimeSpan now)
    {
        if (rigState.Frame is null) Run(rigActor, new Connect(now));
        if (!peers.Beside.IsEmpty) Run(rigActor, gather);
        Run(rigActor, new Tick(now));
        PlantFrame frame = rigState.Frame!;
        Assess();
        BeginDue(frame);
        foreach (CommandOutcome outcome in frame.Outcomes) Judged(outcome);

        OnFrame?.Invoke(frame);
    }

    /// <summary>An independent copy that goes on from here with buses and a journal of its own. Observers stay behind.</summary>
    public PlantController Fork(IReadOnlyList<IBus> buses, IJournal journal) => new(this, buses, journal);

    private (ActorRef<RigMessage> Rig, ActorRef<DeskMessage> Desk, RigPeers Peers) Spawn(IReadOnlyList<IBus> buses)
    {
        // The rig must know its peers and they it: the references are filled in before the first message runs.
        RigPeers? known = null;
        ActorRef<RigMessage> rig = system.Spawn("rig", () => new RigActor(core, rigState, () => known!));
        ActorRef<DeskMessage> deskRef = system.Spawn("desk", () => new PlantDesk(Rig, desk, record, () => known!.Units, rig, () => batches.Count, n => (batches[n].Id, batches[n].Actor)));
        ActorRef<ServiceFrame> services = system.Spawn("services", () => new ServiceController(Rig, rig, duties));
        known = new RigPeers(
            [.. Rig.Buses.Select((b, i) => SpawnBus(i, buses.FirstOrDefault(x => x.Name == b.Name) ?? throw new ArgumentException($"no bus {b.Name}")))],
            [.. Rig.Buses.Select((b, i) => (b.Name, Number: i)).Where(b => buses.First(x => x.Name == b.Name).IsBeside).Select(b => b.Number)],
            [.. units.Select(u => system.Spawn(u.Definition.Name, () => new UnitController(Rig, core, operations, u, rig, n => batches[n].Actor, deskRef)))],
            services,
            deskRef,
            () => batches.Count,
            n => batches[n].Actor);
        foreach (BatchOnRig batch in batches) batch.Actor = Spawn(batch, known, rig, deskRef);
        system.RunUntilIdle();
        return (rig, deskRef, known);
    }

    private ActorRef<BatchMessage> Spawn(BatchOnRig batch, RigPeers known, ActorRef<RigMessage> rig, ActorRef<DeskMessage> deskRef) =>
        system.Spawn("batch " + batch.Id, () => new BatchActor(Rig, core, batch, () => known.Units, rig, deskRef));

    private ActorRef<BusExchange> SpawnBus(int number, IBus bus) => system.Spawn("bus " + bus.Name, () => new BusActor(Rig, number, bus), new ActorOptions { Pinned = true });

    private void Run<T>(ActorRef<T> actor, T message)
    {
        system.Tell(actor, message);
        system.RunUntilIdle();
        if (record.News.Count == 0) return;
        if (OnEvent is { } observer) foreach (BatchEvent happened in record.News) observer(happened);
        record.News.Clear();
    }

    private static Image Blind(RigDefinition rig, TimeSpan now)
    {
        var readings = new Reading[rig.Tags.Length];
        Array.Fill(readings, Reading.Never);
        return new Image(0, now, readings);
    }
}
