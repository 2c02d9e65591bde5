using Crm.Plant.Loops.Tuning;
using Crm.Plant.Outputs;
using Crm.Plant.Scan;

namespace Crm.Plant.Loops;

/// <summary>What the desk tells of loops, and the guard of a running autotune.</summary>
internal sealed partial class LoopDesk
{
    private void Watch(ScanState state, LoopDefinition loop, ref LoopMemory memory, double seconds)
    {
        if (!memory.Now.Asked) return;
        bool controls = memory.Running && !memory.Lost && !memory.Autotune.IsRunning && memory.Now.Connected && LoopModes.Computes(memory.Mode);
        int side = !memory.Running ? 0 : memory.Output >= loop.OutputHigh ? 1 : memory.Output <= loop.OutputLow ? -1 : 0;
        LoopFlags before = memory.Watch.Flags;
        LoopWatch.Advance(loop.Watch, ref memory.Watch, memory.Deviation, controls, side, seconds);
        LoopFlags raised = memory.Watch.Flags & ~before;
        if (raised != LoopFlags.None) state.Tell(ScanEventKind.LoopNotice, loop.Ordinal, loop.Name, $"{loop.Name}: {Words(loop, memory, raised)}");
    }

    /// <summary>A test measures its own swing only while every output and loop it swings is its own: an interlock, a hand or a phase ends it.</summary>
    private static void KeepTestHonest(ScanState state, LoopDefinition loop, ref LoopMemory memory, LoopMode mode)
    {
        if (!LoopModes.Computes(mode))
        {
            Autotune.GiveUp(ref memory, RelayFault.NotAsked);
            return;
        }

        if (loop.Cascade is { } cascade && !(state.Loops[cascade.Loop] is { Mode: LoopMode.Cascade, Now.Connected: true }))
        {
            Autotune.GiveUp(ref memory, RelayFault.OutputTaken);
            return;
        }

        double output = memory.Output;
        foreach (SplitLeg leg in loop.Legs)
        {
            bool swings = SplitRange.Fraction(leg, output) > 0 || SplitRange.Fraction(leg, memory.Autotune.Test.Before) > 0;
            if (swings && state.Status[leg.Output].Source != OutputSource.Loop) Autotune.GiveUp(ref memory, RelayFault.OutputTaken);
        }
    }

    private static void TellTuned(ScanState state, LoopDefinition loop, in LoopMemory memory)
    {
        string by = memory.Autotune.By ?? "";
        string text = memory.Autotune.Found
            ? $"{loop.Name}: autotune proposes {memory.ProposedTuning}; {Margins.Of(memory.Autotune.Model!, memory.ProposedTuning)} predicted, in use {memory.Tuning}"
            : $"{loop.Name}: autotune gave up: {Autotune.Why(memory.Autotune.Test.Fault)}";
        state.Tell(ScanEventKind.AutotuneEnded, loop.Ordinal, loop.Name, text, by);
    }

    private string Words(LoopDefinition loop, in LoopMemory memory, LoopFlags raised)
    {
        string unit = rig.Tags[loop.ProcessValue].Unit;
        if ((raised & LoopFlags.Oscillating) != 0) return "it oscillates: the gain is too high, or a valve sticks";
        if ((raised & LoopFlags.Deviation) != 0)
            return FormattableString.Invariant($"{memory.Filtered:0.##} {unit} is {Math.Abs(memory.Deviation):0.##} away from the setpoint {memory.Setpoint:0.##}");
        return FormattableString.Invariant($"its output has been at its limit of {memory.Output:0.#} % for {loop.Watch!.For.TotalMinutes:0.#} min");
    }

    private void Tell(ScanState state, LoopDefinition loop, bool lost)
    {
        string tag = rig.Tags[loop.ProcessValue].Name;
        if (!lost)
        {
            state.Tell(ScanEventKind.LoopBack, loop.Ordinal, loop.Name, $"{loop.Name}: {tag} is back");
            return;
        }

        string then = loop.WhenBad switch
        {
            BadValueRule.Hold => "outputs stay",
            BadValueRule.Manual => "outputs stay, in manual until a person gives it back",
            _ => "outputs to 0",
        };
        state.Tell(ScanEventKind.LoopLost, loop.Ordinal, loop.Name, $"{loop.Name}: {tag} is bad, {then}");
    }
}
