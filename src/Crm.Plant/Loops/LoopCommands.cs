using Crm.Plant.Loops.Tuning;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;

namespace Crm.Plant.Loops;

/// <summary>What a person sees when they open a loop.</summary>
/// <param name="OldTuning">The set in use before the last change; null when there was none.</param>
/// <param name="ProposedTuning">Waits for a person; null when there is none.</param>
/// <param name="Model">What the last autotune found; null when none finished.</param>
/// <param name="Predicted">Margins of the proposal on that model.</param>
/// <param name="Present">Margins of the set in use on that model.</param>
public sealed record LoopDetail(
    LoopTuning Tuning,
    LoopTuning? OldTuning,
    LoopTuning? ProposedTuning,
    PlantModel? Model,
    Margins? Predicted,
    Margins? Present,
    LoopPerformance Performance)
{
    /// <summary>Whether feed-forward acts; null when the loop has none.</summary>
    public bool? FeedForward { get; init; }
}

/// <summary>A person's commands to loops: mode, setpoint, output, tuning. Nothing here moves an output by a jump (PID-05, PID-19).</summary>
internal sealed class LoopCommands(RigDefinition rig)
{
    /// <returns>Null when obeyed, else why not.</returns>
    public string? Obey(ScanState state, in ScanCommand command)
    {
        if (command.Target < 0 || command.Target >= rig.Loops.Length) return $"there is no loop {command.Target}";
        LoopDefinition loop = rig.Loops[command.Target];
        ref LoopMemory memory = ref state.Loops[command.Target];
        return command.Kind switch
        {
            ScanCommandKind.SetLoopMode => SetMode(state, loop, ref memory, command),
            ScanCommandKind.SetLoopSetpoint => SetSetpoint(state, loop, ref memory, command),
            ScanCommandKind.SetLoopOutput => SetOutput(state, loop, ref memory, command),
            ScanCommandKind.SwitchFeedForward => SwitchFeedForward(state, loop, ref memory, command),
            ScanCommandKind.StartAutotune => StartAutotune(state, loop, ref memory, command),
            ScanCommandKind.AbortAutotune => AbortAutotune(state, loop, ref memory, command),
            ScanCommandKind.ProposeTuning => Propose(state, loop, ref memory, command),
            ScanCommandKind.ApplyTuning => Apply(state, loop, ref memory, command),
            ScanCommandKind.RestoreTuning => Restore(state, loop, ref memory, command),
            _ => $"there is no command {command.Kind}",
        };
    }

    public static LoopDetail Detail(LoopDefinition loop, in LoopMemory memory)
    {
        LoopTuning? proposed = memory.HasProposedTuning ? memory.ProposedTuning : null;
        PlantModel? model = memory.Autotune.Model;
        return new LoopDetail(
            memory.Tuning,
            memory.HasOldTuning ? memory.OldTuning : null,
            proposed,
            model,
            model is not null && proposed is { } waiting ? Margins.Of(model, waiting) : null,
            model is not null ? Margins.Of(model, memory.Tuning) : null,
            memory.Watch.Performance)
        {
            FeedForward = loop.FeedForward is null ? null : !memory.FeedForwardOff,
        };
    }

    private static string? SetMode(ScanState state, LoopDefinition loop, ref LoopMemory memory, in ScanCommand command)
    {
        var mode = (LoopMode)command.Value;
        if (!LoopModes.CanBeTarget(mode)) return $"{LoopModes.Word(mode)} cannot be asked for";
        if (mode == memory.TargetMode) return $"{loop.Name} is in {LoopModes.Word(mode)} already";
        if (mode == LoopMode.Manual) memory.ManualOutput = memory.Output;
        if (mode == LoopMode.Automatic) memory.OperatorSetpoint = memory.HasTarget ? memory.Setpoint : double.NaN;
        string text = $"{loop.Name} from {LoopModes.Word(memory.TargetMode)} to {LoopModes.Word(mode)}";
        memory.TargetMode = mode;
        state.Tell(ScanEventKind.LoopCommanded, loop.Ordinal, loop.Name, text, command.By, facts: LoopFacts.Of(memory));
        return null;
    }

    private string? SetSetpoint(ScanState state, LoopDefinition loop, ref LoopMemory memory, in ScanCommand command)
    {
        string unit = rig.Tags[loop.ProcessValue].Unit;
        if (memory.TargetMode != LoopMode.Automatic) return $"{loop.Name} is in {LoopModes.Word(memory.TargetMode)}: its setpoint is not a person's; take it to AUTO first";
        if (!(command.Value >= loop.SetpointLow && command.Value <= loop.SetpointHigh))
            return FormattableString.Invariant($"{loop.Name}: {command.Value} is outside {loop.SetpointLow}..{loop.SetpointHigh} {unit}");
        memory.OperatorSetpoint = command.Value;
        string text = FormattableString.Invariant($"{loop.Name} setpoint {command.Value} {unit}");
        state.Tell(ScanEventKind.LoopCommanded, loop.Ordinal, loop.Name, text, command.By, facts: LoopFacts.Of(memory));
        return null;
    }

