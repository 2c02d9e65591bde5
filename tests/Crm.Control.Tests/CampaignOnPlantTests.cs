using Crm.Plant.Campaigns;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Xunit;

namespace Crm.Control.Tests;

/// <summary>A campaign on a rig: one START, each batch when it is due, and what a person and a lost controller do to it.</summary>
public sealed class CampaignOnPlantTests
{
    private static readonly PlannedStart AfterOne = PlannedStart.AtOnce with { After = ["one"] };

    /// <summary>A first batch that nobody begins, and a campaign: two waits for one, three for two.</summary>
    private static SharedRig Rig() => new SharedRig(("B1", [SharedRig.Unit("u", 'd')]))
        .Put(("one", [SharedRig.Unit("u", 'a')], PlannedStart.AtOnce), ("two", [SharedRig.Unit("u", 'a')], AfterOne), ("three", [SharedRig.Unit("u", 'b')], PlannedStart.AtOnce with { After = ["two"] }))
        .Scan(3);

    private static SharedRig Started()
    {
        SharedRig rig = Rig();
        rig.Reset();
        rig.Scan(2);
        Assert.Equal(ReplyKind.Accepted, rig.Campaign(PhaseCommand.Start).Kind);
        return rig.Scan(12);
    }

    [Fact]
    public void Nothing_of_it_begins_before_it_is_started_and_nobody_starts_a_batch_of_it_alone()
    {
        SharedRig rig = Rig();
        rig.Reset();
        rig.Scan(30);
        CommandReply refused = rig.Command("C1-one", PhaseCommand.Start);

        Assert.Equal((ReplyKind.Refused, "campaign C1 is not started"), (refused.Kind, refused.Reason));
        Assert.False(rig.Controller.Snapshot("C1-one").Takes(PhaseCommand.Start));
        Assert.Contains(rig.Controller.Against(new CommandBatch(99, "ann", PhaseCommand.Start) { Batch = "C1-one" }), o => o.Text == refused.Reason);
        Assert.All(rig.Controller.Batches, b => Assert.Equal(PhaseState.Idle, b.State));
    }

    [Fact]
    public void One_start_and_each_batch_begins_when_it_is_due_with_the_name_of_who_started_it()
    {
        SharedRig rig = Started();
        Assert.Equal((PhaseState.Running, PhaseState.Idle), (rig["C1-one"].State, rig["C1-two"].State));
        Assert.Equal("batch C1-one is not complete", rig.Controller.WhyNotDue("C1-two"));

        rig.Level('a', 20).Scan(40);

        Assert.Equal(PhaseState.Complete, rig["C1-one"].State);
        Assert.NotEqual(PhaseState.Idle, rig["C1-two"].State);
        Assert.Contains(rig.Events, e => e is { Batch: "C1-two", Kind: BatchEventKind.Command, Cause: "ann", Text: "START: due in campaign C1" });
        Assert.Equal(PhaseState.Idle, rig["B1"].State);
    }

    [Fact]
    public void While_it_is_held_no_further_batch_begins_and_what_runs_goes_on()
    {
        SharedRig rig = Started();
        Assert.Equal(ReplyKind.Accepted, rig.Campaign(PhaseCommand.Hold, "shift ends").Kind);
        rig.Level('a', 20).Scan(60);

        Assert.Equal((PhaseState.Complete, PhaseState.Idle), (rig["C1-one"].State, rig["C1-two"].State));
        Assert.Equal("campaign C1 is held: shift ends", rig.Controller.WhyNotDue("C1-two"));

        rig.Campaign(PhaseCommand.Start);
        rig.Scan(12);
        Assert.NotEqual(PhaseState.Idle, rig["C1-two"].State);
    }

    [Fact]
    public void Stop_needs_a_reason_withdraws_what_has_not_begun_and_leaves_what_runs()
    {
        SharedRig rig = Started();
        Assert.Equal("a reason is needed, and goes on record", rig.Campaign(PhaseCommand.Stop).Reason);
        Assert.Equal(ReplyKind.Accepted, rig.Campaign(PhaseCommand.Stop, "no leachate left").Kind);
        rig.Scan();

        Assert.Equal([PhaseState.Running, PhaseState.Stopped, PhaseState.Stopped], rig.Controller.Batches.Skip(1).Select(b => b.State));
        Assert.Equal("withdrawn by ann: no leachate left", rig["C1-three"].Reason);
        Assert.Equal("C1 was stopped by ann: no leachate left", rig.Campaign(PhaseCommand.Start).Reason);
    }

    [Fact]
    public void What_has_begun_cannot_be_withdrawn_and_a_withdrawal_has_a_reason()
    {
        SharedRig rig = Started();
        Assert.Contains("only a batch that has not begun", rig.Withdraw("C1-one", "no").Reason, StringComparison.Ordinal);
        Assert.Contains("a reason is needed", rig.Withdraw("B1", "").Reason, StringComparison.Ordinal);
        Assert.Equal(ReplyKind.Accepted, rig.Withdraw("B1", "not wanted").Kind);
        Assert.Equal(PhaseState.Stopped, rig["B1"].State);
        Assert.Equal("C1-one", rig.Controller.Snapshot().Id);
    }

    /// <summary>S88-22: after a lost controller its batches know what they wait for and take, and none begins before a person says so.</summary>
    [Fact]
    public void After_a_lost_controller_it_is_held_with_its_plan()
    {
        SharedRig back = Started().ComeBack(TimeSpan.FromMinutes(2)).Scan(3);
        Assert.Equal(PhaseState.Held, back["C1-one"].State);
        Assert.Equal(CampaignStanding.Held, Assert.Single(back.Controller.Campaigns).Standing);
        Assert.Equal(["C1-one"], back.Controller.PlanOf("C1-two").After.ToArray());
        Assert.Equal("campaign C1 is held: the controller was lost", back.Controller.WhyNotDue("C1-two"));

        Assert.Equal(ReplyKind.Accepted, back.Campaign(PhaseCommand.Start).Kind);
        Assert.Equal("batch C1-one is not complete", back.Controller.WhyNotDue("C1-two"));
        Assert.Equal("batch C1-two is not complete", back.Controller.WhyNotDue("C1-three"));
    }

    [Fact]
    public void What_was_withdrawn_or_stopped_stays_so_after_a_lost_controller()
    {
        SharedRig rig = Started();
        rig.Campaign(PhaseCommand.Stop, "no leachate left");
        SharedRig back = rig.Scan(5).ComeBack(TimeSpan.FromMinutes(2)).Scan(3);

        Assert.Equal([PhaseState.Held, PhaseState.Stopped, PhaseState.Stopped], back.Controller.Batches.Skip(1).Select(b => b.State));
        Assert.Equal((CampaignStanding.Stopped, "no leachate left"), (back.Controller.Campaigns[0].Standing, back.Controller.Campaigns[0].Reason));
    }

    [Fact]
    public void A_copy_of_the_plant_goes_on_with_the_campaign()
    {
        SharedRig copy = Started().Fork();
        copy.Level('a', 20).Scan(40);
        Assert.NotEqual(PhaseState.Idle, copy["C1-two"].State);
    }

    [Fact]
    public void The_plan_in_words_names_what_is_waited_for_and_taken()
    {
        PlannedStart plan = AfterOne with { Takes = PlannedStart.AtOnce.Takes.Add("oxalate", new MadeLot("one", "cake")) };
        Assert.Equal("after C1-one; takes oxalate from cake of C1-one", plan.Renamed(n => "C1-" + n).ToString());
        Assert.Equal("", PlannedStart.AtOnce.ToString());
    }
}
