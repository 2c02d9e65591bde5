using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Xunit;

namespace Crm.Plant.Tests.Procedure;

/// <summary>Automatic, semi-automatic, manual, at batch and unit level (S88-20); attended phases.</summary>
public sealed class ModeTests
{
    private static Scene Three(PhaseNode? first = null) =>
        new(Scene.Unit("a", first ?? Scene.Phase("p1", "a"), Scene.Phase("p2", "a"), Scene.Phase("p3", "a")));

    private static CommandVerdict Mode(Scene scene, ProcedureMode mode, string unit = "") => scene.Ask(e => scene.Interpreter.SetMode(scene.State, mode, unit, "ann", "", scene.Image, e));

    private static CommandVerdict Confirm(Scene scene, string step) => scene.Ask(e => scene.Interpreter.Confirm(scene.State, step, "ann", scene.Image, e));

    private static CommandVerdict Pick(Scene scene, string step, string reason = "wanted") =>
        scene.Ask(e => scene.Interpreter.Pick(scene.State, step, "ann", reason, scene.Image, e));

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    public void Semi_automatic_waits_for_a_confirmation_of_each_step_S88_20(string unit)
    {
        Scene scene = Three();
        Assert.True(Mode(scene, ProcedureMode.SemiAutomatic, unit).Accepted);
        scene.Begin().Scan().Scan();
        Assert.Contains("to confirm it", Assert.Single(scene.State.Ready).Waits, StringComparison.Ordinal);
        Assert.False(Confirm(scene, "p2").Accepted);
        Assert.True(Confirm(scene, "p1").Accepted);
        Assert.Equal(["p1"], scene.Scan().Started);
        scene.Report("p1", PhaseState.Complete).Scan(3600);
        Assert.Equal("p2", scene.Interpreter.Tree[Assert.Single(scene.State.Ready).Node].Id);
        Assert.Empty(scene.Started);
    }

    [Fact]
    public void A_unit_in_another_mode_leaves_the_other_units_alone_S88_20()
    {
        var scene = new Scene(Scene.Parallel(Scene.Unit("a", Scene.Phase("pa", "a")), Scene.Unit("b", Scene.Phase("pb", "b"))));
        Mode(scene, ProcedureMode.SemiAutomatic, "a");
        Assert.Equal(["pb"], scene.Begin().Started);
    }

    [Fact]
    public void No_change_of_mode_starts_anything_by_itself_S88_20()
    {
        foreach (ProcedureMode before in Enum.GetValues<ProcedureMode>())
        {
            foreach (ProcedureMode after in Enum.GetValues<ProcedureMode>().Where(m => m != before))
            {
                Scene scene = Three();
                if (before != ProcedureMode.Automatic) Mode(scene, before);
                scene.Begin();
                Assert.True(Mode(scene, after).Accepted);
                Assert.Empty(scene.Effects.Forward);
                Assert.Empty(scene.Effects.TowardsSafe);
                scene.Scan().Scan();
                if (before != ProcedureMode.Automatic) Assert.Empty(scene.Started);
                Assert.Contains(scene.Events, e => e.Kind == BatchEventKind.ModeChanged && e.Cause == "ann");
            }
        }
    }

    [Fact]
    public void A_step_that_waited_when_the_mode_became_automatic_wants_its_confirmation_and_the_next_does_not()
    {
        Scene scene = Three();
        Mode(scene, ProcedureMode.SemiAutomatic);
        scene.Begin();
        Mode(scene, ProcedureMode.Automatic);
        Assert.Empty(scene.Scan().Started);
        Assert.True(Confirm(scene, "p1").Accepted);
        Assert.Equal(["p1"], scene.Scan().Started);
        Assert.Equal(["p2"], scene.Report("p1", PhaseState.Complete).Scan().Started);
    }

    [Fact]
    public void Manual_picks_any_step_of_the_group_forward_and_back_with_a_reason_S88_20()
    {
        Scene scene = Three();
        Mode(scene, ProcedureMode.Manual);
        scene.Begin();
        Assert.False(Confirm(scene, "p1").Accepted);
        Assert.False(Pick(scene, "p2", "").Accepted);
        Assert.True(Pick(scene, "p2").Accepted);
        Assert.Equal(["p2"], scene.Scan().Started);
        Assert.False(Pick(scene, "p1").Accepted);
        scene.Report("p2", PhaseState.Complete);
        Assert.True(Pick(scene, "p1").Accepted);
        Assert.Equal(["p1"], scene.Scan().Started);
        scene.Report("p1", PhaseState.Complete);
        Assert.True(Pick(scene, "p3").Accepted);
        scene.Scan().Report("p3", PhaseState.Complete);
        Assert.Equal(PhaseState.Complete, scene.State.Status);
        Assert.Contains(scene.Events, e => e.Kind == BatchEventKind.Command && e.Text.Contains("p2 picked instead of p1: wanted", StringComparison.Ordinal));
    }

    [Fact]
    public void Modes_are_refused_with_a_reason_where_they_make_no_sense_S88_04()
    {
        Scene scene = Three();
        Assert.Contains("no unit", Mode(scene, ProcedureMode.Manual, "x").Reason, StringComparison.Ordinal);
        Assert.Contains("already", Mode(scene, ProcedureMode.Automatic).Reason, StringComparison.Ordinal);
        Assert.Equal(2, scene.Events.Count(e => e.Kind == BatchEventKind.CommandRefused));
    }

    [Fact]
    public void An_attended_phase_neither_starts_nor_goes_on_nor_restarts_without_a_person()
    {
        Scene scene = Three(Scene.Phase("p1", "a") with { Attended = TimeSpan.FromMinutes(30) }).Begin();
        Assert.Contains("attended only", Assert.Single(scene.State.Ready).Waits, StringComparison.Ordinal);
        Assert.Empty(scene.Scan(3600).Started);
        scene.Ask(e => scene.Interpreter.ConfirmPresence(scene.State, "ann", scene.Image, e));
        Assert.Equal(["p1"], scene.Scan().Started);
        scene.Report("p1", PhaseState.Running).Scan(1790);
        Assert.Equal(PhaseState.Running, scene.State.Status);
        scene.Scan(20);
        Assert.Equal(PhaseState.Holding, scene.State.Status);
        Assert.Contains("nobody has confirmed", scene.State.Reason, StringComparison.Ordinal);
        Assert.Contains("Hold a", scene.Commanded);
        scene.Report("p1", PhaseState.Held);
        Assert.Contains(scene.Interpreter.Against(scene.State, PhaseCommand.Restart, scene.Image), o => o.Kind == ObstacleKind.Presence);
        Assert.False(scene.Command(PhaseCommand.Restart).Accepted);
        scene.Ask(e => scene.Interpreter.ConfirmPresence(scene.State, "ann", scene.Image, e));
        Assert.True(scene.Command(PhaseCommand.Restart).Accepted);
    }
}
