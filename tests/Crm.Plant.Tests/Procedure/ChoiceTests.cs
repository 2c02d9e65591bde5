using Crm.Plant.Expressions;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Xunit;

namespace Crm.Plant.Tests.Procedure;

/// <summary>Alternatives are judged once, in the order written; repeats end by their condition or their bound; the record tells which way was gone.</summary>
public sealed class ChoiceTests
{
    private static readonly Slot Washed = new(0, SlotKind.Lab, "wash.Li", -1, TimeSpan.Zero, "", 0);
    private static readonly Condition Clean = new("lab(wash.Li) < 1 %", new Comparison(ComparisonOperator.Less, new SlotValue(0, -1), new Constant(0.01)));

    [Theory]
    [InlineData(50, 0, "high")]
    [InlineData(20, 0, "middle")]
    [InlineData(20, 90, "middle")]
    [InlineData(5, 90, "other")]
    [InlineData(5, 0, "low")]
    public void The_first_branch_whose_condition_holds_is_taken(double first, double second, string expected)
    {
        Scene scene = new Scene(Ways(), Scene.Unit("b", Scene.Phase("after", "b"))).Set(0, first).Set(1, second).Begin().Scan().Scan();
        Assert.Equal(expected, scene.Interpreter.Tree[Assert.Single(scene.State.Steps).Node].Id);
        BatchEvent chosen = Assert.Single(scene.Events, e => e.Kind == BatchEventKind.Chosen);
        Assert.Equal(("ways", "w-" + expected), (chosen.Subject, chosen.Data["chose"]));
        scene.Set(0, 50 - first);
        scene.Report(expected, PhaseState.Complete).Scan();
        Assert.Equal(["after"], scene.Started);
    }

