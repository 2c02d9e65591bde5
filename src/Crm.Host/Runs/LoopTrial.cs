using Crm.Plant.Loops;
using Crm.Plant.Loops.Tuning;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Plant.Twins;

namespace Crm.Host.Runs;

/// <summary>What a trial of one loop found.</summary>
/// <param name="Standing">Controller output that held the process value, percent.</param>
/// <param name="Relay">The scan's own sentence at the end of the autotune.</param>
/// <param name="Step">Model of the step test; null when it showed none.</param>
/// <param name="Lasted">Plant time of the whole trial.</param>
public sealed record LoopTrialResult(LoopDetail Detail, double Standing, string Relay, PlantModel? Step, string StepWhyNot, TimeSpan Lasted);

/// <summary>One loop on the twin: settled, tested by a step on a copy, then by the loop's own autotune.</summary>
public sealed class LoopTrial
{
    private static readonly TimeSpan stepLasts = TimeSpan.FromMinutes(40);
    private static readonly TimeSpan stepSample = TimeSpan.FromSeconds(2);

    private readonly RigDefinition rig;
    private readonly TwinLoop twin;

    public LoopTrial(RigDefinition rig, TwinDefinition definition, LoopDefinition loop, int seed)
    {
        this.rig = rig;
        twin = new TwinLoop(rig, definition, loop, seed);
    }

    private LoopDefinition Loop => twin.Loop;

    public (LoopTrialResult? Result, string WhyNot) Run(double setpoint)
    {
        if (AutotuneFitness.WhyNever(rig, Loop) is { } never) return (null, never);
        if (Loop.Ratio is { } ratio)
            return (null, $"{Loop.Name} follows {rig.Tags[ratio.Wild].Name}, and on the twin nothing flows there without a batch; tune it by hand: a flow answers within seconds");
        if (twin.Prepare(setpoint) is { } unsettled) return (null, unsettled);
        double standing = twin.Standing;
        (PlantModel? step, string whyNot) = Step(twin.Fork(), setpoint, standing);
        CommandOutcome begun = twin.Do(setpoint, id => ScanCommand.ToLoop(id, ScanCommandKind.StartAutotune, Loop.Ordinal, TwinLoop.By));
        if (!begun.Accepted) return (null, begun.Text);
        string ended = "";
        while ((twin.Frame.Loops[Loop.Ordinal].Flags & LoopFlags.Autotuning) != 0)
        {
            twin.Scan(setpoint);
            foreach (ScanEvent told in twin.Frame.Events)
                if (told.Kind == ScanEventKind.AutotuneEnded) ended = told.Text;
        }

        LoopDetail detail = twin.Detail;
        return detail.ProposedTuning is null ? (null, ended) : (new LoopTrialResult(detail, standing, ended, step, whyNot, twin.Now), "");
    }

    // On a copy of plant and controller, so that the relay test begins from the same quiet state.
    private static (PlantModel? Model, string WhyNot) Step(TwinLoop copy, double setpoint, double standing)
    {
        LoopDefinition loop = copy.Loop;
        double step = standing < 0 ? -loop.Autotune.Step : loop.Autotune.Step;
        double to = Math.Clamp(standing + step, loop.OutputLow, loop.OutputHigh);
        copy.Do(setpoint, id => ScanCommand.SetLoopMode(id, loop.Ordinal, LoopMode.Manual, TwinLoop.By));
        copy.Do(setpoint, id => ScanCommand.ToLoop(id, ScanCommandKind.SetLoopOutput, loop.Ordinal, TwinLoop.By, to));
        var samples = new List<double>();
        TimeSpan began = copy.Now;
        while (copy.Now < began + stepLasts)
        {
            if (samples.Count * stepSample <= copy.Now - began) samples.Add(copy.Value);
            copy.Scan(setpoint);
        }

        return StepTest.Identify([.. samples], stepSample.TotalSeconds, step);
    }
}
