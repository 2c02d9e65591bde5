using System.Collections.Immutable;
using Crm.Plant.Campaigns;
using Crm.Plant.Records;

namespace Crm.Control;

/// <summary>Whether the batches of a campaign begin by themselves.</summary>
public enum CampaignStanding
{
    /// <summary>Nobody has started it.</summary>
    Waits,

    /// <summary>Each batch is started when it is due.</summary>
    Goes,

    /// <summary>No further batch begins; what has begun goes on.</summary>
    Held,

    /// <summary>What had not begun is withdrawn.</summary>
    Stopped,
}

/// <summary>A campaign whose batches a person steers together.</summary>
/// <param name="Name">On this rig: <c>C1</c>.</param>
/// <param name="Id">Of its file: <c>lithium/two-weeks</c>.</param>
/// <param name="Batches">Names of its batches, in its order.</param>
/// <param name="By">Who put it there, or commanded it last.</param>
public sealed record CampaignOnRig(string Name, string Id, string Version, string Title, ImmutableArray<string> Batches, CampaignStanding Standing, string By, string Reason)
{
    private const string NameKey = "campaign", IdKey = "campaign.id", VersionKey = "campaign.version", TitleKey = "campaign.title", BatchesKey = "campaign.batches", StandingKey = "campaign.standing", ReasonKey = "campaign.reason";

    /// <param name="plan">With the names its batches have on this rig.</param>
    public static CampaignOnRig Of(CampaignPlan plan, string name, string by) => new(name, plan.Id, plan.Version, plan.Title, [.. plan.Batches.Select(b => b.Name)], CampaignStanding.Waits, by, "");

    /// <summary>For the record: whoever comes back knows the campaign and its batches from it.</summary>
    public ImmutableSortedDictionary<string, string> Facts => Changed
        .Add(IdKey, Id).Add(VersionKey, Version).Add(TitleKey, Title).Add(BatchesKey, string.Join(' ', Batches));

    /// <summary>For the record of a command to it.</summary>
    internal ImmutableSortedDictionary<string, string> Changed => BatchEvent.NoData.Add(NameKey, Name).Add(StandingKey, Standing.ToString()).Add(ReasonKey, Reason);

    /// <summary>The campaigns that a record tells of. One that went on by itself is held: after a lost controller a person lets it go on.</summary>
    /// <param name="record">Events of the rig, in order.</param>
    public static ImmutableArray<CampaignOnRig> Recall(IReadOnlyList<BatchEvent> record)
    {
        var known = new List<CampaignOnRig>();
        foreach (BatchEvent happened in record)
        {
            if (!happened.Data.TryGetValue(NameKey, out string? name)) continue;
            if (happened.Data.TryGetValue(BatchesKey, out string? batches))
                known.Add(new CampaignOnRig(name, happened.Data[IdKey], happened.Data[VersionKey], happened.Data[TitleKey], [.. batches.Split(' ')], CampaignStanding.Waits, happened.Cause, ""));
            else if (known.FindIndex(c => c.Name == name) is >= 0 and var at && Enum.TryParse(happened.Data.GetValueOrDefault(StandingKey), out CampaignStanding standing))
                known[at] = known[at] with { Standing = standing, By = happened.Cause, Reason = happened.Data.GetValueOrDefault(ReasonKey, "") };
        }

        return [.. known.Select(c => c.Standing == CampaignStanding.Goes ? c with { Standing = CampaignStanding.Held, Reason = "the controller was lost" } : c)];
    }
}
