using System.Collections.Immutable;
using Crm.Plant.Procedure;

namespace Crm.Plant.Campaigns;

/// <summary>Batches of several recipes on one rig that build on each other: through tanks that stay filled, and through lots that one makes and another takes in.</summary>
/// <param name="Batches">In the order they are started where nothing else decides; the first waits for none.</param>
public sealed record CampaignPlan(string Id, string Version, string Title, string Rig, string ContentHash, ImmutableArray<PlannedBatch> Batches)
{
    /// <summary>The same with a mark before the name of every batch, so that a campaign may be run again on the same rig.</summary>
    public CampaignPlan Marked(string mark) => this with { Batches = [.. Batches.Select(b => b with { Name = mark + b.Name, Start = b.Start.Renamed(name => mark + name) })] };
}

/// <param name="Name">Name of the batch in the record: <c>cobalt</c>.</param>
public sealed record PlannedBatch(string Name, ControlRecipe Recipe, PlannedStart Start);
