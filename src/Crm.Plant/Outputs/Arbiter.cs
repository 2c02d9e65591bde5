using Crm.Plant.Loops;
using Crm.Plant.Protection;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;

namespace Crm.Plant.Outputs;

/// <summary>
/// The one gateway to the outputs (SAF-19): protection, then manual, then the newest demand (a direct one before a loop of the same scan),
/// then the lapse value. Every value is limited to its span; normal moves are limited in rate, moves towards safe are not.
/// </summary>
internal sealed class Arbiter
{
    private readonly RigDefinition rig;
    private readonly (int Loop, SplitLeg Leg)[][] legsOf;

    public Arbiter(RigDefinition rig)
    {
        this.rig = rig;
        legsOf = rig.Outputs
            .Select(o => rig.Loops.SelectMany(l => l.Legs.Where(g => g.Output == o.Ordinal).Select(g => (l.Ordinal, g))).ToArray())
            .ToArray();
    }

    private readonly record struct Wanted(OutputSource Source, double Value, bool Slowly, Owner Owner)
    {
        /// <summary>Rate of a ramp; 0: the output's own.</summary>
        public double PerSecond { get; init; }
    }

    /// <summary>Decides all outputs; the result becomes <see cref="ScanState.Last"/>.</summary>
    public void Decide(ScanState state, double seconds)
    {
        double[] last = state.Last;
        var values = new double[last.Length];
        OutputStatus[]? changed = null;
        for (int o = 0; o < values.Length; o++)
        {
            OutputDefinition output = rig.Outputs[o];
            Wanted wanted = Want(state, output, seconds);
            if (wanted.Source != OutputSource.Lapse) state.LeftByProtection[o] = wanted.Source == OutputSource.Protection;
            if (wanted.Source != OutputSource.Loop) TimeProportion.Rest(ref state.Pulses[o]);
            double legal = OutputRules.Legal(output, wanted.Value, last[o]);
            if (wanted.PerSecond > 0) legal = OutputRules.Ramped(output, last[o], legal, wanted.PerSecond * seconds);
            values[o] = wanted.Slowly ? OutputRules.Slowed(output, last[o], legal, seconds) : legal;
            if (wanted.Source == OutputSource.Protection) FollowInManual(state, o, values[o]);
            var status = new OutputStatus(wanted.Source, !double.IsNaN(state.Manual[o]), wanted.Owner);
            if (status == state.Status[o]) continue;
            TellLapse(state, output, state.Status[o], status);
            changed ??= (OutputStatus[])state.Status.Clone();
            changed[o] = status;
        }

        state.Last = values;
        if (changed is not null) state.Status = changed;
    }

    /// <summary>A manual value follows what protection forces, so that nothing starts by itself when the trip is reset (SAF-05, SAF-09).</summary>
    public static void FollowInManual(ScanState state, int output, double value)
    {
        if (!double.IsNaN(state.Manual[output])) state.Manual[output] = value;
    }

    private Wanted Want(ScanState state, OutputDefinition output, double seconds)
    {
        int o = output.Ordinal;
        double last = state.Last[o];
        if (state.Trips.ForcedBy[o] != TripMatrix.NotForced)
        {
            SafeValue forced = state.Trips.Forced[o];
            return new Wanted(OutputSource.Protection, forced.Keep ? last : forced.Value, false, default);
        }

        if (!double.IsNaN(state.Manual[o])) return new Wanted(OutputSource.Manual, state.Manual[o], true, default);
        ref Lease direct = ref state.Leases.Outputs[o];
        bool directLives = direct.LivesAt(state.Now, output.Lapse.After);
        int driver = Driver(state, output, directLives ? direct.Answers : -1);
        if (driver >= 0) return FromLoop(state, legsOf[o][driver], seconds);
        if (directLives) return new Wanted(OutputSource.Demand, direct.Keep ? last : direct.Value, !direct.AtOnce, direct.Owner) { PerSecond = direct.PerSecond };
        SafeValue rest = state.LeftByProtection[o] ? output.AfterReset ?? output.Lapse.Value : output.Lapse.Value;
        return new Wanted(OutputSource.Lapse, rest.Keep ? last : rest.Value, false, default);
    }

    /// <summary>Index of the leg whose loop has the newest live demand, newer than <paramref name="than"/>; -1 when there is none.</summary>
    private int Driver(ScanState state, OutputDefinition output, long than)
    {
        (int Loop, SplitLeg Leg)[] legs = legsOf[output.Ordinal];
        int driver = -1;
        for (int i = 0; i < legs.Length; i++)
        {
            ref Lease lease = ref state.Leases.Loops[legs[i].Loop];
            if (lease.Answers <= than || !lease.LivesAt(state.Now, output.Lapse.After)) continue;
            than = lease.Answers;
            driver = i;
        }

        return driver;
    }

    private static Wanted FromLoop(ScanState state, in (int Loop, SplitLeg Leg) leg, double seconds)
    {
        ref LoopMemory memory = ref state.Loops[leg.Loop];
        Owner owner = state.Leases.Loops[leg.Loop].Owner;
        if (leg.Leg.Cycle is { } cycle) return new Wanted(OutputSource.Loop, Pulse(state, leg.Leg, cycle, memory, seconds), true, owner);
        return memory.Running
            ? new Wanted(OutputSource.Loop, SplitRange.Value(leg.Leg, memory.Output), true, owner)
            : new Wanted(OutputSource.Loop, 0, false, owner);
    }

    private static double Pulse(ScanState state, in SplitLeg leg, in RelayCycle cycle, in LoopMemory memory, double seconds)
    {
        double share = memory.Running ? SplitRange.Stroke(leg, memory.Output) : 0;
        if (share > 0) return TimeProportion.Next(cycle, ref state.Pulses[leg.Output], share, seconds) ? leg.AtTo : leg.AtFrom;
        TimeProportion.Rest(ref state.Pulses[leg.Output]);
        return leg.AtFrom;
    }

    private void TellLapse(ScanState state, OutputDefinition output, in OutputStatus was, in OutputStatus now)
    {
        if (now.Source != OutputSource.Lapse || was.Source is not (OutputSource.Demand or OutputSource.Loop)) return;
        if (!RanOut(state, output.Ordinal, was.Source)) return;
        state.Leases.Lapsed++;
        // What stands at its lapse value already (a pump whose dose is done) is counted and not told: nothing moves.
        if (!output.Lapse.Value.Keep && state.Last[output.Ordinal] == output.Lapse.Value.Value) return;
        string text = $"{output.Name}: the demand of {was.Owner} ran out, {(output.Lapse.Value.Keep ? "it stays as it is" : $"now {output.Lapse.Value}")}";
        state.Tell(ScanEventKind.DemandLapsed, output.Ordinal, output.Name, text);
    }

    // A released lease is no longer held; one that ran out still is, until the end of the scan.
    private bool RanOut(ScanState state, int output, OutputSource was)
    {
        if (was == OutputSource.Demand) return state.Leases.Outputs[output].Held;
        foreach ((int loop, _) in legsOf[output])
            if (state.Leases.Loops[loop].Held) return true;
        return false;
    }
}
