using System.Collections.Immutable;
using Crm.Plant.Outputs;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;

namespace Crm.Plant.Loops;

/// <summary>Runs all loops of the rig around the arbitration of one scan.</summary>
internal sealed class LoopDesk
{
    private readonly ImmutableArray<LoopDefinition> loops;
    private readonly RigDefinition rig;
    private readonly TimeSpan[] lives;

    public LoopDesk(RigDefinition rig)
    {
        this.rig = rig;
        loops = rig.Loops;
        lives = loops.Select(l => l.Legs.Select(g => rig.Outputs[g.Output].Lapse.After).DefaultIfEmpty(TimeSpan.Zero).Max()).ToArray();
    }

    /// <summary>Before arbitration: the output of every loop that somebody demands.</summary>
    public void Advance(ScanState state, double seconds)
    {
        for (int i = 0; i < loops.Length; i++)
        {
            ref LoopMemory memory = ref state.Loops[i];
            ref Lease lease = ref state.Leases.Loops[i];
            if (!lease.LivesAt(state.Now, lives[i]))
            {
                LoopController.Stop(ref memory);
                continue;
            }

            LoopDefinition loop = loops[i];
            bool lost = memory.Lost;
            double target = lease.Keep ? double.NaN : lease.Value;
            double standing = memory.Running ? 0 : SplitRange.Standing(loop, state.Last);
            LoopController.Advance(loop, ref memory, state.Scope.Image[loop.ProcessValue], target, standing, seconds);
            if (memory.Lost != lost) Tell(state, loop, memory.Lost);
        }
    }

    /// <summary>After arbitration: what the actuators really got goes back into the integrators.</summary>
    public void Settle(ScanState state, double seconds)
    {
        for (int i = 0; i < loops.Length; i++)
        {
            ref LoopMemory memory = ref state.Loops[i];
            if (!memory.Running) continue;
            double actual = Actual(loops[i], memory.Output, state, out bool tracking);
            LoopController.Settle(loops[i], ref memory, actual, tracking, seconds);
        }
    }

    public LoopStatus[] Status(ScanState state)
    {
        var status = new LoopStatus[loops.Length];
        for (int i = 0; i < status.Length; i++) status[i] = state.Loops[i].Status;
        return status;
    }

    // A leg in manual away from its rest is followed; one that protection or a direct demand has taken does nothing for the loop.
    private double Actual(LoopDefinition loop, double percent, ScanState state, out bool tracking)
    {
        double actual = percent;
        tracking = false;
        foreach (SplitLeg leg in loop.Legs)
        {
            double value = state.Last[leg.Output];
            OutputSource source = state.Status[leg.Output].Source;
            if (source == OutputSource.Manual && Math.Abs(value - leg.AtFrom) > 1e-9 * Math.Abs(leg.AtTo - leg.AtFrom))
            {
                tracking = true;
                return SplitRange.Back(leg, value);
            }

            if (SplitRange.Fraction(leg, percent) <= 0) continue;
            if (source != OutputSource.Loop) actual = leg.From;
            else if (!rig.Outputs[leg.Output].IsSwitch) actual = SplitRange.Back(leg, value);
        }

        return actual;
    }

    private void Tell(ScanState state, LoopDefinition loop, bool lost)
    {
        if (lost) state.Tell(ScanEventKind.LoopLost, loop.Ordinal, loop.Name, $"{loop.Name}: {rig.Tags[loop.ProcessValue].Name} is bad, outputs to 0");
        else state.Tell(ScanEventKind.LoopBack, loop.Ordinal, loop.Name, $"{loop.Name}: {rig.Tags[loop.ProcessValue].Name} is back");
    }
}
