using Crm.Plant.Loops;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Protection;
using Crm.Plant.Rigs;

namespace Crm.Plant.UnitOperations.Running;

/// <summary>
/// Outputs that a latched row has taken from a unit which the row itself does not command (SAF-09): the unit is held, so that what it asked for
/// does not start by itself when the row is reset.
/// </summary>
internal static class TrippedOutputs
{
    /// <summary>In words, the first output that the demands since <paramref name="first"/> ask for and a latched row keeps at another value; null for none.</summary>
    public static string? Taken(UnitDefinition unit, in RunnerInputs inputs, int first)
    {
        if (inputs.Trips.IsDefault || inputs.Outputs.IsDefault) return null;
        for (int i = first; i < inputs.Demands.Count; i++)
        {
            Demand demand = inputs.Demands[i];
            if (demand.Keep) continue;
            if (!demand.IsLoop)
            {
                if (By(unit, inputs, demand.Target, demand.Value) is { } row) return row;
                continue;
            }

            foreach (SplitLeg leg in inputs.Rig.Loops[demand.Target].Legs)
                if (By(unit, inputs, leg.Output, double.NaN) is { } row) return row;
        }

        return null;
    }

    /// <param name="asked">NaN: by a loop, which would move it as it must.</param>
    private static string? By(UnitDefinition unit, in RunnerInputs inputs, int output, double asked)
    {
        if (inputs.Outputs[output].Source != OutputSource.Protection) return null;
        foreach (TripDefinition row in inputs.Rig.Trips)
        {
            // Before its first cause a row is tripped by the start-up of the rig, in which nothing runs.
            bool stands = row.Latch && inputs.Trips[row.Ordinal] is { IsTripped: true, FirstOut: not 0 };
            if (!stands || (row.Command != PhaseCommand.None && row.Units.Contains(unit.Name))) continue;
            foreach (EffectDefinition effect in row.Effects)
                if (effect.Output == output && !effect.Value.Keep && effect.Value.Value != asked) return $"protection {row.Id} took {inputs.Rig.Outputs[output].Name}";
        }

        return null;
    }
}
