using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Xunit;

namespace Crm.Plant.Tests.Procedure;

/// <summary>Exceptions flow up by their declared scope, commands flow down (S88-10, S88-11). Unit a is coupled with b.</summary>
public sealed class ExceptionScopeTests
{
    private static Scene Side(ExceptionScope scope)
    {
        var scene = new Scene(Scene.Parallel(
            Scene.Unit("a", Scene.Phase("pa", "a") with { Scope = scope }, Scene.Phase("pa2", "a")),
            Scene.Unit("b", Scene.Phase("pb", "b")),
            Scene.Unit("c", Scene.Phase("pc", "c"))));
        scene.Begin();
        return scene.Report("pa", PhaseState.Running).Report("pb", PhaseState.Running).Report("pc", PhaseState.Running);
    }

    [Theory]
    [InlineData(ExceptionScope.Batch, PhaseState.Holding, "Hold b Hold c")]
    [InlineData(ExceptionScope.Coupled, PhaseState.Running, "Hold b")]
    [InlineData(ExceptionScope.Unit, PhaseState.Running, "")]
    public void A_hold_reaches_as_far_as_declared_S88_11(ExceptionScope scope, PhaseState batch, string commanded)
    {
        Scene scene = Side(scope).Report("pa", PhaseState.Holding, "limit");
        Assert.Equal(batch, scene.State.Status);
        Assert.Equal(commanded, string.Join(" ", scene.Commanded));
    }

    [Fact]
    public void A_unit_that_is_held_with_another_holds_nothing_itself_and_restarts_with_it()
    {
        Scene scene = Side(ExceptionScope.Coupled).Report("pa", PhaseState.Holding, "limit").Report("pb", PhaseState.Holding, "held with a").Report("pb", PhaseState.Held, "held with a");
        Assert.Equal(PhaseState.Running, scene.State.Status);
        scene.Report("pa", PhaseState.Held, "limit").Scan(60);
        Assert.Equal(PhaseState.Running, scene.State.Status);
        CommandVerdict verdict = scene.Ask(e => scene.Interpreter.RestartUnit(scene.State, "a", "ann", scene.Image, e));
        Assert.True(verdict.Accepted, verdict.Reason);
        Assert.Equal("Restart a Restart b", string.Join(" ", scene.Commanded));
        scene.Report("pb", PhaseState.Running).Report("pb", PhaseState.Holding, "its own limit");
        Assert.Equal(PhaseState.Holding, scene.State.Status);
    }

    [Theory]
    [InlineData(PhaseState.Stopping, PhaseState.Stopped)]
    [InlineData(PhaseState.Aborting, PhaseState.Aborted)]
    public void A_phase_that_ends_alone_gives_its_batch_at_least_a_hold_and_a_decision_S88_11(PhaseState ending, PhaseState ended)
    {
        Scene scene = Side(ExceptionScope.Unit).Report("pa", ending, "limit");
        Assert.Equal(PhaseState.Holding, scene.State.Status);
        scene.Report("pa", ended, "limit").Report("pb", PhaseState.Held).Report("pc", PhaseState.Held);
        Assert.Equal(PhaseState.Held, scene.State.Status);
        Assert.Contains("decide", scene.Command(PhaseCommand.Restart).Reason, StringComparison.Ordinal);
        Assert.Contains("repeat or skip", Decide(scene, StepDecision.Resume).Reason, StringComparison.Ordinal);
        Assert.Contains("reason is needed", Decide(scene, StepDecision.Skip, "").Reason, StringComparison.Ordinal);
        Assert.True(Decide(scene, StepDecision.Skip).Accepted);
        Assert.True(scene.Command(PhaseCommand.Restart).Accepted);
        scene.Report("pb", PhaseState.Running).Report("pc", PhaseState.Running).Scan();
        Assert.Equal(["pa2"], scene.Started);
    }

    [Fact]
    public void A_repeated_step_begins_anew_with_the_arguments_it_had()
    {
        Scene scene = Side(ExceptionScope.Unit).Report("pa", PhaseState.Stopping, "limit").Report("pa", PhaseState.Stopped, "limit");
        scene.Report("pb", PhaseState.Held).Report("pc", PhaseState.Held);
        Assert.True(Decide(scene, StepDecision.Repeat).Accepted);
        scene.Command(PhaseCommand.Restart);
        StartPhase again = Assert.Single(scene.Effects.Forward.OfType<StartPhase>());
        Assert.Equal(("pa", 1.0), (again.Phase.Id, again.Arguments["amount"].Number));
        scene.Report("pa", PhaseState.Running).Report("pb", PhaseState.Running).Report("pc", PhaseState.Running).Scan();
        Assert.Equal(PhaseState.Running, scene.State.Status);
    }

    private static CommandVerdict Decide(Scene scene, StepDecision decision, string reason = "looked at it") =>
        scene.Ask(e => scene.Interpreter.Decide(scene.State, "pa", decision, "ann", reason, scene.Image, e));
}
