using System.Collections.Immutable;
using Crm.Actors;
using Crm.Plant.Outputs;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Plant.Tags;

namespace Crm.Control;

/// <summary>What the rig actor owns: scan memory and the readings as they last came.</summary>
public sealed class RigState
{
    public RigState(RigDefinition rig, ScanState scan)
    {
        Scan = scan;
        Readings = new Reading[rig.Tags.Length];
        Array.Fill(Readings, Reading.Never);
        Attending = new bool[rig.Units.Length];
        Spare = new Reading[rig.Buses.Length][];
    }

    private RigState(RigState from)
    {
        Scan = from.Scan.Fork();
        Readings = (Reading[])from.Readings.Clone();
        Attending = (bool[])from.Attending.Clone();
        Spare = new Reading[from.Spare.Length][];
        Frame = from.Frame;
    }

    public ScanState Scan { get; }

    /// <summary>By tag ordinal.</summary>
    public Reading[] Readings { get; }

    /// <summary>Units that get frames, by ordinal: those with something to do.</summary>
    public bool[] Attending { get; }

    /// <summary>By bus: array of an answer that has been taken in, for the next one; null while the bus has it.</summary>
    internal Reading[]?[] Spare { get; }

    /// <summary>The last frame; null before the first scan.</summary>
    public PlantFrame? Frame { get; set; }

    public RigState Fork() => new(this);
}

/// <summary>Whom the rig tells.</summary>
/// <param name="Beside">Numbers of the buses that exchange beside the scan.</param>
public sealed record RigPeers(
    ImmutableArray<ActorRef<BusExchange>> Buses,
    ImmutableArray<int> Beside,
    ImmutableArray<ActorRef<UnitMessage>> Units,
    ActorRef<ServiceFrame> Services,
    ActorRef<DeskMessage> Desk,
    Func<int> BatchCount,
    Func<int, ActorRef<BatchMessage>> Batch);

/// <summary>
/// Layer 2: one scan per tick, on the readings that came since the tick before. It waits for nobody: a bus that has not answered leaves
/// its tags to go stale, a controller that has not renewed its demands leaves them to lapse.
/// </summary>
public sealed class RigActor(ScanCore core, RigState state, Func<RigPeers> peers) : Actor<RigMessage>
{
    private readonly ImmutableArray<ImmutableArray<int>> tagsOfBus =
        [.. core.Rig.Buses.Select(b => core.Rig.Tags.Where(t => t.Bus == b.Name).Select(t => t.Ordinal).ToImmutableArray())];

    public override void Receive(RigMessage message, ActorContext<RigMessage> context)
    {
        try
        {
            Handle(message, context);
        }
        catch (Exception fault)
        {
            state.Scan.TripRig($"rig controller failed on {message.GetType().Name}: {fault.Message}");
        }
    }

    public override Actor<RigMessage> Fork() => new RigActor(core, state.Fork(), peers);

    private void Handle(RigMessage message, ActorContext<RigMessage> context)
    {
        switch (message)
        {
            case Connect connect:
                Exchange(core.Opening(state.Scan, connect.Now), context);
                break;
            case Gather:
                foreach (int bus in peers().Beside) Ask(bus, null, context);
                break;
            case Tick tick:
                Scan(tick.Now, context);
                break;
            case BusReadings readings:
                Take(readings);
                break;
            case Demands demands:
                state.Scan.Offer(demands.Owner, demands.List);
                break;
            case LetGo no:
                foreach (Demand demand in no.List) state.Scan.Release(no.Owner, demand.Target, demand.IsLoop);
                break;
            case ScanOrder order:
                state.Scan.Offer(order.Command);
                break;
            case Attend attend:
                state.Attending[attend.Unit] = attend.Wanted;
                break;
            case UnitReported reported:
                state.Scan.Report(reported.Unit, reported.Activity);
                break;
            case ControllerFailed failed:
                state.Scan.TripRig($"{failed.Controller} failed: {failed.Why}");
                break;
        }
    }

    private void Scan(TimeSpan now, ActorContext<RigMessage> context)
    {
        PlantFrame frame = core.Scan(state.Scan, now, state.Readings);
        state.Frame = frame;
        RigPeers to = peers();
        Exchange(frame.Plan, context);
        UnitFrame? unitFrame = null;
        for (int unit = 0; unit < state.Attending.Length; unit++)
            if (state.Attending[unit]) context.Tell(to.Units[unit], unitFrame ??= new UnitFrame(frame));
        context.Tell(to.Services, new ServiceFrame(frame));
        context.Tell(to.Desk, new DeskFrame(frame));
        var batchFrame = new BatchFrame(frame);
        for (int batch = 0; batch < to.BatchCount(); batch++) context.Tell(to.Batch(batch), batchFrame);
    }

    private void Exchange(OutputPlan plan, ActorContext<RigMessage> context)
    {
        for (int bus = 0; bus < peers().Buses.Length; bus++) Ask(bus, plan, context);
    }

    private void Ask(int bus, OutputPlan? plan, ActorContext<RigMessage> context)
    {
        context.Tell(peers().Buses[bus], new BusExchange(plan, context.Self) { Into = state.Spare[bus] });
        state.Spare[bus] = null;
    }

    private void Take(BusReadings answer)
    {
        ImmutableArray<int> tags = tagsOfBus[answer.Bus];
        // A bus that only carries outputs has no tag to turn bad: its loss would show late, by what the pumps no longer do.
        if (answer.Fault is { } fault && tags.IsEmpty) state.Scan.TripRig($"bus {core.Rig.Buses[answer.Bus].Name} lost: {fault}");
        for (int i = 0; i < tags.Length; i++)
            state.Readings[tags[i]] = answer.Fault is null ? answer.Readings[i] : Reading.Bad(Reason.NoAnswer, state.Scan.Now);
        state.Spare[answer.Bus] = answer.Fault is null ? answer.Readings : null;
    }
}
