using System.Collections.Immutable;
using Crm.Plant.Outputs;
using Crm.Plant.Scan;

namespace Crm.Plant.Loops;

/// <summary>Whether a loop can act on what it measures: in HELD its heater is commanded off, and that a cold vessel stays cold is no fault of the heater.</summary>
/// <param name="Bottom">Loop that drives the outputs: the loop itself, or the lowest of those it sets.</param>
/// <param name="Sign">1 when more controller output lifts the process value, -1 when it lowers it.</param>
/// <param name="Low">Controller output limits of the bottom loop, percent.</param>
public sealed record LoopReach(int Bottom, int Sign, double Low, double High, ImmutableArray<SplitLeg> Legs)
{
    public static LoopReach Of(IReadOnlyList<LoopDefinition> loops, int loop)
    {
        int bottom = loop, sign = Math.Sign(loops[loop].Gain);
        for (int steps = 0; loops[bottom].Cascade is { } leg && steps < loops.Count; steps++)
        {
            bottom = leg.Loop;
            sign *= Math.Sign(loops[bottom].Gain);
        }

        return new LoopReach(bottom, sign < 0 ? -1 : 1, loops[bottom].OutputLow, loops[bottom].OutputHigh, loops[bottom].Legs);
    }

    /// <summary>An output that would bring the process value that way follows the loop, by the outputs of the scan before.</summary>
    /// <param name="rising">The process value is too low.</param>
    public bool Acts(ScanState state, bool rising)
    {
        double output = state.Loops[Bottom].Output;
        bool up = rising == Sign > 0;
        double next = up ? Math.Min(output + 1, High) : Math.Max(output - 1, Low);
        foreach (SplitLeg leg in Legs)
        {
            double from = Math.Min(leg.From, leg.To), to = Math.Max(leg.From, leg.To);
            if ((up ? to >= next : from <= next) && state.Status[leg.Output].Source == OutputSource.Loop) return true;
        }

        return Legs.IsEmpty;
    }
}
