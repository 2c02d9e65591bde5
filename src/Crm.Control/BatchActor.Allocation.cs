using System.Collections.Immutable;
using Crm.Actors;

namespace Crm.Control;

/// <summary>Between the batch and the plant desk.</summary>
internal sealed partial class BatchActor
{
    private void Allocated(BatchMessage message)
    {
        switch (message)
        {
            case UnitsGranted granted:
                Interpreter.Granted(memory.State, granted.Step, granted.Units, memory.Image, effects);
                break;
            case UnitsAwaited awaited:
                Interpreter.MustWait(memory.State, awaited.Step, awaited.What, memory.Image, effects);
                break;
            case UnitsRefused refused:
                Interpreter.NeverGranted(memory.State, refused.Step, refused.Why, memory.Image, effects);
                break;
            case ChargeRefused refused:
                Interpreter.ChargeRefused(memory.State, refused.Step, refused.Offer, memory.Image, effects);
                break;
            case ChargeAllowed allowed:
                if (allowed.Lot.Length > 0) memory.Lots = memory.Lots.SetItem(allowed.Step, allowed.Lot);
                Interpreter.MayCharge(memory.State, allowed.Step, memory.Image, effects);
                break;
            case PoolsTold pools:
                memory.Pools = pools.Shares;
                break;
            case UnitPassedOn passed:
                Interpreter.PassedOn(memory.State, passed.Unit);
                break;
        }
    }

    private void GiveBack(ActorContext<BatchMessage> context)
    {
        ImmutableSortedSet<string> free = Interpreter.NotNeeded(memory.State);
        if (!free.IsEmpty)
        {
            Interpreter.GaveBack(memory.State, free);
            context.Tell(desk, new NotNeeded(memory.Number, free, Interpreter.Claims.StillNeeded(memory.State)));
        }

        if (!memory.State.IsOver || memory.OverIsTold) return;
        memory.OverIsTold = true;
        context.Tell(desk, new BatchOver(memory.Number));
    }
}
