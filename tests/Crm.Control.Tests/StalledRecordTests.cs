using Xunit;
using Crm.Plant.Phases;

namespace Crm.Control.Tests;

/// <summary>A record that never answers stops neither the scan nor the way to safe; what is new waits for it, and the batch holds.</summary>
public sealed class StalledRecordTests
{
    [Fact]
    public void Nothing_new_starts_before_its_record_is_durable_and_it_goes_on_when_the_record_answers()
    {
        Plant plant = new();
        plant.Scan(3).Reset();
        plant.Scan(2);
        plant.Journal.IsStalled = true;
        plant.Command(PhaseCommand.Start);
        plant.Scan(10);
        Assert.Equal(PhaseState.Running, plant.Batch);
        Assert.Equal(0, plant.Bus.Pins[Plant.Pump]);
        plant.Journal.IsStalled = false;
        plant.Scan(5);
        Assert.Equal(50, plant.Bus.Pins[Plant.Pump]);
    }

    [Fact]
    public void A_record_that_does_not_answer_holds_the_batch_with_the_reason()
    {
        Plant plant = new Plant().Feeding();
        plant.Journal.IsStalled = true;
        plant.Bus.Values[Plant.Temperature] = 16;
        plant.Controller.Command(new TakeManual(900, "ann", "fan.run", 1));
        plant.Scan(40);
        Assert.Equal(PhaseState.Held, plant.Batch);
        Assert.Contains("has not answered", plant.Controller.BatchReason, StringComparison.Ordinal);
        Assert.Equal(0, plant.Bus.Pins[Plant.Pump]);
        Assert.Contains(plant.Controller.Against(PhaseCommand.Restart), o => o.Kind == ObstacleKind.Record);
        plant.Journal.IsStalled = false;
        plant.Scan(120);
        Assert.Equal(ReplyKind.Accepted, plant.Command(PhaseCommand.Restart).Kind);
    }

    [Theory]
    [InlineData(PhaseCommand.Hold, PhaseState.Held)]
    [InlineData(PhaseCommand.Stop, PhaseState.Stopped)]
    [InlineData(PhaseCommand.Abort, PhaseState.Aborted)]
    public void A_start_that_waits_for_its_record_does_not_come_after_a_command_towards_safe(PhaseCommand command, PhaseState end)
    {
        Plant plant = new();
        plant.Scan(3).Reset();
        plant.Scan(2);
        plant.Journal.IsStalled = true;
        plant.Command(PhaseCommand.Start);
        plant.Scan(3);
        Assert.Equal(ReplyKind.Accepted, plant.Command(command).Kind);
        plant.Scan(5);
        plant.Journal.IsStalled = false;
        for (int i = 0; i < 200; i++)
        {
            plant.Scan();
            Assert.Equal(0, plant.Bus.Pins[Plant.Pump]);
        }

        Assert.Equal(end, plant.Batch);
        if (command != PhaseCommand.Hold) return;
        Assert.Equal(ReplyKind.Accepted, plant.Command(PhaseCommand.Restart).Kind);
        plant.Scan(20);
        Assert.Equal(50, plant.Bus.Pins[Plant.Pump]);
    }
}
