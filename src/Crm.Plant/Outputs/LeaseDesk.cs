using Crm.Plant.Loops;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;

namespace Crm.Plant.Outputs;

/// <summary>Takes demands from the inbox into leases at the start of a scan, and ends leases that ran out at its end.</summary>
internal sealed class LeaseDesk
{
    private readonly RigDefinition rig;
    private readonly LoopTree loops;
    private readonly TimeSpan[] outputLives;
    private readonly TimeSpan[] loopLives;

    public LeaseDesk(RigDefinition rig, LoopTree loops)
    {
        this.rig = rig;
        this.loops = loops;
        outputLives = rig.Outputs.Select(o => o.Lapse.After).ToArray();
        loopLives = [.. loops.Lives];
    }

    /// <summary>Every demand handed in since the scan before takes effect now.</summary>
    public void Take(ScanState state)
    {
        foreach (Offer offer in state.Offers) Take(state, offer);
        state.Offers.Clear();
        state.Leases.Late += Late(state.Leases.Outputs, outputLives, state) + Late(state.Leases.Loops, loopLives, state);
    }

    /// <summary>Ends what has run out; arbitration has already told.</summary>
    public void End(ScanState state)
    {
        End(state.Leases.Outputs, outputLives, state.Now);
        End(state.Leases.Loops, loopLives, state.Now);
    }

    private void Take(ScanState state, in Offer offer)
    {
        Demand demand = offer.Demand;
        Lease[] leases = demand.IsLoop ? state.Leases.Loops : state.Leases.Outputs;
        if (demand.Target < 0 || demand.Target >= leases.Length)
        {
            state.Leases.Refused++;
            return;
        }

        ref Lease lease = ref leases[demand.Target];
        TimeSpan life = (demand.IsLoop ? loopLives : outputLives)[demand.Target];
        bool lives = lease.LivesAt(state.Now, life);
        if (offer.Release)
        {
            if (lease.Owner == offer.Owner) lease.Held = false;
            return;
        }

        if (WhyNot(state, offer, lease, lives) is { } reason)
        {
            Refuse(state, offer, ref lease, reason);
            return;
        }

        if (lease.Held && demand.AnswersScan < lease.Answers) return;
        TimeSpan from = state.Now - (state.Scan - 1 - demand.AnswersScan) * rig.ScanPeriod;
        // Most demands renew what stands.
        if (lives && lease.Refused == default && !lease.Cascaded && lease.Renews(demand))
        {
            (lease.Answers, lease.From) = (demand.AnswersScan, from);
            return;
        }

        if (demand.AtOnce && !(lives && lease.AtOnce)) TakeBack(state, offer);
        lease = new Lease
        {
            Held = true,
            Owner = offer.Owner,
            Value = demand.Value,
            Keep = demand.Keep,
            AtOnce = demand.AtOnce,
            PerSecond = demand.PerSecond,
            Answers = demand.AnswersScan,
            Refused = lease.Refused == offer.Owner ? default : lease.Refused,
            From = from,
        };
    }

    private static string? WhyNot(ScanState state, in Offer offer, in Lease lease, bool lives)
    {
        Demand demand = offer.Demand;
        if (lives && lease.Owner != offer.Owner) return $"{lease.Owner} holds it";
        if (demand.AnswersScan < 0 || demand.AnswersScan >= state.Scan) return "it answers a scan that was not";
        if (demand.Keep) return null;
        bool usable = demand.IsLoop ? !double.IsInfinity(demand.Value) : double.IsFinite(demand.Value);
        return usable ? null : "it is not a number";
    }

    // Told once per sender, counted every time: a sender that repeats a refused demand each scan must not flood the frame.
    private void Refuse(ScanState state, in Offer offer, ref Lease lease, string reason)
    {
        state.Leases.Refused++;
        if (lease.Refused == offer.Owner) return;
        lease.Refused = offer.Owner;
        string name = offer.Demand.IsLoop ? rig.Loops[offer.Demand.Target].Name : rig.Outputs[offer.Demand.Target].Name;
        state.Tell(ScanEventKind.DemandRefused, offer.Demand.Target, name, $"demand of {offer.Owner} on {name} refused: {reason}");
    }

    private void TakeBack(ScanState state, in Offer offer)
    {
        if (!offer.Demand.IsLoop)
        {
            TakeBack(state, offer.Demand.Target, offer.Owner);
            return;
        }

        TakeBackLoops(state, offer.Demand.Target, offer.Owner);
        foreach (SplitLeg leg in loops.Legs(offer.Demand.Target)) TakeBack(state, leg.Output, offer.Owner);
    }

    // No mode of a loop stands in the way of STOP and ABORT either (S88-08).
    private void TakeBackLoops(ScanState state, int loop, Owner by)
    {
        for (int at = loop; ;)
        {
            LoopMode usual = LoopModes.Usual(rig.Loops, rig.Loops[at]);
            ref LoopMemory memory = ref state.Loops[at];
            if (memory.TargetMode is LoopMode.Manual or LoopMode.Automatic or LoopMode.OutOfService)
            {
                memory.TargetMode = usual;
                string name = rig.Loops[at].Name;
                state.Tell(ScanEventKind.LoopCommanded, at, name, $"{name}: {by} took it back to {LoopModes.Word(usual)} on its way to safe", by.Name);
            }

            if (rig.Loops[at].Cascade is not { } below) return;
            at = below.Loop;
        }
    }

    private void TakeBack(ScanState state, int output, Owner by)
    {
        if (double.IsNaN(state.Manual[output])) return;
        state.Manual[output] = double.NaN;
        string name = rig.Outputs[output].Name;
        state.Tell(ScanEventKind.ManualReturned, output, name, $"{name}: {by} took it back from manual on its way to safe", by.Name);
    }

    private static long Late(Lease[] leases, TimeSpan[] lives, ScanState state)
    {
        long late = 0;
        for (int i = 0; i < leases.Length; i++)
            if (leases[i].Answers < state.Scan - 1 && leases[i].LivesAt(state.Now, lives[i])) late++;
        return late;
    }

    private static void End(Lease[] leases, TimeSpan[] lives, TimeSpan now)
    {
        for (int i = 0; i < leases.Length; i++)
            if (leases[i].Held && !leases[i].LivesAt(now, lives[i])) leases[i].Held = false;
    }
}
