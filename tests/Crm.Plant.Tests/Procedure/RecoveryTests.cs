using Crm.Plant.Expressions;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Xunit;

namespace Crm.Plant.Tests.Procedure;

/// <summary>The record of an interrupted batch leads back to where it stood, HELD, whenever it was cut (S88-22).</summary>
public sealed class RecoveryTests
{
    private static readonly TimeSpan Away = TimeSpan.FromMinutes(10);

    private static Scene Plant() => new(
        Scene.WeighIn("charge", new Constant(3)),
        Scene.Parallel(Scene.Unit("a", Scene.Phase("pa", "a"), Scene.Phase("pa2", "a")), Scene.Unit("b", Scene.Phase("pb", "b"), Scene.Phase("pb2", "b"))),
        Scene.Unit("c", Scene.Phase("pc", "c")));

    /// <summary>Plays a batch at random to its end, and at every step compares the state with what the record alone says.</summary>
    [Fact]
    public void Wherever_it_is_cut_the_record_alone_says_where_the_batch_stood_S88_22()
    {
        const int seed = 5;
        for (int course = 0; course < 40; course++)
        {
            var random = new Random(seed + course);
            Scene scene = Plant().Begin();
            for (int i = 0; i < 200 && !scene.State.IsOver; i++)
            {
                Move(scene, random);
                Compare(scene, $"seed {seed + course}, step {i}");
            }
        }
    }

    [Fact]
    public void A_batch_that_was_over_or_never_began_stays_so()
    {
        Scene scene = Plant();
        Assert.Equal(PhaseState.Idle, scene.Interpreter.Recover([], Away).State.Status);
        scene.Begin().Command(PhaseCommand.Abort);
        scene.Scan();
        RecoveredBatch back = scene.Interpreter.Recover(scene.Events, Away);
        Assert.Equal(PhaseState.Aborted, back.State.Status);
        Assert.Empty(back.Phases);
    }

    [Fact]
    public void Clocks_and_lots_and_modes_come_back_and_presence_does_not()
    {
        Scene scene = Plant().Begin();
        scene.Answer("charge", 3, 0.07);
        scene.Scan();
        scene.Note("pa", "IDLE", "STARTING").Note("pa", "STARTING", "RUNNING");
        scene.Report("pa", PhaseState.Running);
        scene.Ask(e => scene.Interpreter.SetMode(scene.State, ProcedureMode.SemiAutomatic, "b", "ann", "", scene.Image, e));
        scene.Now += TimeSpan.FromMinutes(7);
        scene.Note("pa", "RUNNING", "HOLDING");
        RecoveredBatch back = scene.Interpreter.Recover(scene.Events, Away);
        RecoveredPhase phase = Assert.Single(back.Phases);
        Assert.Equal(TimeSpan.FromMinutes(7), phase.Status.Active);
        Assert.Equal(1.0, phase.Arguments["amount"].Number);
        Assert.Equal(Away, back.Away);
        Assert.Equal(ProcedureMode.SemiAutomatic, back.State.ModeOf(1));
        Assert.Null(back.State.PresentAt);
        Assert.Equal(0.07, Assert.Single(back.State.Lots).Assay.MassFractions["Li"].Value, 9);
    }

    private static void Move(Scene scene, Random random)
    {
        ActiveStep[] steps = [.. scene.State.Steps];
        if (steps.Length == 0 || random.Next(3) == 0)
        {
            scene.Scan();
            return;
        }

        ActiveStep step = steps[random.Next(steps.Length)];
        ProcedureNode node = scene.Interpreter.Tree[step.Node];
        if (node is PromptNode) scene.Answer(node.Id, 3, 0.07);
        else if (step.Phase == PhaseState.Idle) scene.Note(node.Id, "IDLE", "RUNNING").Report(node.Id, PhaseState.Running);
        else scene.Note(node.Id, "RUNNING", "COMPLETE").Report(node.Id, PhaseState.Complete);
    }

    private static void Compare(Scene scene, string where)
    {
        RecoveredBatch back = scene.Interpreter.Recover(scene.Events, Away);
        if (scene.State.IsOver)
        {
            Assert.Equal(scene.State.Status, back.State.Status);
            return;
        }

        Assert.True(back.State.Status == PhaseState.Held, where);
        string[] ran = [.. scene.State.Steps.Where(s => s.Phase != PhaseState.Idle).Select(s => scene.Interpreter.Tree[s.Node].Id).Order(StringComparer.Ordinal)];
        Assert.True(ran.SequenceEqual(back.State.Steps.Select(s => scene.Interpreter.Tree[s.Node].Id).Order(StringComparer.Ordinal)), where);

        // What was started and is not on record as running comes next again.
        string[] next = [.. scene.State.Steps.Where(s => s.Phase == PhaseState.Idle).Select(s => s.Node).Concat(scene.State.Ready.Select(r => r.Node)).Select(n => scene.Interpreter.Tree[n].Id).Order(StringComparer.Ordinal)];
        Assert.True(next.SequenceEqual(back.State.Ready.Select(r => scene.Interpreter.Tree[r.Node].Id).Order(StringComparer.Ordinal)), where + ": " + string.Join(" ", back.State.Ready.Select(r => scene.Interpreter.Tree[r.Node].Id)) + " for " + string.Join(" ", next));
        for (int unit = 0; unit < 3; unit++) Assert.True(scene.State.Owns(unit) == back.State.Owns(unit), $"{where}, unit {unit}");
        Assert.Equal(back.Phases.Length, back.State.Decisions.Count);
    }
}
