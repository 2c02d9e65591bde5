using Xunit;
using Crm.Plant.Lots;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Crm.Plant.Scan;
using Crm.Plant.Tags;

namespace Crm.Control.Tests;

/// <summary>A batch from start to end on the whole control stack.</summary>
public sealed class BatchOnPlantTests
{
    private static PromptNode Confirm(string id) =>
        new(id, "Line up", 1, PromptKind.Confirm, "valves lined up?", [], "", "", null, LotKind.Feed, [], TimeSpan.FromMinutes(1), "");

    [Fact]
    public void A_finished_batch_leaves_its_units_in_their_stopped_values()
    {
        Plant plant = new Plant().Feeding();
        plant.Bus.Values[Plant.Level] = 21;
        plant.Scan(30);
        Assert.Equal(PhaseState.Complete, plant.Batch);
        Assert.Contains(plant.Journal.Durable, e => e.Text == "Batch complete");
        plant.Scan(20);
        Assert.Equal(0, plant.Bus.Pins[Plant.Pump]);
        Assert.Equal(0, plant.Bus.Pins[Plant.Agitator]);
        Assert.Equal(0, plant.Bus.Pins[Plant.Cooling]);
        Assert.Equal(1, plant.Bus.Pins[Plant.Fan]);
    }

    [Fact]
    public void The_first_scan_sees_what_the_buses_read_and_is_tripped_all_the_same_SAF04_SAF08()
    {
        Plant plant = new Plant().Scan();
        Assert.False(plant.Controller.Frame!.Image[Plant.Temperature].IsBad);
        Assert.True(plant.Controller.Frame.RigTrip.IsTripped);
        Assert.Equal(100, plant.Bus.Pins[Plant.Cooling]);
        Assert.DoesNotContain(plant.Controller.Frame.Events, e => e.Kind is ScanEventKind.BusLost or ScanEventKind.TagBad);
        Assert.DoesNotContain(plant.Scan(3).Controller.Frame!.Events, e => e.Kind is ScanEventKind.BusBack or ScanEventKind.TagBack);
    }

    [Fact]
    public void Demands_that_ran_out_are_on_record_once_in_ten_minutes_with_their_number()
    {
        Plant plant = new Plant().Feeding();
        PlantFrame frame = plant.Controller.Frame!;
        var notes = new DemandNotes(plant.Controller.Rig);
        var lapsed = new ScanEvent(ScanEventKind.DemandLapsed, Plant.Cooling, "v.cooling", "v.cooling: the demand of v ran out, now 0");
        BatchEvent?[] told = [.. Enumerable.Range(0, 14).Select(minute => notes.Of(notes.UnitOf(lapsed), At(frame, minute), lapsed))];
        Assert.Equal([0, 10], told.Select((note, minute) => (note, minute)).Where(t => t.note is not null).Select(t => t.minute));
        Assert.Equal(("v.cooling", "v"), (told[0]!.Subject, told[0]!.Data["unit"]));
        Assert.Contains("9 more", told[10]!.Text, StringComparison.Ordinal);

        // A healthy plant has none, also not over holds and restarts.
        for (int i = 0; i < 3; i++)
        {
            plant.Command(PhaseCommand.Hold);
            plant.Scan(30).Command(PhaseCommand.Restart);
            plant.Scan(600);
        }

        Assert.Equal(0, plant.Controller.Frame!.Demands.Lapsed);
    }

    private static PlantFrame At(PlantFrame frame, int minute) => frame with { Image = new Image(frame.Scan, TimeSpan.FromMinutes(minute + 1), frame.Image.Readings.ToArray()) };

    [Fact]
    public void A_service_runs_outside_every_batch_and_no_batch_command_stops_it()
    {
        Plant plant = new Plant().Feeding();
        Assert.Equal(1, plant.Bus.Pins[Plant.Fan]);
        plant.Command(PhaseCommand.Abort);
        plant.Scan(30);
        Assert.Equal(1, plant.Bus.Pins[Plant.Fan]);
        plant.Bus.Values[Plant.Temperature] = 10;
        plant.Scan(5);
        Assert.Equal(0, plant.Bus.Pins[Plant.Fan]);
    }

