using System.Collections.Immutable;
using Crm.Plant.Expressions;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Scan;
using Crm.Plant.Tags;

namespace Crm.Plant.Campaigns;

/// <summary>When a batch of a campaign is to begin, and what it takes from those before it.</summary>
/// <param name="After">Batches that must be complete.</param>
/// <param name="When">What the rig's tags must show; null for nothing.</param>
/// <param name="Takes">By material of the recipe: the lot of an earlier batch that is weighed in for it.</param>
public sealed record PlannedStart(ImmutableArray<string> After, Condition? When, ImmutableSortedDictionary<string, MadeLot> Takes)
{
    public static readonly PlannedStart AtOnce = new([], null, ImmutableSortedDictionary.Create<string, MadeLot>(StringComparer.Ordinal));

    /// <summary>The same plan when every batch of the campaign has another name.</summary>
    public PlannedStart Renamed(Func<string, string> name) => this with
    {
        After = [.. After.Select(name)],
        Takes = Takes.ToImmutableSortedDictionary(t => t.Key, t => t.Value with { Batch = name(t.Value.Batch) }, StringComparer.Ordinal),
    };

    /// <summary>In words: <c>after leach-1; takes filter_cake from wet-cake of leach-1</c>; empty for at once.</summary>
    public override string ToString() => string.Join("; ", Parts());

    private IEnumerable<string> Parts()
    {
        if (!After.IsEmpty) yield return $"after {string.Join(", ", After)}";
        if (When is not null) yield return $"when {When.Text}";
        foreach ((string material, MadeLot lot) in Takes) yield return $"takes {material} from {lot.Lot} of {lot.Batch}";
    }

    /// <summary>Why the batch does not begin now; null when it does.</summary>
    /// <param name="stateOf">State of another batch; null when there is none of that name.</param>
    public string? WhyNot(Func<string, PhaseState?> stateOf, Image image)
    {
        foreach (string before in After)
        {
            switch (stateOf(before))
            {
                case PhaseState.Complete:
                    break;
                case PhaseState.Stopped or PhaseState.Aborted or null:
                    return $"batch {before} did not come to its end";
                default:
                    return $"batch {before} is not complete";
            }
        }

        if (When is null) return null;
        Reading judged = When.Expression.Evaluate(new ImageScope { Image = image });
        return judged.IsBad ? $"nobody knows whether {When.Text}" : Combined.IsTrue(judged) ? null : $"waits until {When.Text}";
    }
}

/// <summary>A lot by the batch that makes it and its name in that batch's recipe.</summary>
public sealed record MadeLot(string Batch, string Lot);
