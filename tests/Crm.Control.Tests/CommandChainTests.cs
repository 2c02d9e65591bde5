using Xunit;
using Crm.Plant.Phases;
using Crm.Plant.Records;

namespace Crm.Control.Tests;

/// <summary>What is refused says why, changes nothing and is on record once; what is grey has the same reason (S88-04, S88-08).</summary>
public sealed class CommandChainTests
{
    private static readonly PhaseCommand[] Commands = Enum.GetValues<PhaseCommand>()[1..];

    [Fact]
    public void Refused_commands_change_nothing_and_leave_one_record_S88_04()
    {
        const int seed = 17;
        var random = new Random(seed);
        for (int course = 0; course < 30; course++)
        {
            Plant plant = new Plant().Feeding();
            var events = new List<BatchEvent>();
            plant.Controller.OnEvent = events.Add;
            for (int i = 0; i < 60; i++)
            {
                if (random.Next(12) == 0) plant.Bus.Values[Plant.Temperature] = plant.Bus.Values[Plant.Temperature] > 80 ? 20 : 90;
                plant.Scan(random.Next(8));
                string where = $"seed {seed}, course {course}, command {i}";
                PhaseCommand command = Commands[random.Next(Commands.Length)];
                bool toUnit = random.Next(2) == 0;
                PlantSnapshot seen = plant.Controller.Snapshot();
                bool enabled = toUnit ? seen.Units.Single().Takes(command) : seen.Takes(command);
                var chain = toUnit ? plant.Controller.Against("v", command) : plant.Controller.Against(command);
                Assert.True(enabled == chain.IsEmpty, $"{where}: {command} enabled {enabled}, against it {Obstacle.Sentence(chain)}");
                Plant untouched = plant.Fork();
                events.Clear();
                CommandReply reply = toUnit ? plant.CommandUnit(command) : plant.Command(command);
                Assert.True((reply.Kind == ReplyKind.Accepted) == enabled, where);
                if (reply.Kind != ReplyKind.Refused) continue;
                Assert.True(reply.Reason == Obstacle.Sentence(chain), $"{where}: {reply.Reason}");
                Assert.Single(events, e => e.Kind == BatchEventKind.CommandRefused);
                Assert.Equal(untouched.Batch, plant.Batch);
                Plant after = plant.Fork();
                after.Scan(5);
                untouched.Scan(5);
                Assert.Equal(untouched.Bus.Pins, after.Bus.Pins);
                Assert.Equal(untouched.Batch, after.Batch);
            }
        }
    }

    [Fact]
    public void Hold_stop_and_abort_are_never_blocked_by_trips_or_a_dead_record_S88_08()
    {
        foreach (PhaseCommand command in (PhaseCommand[])[PhaseCommand.Hold, PhaseCommand.Stop, PhaseCommand.Abort])
        {
            Plant plant = new Plant().Feeding();
            plant.Journal.IsFull = true;
            Assert.Empty(plant.Controller.Against(command));
            Assert.Empty(plant.Controller.Against("v", command));
            Assert.Equal(ReplyKind.Accepted, plant.Command(command).Kind);
        }
    }

    [Fact]
    public void The_chain_against_a_restart_names_the_interlock_its_first_out_and_what_the_instrument_reads()
    {
        Plant plant = new Plant().Feeding();
        plant.Bus.Values[Plant.Temperature] = 80.04;
        plant.Scan(20);
        Assert.Equal(PhaseState.Held, plant.Batch);
        PlantSnapshot seen = plant.Controller.Snapshot();
        Assert.False(seen.Takes(PhaseCommand.Restart));
        Obstacle interlock = Assert.Single(seen.AgainstRestart);
        Assert.Equal((ObstacleKind.Interlock, "hot"), (interlock.Kind, interlock.Subject));
        Assert.Contains("v.temperature > 80 degC, which still stands", interlock.Text, StringComparison.Ordinal);
        Assert.Equal("v.temperature reads 80.04 degC", interlock.Reads);
        Assert.Contains(interlock.Text, plant.Command(PhaseCommand.Restart).Reason, StringComparison.Ordinal);
        string told = plant.Controller.Explain().ToString();
        Assert.Contains("FIRST trip: hot tripped by v.temperature > 80 degC", told, StringComparison.Ordinal);
        Assert.Contains("v.temperature reads 80.04 degC", told, StringComparison.Ordinal);
        Assert.Contains("then reset it", told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_instrument_behind_an_interlock_is_a_link_of_its_own()
    {
        Plant plant = new Plant().Feeding();
        plant.Bus.IsLost = true;
        plant.Scan(20);
        var against = plant.Controller.Against(PhaseCommand.Restart);
        Assert.Contains(against, o => o is { Kind: ObstacleKind.StaleInput, Subject: "v.temperature" } && o.Text.Contains("no answer", StringComparison.Ordinal));
        Assert.DoesNotContain("NoAnswer", plant.Controller.Explain().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_reset_is_on_record()
    {
        Plant plant = new Plant().Feeding();
        plant.Bus.Values[Plant.Temperature] = 90;
        plant.Scan(20);
        plant.Reset();
        plant.Scan(2);
        BatchEvent refused = Assert.Single(plant.Journal.Durable, e => e.Kind == BatchEventKind.CommandRefused);
        Assert.Contains("still stands", refused.Text, StringComparison.Ordinal);
        Assert.Equal("ann", refused.Cause);
    }

    [Fact]
    public void What_a_unit_asks_for_no_more_is_let_go_and_does_not_lapse()
    {
        Plant plant = new Plant().Feeding();
        plant.Bus.Values[Plant.Level] = 25;
        plant.Scan(50);
        Assert.Equal(PhaseState.Complete, plant.Batch);
        Assert.Equal(0, plant.Controller.Frame!.Demands.Lapsed);
    }

    /// <summary>What a person did to a unit that the batch does not have is not what came first.</summary>
    [Theory]
    [InlineData("a.pump", "FIRST a.pump in manual at 20 %")]
    [InlineData("b.pump", "FIRST HOLD")]
    public void A_hold_is_told_from_what_concerns_the_batch(string output, string first)
    {
        SharedRig rig = new SharedRig(("A", [SharedRig.Unit("one", 'a')])).Started();
        rig.Controller.Command(new TakeManual(900, "ann", output, 20));
        rig.Scan(3);
        rig.Command("A", PhaseCommand.Hold);
        rig.Scan(5);

        Assert.Contains(first, rig.Controller.Explain().ToString(), StringComparison.Ordinal);
    }
}
