using System.Collections.Immutable;
using Crm.Plant.Rigs;

namespace Crm.Plant.Loops;

/// <summary>Which loop sets which: compiled once. A loop above another has no outputs of its own but those of the loop below (PID-08).</summary>
public sealed class LoopTree
{
    public const int None = -1;

    private readonly ImmutableArray<LoopDefinition> loops;

    public LoopTree(RigDefinition rig)
    {
        loops = rig.Loops;
        var above = new int[loops.Length];
        Array.Fill(above, None);
        foreach (LoopDefinition loop in loops)
            if (loop.Cascade is { } leg) above[leg.Loop] = loop.Ordinal;
        Above = [.. above];
        Downwards = [.. loops.Select(l => l.Ordinal).OrderBy(Depth)];
        Lives = [.. loops.Select(l => Legs(l.Ordinal).Select(g => rig.Outputs[g.Output].Lapse.After).DefaultIfEmpty(TimeSpan.Zero).Max())];
    }

    /// <summary>By loop ordinal: the loop that sets it, or <see cref="None"/>.</summary>
    public ImmutableArray<int> Above { get; }

    /// <summary>Every loop after the one that sets it.</summary>
    public ImmutableArray<int> Downwards { get; }

    /// <summary>How long a demand on a loop lives: as long as on the longest-lived of its outputs.</summary>
    public ImmutableArray<TimeSpan> Lives { get; }

    /// <summary>The outputs a loop drives in the end.</summary>
    public ImmutableArray<SplitLeg> Legs(int loop) => Legs(loops, loop);

    /// <summary>The outputs one of these loops drives in the end, itself or through the loops it sets.</summary>
    public static ImmutableArray<SplitLeg> Legs(IReadOnlyList<LoopDefinition> loops, int loop)
    {
        for (int steps = 0; loops[loop].Cascade is { } leg && steps < loops.Count; steps++) loop = leg.Loop;
        return loops[loop].Legs;
    }

    /// <summary>A loop sets itself in the end.</summary>
    public static bool IsRing(IReadOnlyList<LoopDefinition> loops, int loop)
    {
        int at = loop;
        for (int steps = 0; steps <= loops.Count; steps++)
        {
            if (at < 0 || at >= loops.Count || loops[at].Cascade is not { } leg) return false;
            at = leg.Loop;
        }

        return true;
    }

    private int Depth(int loop)
    {
        int depth = 0;
        for (int at = Above[loop]; at != None && depth < loops.Length; at = Above[at]) depth++;
        return depth;
    }
}
