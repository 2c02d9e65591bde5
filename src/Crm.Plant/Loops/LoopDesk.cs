using System.Collections.Immutable;
using Crm.Plant.Outputs;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Plant.Tags;

namespace Crm.Plant.Loops;

/// <summary>Runs all loops of the rig around the arbitration of one scan.</summary>
internal sealed partial class LoopDesk
{
    private readonly ImmutableArray<LoopDefinition> loops;
    private readonly RigDefinition rig;
    private readonly LoopTree tree;

    public LoopDesk(RigDefinition rig, LoopTree tree)
    {
        this.rig = rig;
        this.tree = tree;
        loops = rig.Loops;
    }

    /// <summary>Before arbitration: the output of every loop that somebody demands, loops that set others first.</summary>
    public void Advance(ScanState state, double seconds)
    {
        foreach (int i in tree.Downwards) Advance(state, i, seconds);
    }

    /// <summary>After arbitration: what the actuators really got goes back into the integrators, lower loops first.</summary>
    public void Settle(ScanState state, double seconds)
    {
        for (int at = tree.Downwards.Length - 1; at >= 0; at--)
        {
            int i = tree.Downwards[at];
            ref LoopMemory memory = ref state.Loops[i];
            Connect(state, loops[i], ref memory);
            if (memory.Running) LoopController.Settle(loops[i], ref memory, Feedback(loops[i], state), seconds);
            Watch(state, loops[i], ref memory, seconds);
        }
    }

    public LoopStatus[] Status(ScanState state)
    {
        var status = new LoopStatus[loops.Length];
        for (int i = 0; i < status.Length; i++) status[i] = state.Loops[i].Status;
        return status;
    }

    private void Advance(ScanState state, int i, double seconds)
    {
        ref LoopMemory memory = ref state.Loops[i];
        bool fromAbove = tree.Above[i] != LoopTree.None && PassDown(state, tree.Above[i], i);
        ref Lease lease = ref state.Leases.Loops[i];
        LoopDefinition loop = loops[i];
        bool tuned = memory.Autotune.IsRunning;
        bool asked = lease.LivesAt(state.Now, tree.Lives[i]);
        if (!asked || memory.TargetMode == LoopMode.OutOfService)
        {
            LoopController.Stop(ref memory);
            memory.Now = new LoopCircumstances(memory.TargetMode, asked, fromAbove, true, false, false, false);
        }
        else
        {
            Control(state, loop, ref memory, lease, fromAbove, seconds);
        }

        if (tuned && !memory.Autotune.IsRunning) TellTuned(state, loop, memory);
    }

    private void Control(ScanState state, LoopDefinition loop, ref LoopMemory memory, in Lease lease, bool fromAbove, double seconds)
    {
        bool direct = memory.Now.Direct;
        Reading processValue = loop.Measured(state.Scope.Image);
        bool tracks = loop.Tracking is { } rule && IsTrue(rule.When.Evaluate(state.Scope));
        memory.Now = new LoopCircumstances(
            memory.TargetMode, true, fromAbove, LoopController.Usable(loop, processValue), tracks, Connected: true, Direct: false);
        LoopMode mode = LoopModes.Actual(memory.Now);
        if (memory.Autotune.IsRunning) KeepTestHonest(state, loop, ref memory, mode);
        bool lost = memory.Lost;
        var inputs = new LoopInputs(
            processValue,
            mode,
            Target(state, loop, memory, lease),
            memory.Running ? 0 : Standing(state, loop),
            FeedForward(state, loop),
            tracks ? Tracked(state, loop) : 0,
            seconds)
        { Direct = direct };
        LoopController.Advance(loop, ref memory, inputs);
        if (memory.Lost != lost) Tell(state, loop, memory.Lost);
    }

    /// <summary>
    /// A loop whose own demand has ended, or is older, takes that of the loop above with that loop's output as setpoint.
    /// </summary>
    /// <returns>True when it is driven from above.</returns>
    private bool PassDown(ScanState state, int above, int below)
    {
        ref Lease own = ref state.Leases.Loops[below];
        ref Lease lease = ref state.Leases.Loops[above];
        bool ownLives = !own.Cascaded && own.LivesAt(state.Now, tree.Lives[below]);
        bool aboveLives = lease.LivesAt(state.Now, tree.Lives[above]) && state.Loops[above].TargetMode != LoopMode.OutOfService;
        if (ownLives && (!aboveLives || own.Answers >= lease.Answers)) return false;
        if (!aboveLives && !own.Cascaded) return false;
        ref LoopMemory primary = ref state.Loops[above];
        double setpoint = primary.Running ? loops[above].Cascade!.Value.Setpoint(primary.Output) : double.NaN;
        own = lease with { Cascaded = true, Value = setpoint, Keep = double.IsNaN(setpoint), Held = lease.Held && aboveLives };
        return aboveLives;
    }

