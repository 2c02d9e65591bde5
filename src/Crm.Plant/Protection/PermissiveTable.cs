using System.Collections.Immutable;
using Crm.Plant.Expressions;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;
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

    /// <summary>Permissives of an operation that are not fulfilled, and the bad instruments behind them.</summary>
    public ImmutableArray<Obstacle> Missing(Image image, int unit, string operation)
    {
        ImageScope? scope = null;
        ImmutableArray<Obstacle>.Builder? found = null;
        foreach (PermissiveDefinition permissive in ofUnit[unit])
        {
            if (permissive.Operations.Length > 0 && !permissive.Operations.Contains(operation)) continue;
            scope ??= new ImageScope { Image = image };
            Reading answer = permissive.Condition.Evaluate(scope);
            bool unknown = answer.IsBad || double.IsNaN(answer.Value);
            if (!unknown && answer.Value != 0) continue;
            string text = unknown ? $"{permissive.Text} cannot be judged: {BadTags(permissive, image)}" : $"needs {permissive.Text}";
            found ??= ImmutableArray.CreateBuilder<Obstacle>();
            found.Add(new Obstacle(ObstacleKind.Permissive, rig.Units[unit].Name, text, ConditionText.Readings(permissive.Condition, rig, image)));
            AddBad(found, permissive.Condition, image);
        }

        return found?.ToImmutable() ?? [];
    }

    /// <summary>The rig's own trip and the rows that command the unit, each with its first-out cause; and the bad instruments behind them.</summary>
    public ImmutableArray<Obstacle> Tripped(PlantFrame frame, int unit)
    {
        ImmutableArray<Obstacle>.Builder? found = null;
        if (frame.RigTrip.IsTripped)
            (found ??= ImmutableArray.CreateBuilder<Obstacle>()).Add(new Obstacle(ObstacleKind.Interlock, "rig", $"the rig is tripped ({frame.RigTrip.Why}): reset it"));
        foreach (TripDefinition trip in tripsOfUnit[unit])
        {
            TripStatus status = frame.Trips[trip.Ordinal];
            if (!status.IsTripped) continue;
            found ??= ImmutableArray.CreateBuilder<Obstacle>();
            string reads = string.Join(", ", Seen(trip, status).SelectMany(Looked).Select(e => ConditionText.Readings(e, rig, frame.Image)).Where(r => r.Length > 0).Distinct());
            found.Add(new Obstacle(ObstacleKind.Interlock, trip.Id, Standing(trip, status), reads));
            foreach (Expression looked in Seen(trip, status).SelectMany(Looked)) AddBad(found, looked, frame.Image);
        }

        return found?.ToImmutable() ?? [];
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

    /// <summary>Causes that stand now, or the ones that tripped it.</summary>
    private static IEnumerable<CauseDefinition> Seen(TripDefinition trip, TripStatus status)
    {
        ulong which = status.Active != 0 ? status.Active : status.FirstOut;
        return trip.Causes.Where((_, i) => (which & (1UL << i)) != 0);
    }

    /// <summary>What a cause looks at: its condition, the channels of its voter, or the tags of its watch.</summary>
    private static IEnumerable<Expression> Looked(CauseDefinition cause)
    {
        if (cause.Voter is { } voter) return voter.Channels.Select(c => c.Condition);
        return cause.Watch is { } watch ? watch.Tags.Select(t => (Expression)new TagValue(t)) : [cause.Condition];
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

    private void AddBad(ImmutableArray<Obstacle>.Builder found, Expression condition, Image image)
    {
        foreach (int tag in condition.Tags.Distinct())
        {
            if (tag < 0 || tag >= image.Count || !image[tag].IsBad || found.Any(o => o.Kind == ObstacleKind.StaleInput && o.Subject == rig.Tags[tag].Name)) continue;
            found.Add(new Obstacle(ObstacleKind.StaleInput, rig.Tags[tag].Name, $"{rig.Tags[tag].Name} is bad ({image[tag].Reason.Words()})"));
        }
    }

    private string BadTags(PermissiveDefinition permissive, Image image)
    {
        var bad = permissive.Condition.Tags.Where(t => t >= 0 && t < image.Count && image[t].IsBad).Select(t => $"{rig.Tags[t].Name} is bad ({image[t].Reason.Words()})");
        string text = string.Join(", ", bad);
        return text.Length == 0 ? "no value" : text;
    }
}
