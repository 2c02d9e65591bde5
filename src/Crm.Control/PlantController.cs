using System.Collections.Immutable;
using Crm.Actors;
using Crm.Chemistry;
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
/// Rig, units, services and one batch, composed on the deterministic dispatcher: one call is one scan, run to idle. Between two calls
/// nothing is on its way, so what the actors own may be read and forked. Not for use from several threads.
/// </summary>
public sealed partial class PlantController
{
    /// <summary>Commands whose answer is remembered, so that a repeated id is harmless.</summary>
    private const int RememberedReplies = 1024;

    private readonly ScanCore core;
    private readonly ProcedureInterpreter interpreter;
    private readonly ImmutableArray<IUnitOperation> operations;
    private readonly DeterministicSystem system = new();
    private readonly RigState rigState;
    private readonly BatchMemory batch;
    private readonly ImmutableArray<UnitState> units;
    private readonly bool[] duties;
    private readonly ActorRef<RigMessage> rigActor;
    private readonly ActorRef<BatchMessage> batchActor;
    private readonly RigPeers peers;
    private readonly Dictionary<long, CommandReply> replies = [];
    private readonly Queue<long> replyOrder = [];
    private readonly SortedDictionary<long, OperatorCommand> pending = [];
    private readonly CommandChain chain;

    /// <param name="buses">One for every bus of the rig, by name.</param>
    /// <param name="operations">The unit operations the recipe may use.</param>
    /// <exception cref="ArgumentException">A bus is missing.</exception>
    public PlantController(
        RigDefinition rig, ControlRecipe recipe, IReadOnlyList<IBus> buses, IReadOnlyList<IUnitOperation> operations, IJournal journal)
        : this(rig, recipe, buses, operations, journal, [], TimeSpan.Zero)
    {
    }

    private PlantController(
        RigDefinition rig, ControlRecipe recipe, IReadOnlyList<IBus> buses, IReadOnlyList<IUnitOperation> operations, IJournal journal,
        IReadOnlyList<BatchEvent> record, TimeSpan away)
    {
        Rig = rig;
        Recipe = recipe;
        this.operations = [.. operations];
        core = new ScanCore(rig);
        var descriptions = operations.ToDictionary(o => o.Description.Name, o => o.Description, StringComparer.Ordinal);
        interpreter = new ProcedureInterpreter(recipe, rig, descriptions, MolarMass.Of);
        chain = new CommandChain(rig, core, interpreter);
        rigState = new RigState(rig, core.Start());
        recovered = record.Count == 0 ? null : interpreter.Recover(record, away);
        recordBefore = record;
        if (recovered is { } back) core.Recall(rigState.Scan, record, back.Now);
        batch = new BatchMemory(recovered?.State ?? interpreter.NewBatch(), new RecordDesk(journal), new DemandNotes(rig), Blind(rig, recovered?.Now ?? TimeSpan.Zero));
        units = [.. rig.Units.Select(u => new UnitState(u))];
        duties = new bool[rig.Duties.Length];
        (rigActor, batchActor, peers) = Spawn(buses);
    }

    private PlantController(PlantController from, IReadOnlyList<IBus> buses, IJournal journal)
    {
        Rig = from.Rig;
        Recipe = from.Recipe;
        operations = from.operations;
        core = from.core;
        interpreter = from.interpreter;
        chain = from.chain;
        recovered = from.recovered is { } back ? back with { State = from.batch.State } : null;
        interrupted = from.interrupted;
        recordBefore = from.recordBefore;
        Assessment = from.Assessment;
        rigState = from.rigState.Fork();
        batch = from.batch.Fork(journal);
        units = [.. from.units.Select(u => u.Fork())];
        duties = (bool[])from.duties.Clone();
        foreach (long id in from.replyOrder) Remember(from.replies[id]);
        foreach ((long id, OperatorCommand command) in from.pending) pending[id] = command;
        (rigActor, batchActor, peers) = Spawn(buses);
    }

    public RigDefinition Rig { get; }

    public ControlRecipe Recipe { get; }

    /// <summary>Called after each scan with its frame.</summary>
    public Action<PlantFrame>? OnFrame { get; set; }

    /// <summary>Called with each event of the batch record, in order, after the scan or command that brought it.</summary>
    public Action<BatchEvent>? OnEvent { get; set; }

    /// <summary>Called with the outcome of a command that was pending.</summary>
    public Action<CommandReply>? OnOutcome { get; set; }

    /// <summary>State of the batch.</summary>
    public PhaseState BatchState => batch.State.Status;

    /// <summary>Why the batch is in that state.</summary>
    public string BatchReason => batch.State.Reason;

    /// <summary>The last frame; null before the first scan.</summary>
    public PlantFrame? Frame => rigState.Frame;

    /// <summary>What the actors lost or refused; all zero in a healthy plant.</summary>
    public ActorCounters Counters => system.Counters;

    /// <summary>One scan: image, protection, loops, arbitration, exchange with the buses, units, services, batch. Never waits.</summary>
    /// <param name="now">Monotonic plant time, one scan period after the call before.</param>
    public void Scan(TimeSpan now)
    {
        if (rigState.Frame is null) Run(rigActor, new Connect(now));
        Run(rigActor, new Tick(now));
        PlantFrame frame = rigState.Frame!;
        Assess();
        foreach (CommandOutcome outcome in frame.Outcomes) Judged(outcome);

        OnFrame?.Invoke(frame);
    }

    /// <summary>An independent copy that goes on from here with buses and a journal of its own. Observers stay behind.</summary>
    public PlantController Fork(IReadOnlyList<IBus> buses, IJournal journal) => new(this, buses, journal);

    private (ActorRef<RigMessage> Rig, ActorRef<BatchMessage> Batch, RigPeers Peers) Spawn(IReadOnlyList<IBus> buses)
    {
        // The rig must know its peers and they it: the references are filled in before the first message runs.
        RigPeers? known = null;
        ActorRef<RigMessage> rig = system.Spawn("rig", () => new RigActor(core, rigState, () => known!));
        ActorRef<BatchMessage> batchRef = system.Spawn("batch", () => new BatchActor(Rig, core, interpreter, batch, () => known!.Units, rig));
        ActorRef<ServiceFrame> services = system.Spawn("services", () => new ServiceController(Rig, rig, duties));
        known = new RigPeers(
            [.. Rig.Buses.Select((b, i) => SpawnBus(i, buses.FirstOrDefault(x => x.Name == b.Name) ?? throw new ArgumentException($"no bus {b.Name}")))],
            [.. units.Select(u => system.Spawn(u.Definition.Name, () => new UnitController(Rig, Recipe.Slots, core, operations, u, rig, batchRef)))],
            services,
            batchRef);
        system.RunUntilIdle();
        return (rig, batchRef, known);
    }

    private ActorRef<BusExchange> SpawnBus(int number, IBus bus) => system.Spawn("bus " + bus.Name, () => new BusActor(Rig, number, bus), new ActorOptions { Pinned = true });

    private void Run<T>(ActorRef<T> actor, T message)
    {
        system.Tell(actor, message);
        system.RunUntilIdle();
        if (batch.News.Count == 0) return;
        if (OnEvent is { } observer) foreach (BatchEvent happened in batch.News) observer(happened);
        batch.News.Clear();
    }

    private static Image Blind(RigDefinition rig, TimeSpan now)
    {
        var readings = new Reading[rig.Tags.Length];
        Array.Fill(readings, Reading.Never);
        return new Image(0, now, readings);
    }
}
