using System.Collections.Immutable;
using Crm.Plant.Campaigns;
using Crm.Plant.Phases;
using Crm.Plant.Records;
using Crm.Plant.Scan;

namespace Crm.Control;

/// <summary>Campaigns that a person steers: their batches begin by themselves when they are due, one START for all.</summary>
public sealed partial class PlantController
{
    /// <summary>Scans between two looks at what is due: a second.</summary>
    private const int LookForDueEvery = 10;

    private ImmutableArray<CampaignOnRig> campaigns = [];

    /// <summary>In the order they were put on the rig.</summary>
    public ImmutableArray<CampaignOnRig> Campaigns => campaigns;

    /// <summary>Name that the next campaign gets.</summary>
    public string NextCampaign => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"C{campaigns.Length + 1}");

    /// <summary>Why the batches of a campaign cannot be put beside those there are; null when they can.</summary>
    /// <param name="plan">With the names its batches would have on this rig.</param>
    public string? WhyNotAdd(CampaignPlan plan) =>
        batches.Count + plan.Batches.Length > MostBatches ? $"it has {plan.Batches.Length} batches and there are {batches.Count} already, those that are over included; at most {MostBatches}: start the service again"
        : plan.Batches.Select(b => WhyNotAdd(b.Name)).FirstOrDefault(why => why is not null);

    /// <summary>Puts every batch of a campaign beside those there are: IDLE, and none begins before a person starts the campaign.</summary>
    /// <exception cref="ArgumentException">A name is taken, or there would be more than <see cref="MostBatches"/>.</exception>
    public void Add(CampaignPlan plan, CampaignOnRig campaign)
    {
        if (WhyNotAdd(plan) is { } why) throw new ArgumentException(why);
        foreach (PlannedBatch batch in plan.Batches) Add(batch.Name, batch.Recipe, batch.Start);
        campaigns = campaigns.Add(campaign);
    }

    /// <summary>Why a batch does not begin for the standing of its campaign; null when that lets it.</summary>
    private string? WhyNotGoing(string batch)
    {
        foreach (CampaignOnRig campaign in campaigns)
            if (campaign.Standing != CampaignStanding.Goes && campaign.Batches.Contains(batch))
                return campaign.Standing == CampaignStanding.Waits ? $"campaign {campaign.Name} is not started" : $"campaign {campaign.Name} is held: {campaign.Reason}";
        return null;
    }

    /// <summary>Starts the next batch of each campaign that goes: the first in its order that is due, once its first units are free and nothing else stands against START.</summary>
    private void BeginDue(PlantFrame frame)
    {
        if (campaigns.IsEmpty || frame.Scan % LookForDueEvery != 0) return;
        foreach (CampaignOnRig campaign in campaigns)
        {
            if (campaign.Standing != CampaignStanding.Goes) continue;
            if (campaign.Batches.FirstOrDefault(b => StateOf(b) == PhaseState.Idle && WhyNotDue(b) is null) is not { } due) continue;
            if (WhyNotBegin(due) is not null || !Find(due)!.Chain.OfBatch(Find(due)!.Memory, PhaseCommand.Start).IsEmpty) continue;
            var start = new CommandBatch(0, campaign.By, PhaseCommand.Start, $"due in campaign {campaign.Name}") { Batch = due };
            Opened(start, ToBatch(start, new BatchOrder(0, start.Command, start.By, start.Reason)));
        }
    }

    private CommandReply ToCampaign(CommandCampaign command)
    {
        string word = PhaseTable.Word(command.Command);
        if (WhyNot(command) is { } why) return Refuse(command, "campaign", why, word);
        int at = IndexOf(campaigns, c => c.Name == command.Campaign);
        CampaignOnRig now = campaigns[at] with { By = command.By, Reason = ReasonOf(command), Standing = StandingAfter(command.Command) };
        campaigns = campaigns.SetItem(at, now);
        string said = command.Reason.Length == 0 ? "" : $": {command.Reason}";
        Run(deskActor, new Put(Now(BatchEventKind.Command, "campaign", $"{word} of campaign {now.Name}{said}", command.By) with { Data = now.Changed }));
        if (now.Standing == CampaignStanding.Stopped)
            foreach (string batch in now.Batches.Where(b => StateOf(b) == PhaseState.Idle))
                ToBatch(Find(batch)!, new ProcedureOrder(new WithdrawBatch(0, command.By, command.Reason)));
        return new CommandReply(command.Id, ReplyKind.Accepted, "");
    }

    /// <summary>Why a campaign does not take a command now; null when it does.</summary>
    private string? WhyNot(CommandCampaign command)
    {
        if (campaigns.FirstOrDefault(c => c.Name == command.Campaign) is not { } campaign) return $"there is no campaign {command.Campaign}";
        if (campaign.Standing == CampaignStanding.Stopped) return $"{campaign.Name} was stopped by {campaign.By}: {campaign.Reason}";
        if (campaign.Batches.All(b => StateOf(b) != PhaseState.Idle)) return $"every batch of {campaign.Name} has begun: they take their own commands";
        return command.Command switch
        {
            PhaseCommand.Start => campaign.Standing == CampaignStanding.Goes ? $"{campaign.Name} is started already" : null,
            PhaseCommand.Hold => campaign.Standing == CampaignStanding.Goes ? null : $"{campaign.Name} begins no batch now anyway",
            PhaseCommand.Stop => command.Reason.Length > 0 ? null : "a reason is needed, and goes on record",
            _ => "a campaign takes START, HOLD and STOP",
        };
    }

    private static string ReasonOf(CommandCampaign command) => command.Reason.Length > 0 || command.Command == PhaseCommand.Start ? command.Reason : $"by {command.By}";

    private static CampaignStanding StandingAfter(PhaseCommand command) => command switch
    {
        PhaseCommand.Hold => CampaignStanding.Held,
        PhaseCommand.Stop => CampaignStanding.Stopped,
        _ => CampaignStanding.Goes,
    };
}
