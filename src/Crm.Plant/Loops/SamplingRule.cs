using System.Collections.Immutable;
using Crm.Plant.Rigs;

namespace Crm.Plant.Loops;

/// <summary>
/// A loop sees its process often enough: scan period at most a tenth of the delay and a twentieth of Ti. Slower sampling costs overshoot,
/// 4 % to 19 % on a delay of five scans (standards 5.4, PID-21).
/// </summary>
public static class SamplingRule
{
    private const double OfDelay = 10;
    private const double OfIntegralTime = 20;

    /// <summary>What is wrong, one line per loop; empty when nothing is.</summary>
    public static ImmutableArray<string> Check(RigDefinition rig)
    {
        double period = rig.ScanPeriod.TotalSeconds;
        return [.. rig.Loops.Select(loop => Check(loop, period)).OfType<string>()];
    }

    private static string? Check(LoopDefinition loop, double period)
    {
        double longest = double.PositiveInfinity;
        if (loop.IntegralTime > TimeSpan.Zero) longest = loop.IntegralTime.TotalSeconds / OfIntegralTime;
        if (loop.DeadTime > TimeSpan.Zero) longest = Math.Min(longest, loop.DeadTime.TotalSeconds / OfDelay);
        if (period <= longest * (1 + 1e-9)) return null;
        return FormattableString.Invariant(
            $"{loop.Name} is scanned every {period:0.###} s; its parameters ask for {longest:0.###} s or less (Ti/20, delay/10): overshoot grows, choose a longer ti or a shorter scan");
    }
}
