using Crm.Plant.Loops.Tuning;

namespace Crm.Plant.Loops;

internal enum AutotuneStage : byte
{
    Idle,

    /// <summary>First relay test, hysteresis as narrow as the noise allows.</summary>
    Fast,

    /// <summary>Second, slower, with a hysteresis as wide as the swing of the first.</summary>
    Slow,
}

internal struct AutotuneMemory
{
    public AutotuneStage Stage;
    public RelayMemory Test;
    public RelayMemory Fast;

    /// <summary>Process value at the start, in its own units.</summary>
    public double Began;
    public string? By;

    /// <summary>The last test ended with a proposal.</summary>
    public bool Found;

    /// <summary>What the last finished test found; immutable, so that forks may share it.</summary>
    public PlantModel? Model;

    public readonly bool IsRunning => Stage != AutotuneStage.Idle;
}

/// <summary>What an autotune came to in a scan.</summary>
internal enum AutotuneOutcome : byte
{
    Running,
    Proposed,
    GaveUp,
}

/// <summary>
/// Two relay tests on a loop that controls, one after the other; their model gives a proposal by SIMC inside the target of Ms. Nothing is
/// applied (PID-17, PID-19). On whatever end the output is what it was before.
/// </summary>
internal static class Autotune
{
    /// <summary>Time the noise is listened to first, s.</summary>
    private const double Quiet = 20;

    /// <summary>The second test may last this many periods of the first.</summary>
    private const double SecondLasts = 20;

    /// <summary>Across both sides of a split, whose slopes differ, it takes longer to come even.</summary>
    private const double SecondLastsAcross = 60;

    public static void Begin(LoopDefinition loop, ref LoopMemory memory, string by)
    {
        memory.Autotune = new AutotuneMemory
        {
            Stage = AutotuneStage.Fast,
            Began = memory.Filtered,
            By = by,
            Test = RelayTest.Begin(Settings(loop, memory), Linear(loop, memory.Filtered), memory.MeanOutput),
        };
    }

    /// <summary>One scan; the output to drive is in the test's memory.</summary>
    public static AutotuneOutcome Advance(LoopDefinition loop, ref LoopMemory memory, double processValue, double seconds)
    {
        ref AutotuneMemory tune = ref memory.Autotune;
        if (Math.Abs(processValue - tune.Began) > loop.Autotune.Most) RelayTest.GiveUp(ref tune.Test, RelayFault.Deviation);
        RelaySettings settings = Settings(loop, memory);
        RelayTest.Advance(settings, ref tune.Test, Linear(loop, processValue), seconds);
        if (tune.Test.State == RelayState.Done) return Next(loop, ref memory, settings);
        if (tune.Test.State != RelayState.GaveUp) return AutotuneOutcome.Running;
        // A second test that finds no swing (all delay) leaves the first one's word.
        if (tune.Stage == AutotuneStage.Slow && tune.Test.Fault == RelayFault.TooLong) return Propose(loop, ref memory, RelayModel.Single(tune.Fast, settings.Direction));
        tune.Stage = AutotuneStage.Idle;
        return AutotuneOutcome.GaveUp;
    }

    public static void GiveUp(ref LoopMemory memory, RelayFault why)
    {
        if (!memory.Autotune.IsRunning) return;
        RelayTest.GiveUp(ref memory.Autotune.Test, why);
        memory.Autotune.Stage = AutotuneStage.Idle;
        memory.Output = memory.Autotune.Test.Before;
        memory.Rebalance = true;
    }

    public static string Why(RelayFault fault) => fault switch
    {
        RelayFault.Deviation => "the process value went too far from where it was",
        RelayFault.TooLong => "it took too long to swing evenly; where the loop has almost nothing to do, tune at a setpoint that gives it more load",
        RelayFault.ProcessValueBad => "the process value is bad",
        RelayFault.OutputTaken => "an output went into other hands (interlock, manual or a phase)",
        RelayFault.NotAsked => "the loop stopped controlling",
        RelayFault.Person => "a person ended it",
        _ => "unknown",
    };

    private static AutotuneOutcome Next(LoopDefinition loop, ref LoopMemory memory, in RelaySettings settings)
    {
        ref AutotuneMemory tune = ref memory.Autotune;
        if (tune.Stage == AutotuneStage.Slow)
            return Propose(loop, ref memory, RelayModel.Identify(tune.Fast, tune.Test, settings.Direction).Model ?? RelayModel.Single(tune.Fast, settings.Direction));
        tune.Fast = tune.Test;
        tune.Stage = AutotuneStage.Slow;
        RelayMemory second = RelayTest.Begin(Settings(loop, memory), tune.Fast.Centre, tune.Fast.Bias);
        second.Before = tune.Fast.Before;
        tune.Test = second;
        return AutotuneOutcome.Running;
    }

    private static AutotuneOutcome Propose(LoopDefinition loop, ref LoopMemory memory, PlantModel model)
    {
        memory.Autotune.Stage = AutotuneStage.Idle;
        if (loop.SwingsAcross(memory.Autotune.Test.Before)) model = model with { Gain = model.Gain * RelayTest.Steeper(memory.Autotune.Fast) };
        memory.Autotune.Model = model;
        memory.Autotune.Found = true;
        LoopTuning found = TuningRules.Robust(model, TuningRules.Simc, memory.Tuning.FilterTime);
        memory.ProposedTuning = found with
        {
            SetpointWeight = memory.Tuning.SetpointWeight,
            DerivativeWeight = memory.Tuning.DerivativeWeight,
            DerivativeFilter = memory.Tuning.DerivativeFilter,
        };
        memory.HasProposedTuning = true;
        memory.Output = memory.Autotune.Test.Before;
        memory.Rebalance = true;
        return AutotuneOutcome.Proposed;
    }

    // A split with enough to do is tested on the side where it stands: the two sides are two processes.
    private static RelaySettings Settings(LoopDefinition loop, in LoopMemory memory)
    {
        ref readonly AutotuneMemory tune = ref memory.Autotune;
        double standing = tune.IsRunning ? tune.Test.Before : memory.MeanOutput;
        bool across = loop.SwingsAcross(standing);
        bool oneSide = loop.IsSplit && !across;
        double low = oneSide && standing >= 0 ? 0 : loop.OutputLow;
        double high = oneSide && standing < 0 ? 0 : loop.OutputHigh;
        int direction = memory.Tuning.Gain < 0 ? -1 : 1;
        double longest = loop.Autotune.Longest.TotalSeconds;
        if (tune.Stage != AutotuneStage.Slow)
            return new RelaySettings(loop.Autotune.Step, low, high, direction, loop.Autotune.Hysteresis, double.PositiveInfinity, Quiet, longest);
        double hysteresis = Math.Max(loop.Autotune.Hysteresis, RelayModel.SecondHysteresis * tune.Fast.Last.Amplitude);
        return new RelaySettings(
            tune.Fast.Amplitude, low, high, direction, hysteresis, double.PositiveInfinity, 0, (across ? SecondLastsAcross : SecondLasts) * RelayTest.UltimatePeriod(tune.Fast));
    }

    private static double Linear(LoopDefinition loop, double value) => loop.Curve is { } curve ? curve.Extended(value) : value;
}
