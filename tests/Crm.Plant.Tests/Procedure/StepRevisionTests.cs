using System.Collections.Immutable;
using Crm.Plant.Expressions;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Protection;
using Crm.Plant.Records;
using Crm.Plant.Tags;
using Xunit;

namespace Crm.Plant.Tests.Procedure;

/// <summary>Steps that have not begun may be others after a review; what has begun, and the order before it, may not.</summary>
public sealed class StepRevisionTests(ITestOutputHelper output)
{
    private static readonly StepChange NewX = new("", "x", "+ x (work) is new"), P2 = new("p2", "p2", "~ p2 (work): amount was 1 kg; is 2 kg");

    /// <summary>While p1 runs: what is asked for, the steps, and the reason of a refusal; null where it is taken.</summary>
    public static TheoryData<string, string?> Table => new()
    {
        { "a: p1 x p2 p3 | b: q1 | w", null },
        { "a: p1 p2 p3 x | b: q1 | w", null },
        { "a: p1 p2 p3 | b: q1 | w x", null },
        { "a: p1 p2 p3 | x b: q1 | w", null },
        { "a: p1 p2 p3 | b: q1 x | w", null },
        { "a: p1 p2 | b: q1 | w", null },
        { "a: x p1 p2 p3 | b: q1 | w", "it would change what comes before p1, which has begun" },
        { "x a: p1 p2 p3 | b: q1 | w", "it would change what comes before u-a, which has begun" },
        { "a: p2 p3 | b: q1 | w", "p1 has begun" },
        { "a: p1@b p2 p3 | b: q1 | w", "p1 has begun" },
        { "a: p1 p2 p3 x@c | b: q1 | w", "u-a has begun and took its units at once; c cannot be added to it" },
        { "a: p1 p2 p3 | b: q1 | w", "the steps are those that the batch runs on" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void While_p1_runs(string steps, string? reason)
    {
        Scene scene = Plant().Begin();
        Assert.Equal(["p1"], scene.Started);
        CommandVerdict verdict = scene.Revise(Written(scene, steps));
        Assert.Equal(reason is null, verdict.Accepted);
        if (reason is not null)
        {
            Assert.Contains(reason, verdict.Reason, StringComparison.Ordinal);
            Assert.Contains(scene.Events, e => e.Kind == BatchEventKind.CommandRefused && e.Text.StartsWith("change of steps refused", StringComparison.Ordinal));
            Assert.Null(scene.State.Proposed);
        }

        Assert.Equal(reason is null ? Leaves(steps) : ["p1", "p2", "p3", "q1", "w"], Finished(scene));
    }

    [Fact]
    public void Both_persons_the_difference_and_the_text_are_on_record()
    {
        Scene scene = Plant().Begin();
        StepRevision steps = Written(scene, "a: p1 x p2 p3 | b: q1 | w");
        steps = steps with { Recipe = steps.Recipe with { Text = "recipe: test" } };
        Assert.True(scene.Revise(steps).Accepted);
        BatchEvent[] told = [.. scene.Events.Where(e => e.Kind == BatchEventKind.Revision)];
        Assert.Equal("ann proposes + x (work) is new: as the sample says", told[0].Text);
        Assert.Equal("bob accepts what ann proposed: + x (work) is new; reason: as the sample says", told[1].Text);
        Assert.Equal("recipe: test", told[1].Data[BatchRevision.TextKey]);
        Assert.False(told[0].Data.ContainsKey(BatchRevision.TextKey));
    }

    [Fact]
    public void A_step_in_front_of_the_one_that_waits_comes_first()
    {
        Scene scene = Plant().Begin();
        scene.Report("p1", PhaseState.Held, "agitator");
        scene.Command(PhaseCommand.Hold);
        scene.Scan();
        Assert.True(scene.Revise(Written(scene, "a: p1 x p2 p3 | b: q1 | w")).Accepted);
        scene.Command(PhaseCommand.Restart);
        scene.Report("p1", PhaseState.Running).Scan();
        scene.Report("p1", PhaseState.Complete).Scan();
        Assert.Equal(["x"], scene.Started);
    }

    [Fact]
    public void Between_two_steps_the_next_may_be_another_but_not_nothing()
    {
        Scene scene = Waiting();
        Assert.Equal("q1", scene.Interpreter.Tree[Assert.Single(scene.State.Ready).Node].Id);
        Assert.Contains("nothing would be left to do in u-b", scene.Revise(Written(scene, "a: p1 p2 p3 | b: | w")).Reason, StringComparison.Ordinal);
        Assert.True(scene.Revise(Written(scene, "a: p1 p2 p3 | b: x q1 | w")).Accepted);
        Assert.Equal("x", scene.Interpreter.Tree[Assert.Single(scene.State.Ready).Node].Id);
    }

    [Fact]
    public void What_would_never_run_is_refused()
    {
        Scene scene = Waiting();
        Assert.Contains("x would never run: u-a is over", scene.Revise(Written(scene, "a: p1 p2 p3 x | b: q1 | w")).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_comparison_with_steps_that_are_no_more_is_refused()
    {
        Scene scene = Plant().Begin();
        StepRevision first = Written(scene, "a: p1 x p2 p3 | b: q1 | w"), second = Written(scene, "a: p1 p2 p3 x | b: q1 | w");
        Assert.True(scene.Revise(first).Accepted);
        Assert.Contains("compare it again", scene.Revise(second).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_author_does_not_review_and_a_step_that_began_meanwhile_ends_it()
    {
        Scene scene = Plant().Begin();
        StepRevision other = scene.Other([P2], [.. Nodes("a: p1 p2 p3 | b: q1 | w")]);
        Assert.True(scene.Ask(e => scene.Interpreter.ProposeRevision(scene.State, new Dictionary<string, string>(), "ann", "thin", scene.Image, e, other)).Accepted);
        Assert.Contains("another person", scene.Ask(e => scene.Interpreter.ReviewRevision(scene.State, true, "ann", "", scene.Image, e)).Reason, StringComparison.Ordinal);
        scene.Report("p1", PhaseState.Complete).Scan();
        Assert.Contains("p2 has begun", scene.Ask(e => scene.Interpreter.ReviewRevision(scene.State, true, "bob", "", scene.Image, e)).Reason, StringComparison.Ordinal);
    }

    /// <summary>At every moment of random batches: a change that is taken stands after a lost controller as it stands without, and what has begun is begun once.</summary>
    [Fact]
    public void Wherever_it_is_taken_the_record_leads_to_the_same_place()
    {
        const int seed = 20261122;
        var random = new Random(seed);
        output.WriteLine($"seed {seed}");
        int taken = 0;
        for (int round = 0; round < 300; round++)
        {
            Scene scene = Plant().Begin();
            for (int scans = random.Next(6); scans > 0; scans--) Advance(scene);
            string steps = Drawn(random);
            if (scene.State.IsOver || !scene.Revise(Written(scene, steps)).Accepted) continue;
            taken++;
            BatchState back = scene.Interpreter.Recover(scene.Events, Scene.Second).State;
            Assert.Equal(Stands(scene, scene.State), Stands(scene, back));
            Assert.Equal(Leaves(steps), Finished(scene));
        }

        Assert.InRange(taken, 40, 300);
    }

    /// <summary>Steps in progress and those that come next: a phase whose unit has said nothing yet comes back as one that comes next.</summary>
    private static IEnumerable<string> Stands(Scene scene, BatchState state) =>
        state.Steps.Select(s => s.Node).Concat(state.Ready.Select(r => r.Node)).Select(n => scene.Interpreter.Tree[n].Id).Order(StringComparer.Ordinal);

    /// <summary>Steps of random order with x somewhere; p1 stays first, for it has begun in every round.</summary>
    private static string Drawn(Random random)
    {
        List<string> a = ["p1", "p2", "p3"], b = ["q1"], end = ["w"];
        List<string> into = random.Next(3) switch { 0 => a, 1 => b, _ => end };
        into.Insert(random.Next(into.Count + 1), "x");
        if (random.Next(3) == 0) a.Remove(random.Next(2) == 0 ? "p2" : "p3");
        return $"a: {string.Join(' ', a)} | b: {string.Join(' ', b)} | {string.Join(' ', end)}";
    }

    private static Scene Plant() => new([], [], [], [.. Nodes("a: p1 p2 p3 | b: q1 | w")]);

    /// <summary>a is over, b has begun, and q1 waits for its permissive.</summary>
    private static Scene Waiting()
    {
        var scene = new Scene([], [], [new PermissiveDefinition("b", [], "b is full", Scene.Over(1, 5).Expression)], [.. Nodes("a: p1 p2 p3 | b: q1 | w")]);
        scene.Begin();
        foreach (string step in new[] { "p1", "p2", "p3" }) scene.Report(step, PhaseState.Complete).Scan();
        return scene;
    }

    private static void Advance(Scene scene)
    {
        foreach (ActiveStep step in scene.State.Steps.ToArray())
        {
            string id = scene.Interpreter.Tree[step.Node].Id;
            scene.Note(id, "idle", "running").Note(id, "running", "complete");
            scene.Report(id, PhaseState.Complete);
        }

        scene.Scan();
    }

    /// <summary>Runs to the end and tells which steps began, in order.</summary>
    private static string[] Finished(Scene scene)
    {
        for (int scans = 0; scans < 30 && !scene.State.IsOver; scans++) Advance(scene);
        Assert.Equal(PhaseState.Complete, scene.State.Status);
        return [.. scene.Events.Where(e => e.Kind == BatchEventKind.StepStarted && e.Data["node"] == "phase").Select(e => e.Subject)];
    }

    private static string[] Leaves(string steps) => [.. steps.Split([' ', '|'], StringSplitOptions.RemoveEmptyEntries).Where(s => !s.EndsWith(':')).Select(s => s.Split('@')[0])];

    /// <summary><c>a: p1 p2 | b: q1 | w</c>: two unit procedures and a phase on c; <c>x@c</c> runs on another unit than the group's.</summary>
    private static IEnumerable<ProcedureNode> Nodes(string steps)
    {
        foreach (string part in steps.Split('|', StringSplitOptions.TrimEntries))
        {
            string[] words = part.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            int group = Array.FindIndex(words, w => w.EndsWith(':'));
            foreach (string word in group < 0 ? words : words[..group]) yield return Step(word, "c");
            if (group >= 0) yield return Scene.Unit(words[group][..1], [.. words[(group + 1)..].Select(w => Step(w, words[group][..1]))]);
        }
    }

    private static PhaseNode Step(string word, string unit) => word.Split('@') is [var id, var other] ? Scene.Phase(id, other) : Scene.Phase(word, unit);

    private static StepRevision Written(Scene scene, string steps)
    {
        var before = Leaves("a: p1 p2 p3 | b: q1 | w");
        IEnumerable<StepChange> gone = before.Except(Leaves(steps)).Select(s => new StepChange(s, "", $"- {s} (work) is gone"));
        IEnumerable<StepChange> moved = steps.Split([' ', '|']).Where(s => s.Contains('@', StringComparison.Ordinal) && s[0] != 'x').Select(s => new StepChange(s[..2], s[..2], $"~ {s[..2]}: unit"));
        return scene.Other([.. Leaves(steps).Contains("x") ? [NewX] : ImmutableArray<StepChange>.Empty, .. gone, .. moved], [.. Nodes(steps)]);
    }
}
