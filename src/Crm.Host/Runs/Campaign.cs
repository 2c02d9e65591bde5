using System.Collections.Immutable;
using Crm.Plant.Allocation;
using Crm.Plant.Campaigns;
using Crm.Plant.Records;

namespace Crm.Host.Runs;

/// <summary>The batches of one run, side by side on one rig.</summary>
/// <param name="End">Plant time of the last scan.</param>
public sealed record Campaign(ImmutableArray<CampaignBatch> Batches, ImmutableArray<Wait> Waits, BatchEvent Utilities, TimeSpan End)
{
    /// <summary>The file that says how they build on each other; null when they were named on the command line.</summary>
    public CampaignPlan? Plan { get; init; }
}

/// <param name="Name">In events: <c>B2</c>.</param>
/// <param name="From">Plant time of its START.</param>
/// <param name="To">Plant time of its end, or of the end of the run.</param>
public sealed record CampaignBatch(string Name, TimeSpan From, TimeSpan To, BatchRecord Record);