    private static string? SetOutput(ScanState state, LoopDefinition loop, ref LoopMemory memory, in ScanCommand command)
    {
        if (memory.TargetMode != LoopMode.Manual) return $"{loop.Name} is in {LoopModes.Word(memory.TargetMode)}: take it to MAN first";
        (double low, double high) = loop.ManualLimits ?? (loop.OutputLow, loop.OutputHigh);
        if (!(command.Value >= low && command.Value <= high)) return FormattableString.Invariant($"{loop.Name}: {command.Value} is outside {low}..{high} %");
        memory.ManualOutput = command.Value;
        string text = FormattableString.Invariant($"{loop.Name} output {command.Value} % by hand");
        state.Tell(ScanEventKind.LoopCommanded, loop.Ordinal, loop.Name, text, command.By, facts: LoopFacts.Of(memory));
        return null;
    }

    private static string? SwitchFeedForward(ScanState state, LoopDefinition loop, ref LoopMemory memory, in ScanCommand command)
    {
        if (loop.FeedForward is null) return $"{loop.Name} has no feed-forward";
        bool off = command.Value < 0.5;
        if (memory.FeedForwardOff == off) return $"the feed-forward of {loop.Name} is {(off ? "off" : "on")} already";
        memory.FeedForwardOff = off;
        memory.Rebalance = true;
        state.Tell(ScanEventKind.LoopCommanded, loop.Ordinal, loop.Name, $"feed-forward of {loop.Name} {(off ? "off" : "on")}", command.By, facts: LoopFacts.Of(memory));
        return null;
    }

    private string? StartAutotune(ScanState state, LoopDefinition loop, ref LoopMemory memory, in ScanCommand command)
    {
        if (memory.Autotune.IsRunning) return $"an autotune of {loop.Name} is running";
        if (AutotuneFitness.WhyNever(rig, loop) is { } never) return never;
        if (!memory.Running || memory.Lost || !LoopModes.Computes(memory.Mode) || !memory.Now.Connected)
            return $"{loop.Name} does not control now: a unit must ask for it and nothing may hold its outputs";
        Autotune.Begin(loop, ref memory, command.By);
        string text = FormattableString.Invariant($"autotune of {loop.Name} started at output {memory.Output:0.#} %, swing {loop.Autotune.Step:0.#} %");
        state.Tell(ScanEventKind.AutotuneStarted, loop.Ordinal, loop.Name, text, command.By);
        return null;
    }

    private static string? AbortAutotune(ScanState state, LoopDefinition loop, ref LoopMemory memory, in ScanCommand command)
    {
        if (!memory.Autotune.IsRunning) return $"no autotune of {loop.Name} is running";
        Autotune.GiveUp(ref memory, RelayFault.Person);
        state.Tell(ScanEventKind.AutotuneEnded, loop.Ordinal, loop.Name, $"{loop.Name}: autotune ended by {command.By}", command.By);
        return null;
    }

    private static string? Propose(ScanState state, LoopDefinition loop, ref LoopMemory memory, in ScanCommand command)
    {
        if (command.Tuning.WhyNot() is { } why) return $"{loop.Name}: {why}";
        if (Math.Sign(command.Tuning.Gain) != Math.Sign(loop.Gain))
            return $"{loop.Name}: a gain of the other sign turns the loop round; the rig file says {(loop.Gain > 0 ? "reverse action (positive)" : "direct action (negative)")}";
        memory.ProposedTuning = command.Tuning;
        memory.HasProposedTuning = true;
        state.Tell(ScanEventKind.LoopCommanded, loop.Ordinal, loop.Name, $"{loop.Name}: proposed {command.Tuning}", command.By);
        return null;
    }

    private static string? Apply(ScanState state, LoopDefinition loop, ref LoopMemory memory, in ScanCommand command)
    {
        if (memory.Autotune.IsRunning) return $"an autotune of {loop.Name} is running";
        if (!memory.HasProposedTuning) return $"no tuning of {loop.Name} is proposed";
        Use(state, loop, ref memory, memory.ProposedTuning, command.By);
        memory.HasProposedTuning = false;
        return null;
    }

    private static string? Restore(ScanState state, LoopDefinition loop, ref LoopMemory memory, in ScanCommand command)
    {
        if (memory.Autotune.IsRunning) return $"an autotune of {loop.Name} is running";
        if (!memory.HasOldTuning) return $"{loop.Name} still has its first tuning";
        Use(state, loop, ref memory, memory.OldTuning, command.By);
        return null;
    }

    private static void Use(ScanState state, LoopDefinition loop, ref LoopMemory memory, LoopTuning tuning, string by)
    {
        string text = $"{loop.Name} tuned: {tuning}; before: {memory.Tuning}";
        memory.OldTuning = memory.Tuning;
        memory.HasOldTuning = true;
        memory.Tuning = tuning;
        memory.Rebalance = true;
        LoopWatch.Rest(ref memory.Watch);
        LoopWatch.ForgetFigures(ref memory.Watch);
        state.Tell(ScanEventKind.LoopTuned, loop.Ordinal, loop.Name, text, by, facts: LoopFacts.Of(memory));
    }
}