    private double Target(ScanState state, LoopDefinition loop, in LoopMemory memory, in Lease lease)
    {
        double asked = memory.TargetMode == LoopMode.Automatic ? memory.OperatorSetpoint : lease.Keep ? double.NaN : lease.Value;
        if (loop.Ratio is not { } ratio || double.IsNaN(asked)) return asked;
        Reading wild = state.Scope.Image[ratio.Wild];
        return wild.IsBad || !double.IsFinite(wild.Value) ? double.NaN : asked * wild.Value + ratio.Bias;
    }

    private static double FeedForward(ScanState state, LoopDefinition loop)
    {
        if (loop.FeedForward is not { } rule) return double.NaN;
        Reading tag = state.Scope.Image[rule.Tag];
        return tag.IsBad ? double.NaN : rule.Gain * (tag.Value - rule.Zero);
    }

    private static double Tracked(ScanState state, LoopDefinition loop)
    {
        if (loop.Tracking is not { Tag: >= 0 } rule) return loop.Tracking!.Value;
        Reading tag = state.Scope.Image[rule.Tag];
        return tag.IsBad ? double.NaN : tag.Value;
    }

    private double Standing(ScanState state, LoopDefinition loop)
    {
        if (loop.Cascade is not { } leg) return SplitRange.Standing(loop, state.Last);
        ref LoopMemory below = ref state.Loops[leg.Loop];
        Reading processValue = loops[leg.Loop].Measured(state.Scope.Image);
        double setpoint = below.Running ? below.Setpoint : processValue.IsBad ? below.Setpoint : processValue.Value;
        return Math.Clamp(leg.Back(setpoint), loop.OutputLow, loop.OutputHigh);
    }

    // What a unit drives directly in all its outputs the loop follows, also at rest: it takes over from there.
    private LoopFeedback Feedback(LoopDefinition loop, ScanState state)
    {
        if (state.Loops[loop.Ordinal].Now.Direct) return new LoopFeedback(Standing(state, loop), true, false, false, false);
        return loop.Cascade is { } leg ? FromBelow(loop, leg, state) : FromOutputs(loop, state.Loops[loop.Ordinal].Output, state);
    }

    // The loop below tells how much of the setpoint it could take, and which way it can go no further.
    private static LoopFeedback FromBelow(LoopDefinition loop, in CascadeLeg leg, ScanState state)
    {
        ref LoopMemory below = ref state.Loops[leg.Loop];
        double output = state.Loops[loop.Ordinal].Output;
        if (!below.Running) return new LoopFeedback(output, true, true, true, false);
        if (below.Mode != LoopMode.Cascade) return new LoopFeedback(leg.Back(below.Setpoint), true, true, true, false);
        bool rises = (leg.AtTo - leg.AtFrom) / (leg.To - leg.From) * below.Tuning.Gain > 0;
        bool holdUp = rises ? below.LimitedHigh : below.LimitedLow;
        bool holdDown = rises ? below.LimitedLow : below.LimitedHigh;
        double taken = leg.Setpoint(output) == below.Target ? output : leg.Back(below.Target);
        return new LoopFeedback(taken, false, holdUp, holdDown, false);
    }

    // A leg that a person or a unit's direct demand holds away from its rest is followed; one at rest, or taken by protection, does nothing
    // for the loop.
    private LoopFeedback FromOutputs(LoopDefinition loop, double percent, ScanState state)
    {
        double actual = percent;
        bool inDeadBand = false;
        foreach (SplitLeg leg in loop.Legs)
        {
            double value = state.Last[leg.Output];
            OutputSource source = state.Status[leg.Output].Source;
            bool isHeld = source is OutputSource.Manual or OutputSource.Demand;
            if (isHeld && Math.Abs(value - leg.AtFrom) > 1e-9 * Math.Abs(leg.AtTo - leg.AtFrom))
                return new LoopFeedback(SplitRange.Back(leg, value), true, false, false, false);
            if (SplitRange.Fraction(leg, percent) <= 0) continue;
            if (source != OutputSource.Loop) actual = leg.From;
            else if (SplitRange.IsBelowLeast(leg, percent)) inDeadBand = true;
            else if (!rig.Outputs[leg.Output].IsSwitch && SplitRange.Value(leg, percent) != value) actual = SplitRange.Back(leg, value);
        }

        return new LoopFeedback(actual, false, false, false, inDeadBand);
    }

    private void Connect(ScanState state, LoopDefinition loop, ref LoopMemory memory)
    {
        bool connected = false, direct = true;
        foreach (SplitLeg leg in loop.Legs)
        {
            OutputSource source = state.Status[leg.Output].Source;
            connected |= source == OutputSource.Loop;
            direct &= source == OutputSource.Demand;
        }

        if (loop.Cascade is { } cascade)
        {
            LoopCircumstances below = state.Loops[cascade.Loop].Now;
            connected = below.Connected && below.FromAbove && state.Loops[cascade.Loop].Mode == LoopMode.Cascade;
            direct = below.Direct;
        }

        memory.Now = memory.Now with { Connected = connected, Direct = direct };
    }

    private static bool IsTrue(in Reading reading) => !reading.IsBad && reading.Value >= 0.5;
}
