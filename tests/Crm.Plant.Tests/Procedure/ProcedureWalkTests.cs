using Crm.Plant.Expressions;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Protection;
using Crm.Plant.Records;
using Xunit;

namespace Crm.Plant.Tests.Procedure;

/// <summary>How the procedure advances: sequence, parallel, unit ownership, gates, waits, permissives (S88-01, S88-15, S88-17, SAF-01).</summary>
public sealed class ProcedureWalkTests
{
    [Fact]
    public void Steps_of_a_unit_begin_one_after_the_other_and_the_batch_ends_with_the_last()
    {
        Scene scene = new Scene(Scene.Unit("a", Scene.Phase("fill", "a"), Scene.Phase("heat", "a"))).Begin();
        Assert.Equal(["fill"], scene.Started);
        Assert.Empty(scene.Report("fill", PhaseState.Running).Started);
        Assert.Empty(scene.Scan().Started);
        scene.Report("fill", PhaseState.Complete);
        Assert.Equal(["heat"], scene.Scan().Started);
        scene.Report("heat", PhaseState.Complete);
        Assert.Equal(PhaseState.Complete, scene.State.Status);
        Assert.Equal(["Stop a"], scene.Commanded);
    }

    [Fact]
    public void Parallel_branches_run_side_by_side_and_rejoin()
    {
        Scene scene = new Scene(
            Scene.Parallel(Scene.Unit("a", Scene.Phase("pa", "a")), Scene.Unit("b", Scene.Phase("pb", "b"))),
            Scene.Unit("c", Scene.Phase("pc", "c"))).Begin();
        Assert.Equal(["pa", "pb"], scene.Started);
        scene.Report("pb", PhaseState.Complete);
        Assert.Empty(scene.Scan().Started);
        scene.Report("pa", PhaseState.Complete);
        Assert.Equal(["pc"], scene.Scan().Started);
    }

    [Fact]
    public void A_unit_has_one_owner_and_the_second_waits_for_it()
    {
        var second = new UnitProcedureNode("u-a2", "again", 1, "a", [Scene.Phase("p2", "a")], null);
        Scene scene = new Scene(Scene.Parallel(Scene.Unit("a", Scene.Phase("p1", "a")), second)).Begin();
        Assert.Equal(["p1"], scene.Started);
        Assert.Contains(scene.State.Ready, r => r.Waits.Contains("in use by u-a", StringComparison.Ordinal));
        scene.Report("p1", PhaseState.Complete);
        Assert.Equal(["p2"], scene.Scan().Started);
    }

    [Theory]
    [InlineData(50, PhaseState.Complete, "")]
    [InlineData(0, PhaseState.Held, "too little")]
    public void A_gate_goes_on_when_true_and_does_its_otherwise_when_false(double value, PhaseState expected, string reason)
    {
        var gate = new GateNode("gate", "Gate", 1, Scene.Over(0, 10), [], TimeSpan.FromHours(1), Consequence.Hold, "too little");
        Scene scene = new Scene(gate).Set(0, value).Begin().Scan();
        Assert.Equal(expected, scene.State.Status);
        Assert.Contains(reason, scene.State.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, PhaseState.Complete)]
    [InlineData(false, PhaseState.Stopped)]
    public void A_gate_waits_for_its_laboratory_results_up_to_its_limit(bool resultComes, PhaseState expected)
    {
        var sample = new SampleNode("s", "Sample", 1, "pls", "a", 0.05, ["Li"], TimeSpan.FromMinutes(45));
        var slot = new Slot(0, SlotKind.Lab, "pls.Li", -1, TimeSpan.Zero, "", 0);
        var enough = new Condition("lab(pls.Li) > 1 %", new Comparison(ComparisonOperator.Greater, new SlotValue(0, -1), new Constant(0.01)));
        var gate = new GateNode("gate", "Gate", 1, enough, [0], TimeSpan.FromHours(1), Consequence.Stop, "no lithium");
        Scene scene = new Scene([slot], [], [], sample, gate).Begin().Scan(1800);
        Assert.Equal(PhaseState.Running, scene.State.Status);
        Assert.Equal(TimeSpan.FromMinutes(45) + Scene.Second, Assert.Single(scene.State.Samples).DueAt);
        if (resultComes) Assert.True(scene.Result("pls", 0.02).Accepted);
        scene.Scan(1900);
        Assert.Equal(expected, scene.State.Status);
    }

    [Fact]
    public void A_result_for_a_sample_never_taken_is_refused()
    {
        Scene scene = new Scene(Scene.Unit("a", Scene.Phase("p", "a"))).Begin();
        Assert.Contains("no sample", scene.Result("pls", 0.02).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Consequence.Hold, PhaseState.Held)]
    [InlineData(Consequence.Stop, PhaseState.Stopped)]
    [InlineData(Consequence.Abort, PhaseState.Aborted)]
    [InlineData(Consequence.Continue, PhaseState.Complete)]
    public void A_wait_ends_by_its_condition_or_does_its_consequence(Consequence then, PhaseState expected)
    {
        var wait = new WaitNode("wait", "Wait", 1, Scene.Over(1, 5), TimeSpan.FromSeconds(30), then, "nothing came");
        Scene late = new Scene(wait).Begin().Scan(29);
        Assert.Equal(PhaseState.Running, late.State.Status);
        Assert.Equal(expected, late.Scan(2).State.Status);
        Scene inTime = new Scene(wait).Begin().Set(1, 6).Scan();
        Assert.Equal(PhaseState.Complete, inTime.State.Status);
    }

    [Fact]
    public void A_step_waits_for_its_permissive_and_the_batch_holds_when_it_never_comes()
    {
        var permissive = new PermissiveDefinition("a", ["work"], "scrubber running", Scene.Over(2, 0.5).Expression);
        Scene scene = new Scene([], [], [permissive], Scene.Unit("a", Scene.Phase("p", "a"))).Begin();
        Assert.Empty(scene.Started);
        Scene other = new Scene([], [], [permissive], Scene.Unit("a", Scene.Phase("p", "a"))).Begin().Set(2, 1).Scan();
        Assert.Equal(["p"], other.Started);
        scene.Scan(700);
        Assert.Equal(PhaseState.Held, scene.State.Status);
        Assert.Contains("scrubber running", scene.State.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_step_begins_and_ends_exactly_once_on_record()
    {
        Scene scene = new Scene(Scene.Parallel(Scene.Unit("a", Scene.Phase("pa", "a")), Scene.Unit("b", Scene.Phase("pb", "b")))).Begin();
        scene.Report("pa", PhaseState.Complete).Scan().Report("pb", PhaseState.Complete).Scan();
        foreach ((string step, string node) in ((string, string)[])[("u-a", "unit"), ("pa", "phase"), ("u-b", "unit"), ("pb", "phase"), ("par", "parallel")])
        {
            Assert.Equal(node, Assert.Single(scene.Events, e => e.Subject == step && e.Kind == BatchEventKind.StepStarted).Data["node"]);
            Assert.Equal(node, Assert.Single(scene.Events, e => e.Subject == step && e.Kind == BatchEventKind.StepEnded).Data["node"]);
        }
    }
}
