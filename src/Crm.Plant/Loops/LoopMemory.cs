using Crm.Plant.Loops.Tuning;

namespace Crm.Plant.Loops;

/// <summary>What one loop remembers. A value throughout, so that a copy of the array is a fork.</summary>
internal struct LoopMemory
{
    /// <summary>It drives its outputs.</summary>
    public bool Running;
    public bool Lost;

    /// <summary>False until somebody named a setpoint.</summary>
    public bool HasTarget;
    public double Target;
    public double Setpoint;

    /// <summary>Integral part, percent; without integral action a bias that fades.</summary>
    public double Integral;

    /// <summary>Part of the integral that a start without a bump took up and that no output at the setpoint could use, percent.</summary>
    public double Borrowed;

    /// <summary>Derivative part, percent.</summary>
    public double Derivative;

    /// <summary>Filtered process value, and its slope per second.</summary>
    public double Filtered;
    public double FilteredSlope;

    /// <summary>c r - y of the scan before, for the derivative.</summary>
    public double LastWeighted;

    /// <summary>r - y in the units of the gain.</summary>
    public double Error;

    /// <summary>r - y in process-value units.</summary>
    public double Deviation;

    /// <summary>Output before its limits, percent.</summary>
    public double Raw;

    /// <summary>Output after its limits, percent.</summary>
    public double Output;

    /// <summary>Output averaged over a minute: what the process needs, without the noise.</summary>
    public double MeanOutput;

    /// <summary>Something changed by which the output would jump: the integral takes it up in the next scan (PID-05).</summary>
    public bool Rebalance;
    public bool LimitedHigh;
    public bool LimitedLow;
    public bool Frozen;

    public LoopMode TargetMode;
    public LoopMode Mode;

    /// <summary>A person's output (MAN), percent, and setpoint (AUTO).</summary>
    public double ManualOutput;
    public double OperatorSetpoint;

    public bool FeedForwardOff;
    public double FeedForward;

    public LoopTuning Tuning;
    public LoopTuning OldTuning;
    public LoopTuning ProposedTuning;
    public bool HasOldTuning;
    public bool HasProposedTuning;
    public LoopCircumstances Now;
    public AutotuneMemory Autotune;
    public LoopWatchMemory Watch;

    public static LoopMemory[] Fresh(IReadOnlyList<LoopDefinition> loops) => [.. loops.Select(l => Fresh(l, LoopModes.Usual(loops, l)))];

    public readonly LoopStatus Status =>
        new(Running, Lost, Setpoint, Target, Output) { Mode = LoopModes.Actual(Now), TargetMode = TargetMode, Flags = Flags };

    private static LoopMemory Fresh(LoopDefinition loop, LoopMode target) => new()
    {
        Tuning = loop.Tuning,
        TargetMode = target,
        Mode = LoopMode.Initialising,
        Now = new LoopCircumstances(target, false, false, true, false, false, false),
    };

    private readonly LoopFlags Flags =>
        Watch.Flags
        | (LimitedHigh || LimitedLow ? LoopFlags.Limited : LoopFlags.None)
        | (Frozen ? LoopFlags.Frozen : LoopFlags.None)
        | (Autotune.IsRunning ? LoopFlags.Autotuning : LoopFlags.None)
        | (HasProposedTuning ? LoopFlags.TuningProposed : LoopFlags.None);
}