    [Fact]
    public void A_prompt_waits_for_its_answer_and_an_unknown_one_is_refused()
    {
        var plant = new Plant(Confirm("line-up"), new UnitProcedureNode("v", "Vessel", 1, "v", [Plant.Feed("feed")], null));
        plant.Scan(3).Reset();
        plant.Scan(2).Command(PhaseCommand.Start);
        plant.Scan(50);
        PromptView open = Assert.Single(plant.Controller.Snapshot().Prompts);
        Assert.Equal("line-up", open.Prompt.Id);
        Assert.Equal(0, plant.Bus.Pins[Plant.Pump]);
        Assert.Equal(ReplyKind.Refused, plant.Controller.Command(new AnswerPrompt(101, new PromptAnswer("other", "ann"))).Kind);
        CommandReply reply = plant.Controller.Command(new AnswerPrompt(102, new PromptAnswer("line-up", "ann")));
        Assert.Equal(ReplyKind.Accepted, reply.Kind);
        Assert.Same(reply, plant.Controller.Command(new AnswerPrompt(102, new PromptAnswer("line-up", "ann"))));
        plant.Scan(5);
        Assert.Equal(50, plant.Bus.Pins[Plant.Pump]);
        Assert.Contains(plant.Journal.Durable, e => e.Kind == BatchEventKind.Answer && e.Cause == "ann");
    }

    [Fact]
    public void A_step_is_on_record_before_its_phase_runs()
    {
        var plant = new Plant();
        plant.Scan(3).Reset();
        plant.Scan(2).Command(PhaseCommand.Start);
        for (int i = 0; i < 10; i++)
        {
            plant.Scan();
            if (plant.Bus.Pins[Plant.Pump] > 0) break;
            Assert.True(plant.Batch == PhaseState.Running);
        }

        Assert.Contains(plant.Journal.Durable, e => e.Kind == BatchEventKind.StepStarted && e.Subject == "feed");
    }

    [Fact]
    public void A_fork_with_the_same_inputs_has_the_same_history_and_does_not_touch_the_other()
    {
        Plant plant = new Plant().Feeding();
        Plant fork = plant.Fork();
        foreach (Plant one in (Plant[])[plant, fork])
        {
            one.Scan(7).Command(PhaseCommand.Hold);
            one.Scan(20).Command(PhaseCommand.Restart);
            one.Scan(80);
        }

        Assert.Equal(plant.Bus.Pins, fork.Bus.Pins);
        Assert.Equal(plant.Batch, fork.Batch);
        Assert.Equal(plant.Controller.Frame!.Demands, fork.Controller.Frame!.Demands);
        Assert.Equal(fork.Journal.Durable.Select(e => e.Text), plant.Journal.Durable.Skip(plant.Journal.Durable.Count - fork.Journal.Durable.Count).Select(e => e.Text));
        fork.Command(PhaseCommand.Abort);
        fork.Scan(20);
        Assert.Equal(PhaseState.Aborted, fork.Batch);
        Assert.Equal(PhaseState.Running, plant.Scan(20).Batch);
    }

    [Fact]
    public void A_healthy_batch_loses_no_message_and_no_demand()
    {
        Plant plant = new Plant().Feeding().Scan(200);
        Assert.Equal(0, plant.Controller.Counters.DeadLetters + plant.Controller.Counters.Failures + plant.Controller.Counters.Refused);
        Assert.Equal(0, plant.Controller.Frame!.Demands.Refused);
        Assert.Equal(0, plant.Controller.Frame.Demands.Late);
    }

    [Fact]
    public void Manual_is_judged_by_the_next_scan_and_its_outcome_follows_under_the_same_id()
    {
        Plant plant = new Plant().Feeding();
        var outcomes = new List<CommandReply>();
        plant.Controller.OnOutcome = outcomes.Add;
        Assert.Equal(ReplyKind.Pending, plant.Controller.Command(new TakeManual(900, "ann", "v.cooling", 25)).Kind);
        plant.Scan();
        Assert.Equal(new CommandReply(900, ReplyKind.Accepted, outcomes[0].Reason), Assert.Single(outcomes));
        Assert.Equal(25, plant.Bus.Pins[Plant.Cooling]);
        Assert.Equal(ReplyKind.Refused, plant.Controller.Command(new TakeManual(901, "ann", "v.nothing", 1)).Kind);
    }
}
