using System.Collections.Immutable;
using Crm.Actors;
using Crm.Plant.Allocation;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;

namespace Crm.Control;

/// <summary>
/// What is the plant's and no batch's: gives units and shares of services to batches (S88-17 to S88-19), tells units whom they serve, and
/// keeps the record of what happened in the scan. A unit is free only when it stands as it was left or as its table says.
/// </summary>
public sealed partial class PlantDesk(
    RigDefinition rig,
    DeskMemory memory,
    PlantRecord record,
    Func<ImmutableArray<ActorRef<UnitMessage>>> units,
    ActorRef<RigMessage> rigActor,
    Func<int> batchCount,
    Func<int, (string Id, ActorRef<BatchMessage> Actor)> batches) : Actor<DeskMessage>
{
    /// <summary>A desk that throws would leave batches without an answer and units without an owner: the rig trips, latched.</summary>
    public override void Receive(DeskMessage message, ActorContext<DeskMessage> context)
    {
        try
        {
            Handle(message, context);
        }
        catch (Exception fault)
        {
            context.Tell(rigActor, new ControllerFailed("desk", $"{fault.GetType().Name}: {fault.Message}"));
        }
    }

    private void Handle(DeskMessage message, ActorContext<DeskMessage> context)
    {
        switch (message)
        {
            case DeskFrame scanned:
                memory.Frame = scanned.Frame;
                foreach (ScanEvent happened in scanned.Frame.Events)
                    if (ScanRecord.Of(rig, scanned.Frame, happened) is { } one) record.Keep(one);
                record.Scan(scanned.Frame.Now, scanned.Frame.Scan);
                break;
            case Put put:
                record.Keep(put.Happened);
                break;
            case Ordered { Order: AskForUnits ask } asked:
                Ask(asked.Batch, ask, context);
                break;
            case Ordered { Order: AskForShare ask } asked:
                string owner = Owner(asked.Batch, ask.Step);
                memory.Asking = memory.Asking.SetItem(owner, new Asking(asked.Batch, ask.Step, None, ""));
                Follow(AllocationDesk.Ask(Timed, new AllocationRequest(owner, ask.Needs, ask.Priority)), context);
                break;
            case Ordered { Order: GiveBackShare back } given:
                Forget(Owner(given.Batch, back.Step));
                Follow(AllocationDesk.ReleaseAll(Timed, Owner(given.Batch, back.Step)), context);
                break;
            case Ordered { Order: WithdrawUnits } withdrawn:
                Forget(Owner(withdrawn.Batch));
                Follow(AllocationDesk.Withdraw(Timed, Owner(withdrawn.Batch)), context);
                break;
            case NotNeeded no:
                Leave(no, context);
                break;
            case BatchOver over:
                End(over.Batch, context);
                break;
            case UnitLeft left:
                Free(left, context);
                break;
            default:
                HandleMaterial(message, context);
                break;
        }
    }

    public override Actor<DeskMessage> Fork() => new PlantDesk(rig, memory.Fork(), record, units, rigActor, batchCount, batches);

    private static ImmutableSortedSet<string> None => ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    private TimeSpan Now => memory.Frame?.Now ?? TimeSpan.Zero;

    private AllocationState Timed => memory.Allocation with { Now = Now };

    private string Owner(int batch, string step = "") => step.Length == 0 ? batches(batch).Id : $"{batches(batch).Id}/{step}";

    private void Ask(int batch, AskForUnits ask, ActorContext<DeskMessage> context)
    {
        string owner = Owner(batch);
        // What it was about to give back it keeps.
        foreach (string kept in ask.Units.Where(u => memory.Allocation.HolderOf(u)?.Owner == owner))
        {
            memory.Leaving[rig.Unit(kept)] = false;
            context.Tell(units()[rig.Unit(kept)], new Stay());
        }

        memory.Asking = memory.Asking.SetItem(owner, new Asking(batch, ask.Step, ask.Units, ""));
        ImmutableArray<ResourceNeed> needs = [.. ask.Units.Where(u => memory.Allocation.HolderOf(u)?.Owner != owner).Select(u => new ResourceNeed(u, 1))];
        if (needs.IsEmpty) Grant(owner, context);
        else Follow(AllocationDesk.Ask(Timed, new AllocationRequest(owner, needs, ask.Priority) { Claims = ask.Claims }), context);
    }

    private void Leave(NotNeeded no, ActorContext<DeskMessage> context)
    {
        foreach (string unit in no.Units)
        {
            if (memory.Allocation.HolderOf(unit)?.Owner != Owner(no.Batch)) continue;
            memory.Leaving[rig.Unit(unit)] = true;
            context.Tell(units()[rig.Unit(unit)], new LeaveWhenAtRest(no.Batch));
        }

        if (memory.Allocation.Claims.ContainsKey(Owner(no.Batch))) Follow(AllocationDesk.Claim(Timed, Owner(no.Batch), no.Claims.Union(HeldBy(no.Batch))), context);
    }

    /// <summary>A batch that is over waits for nothing and draws on no service; its units follow when they are safe.</summary>
    private void End(int batch, ActorContext<DeskMessage> context)
    {
        string id = Owner(batch);
        foreach (string owner in memory.Asking.Keys.Where(o => memory.Asking[o].Batch == batch)) Forget(owner);
        Follow(AllocationDesk.Withdraw(Timed, id), context);
        string[] shares = [.. memory.Allocation.Holdings.Select(h => h.Owner).Concat(memory.Allocation.Waiting.Select(w => w.Request.Owner))
            .Where(o => o.StartsWith(id + "/", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal)];
        foreach (string share in shares) Follow(AllocationDesk.ReleaseAll(Timed, share), context);
        Leave(new NotNeeded(batch, HeldBy(batch), None), context);
        EndMovements(batch, context);
    }

    private ImmutableSortedSet<string> HeldBy(int batch) =>
        memory.Allocation.Holdings.Where(h => h.Owner == Owner(batch)).Select(h => h.Resource).ToImmutableSortedSet(StringComparer.Ordinal);

    private void Free(UnitLeft left, ActorContext<DeskMessage> context)
    {
        string unit = rig.Units[left.Unit].Name, owner = Owner(left.Batch);
        if (!memory.Leaving[left.Unit] || memory.Allocation.HolderOf(unit)?.Owner != owner) return;
        memory.Leaving[left.Unit] = false;
        AllocationState state = Timed;
        if (state.Claims.TryGetValue(owner, out ImmutableSortedSet<string>? claims))
            state = state with { Claims = claims.Count > 1 ? state.Claims.SetItem(owner, claims.Remove(unit)) : state.Claims.Remove(owner) };
        Follow(AllocationDesk.Release(state, owner, unit), context);
    }

    private void Forget(string owner) => memory.Asking = memory.Asking.Remove(owner);

    /// <summary>Puts an answer of the desk into force: on record, to the batches that got something, to those that wait for something else now.</summary>
    private void Follow(AllocationAnswer answer, ActorContext<DeskMessage> context)
    {
        memory.Allocation = answer.State;
        foreach (AllocationEvent happened in answer.Events)
        {
            record.Keep(Recorded(happened));
            if (happened.Kind == AllocationEventKind.Granted) Grant(happened.Owner, context);
            if (happened.Kind == AllocationEventKind.Refused && memory.Asking.TryGetValue(happened.Owner, out Asking? never))
            {
                Forget(happened.Owner);
                context.Tell(batches(never.Batch).Actor, new UnitsRefused(never.Step, happened.Text));
            }
        }

        foreach ((string owner, Asking asking) in memory.Asking)
        {
            if (WaitText.Of(memory.Allocation, owner) is not { } text || text == asking.Told) continue;
            memory.Asking = memory.Asking.SetItem(owner, asking with { Told = text });
            context.Tell(batches(asking.Batch).Actor, new UnitsAwaited(asking.Step, text));
        }
    }

    private void Grant(string owner, ActorContext<DeskMessage> context)
    {
        if (!memory.Asking.TryGetValue(owner, out Asking? asking)) return;
        Forget(owner);
        foreach (string unit in asking.Units)
        {
            int ordinal = rig.Unit(unit), before = memory.User[ordinal];
            memory.User[ordinal] = asking.Batch;
            if (before >= 0 && before != asking.Batch) context.Tell(batches(before).Actor, new UnitPassedOn(unit));
            context.Tell(units()[ordinal], new ServeBatch(asking.Batch));
        }

        context.Tell(batches(asking.Batch).Actor, new UnitsGranted(asking.Step, asking.Units));
    }

    private BatchEvent Recorded(AllocationEvent happened)
    {
        var data = BatchEvent.NoData.Add("allocation", happened.Kind.ToString()).Add("owner", happened.Owner).Add("units", string.Join(' ', happened.Resources));
        if (happened.Kind == AllocationEventKind.Queued)
            data = data.Add("held_by", string.Join(' ', memory.Allocation.Holdings.Where(h => happened.Resources.Contains(h.Resource) && h.Owner != happened.Owner).Select(h => h.Owner.Split('/')[0]).Distinct()));
        string batch = happened.Owner.Split('/', ',')[0];
        string subject = happened.Resources.Length == 1 ? happened.Resources[0] : "allocation";
        return new BatchEvent(Now, memory.Frame?.Scan ?? 0, BatchEventKind.Allocation, subject, happened.Text, "allocation", data) { Batch = batch };
    }
}
