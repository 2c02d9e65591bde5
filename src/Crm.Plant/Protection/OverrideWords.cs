using Crm.Plant.Rigs;

namespace Crm.Plant.Protection;

/// <summary>What is set aside, in words.</summary>
public static class OverrideWords
{
    /// <summary>Trip, output, tag or hard-wired protection it is about.</summary>
    public static string Name(RigDefinition rig, in OverrideStatus entry) => entry.Kind switch
    {
        OverrideKind.ForcedOutput => rig.Outputs[entry.Target].Name,
        OverrideKind.SubstitutedTag => rig.Tags[entry.Target].Name,
        OverrideKind.HardWired => rig.HardWired[entry.Target].Name,
        _ => rig.Trips[entry.Target].Id,
    };

    public static string Of(RigDefinition rig, in OverrideStatus entry)
    {
        string name = Name(rig, entry);
        switch (entry.Kind)
        {
            case OverrideKind.ForcedOutput:
                return FormattableString.Invariant($"{name} forced to {entry.Value:0.###} {rig.Outputs[entry.Target].Unit}");
            case OverrideKind.SubstitutedTag:
                return FormattableString.Invariant($"{name} reads {entry.Value:0.###} {rig.Tags[entry.Target].Unit} by hand");
            case OverrideKind.HardWired:
                return $"{name}: started without having been seen to work";
            case OverrideKind.StartUp:
                return $"start-up override of {name}";
            default:
                if (entry.Cause < 0) return $"bypass of {name}";
                CauseDefinition cause = rig.Trips[entry.Target].Causes[entry.Cause];
                return $"bypass of {name}: {(entry.Channel < 0 ? cause.Text : cause.Voter!.Channels[entry.Channel].Text)}";
        }
    }
}
