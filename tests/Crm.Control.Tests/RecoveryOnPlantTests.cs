using Xunit;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Records;

namespace Crm.Control.Tests;

/// <summary>Process killed, record kept: the plant comes back HELD with one assessment, and a person decides (S88-22, SAF-07).</summary>
public sealed class RecoveryOnPlantTests
{
    private static readonly TimeSpan Away = TimeSpan.FromMinutes(5);

    [Fact]
    public void At_every_scan_of_a_batch_it_comes_back_held_and_never_running_S88_22()
    {
        for (int scans = 0; scans < 25; scans++)
        {
            var plant = new Plant();
            plant.Scan(3).Reset();
            plant.Scan(2).Command(PhaseCommand.Start);
            plant.Scan(scans);
            Plant back = plant.ComeBack(Away);
            bool began = plant.Journal.Durable.Any(e => e.Kind == BatchEventKind.BatchState);
            Assert.Equal(began ? PhaseState.Held : PhaseState.Idle, back.Batch);
            for (int i = 0; i < 60; i++)
            {
                back.Scan();
                Assert.Equal(0, back.Bus.Pins[Plant.Pump]);
                Assert.NotEqual(PhaseState.Running, back.Batch);
                if (i == 10) back.Reset();
            }
        }
    }

    [Theory]
    [InlineData(StepDecision.Resume, 50)]
    [InlineData(StepDecision.Repeat, 50)]
    [InlineData(StepDecision.Skip, 0)]
    public void A_person_decides_and_RESTART_carries_it_out(StepDecision decision, double pump)
    {
        Plant back = Back();
        Assert.Contains(back.Controller.Against(PhaseCommand.Restart), o => o is { Kind: ObstacleKind.Recovery, Subject: "feed" });
        Assert.Equal(ReplyKind.Refused, back.Command(PhaseCommand.Restart).Kind);
        Assert.Equal(ReplyKind.Refused, back.Decide("feed", decision, "").Kind);
        CommandReply reply = back.Decide("feed", decision, "looked at the level");
        Assert.True(reply.Kind == ReplyKind.Accepted, reply.Reason);
        back.Scan(20);
        reply = back.Command(PhaseCommand.Restart);
        Assert.True(reply.Kind == ReplyKind.Accepted, reply.Reason);
        back.Scan(80);
        Assert.Equal(pump, back.Bus.Pins[Plant.Pump]);
        Assert.Equal(decision == StepDecision.Skip ? PhaseState.Complete : PhaseState.Running, back.Batch);
        Assert.Contains(back.Journal.Durable, e => e.Kind == BatchEventKind.Command && e.Text.Contains("looked at the level", StringComparison.Ordinal));
    }

    [Fact]
    public void Abort_and_stop_need_no_decision_S88_08()
    {
        foreach (PhaseCommand command in (PhaseCommand[])[PhaseCommand.Stop, PhaseCommand.Abort])
        {
            Plant back = Back();
            Assert.Equal(ReplyKind.Accepted, back.Command(command).Kind);
            back.Scan(30);
            Assert.Equal(command == PhaseCommand.Stop ? PhaseState.Stopped : PhaseState.Aborted, back.Batch);
        }
    }

    [Fact]
    public void The_assessment_says_what_ran_what_was_energised_how_long_alone_and_what_moved()
    {
        Plant plant = new Plant().Feeding();
        plant.Scan(9200);
        plant.Bus.Values[Plant.Scale] = 2;
        Plant back = plant.ComeBack(Away).Scan(2);
        RecoveryAssessment assessment = back.Controller.Assessment!;
        Assert.Equal(PhaseState.Running, assessment.Was);
        Assert.True(assessment.Away >= Away);
        InterruptedStep step = Assert.Single(assessment.Steps);
        Assert.Equal(("feed", PhaseState.Running), (step.Step, step.Was));
        Assert.Equal([StepDecision.Resume, StepDecision.Repeat, StepDecision.Skip], step.Choices);
        Assert.Contains(assessment.Energised, e => e.StartsWith("v.pump at 50 %; to 0 %", StringComparison.Ordinal));
        Assert.Contains(assessment.Moved, m => m.StartsWith("v.scale from 5.0 kg to 2.0 kg", StringComparison.Ordinal));
        Assert.Single(back.Journal.Durable, e => e.Subject == "recovery");
    }

    private static Plant Back()
    {
        Plant back = new Plant().Feeding().Scan(50).ComeBack(Away).Scan(5);
        back.Reset();
        return back.Scan(20);
    }
}
