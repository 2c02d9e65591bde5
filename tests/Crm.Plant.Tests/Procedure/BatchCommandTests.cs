using Crm.Plant.Expressions;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Xunit;

namespace Crm.Plant.Tests.Procedure;

/// <summary>Commands to the batch and how holds spread (S88-04, S88-07, S88-08, S88-10, S88-11).</summary>
public sealed class BatchCommandTests
{
    private static Scene TwoUnits()
    {
        Scene scene = new Scene(Scene.Parallel(Scene.Unit("a", Scene.Phase("pa", "a")), Scene.Unit("b", Scene.Phase("pb", "b")))).Begin();
        return scene.Report("pa", PhaseState.Running).Report("pb", PhaseState.Running);
    }

    /// <summary>A batch brought to a state by the commands and reports that lead there.</summary>
    private static Scene In(PhaseState state)
    {
        if (state == PhaseState.Idle) return new Scene(Scene.Unit("a", Scene.Phase("pa", "a")));
        Scene scene = TwoUnits();
        switch (state)
        {
            case PhaseState.Holding:
                scene.Command(PhaseCommand.Hold);
                break;
            case PhaseState.Held or PhaseState.Restarting:
                scene.Command(PhaseCommand.Hold);
                scene.Report("pa", PhaseState.Held).Report("pb", PhaseState.Held);
                if (state == PhaseState.Restarting) scene.Command(PhaseCommand.Restart);
                break;
            case PhaseState.Stopping or PhaseState.Stopped:
                scene.Command(PhaseCommand.Stop);
                if (state == PhaseState.Stopped) scene.Report("pa", PhaseState.Stopped).Report("pb", PhaseState.Stopped);
                break;
            case PhaseState.Aborting or PhaseState.Aborted:
                scene.Command(PhaseCommand.Abort);
                if (state == PhaseState.Aborted) scene.Report("pa", PhaseState.Aborted).Report("pb", PhaseState.Aborted);
                break;
            case PhaseState.Complete:
                scene.Report("pa", PhaseState.Complete).Report("pb", PhaseState.Complete);
                break;
        }

        Assert.Equal(state, scene.State.Status);
        return scene;
    }

    [Theory]
    [InlineData(PhaseState.Idle, "Start")]
    [InlineData(PhaseState.Running, "Hold Stop Abort")]
    [InlineData(PhaseState.Holding, "Stop Abort")]
    [InlineData(PhaseState.Held, "Restart Stop Abort")]
    [InlineData(PhaseState.Restarting, "Hold Stop Abort")]
    [InlineData(PhaseState.Stopping, "Abort")]
    [InlineData(PhaseState.Stopped, "Abort")]
    [InlineData(PhaseState.Aborting, "")]
    [InlineData(PhaseState.Aborted, "")]
    [InlineData(PhaseState.Complete, "")]
    public void Each_state_takes_its_commands_and_refuses_the_others_with_a_reason(PhaseState state, string accepted)
    {
        foreach (PhaseCommand command in Enum.GetValues<PhaseCommand>())
        {
            Scene scene = In(state);
            CommandVerdict verdict = scene.Command(command);
            Assert.Equal(accepted.Split(' ').Contains(command.ToString()), verdict.Accepted);
            if (verdict.Accepted) continue;
            Assert.NotEmpty(verdict.Reason);
            Assert.Equal(state, scene.State.Status);
            Assert.Empty(scene.Commanded);
            Assert.Single(scene.Effects.Events);
        }
    }

    [Theory]
    [InlineData(PhaseState.Running)]
    [InlineData(PhaseState.Holding)]
    [InlineData(PhaseState.Held)]
    [InlineData(PhaseState.Restarting)]
    [InlineData(PhaseState.Stopping)]
    [InlineData(PhaseState.Stopped)]
    public void Abort_reaches_every_unit_at_once_from_every_state(PhaseState state)
    {
        Scene scene = In(state);
        scene.Command(PhaseCommand.Abort);
        Assert.Equal(["Abort a", "Abort b"], scene.Effects.TowardsSafe.Cast<CommandUnit>().Select(c => $"{c.Command} {c.Unit}"));
        Assert.Empty(scene.Effects.Forward);
    }

    [Fact]
    public void A_batch_is_held_only_when_every_phase_is_held_or_over()
    {
        Scene scene = TwoUnits();
        scene.Command(PhaseCommand.Hold);
        Assert.Equal(["Hold a", "Hold b"], scene.Commanded);
        Assert.Equal(PhaseState.Holding, scene.Report("pa", PhaseState.Held).State.Status);
        Assert.Equal(PhaseState.Held, scene.Report("pb", PhaseState.Complete).State.Status);
    }

