using Crm.Plant.Loops;
using Crm.Plant.Outputs;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;

namespace Crm.Host.Runs;

/// <summary>What a loop made of one disturbance, over a fixed time.</summary>
/// <param name="Beyond">Furthest past the setpoint on a step; furthest away from it on a load; unit of the process value, 10 s means.</param>
/// <param name="Settled">From the disturbance until the value stayed near the setpoint; null: not within the time.</param>
/// <param name="AbsoluteError">∫|e| dt, unit times min.</param>
/// <param name="Movement">By output the loop drives: total way of the actuator, percent of its span.</param>
public sealed record LoopResponse(double Beyond, TimeSpan? Settled, double AbsoluteError, IReadOnlyList<(string Output, double Percent)> Movement);

/// <summary>One loop on the twin: settled at one setpoint, led to another, and disturbed there by cold liquor. The same every time, to compare two rig files by.</summary>
public sealed class LoopStepTrial
{
    /// <summary>Plant time over which each response is measured.</summary>
    public static readonly TimeSpan Watched = TimeSpan.FromHours(2);

    private static readonly TimeSpan smoothing = TimeSpan.FromSeconds(10);

    private readonly RigDefinition rig;
    private readonly TwinLoop twin;

    public LoopStepTrial(RigDefinition rig, TwinDefinition definition, LoopDefinition loop, int seed)
    {
        this.rig = rig;
        twin = new TwinLoop(rig, definition, loop, seed);
    }

    /// <param name="thrown">kg of liquor thrown in for the second response; 0 leaves it out.</param>
    /// <returns>Responses to the step and to the load; why not, when the loop does not settle.</returns>
    public (LoopResponse? Step, LoopResponse? Load, string WhyNot) Run(double from, double to, double thrown)
    {
        if (twin.Prepare(from) is { } unsettled) return (null, null, unsettled);
        LoopResponse step = Watch(to, Math.Sign(to - from));
        if (thrown <= 0) return (step, null, "");
        twin.ThrowIn(thrown);
        return (step, Watch(to, 0), "");
    }

    /// <param name="direction">Sign of a step; 0 measures either side.</param>
    private LoopResponse Watch(double setpoint, int direction)
    {
        SplitLeg[] legs = [.. LoopTree.Legs(rig.Loops, twin.Loop.Ordinal)];
        var moved = new double[legs.Length];
        double smoothed = twin.Value, beyond = 0, error = 0, share = rig.ScanPeriod / smoothing;
        double[] last = twin.Frame.Plan.Values;
        TimeSpan began = twin.Now, away = twin.Now;
        while (twin.Now < began + Watched)
        {
            double[] values = twin.Scan(setpoint).Plan.Values;
            smoothed += share * (twin.Value - smoothed);
            double off = smoothed - setpoint;
            beyond = Math.Max(beyond, direction == 0 ? Math.Abs(off) : direction * off);
            error += Math.Abs(off) * rig.ScanPeriod.TotalMinutes;
            if (Math.Abs(off) > twin.Near) away = twin.Now;
            for (int i = 0; i < legs.Length; i++) moved[i] += Math.Abs(values[legs[i].Output] - last[legs[i].Output]);
            last = values;
        }

        TimeSpan? settled = away - began > Watched * 0.95 ? null : away - began;
        return new LoopResponse(beyond, settled, error, [.. legs.Select((leg, i) => Movement(rig.Outputs[leg.Output], moved[i]))]);
    }

    private static (string, double) Movement(OutputDefinition output, double moved) => (output.Name, 100 * moved / (output.High - output.Low));
}
