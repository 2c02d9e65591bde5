using Crm.Plant.Rigs;

namespace Crm.Plant.Loops.Tuning;

/// <summary>Which loops no swing can tell anything of.</summary>
public static class AutotuneFitness
{
    /// <summary>Why this loop can never be autotuned, in words; null when it can.</summary>
    public static string? WhyNever(RigDefinition rig, LoopDefinition loop)
    {
        bool doses = LoopTree.Legs(rig.Loops, loop.Ordinal).All(leg => rig.Units.Any(u => u.DosingLines.Any(d => d.Pump == leg.Output)));
        return doses ? $"{loop.Name} doses what does not come out again: no swing comes back; set its gain from the titration curve (docs/loops.md)" : null;
    }
}
