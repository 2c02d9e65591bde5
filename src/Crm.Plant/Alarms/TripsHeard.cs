using System.Collections.Immutable;
using Crm.Plant.Phases;
using Crm.Plant.Protection;
using Crm.Plant.Rigs;

namespace Crm.Plant.Alarms;

/// <summary>
/// Whether a person hears of each trip: by an alarm of the row, of a unit that it holds, or of an instrument that the cause reads. A row that
/// acts unheard leaves a plant that stands for no reason anybody was told.
/// </summary>
public static class TripsHeard
{
    /// <summary>Rows with a cause that no alarm tells of, in words.</summary>
    public static ImmutableArray<string> Unheard(RigDefinition rig)
    {
        var unheard = ImmutableArray.CreateBuilder<string>();
        foreach (TripDefinition row in rig.Trips)
        {
            if (IsHeard(rig, row)) continue;
            string[] causes = [.. row.Causes.Where(c => !rig.Alarms.Any(a => LooksAt(a, c))).Select(c => c.Text)];
            if (causes.Length > 0) unheard.Add($"{row.Id} trips and no alarm says so: {string.Join("; ", causes)}. Add an alarm 'tripped: {row.Id}'");
        }

        return unheard.ToImmutable();
    }

    private static bool IsHeard(RigDefinition rig, TripDefinition row) => rig.Alarms.Any(a =>
        (a.Kind == AlarmKind.Tripped && a.Trip == row.Ordinal)
        || (a.Kind == AlarmKind.Held && row.Command == PhaseCommand.Hold && row.Units.Contains(rig.Units[a.Unit].Name)));

    private static bool LooksAt(AlarmDefinition alarm, CauseDefinition cause) =>
        !alarm.IsGenerated && (alarm.Kind == AlarmKind.Unmoved ? [alarm.Stillness.Tag] : alarm.Condition.Tags).Intersect(cause.Tags).Any();
}
