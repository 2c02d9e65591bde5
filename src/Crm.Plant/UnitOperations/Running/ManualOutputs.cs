using Crm.Plant.Loops;
using Crm.Plant.Outputs;

namespace Crm.Plant.UnitOperations.Running;

/// <summary>Outputs that a person has taken from a phase (S88-20): the phase is told and holds, and does not take them back by holding.</summary>
internal static class ManualOutputs
{
    /// <summary>Ordinal of the first output that the demands since <paramref name="first"/> ask for and a person holds; -1 for none.</summary>
    public static int Lost(in RunnerInputs inputs, int first)
    {
        if (inputs.Outputs.IsDefault) return -1;
        for (int i = first; i < inputs.Demands.Count; i++)
        {
            Demand demand = inputs.Demands[i];
            if (demand.Keep) continue;
            if (!demand.IsLoop && inputs.Outputs[demand.Target].InManual) return demand.Target;
            if (!demand.IsLoop) continue;
            foreach (SplitLeg leg in LoopTree.Legs(inputs.Rig.Loops, demand.Target))
                if (inputs.Outputs[leg.Output].InManual) return leg.Output;
        }

        return -1;
    }

    /// <summary>Holding because of a person's manual output takes no output back from that person; STOP and ABORT still do (S88-08).</summary>
    public static void LeaveWithPerson(in RunnerInputs inputs, int first, int lost)
    {
        for (int i = first; i < inputs.Demands.Count; i++)
        {
            Demand demand = inputs.Demands[i];
            bool drives = demand.IsLoop ? LoopTree.Legs(inputs.Rig.Loops, demand.Target).Any(leg => leg.Output == lost) : demand.Target == lost;
            if (drives) inputs.Demands[i] = demand with { AtOnce = false };
        }
    }
}