    [Fact]
    public void A_value_that_is_bad_holds_with_the_reason_and_is_judged_again_after_restart()
    {
        var never = new Condition("tag 9 > 1", new Comparison(ComparisonOperator.Greater, new TagValue(9), new Constant(1)));
        Scene bad = new Scene(new AlternativeNode("ways", "Ways", 1, [new Branch(never, Way("high")), new Branch(null, Way("low"))], [], TimeSpan.Zero)).Begin().Scan();
        Assert.Equal(PhaseState.Held, bad.State.Status);
        Assert.Contains("'tag 9 > 1' cannot be judged", bad.State.Reason, StringComparison.Ordinal);
        bad.Command(PhaseCommand.Restart);
        bad.Scan().Scan();
        Assert.Equal(PhaseState.Held, bad.State.Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_alternative_waits_for_results_up_to_its_limit(bool resultComes)
    {
        var alternative = new AlternativeNode("ways", "Ways", 1, [new Branch(Clean, Way("clean")), new Branch(null, Way("dirty"))], [0], TimeSpan.FromHours(1));
        Scene scene = new Scene([Washed], [], [], Sample("wash", 0), alternative).Begin().Scan(1800);
        Assert.Equal(PhaseState.Running, scene.State.Status);
        if (resultComes) scene.Result("wash", 0.001);
        scene.Scan(1900).Scan();
        Assert.Equal(resultComes ? PhaseState.Running : PhaseState.Held, scene.State.Status);
        if (resultComes) Assert.Equal("clean", scene.Interpreter.Tree[Assert.Single(scene.State.Steps).Node].Id);
        else Assert.Contains("no result within", scene.State.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, Consequence.Hold, 1, PhaseState.Complete)]
    [InlineData(3, Consequence.Hold, 3, PhaseState.Complete)]
    [InlineData(9, Consequence.Hold, 3, PhaseState.Held)]
    [InlineData(9, Consequence.Continue, 3, PhaseState.Complete)]
    [InlineData(9, Consequence.Stop, 3, PhaseState.Stopped)]
    public void A_repeat_ends_by_its_condition_or_its_bound(int goodIn, Consequence then, int passes, PhaseState expected)
    {
        Scene scene = new Scene(Again(then)).Begin();
        var ran = new List<string>(scene.Started);
        for (int i = 0; i < 40 && scene.State.Status == PhaseState.Running; i++)
        {
            scene.Set(0, ran.Count >= goodIn ? 50 : 0);
            foreach (ActiveStep step in scene.State.Steps.Where(s => scene.Interpreter.Tree[s.Node] is PhaseNode).ToArray()) scene.Report(scene.Interpreter.Tree[step.Node].Id, PhaseState.Complete);
            ran.AddRange(scene.Scan().Started);
        }

        Assert.Equal(Enumerable.Range(1, passes).Select(n => $"again-{n}/p"), ran);
        Assert.Equal(expected, scene.State.Status);
        if (goodIn > passes) Assert.Contains(scene.Events, e => e.Kind == BatchEventKind.LimitReached && e.Text.Contains("still dirty (after 3 passes", StringComparison.Ordinal));
    }

    /// <summary>Each pass takes its own sample, and only that one counts from then on.</summary>
    [Fact]
    public void A_repeat_waits_for_the_result_of_its_own_pass()
    {
        SequenceNode[] passes = [.. Enumerable.Range(1, 3).Select(n => new SequenceNode($"again-{n}", "Pass", 1, [Sample("wash", n)]))];
        var again = new RepeatNode("again", "Again", 1, [.. passes], Clean, [0], TimeSpan.FromHours(1), Consequence.Hold, "still dirty");
        Scene scene = new Scene([Washed], [], [], again, Scene.Unit("a", Scene.Phase("after", "a"))).Begin().Scan();
        Assert.True(scene.Result("wash-1", 0.05).Accepted);
        scene.Scan().Scan().Scan();
        Assert.Equal("wash-2", Assert.Single(scene.State.Samples).Sample.Name);
        Assert.Equal("again", scene.Interpreter.Tree[Assert.Single(scene.State.Steps).Node].Id);
        scene.Result("wash-1", 0.001);
        scene.Scan();
        Assert.Equal("again", scene.Interpreter.Tree[Assert.Single(scene.State.Steps).Node].Id);
        scene.Result("wash-2", 0.001);
        scene.Scan();
        Assert.Equal(["after"], scene.Started);
    }

    [Fact]
    public void In_manual_mode_a_person_chooses_what_the_condition_cannot()
    {
        var never = new Condition("tag 9 > 1", new Comparison(ComparisonOperator.Greater, new TagValue(9), new Constant(1)));
        Scene scene = new Scene(new AlternativeNode("ways", "Ways", 1, [new Branch(never, Way("high")), new Branch(null, Way("low"))], [], TimeSpan.Zero)).Begin().Scan();
        scene.Ask(e => scene.Interpreter.SetMode(scene.State, ProcedureMode.Manual, "", "ann", "", scene.Image, e));
        Assert.True(scene.Ask(e => scene.Interpreter.Pick(scene.State, "w-low", "ann", "instrument lost", scene.Image, e)).Accepted);
        scene.Command(PhaseCommand.Restart);
        scene.Ask(e => scene.Interpreter.SetMode(scene.State, ProcedureMode.Automatic, "", "ann", "", scene.Image, e));
        Assert.Equal("w-low", scene.Interpreter.Tree[Assert.Single(scene.Interpreter.Recover(scene.Events, Scene.Second).State.Ready).Node].Id);
        scene.Scan();
        scene.Ask(e => scene.Interpreter.Confirm(scene.State, "low", "ann", scene.Image, e));
        Assert.Equal(["low"], scene.Scan().Started.Concat(scene.Events.Where(e => e.Kind == BatchEventKind.StepStarted && e.Subject == "low").Select(e => e.Subject)).Distinct());
    }

    /// <summary>Batches played at random: cut anywhere, the record leads back to the same steps; forked anywhere, both go the same way.</summary>
    [Fact]
    public void Wherever_it_is_cut_or_forked_it_goes_on_the_same_way()
    {
        const int seed = 20261121;
        for (int course = 0; course < 60; course++)
        {
            var random = new Random(seed + course);
            Scene scene = new Scene(Ways(), Again(Consequence.Continue), Scene.Unit("c", Scene.Phase("last", "c"))).Begin();
            for (int i = 0; i < 120 && !scene.State.IsOver; i++)
            {
                scene.Set(0, random.Next(100)).Set(1, random.Next(100));
                BatchState fork = scene.State.Fork();
                var effects = new BatchEffects();
                TimeSpan before = scene.Now;
                Play(scene, random.Next(3));
                if (scene.Now > before) scene.Interpreter.Scan(fork, scene.Image, effects);
                if (scene.Now > before) Assert.Equal(Stands(scene, scene.State), Stands(scene, fork));
                if (scene.State.IsOver) break;
                BatchState back = scene.Interpreter.Recover(scene.Events, Scene.Second).State;
                Assert.True(Stands(scene, scene.State).SequenceEqual(Stands(scene, back)), $"seed {seed + course}, step {i}: {string.Join(' ', Stands(scene, scene.State))} for {string.Join(' ', Stands(scene, back))}");
            }
        }
    }

    private static string[] Stands(Scene scene, BatchState state) =>
        [.. state.Steps.Select(s => s.Node).Concat(state.Ready.Select(r => r.Node)).Select(n => scene.Interpreter.Tree[n].Id).Order(StringComparer.Ordinal)];

    private static void Play(Scene scene, int what)
    {
        ActiveStep? phase = scene.State.Steps.Find(s => scene.Interpreter.Tree[s.Node] is PhaseNode);
        if (phase is null || what == 0) scene.Scan();
        else if (phase.Phase == PhaseState.Idle) scene.Note(scene.Interpreter.Tree[phase.Node].Id, "IDLE", "RUNNING").Report(scene.Interpreter.Tree[phase.Node].Id, PhaseState.Running);
        else scene.Note(scene.Interpreter.Tree[phase.Node].Id, "RUNNING", "COMPLETE").Report(scene.Interpreter.Tree[phase.Node].Id, PhaseState.Complete);
    }

    private static SequenceNode Way(string name) => new("w-" + name, name, 1, [Scene.Phase(name, "a")]);

    private static AlternativeNode Ways() => new(
        "ways", "Ways", 1,
        [new Branch(Scene.Over(0, 40), Way("high")), new Branch(Scene.Over(0, 10), Way("middle")), new Branch(Scene.Over(1, 80), Way("other")), new Branch(null, Way("low"))],
        [], TimeSpan.Zero);

    private static RepeatNode Again(Consequence then) => new(
        "again", "Again", 1, [.. Enumerable.Range(1, 3).Select(n => new SequenceNode($"again-{n}", $"Pass {n}", 1, [Scene.Phase($"again-{n}/p", "b")]))],
        Scene.Over(0, 30), [], TimeSpan.Zero, then, "still dirty");

    private static SampleNode Sample(string name, int pass) =>
        new($"s-{pass}", "Sample", 1, pass == 0 ? name : $"{name}-{pass}", "a", 0.05, ["Li"], TimeSpan.FromMinutes(45)) { Of = name, Pass = pass };
}
