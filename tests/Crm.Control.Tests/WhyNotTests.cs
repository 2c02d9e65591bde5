using Xunit;
using Crm.Plant.Permissions;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Records;

namespace Crm.Control.Tests;

/// <summary>
/// Any command can be asked what stands against it: the answer is the judgement it would get, and asking does nothing. Random plants and
/// commands of every kind; the seed is printed.
/// </summary>
public sealed class WhyNotTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(17)]
    [InlineData(20261121)]
    public void What_is_asked_is_judged_as_it_would_be_and_leaves_no_trace_S88_04(int seed)
    {
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        long id = 1_000_000;
        int refused = 0, accepted = 0;
        for (int course = 0; course < 12; course++)
        {
            Plant plant = new Plant().Feeding();
            for (int i = 0; i < 50; i++)
            {
                if (random.Next(15) == 0) plant.Bus.Values[Plant.Temperature] = plant.Bus.Values[Plant.Temperature] > 80 ? 20 : 90;
                plant.Scan(3 + random.Next(6));
                OperatorCommand command = Any(random, ++id);
                string where = $"seed {seed}, course {course}, command {i}: {command}";
                Plant asked = plant.Fork(), other = plant.Fork();
                var events = new List<BatchEvent>();
                asked.Controller.OnEvent = events.Add;
                string? against = Obstacle.Sentence(asked.Controller.Against(command));
                Assert.Empty(events);
                asked.Scan(3);
                other.Scan(3);
                Assert.True(asked.Bus.Pins.SequenceEqual(other.Bus.Pins) && asked.Batch == other.Batch, $"{where}: asking moved something");

                CommandReply reply = Judged(plant, command);
                Assert.True((reply.Kind == ReplyKind.Accepted) == against is null, $"{where}: {reply.Kind} {reply.Reason}; asked: {against}");
                if (reply.Kind == ReplyKind.Refused) Assert.StartsWith(reply.Reason, against!, StringComparison.Ordinal);
                _ = reply.Kind == ReplyKind.Refused ? refused++ : accepted++;
            }
        }

        Assert.True(refused > 100 && accepted > 100, $"{refused} refused, {accepted} accepted");
    }

    /// <summary>What the scan judges is known after it.</summary>
    private static CommandReply Judged(Plant plant, OperatorCommand command)
    {
        CommandReply? outcome = null;
        plant.Controller.OnOutcome = reply => outcome = reply.Id == command.Id ? reply : outcome;
        CommandReply first = plant.Controller.Command(command);
        if (first.Kind != ReplyKind.Pending) return first;
        plant.Scan();
        return outcome!;
    }

    private static OperatorCommand Any(Random random, long id)
    {
        PersonRole roles = random.Next(3) == 0 ? PersonRole.Operator : PersonRole.Engineer;
        OperatorCommand command = random.Next(13) switch
        {
            0 => new CommandBatch(id, "ann", (PhaseCommand)random.Next(1, PhaseTable.Commands + 1)),
            1 => new CommandPhase(id, "ann", random.Next(6) == 0 ? "w" : "v", (PhaseCommand)random.Next(1, PhaseTable.Commands + 1)),
            2 => new ChangeMode(id, "ann", (ProcedureMode)random.Next(3), random.Next(2) == 0 ? "v" : ""),
            3 => new ConfirmStep(id, "ann", "feed"),
            4 => new PickStep(id, "ann", "feed", random.Next(2) == 0 ? "" : "once more"),
            5 => new DecideStep(id, "ann", "feed", StepDecision.Resume, "looked at it"),
            6 => new ConfirmPresence(id, "ann"),
            7 => new ResetTrip(id, "ann", random.Next(2) == 0 ? "hot" : null),
            8 => new TakeManual(id, "ann", random.Next(8) == 0 ? "v.none" : "v.pump", random.Next(0, 130)),
            9 => new ReturnManual(id, "ann", "v.pump"),
            10 => new BypassTrip(id, "ann", "hot", 1, 0, TimeSpan.FromMinutes(5), "thermometer is changed"),
            11 => new ForceOutput(id, "ann", "v.agitator", random.Next(0, 130), TimeSpan.FromMinutes(random.Next(0, 400)), random.Next(3) == 0 ? "" : "gear is noisy"),
            _ => new EndForce(id, "ann", "v.agitator"),
        };
        return command with { Roles = roles };
    }
}
