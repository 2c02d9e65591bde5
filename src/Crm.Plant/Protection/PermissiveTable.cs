using Crm.Plant.Outputs;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Plant.Tags;

namespace Crm.Plant.Protection;

/// <summary>Answers "why not": permissives that are false and trips that stand. Text is made only when something is in the way.</summary>
internal sealed class PermissiveTable(RigDefinition rig)
{
    private readonly PermissiveDefinition[][] ofUnit =
        rig.Units.Select(u => rig.Permissives.Where(p => p.Unit == u.Name).ToArray()).ToArray();

    private readonly TripDefinition[][] tripsOfUnit =
        rig.Units.Select(u => rig.Trips.Where(t => t.Units.Contains(u.Name)).ToArray()).ToArray();

    public string? WhyNot(Image image, int unit, string operation)
    {
        ImageScope? scope = null;
        List<string>? reasons = null;
        foreach (PermissiveDefinition permissive in ofUnit[unit])
        {
            if (permissive.Operations.Length > 0 && !permissive.Operations.Contains(operation)) continue;
            scope ??= new ImageScope { Image = image };
            Reading answer = permissive.Condition.Evaluate(scope);
            bool unknown = answer.IsBad || double.IsNaN(answer.Value);
            if (!unknown && answer.Value != 0) continue;
            (reasons ??= []).Add(unknown ? $"{permissive.Text} cannot be judged: {BadTags(permissive, image)}" : $"needs {permissive.Text}");
        }

        return reasons is null ? null : string.Join("; ", reasons);
    }

    public string? WhyTripped(PlantFrame frame, int unit)
    {
        List<string>? reasons = null;
        if (frame.RigTrip.IsTripped) (reasons ??= []).Add($"the rig is tripped ({frame.RigTrip.Why}): reset it");
        foreach (TripDefinition trip in tripsOfUnit[unit])
            if (frame.Trips[trip.Ordinal].IsTripped) (reasons ??= []).Add(Standing(trip, frame));
        return reasons is null ? null : string.Join("; ", reasons);
    }

    public string? WhyForced(PlantFrame frame, int output)
    {
        if (frame.RigTrip.IsTripped) return $"the rig is tripped ({frame.RigTrip.Why}): reset it";
        foreach (TripDefinition trip in rig.Trips)
            if (frame.Trips[trip.Ordinal].IsTripped && trip.Effects.Any(e => e.Output == output)) return Standing(trip, frame);
        return null;
    }

    private string Standing(TripDefinition trip, PlantFrame frame)
    {
        TripStatus status = frame.Trips[trip.Ordinal];
        return Standing(trip, status) + CauseJudge.BadWords(rig, trip, status.Active, frame.Image);
    }

    private static string Standing(TripDefinition trip, in TripStatus status)
    {
        string first = $"{trip.Id} tripped by {status.FirstOutText(trip)}";
        if (status.Phase == TripPhase.ReadyToReset) return $"{first}, clear now: reset it";
        if (status.Phase == TripPhase.WaitingForPermit) return $"{first}, clear now: its reset needs {trip.ResetPermit?.Text}";
        if (status.Active != 0 && status.Active == status.FirstOut) return $"{first}, which still stands";
        string active = status.ActiveText(trip);
        return active.Length == 0 ? first : $"{first}, now {active}";
    }

    private string BadTags(PermissiveDefinition permissive, Image image)
    {
        var bad = permissive.Condition.Tags.Where(t => t >= 0 && t < image.Count && image[t].IsBad).Select(t => $"{rig.Tags[t].Name} is bad ({image[t].Reason})");
        string text = string.Join(", ", bad);
        return text.Length == 0 ? "no value" : text;
    }
}
