using System.Collections.Immutable;
using Crm.Plant.Rigs;

namespace Crm.Plant.Alarms;

/// <summary>First-out groups of a rig (ALM-13), in the order in which its file names them.</summary>
public static class AlarmGroups
{
    /// <summary>One bit each.</summary>
    public const int Most = 64;

    public static ImmutableArray<string> Of(RigDefinition rig) =>
        [.. rig.Alarms.Where(a => a.Group.Length > 0).Select(a => a.Group).Distinct(StringComparer.Ordinal)];
}
