using Xunit;
using Crm.Plant.Lots;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Crm.Plant.Tags;

namespace Crm.Control.Tests;

/// <summary>Asserted at the pins: what moves towards safe is there with the next scan (S88-07, S88-08, SAF-04, SAF-05, SAF-31).</summary>
public sealed class TowardsSafeTests
{
    [Theory]
    [InlineData(PhaseCommand.Abort, 50, 100)]
    [InlineData(PhaseCommand.Stop, 200, 60)]
    [InlineData(PhaseCommand.Hold, 200, 30)]
    public void The_values_of_abort_stop_and_hold_are_at_the_pins_in_one_scan(PhaseCommand command, double agitator, double cooling)
    {
        Plant plant = new Plant().Feeding();
        Assert.Equal(ReplyKind.Accepted, plant.Command(command).Kind);
        plant.Scan();
        Assert.Equal(0, plant.Bus.Pins[Plant.Pump]);
        Assert.Equal(agitator, plant.Bus.Pins[Plant.Agitator]);
        Assert.Equal(cooling, plant.Bus.Pins[Plant.Cooling]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(12)]
    [InlineData(40)]
    public void Abort_reaches_the_pins_at_every_instant_of_a_batch(int scansAfterStart)
    {
        var plant = new Plant();
        plant.Scan(3).Reset();
        plant.Scan(2).Command(PhaseCommand.Start);
        plant.Scan(scansAfterStart).Command(PhaseCommand.Abort);
        plant.Scan(2);
        Assert.Equal(0, plant.Bus.Pins[Plant.Pump]);
        plant.Scan(20);
        Assert.Equal(PhaseState.Aborted, plant.Batch);
        Assert.Equal(0, plant.Bus.Pins[Plant.Pump]);
    }

    [Theory]
    [InlineData(PhaseCommand.Abort, PhaseState.Aborted)]
    [InlineData(PhaseCommand.Stop, PhaseState.Stopped)]
    [InlineData(PhaseCommand.Hold, PhaseState.Held)]
    public void The_batch_follows_its_phases_to_the_end(PhaseCommand command, PhaseState end)
    {
        Plant plant = new Plant().Feeding();
        plant.Command(command);
        plant.Scan(30);
        Assert.Equal(end, plant.Batch);
        Assert.Contains("ann", plant.Controller.BatchReason, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_is_tripped_until_a_person_resets_and_start_is_refused_with_the_reason()
    {
        Plant plant = new Plant().Scan(3);
        Assert.Equal(100, plant.Bus.Pins[Plant.Cooling]);
        CommandReply start = plant.Command(PhaseCommand.Start);
        Assert.Equal(ReplyKind.Refused, start.Kind);
        Assert.Contains("tripped", start.Reason, StringComparison.Ordinal);
        Assert.Equal(ReplyKind.Pending, plant.Reset().Kind);
        plant.Scan(2);
        Assert.Equal(0, plant.Bus.Pins[Plant.Cooling]);
        Assert.Equal(ReplyKind.Accepted, plant.Command(PhaseCommand.Start).Kind);
    }

    [Fact]
    public void A_trip_forces_the_pins_holds_the_unit_and_refuses_restart_until_reset()
    {
        Plant plant = new Plant().Feeding();
        plant.Bus.Values[Plant.Temperature] = 90;
        plant.Scan(2);
        Assert.Equal(0, plant.Bus.Pins[Plant.Pump]);
        Assert.Equal(100, plant.Bus.Pins[Plant.Cooling]);
        plant.Scan(20);
        Assert.Equal(PhaseState.Held, plant.Batch);
        Assert.Contains("hot", plant.Controller.BatchReason, StringComparison.Ordinal);
        Assert.Equal(ReplyKind.Refused, plant.Command(PhaseCommand.Restart).Kind);

        plant.Bus.Values[Plant.Temperature] = 30;
        plant.Scan(3);
        Assert.Equal(0, plant.Bus.Pins[Plant.Pump]);
        plant.Reset();
        plant.Scan(3);
        Assert.Equal(0, plant.Bus.Pins[Plant.Pump]);
        Assert.Equal(ReplyKind.Accepted, plant.Command(PhaseCommand.Restart).Kind);
        plant.Scan(100);
        Assert.Equal(PhaseState.Running, plant.Batch);
        Assert.Equal(50, plant.Bus.Pins[Plant.Pump]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_trip_is_at_the_pins_two_scans_after_the_instrument_had_the_value_whether_or_not_its_bus_exchanges_beside_the_scan(bool beside)
    {
        Plant plant = new Plant().Feeding();
        plant.Bus.IsBeside = beside;
        plant = plant.Fork().Scan(2);
        plant.Bus.Values[Plant.Temperature] = 90;
        plant.Scan();
        Assert.Equal(50, plant.Bus.Pins[Plant.Pump]);
        plant.Scan();
        Assert.Equal((0, 100), (plant.Bus.Pins[Plant.Pump], plant.Bus.Pins[Plant.Cooling]));
    }

    [Fact]
    public void A_bus_beside_the_scan_that_is_lost_trips_what_looks_at_it_and_comes_back()
    {
        Plant plant = new Plant().Feeding();
        plant.Bus.IsBeside = true;
        plant = plant.Fork().Scan(2);
        plant.Bus.IsLost = true;
        plant.Scan(2);
        Assert.Equal(Reason.NoAnswer, plant.Controller.Frame!.Image[Plant.Temperature].Reason);
        plant.Bus.IsLost = false;
        plant.Scan(2);
        Assert.Equal(20, plant.Controller.Frame!.Image[Plant.Temperature].Value);
        Assert.Equal((0, 100), (plant.Bus.Pins[Plant.Pump], plant.Bus.Pins[Plant.Cooling]));
    }

    [Theory]
    [InlineData(PhaseCommand.Hold)]
    [InlineData(PhaseCommand.Stop)]
    [InlineData(PhaseCommand.Abort)]
    public void A_trip_on_a_unit_without_a_phase_holds_the_batch_at_the_next_phase_there_SAF07(PhaseCommand command)
    {
        var ask = new PromptNode("ask", "Look", 1, PromptKind.Confirm, "clean?", [], "", "", null, LotKind.Feed, [], TimeSpan.Zero, "");
        var plant = new Plant(command, Vessel("first"), ask, Vessel("second"));
        plant.Feeding();
        plant.Bus.Values[Plant.Level] = 21;
        plant.Scan(20);
        plant.Bus.Values[Plant.Temperature] = 90;
        plant.Scan(20);
        plant.Bus.Values[Plant.Temperature] = 30;
        plant.Bus.Values[Plant.Level] = 10;
        plant.Scan(3).Reset();
        plant.Scan(3);
        Assert.Equal(PhaseState.Running, plant.Batch);
        plant.Controller.Command(new AnswerPrompt(500, new PromptAnswer("ask", "ann")));
        plant.Scan(20);
        Assert.Equal(PhaseState.Held, plant.Batch);
        Assert.Contains("hot", plant.Controller.BatchReason, StringComparison.Ordinal);
        Assert.Equal(0, plant.Bus.Pins[Plant.Pump]);
        Assert.Equal(ReplyKind.Accepted, plant.Command(PhaseCommand.Restart).Kind);
        plant.Scan(100);
        Assert.Equal(PhaseState.Running, plant.Batch);
        Assert.Equal(50, plant.Bus.Pins[Plant.Pump]);
    }

    private static UnitProcedureNode Vessel(string id) => new(id, "Vessel", 1, "v", [Plant.Feed(id + "/feed")], null);

    [Fact]
    public void A_lost_bus_makes_its_tags_bad_trips_and_holds()
    {
        Plant plant = new Plant().Feeding();
        plant.Bus.IsLost = true;
        plant.Scan(3);
        Assert.True(plant.Controller.Frame!.Image[Plant.Temperature].IsBad);
        Assert.Equal(Reason.NoAnswer, plant.Controller.Frame.Image[Plant.Temperature].Reason);
        plant.Scan(20);
        Assert.Equal(PhaseState.Held, plant.Batch);
        plant.Bus.IsLost = false;
        plant.Scan(2);
        Assert.Equal(0, plant.Bus.Pins[Plant.Pump]);
    }

    [Fact]
    public void A_controller_that_throws_trips_the_rig_latched()
    {
        Plant plant = new Plant().Feeding();
        plant.Bus.Values[Plant.Level] = FeedOperation.ExplodesAt;
        plant.Scan(3);
        Assert.True(plant.Controller.Frame!.RigTrip.IsTripped);
        Assert.Contains("bug in the operation", plant.Controller.Frame.RigTrip.Why, StringComparison.Ordinal);
        Assert.Equal(0, plant.Bus.Pins[Plant.Pump]);
        Assert.Equal(100, plant.Bus.Pins[Plant.Cooling]);
        plant.Scan(10);
        Assert.Equal(PhaseState.Aborted, plant.Batch);
    }

    [Fact]
    public void A_full_disk_holds_the_batch_while_protection_and_abort_go_on()
    {
        Plant plant = new Plant().Feeding();
        plant.Journal.IsFull = true;
        plant.Bus.Values[Plant.Temperature] = 90;
        plant.Scan(3);
        Assert.Equal(100, plant.Bus.Pins[Plant.Cooling]);
        plant.Scan(20);
        Assert.Equal(PhaseState.Held, plant.Batch);
        Assert.Equal(ReplyKind.Accepted, plant.Command(PhaseCommand.Abort).Kind);
        plant.Scan();
        Assert.Equal(50, plant.Bus.Pins[Plant.Agitator]);
        plant.Journal.IsFull = false;
        plant.Scan(120);
        Assert.Contains(plant.Journal.Durable, e => e.Kind == BatchEventKind.Trip);
        Assert.Contains(plant.Journal.Durable, e => e.Kind == BatchEventKind.Command && e.Text.Contains("ABORT", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_new_begins_with_a_full_disk_and_it_begins_when_there_is_room_again()
    {
        var plant = new Plant();
        plant.Scan(3).Reset();
        plant.Scan(2).Command(PhaseCommand.Start);
        plant.Journal.IsFull = true;
        plant.Scan(10);
        Assert.Equal(0, plant.Bus.Pins[Plant.Pump]);
        Assert.Equal(PhaseState.Held, plant.Batch);
        Assert.Contains("disk full", plant.Controller.BatchReason, StringComparison.Ordinal);
        Assert.Equal(ReplyKind.Refused, plant.Command(PhaseCommand.Restart).Kind);
        plant.Journal.IsFull = false;
        Assert.Equal(ReplyKind.Accepted, plant.Command(PhaseCommand.Restart).Kind);
        plant.Scan(100);
        Assert.Equal(50, plant.Bus.Pins[Plant.Pump]);
    }
}