    [Theory]
    [InlineData(PhaseState.Holding, "Hold b", PhaseState.Holding)]
    [InlineData(PhaseState.Stopping, "Stop b", PhaseState.Stopping)]
    [InlineData(PhaseState.Aborting, "Abort b", PhaseState.Aborting)]
    public void What_a_phase_does_by_itself_spreads_to_the_batch_with_its_reason(PhaseState phase, string spread, PhaseState batch)
    {
        Scene scene = TwoUnits();
        scene.Report("pa", phase, "agitator not running");
        Assert.Equal(batch, scene.State.Status);
        Assert.Equal("pa: agitator not running", scene.State.Reason);
        Assert.Equal([spread], scene.Commanded);
    }

    [Fact]
    public void A_paused_phase_leaves_the_batch_running()
    {
        Scene scene = TwoUnits();
        Assert.Equal(PhaseState.Running, scene.Report("pa", PhaseState.Paused, "hot").State.Status);
    }

    [Fact]
    public void Nothing_new_begins_while_held_and_it_goes_on_after_restart()
    {
        Scene scene = new Scene(Scene.Unit("a", Scene.Phase("p1", "a"), Scene.Phase("p2", "a"))).Begin();
        scene.Report("p1", PhaseState.Running);
        scene.Command(PhaseCommand.Hold);
        scene.Report("p1", PhaseState.Complete);
        Assert.Equal(PhaseState.Held, scene.State.Status);
        Assert.Empty(scene.Scan().Started);
        scene.Command(PhaseCommand.Restart);
        scene.Scan();
        Assert.Equal(PhaseState.Running, scene.State.Status);
        Assert.Equal(["p2"], scene.Scan().Started);
    }

    [Fact]
    public void The_longest_hold_of_a_unit_procedure_has_its_consequence()
    {
        var unit = Scene.Unit("a", Scene.Phase("p", "a")) with { Hold = new HoldRule(TimeSpan.FromHours(4), Consequence.Stop, "cooled") };
        Scene scene = new Scene(unit).Begin().Report("p", PhaseState.Running);
        scene.Command(PhaseCommand.Hold);
        scene.Report("p", PhaseState.Held);
        Assert.Equal(PhaseState.Held, scene.Scan(3.9 * 3600).State.Status);
        scene.Scan(600);
        Assert.Equal(PhaseState.Stopping, scene.State.Status);
        Assert.Equal(["Stop a"], scene.Commanded);
    }

    [Fact]
    public void An_argument_out_of_range_holds_with_the_reason_and_is_taken_again_on_restart()
    {
        Scene scene = new Scene(Scene.Unit("a", Scene.Phase("dose", "a", new TagValue(0)))).Set(0, 11).Begin();
        Assert.Empty(scene.Started);
        Assert.Equal(PhaseState.Held, scene.State.Status);
        Assert.Equal("dose: amount comes to 11 kg, outside 0..10 kg", scene.State.Reason);
        scene.Set(0, 4).Command(PhaseCommand.Restart);
        scene.Scan().Scan();
        Assert.Equal(PhaseState.Running, scene.State.Status);
        Assert.NotEmpty(scene.Events);
    }

    [Fact]
    public void A_formula_value_out_of_its_limits_blocks_the_start()
    {
        var scene = new Scene([], [new FormulaParameter("charge", "Charge", 5, "kg", 1, 3.5, true)], [], Scene.Unit("a", Scene.Phase("p", "a")));
        Assert.Contains("charge is 5 kg", scene.Command(PhaseCommand.Start).Reason, StringComparison.Ordinal);
        Assert.Equal(PhaseState.Idle, scene.State.Status);
    }

    [Fact]
    public void A_record_that_cannot_be_written_takes_the_new_step_back_and_holds()
    {
        Scene scene = new Scene(Scene.Unit("a", Scene.Phase("p", "a"))).Begin();
        var after = new BatchEffects();
        scene.Interpreter.RecordFailed(scene.State, "disk full", scene.Image, scene.Effects.Forward, after);
        Assert.Equal(PhaseState.Held, scene.State.Status);
        Assert.Contains("disk full", scene.State.Reason, StringComparison.Ordinal);
        scene.Command(PhaseCommand.Restart);
        scene.Scan();
        Assert.Equal(["p"], scene.Scan().Started);
    }

    [Fact]
    public void A_fork_goes_its_own_way()
    {
        Scene scene = TwoUnits();
        BatchState fork = scene.State.Fork();
        scene.Command(PhaseCommand.Abort);
        Assert.Equal(PhaseState.Running, fork.Status);
        Assert.Equal(2, fork.Steps.Count);
    }
}
