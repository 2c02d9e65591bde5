using Xunit;
using System.Collections.Immutable;
using Crm.Plant.Allocation;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Crm.Plant.Rigs;

namespace Crm.Control.Tests;

/// <summary>Several batches on one rig: units are asked for, waited for and given back (S88-17 to S88-19, S88-24).</summary>
public sealed class SeveralBatchesTests
{
    private static SharedRig Two() => new SharedRig(
        ("A", [SharedRig.Unit("fill", 'a'), SharedRig.Unit("settle", 'b')]),
        ("B", [SharedRig.Unit("fill", 'a'), SharedRig.Unit("settle", 'b')])).Started();

    [Fact]
    public void The_second_waits_in_words_and_begins_when_the_first_has_left_the_unit()
    {
        SharedRig rig = Two();
        Assert.Equal(["a"], rig["A"].Units);
        Assert.Equal("a, held by batch A since 0:00:00", rig["B"].Waits);
        Assert.Equal("waits for a, held by batch A since 0:00:00", Assert.Single(rig.Controller.Snapshot("B").Waiting).Doing);
        Assert.Equal((50, 0), (rig.Pump('a'), rig.Pump('b')));
        rig.Handover('a', "B");
        Assert.Equal(["b"], rig["A"].Units);
        Assert.Equal(["a"], rig["B"].Units);
        Assert.Equal("", rig["B"].Waits);
        Assert.Equal((50, 50), (rig.Pump('a'), rig.Pump('b')));
        rig.Level('a', 20).Level('b', 20).Scan(30);
        Assert.All(rig.Controller.Batches, b => Assert.Equal(PhaseState.Complete, b.State));
        Assert.Empty(rig.Controller.Allocations);
    }

    [Fact]
    public void Every_event_names_its_batch_and_taking_waiting_and_giving_back_are_on_record_S88_24()
    {
        SharedRig rig = Two().Handover('a', "B").Level('b', 20).Scan(10).Level('a', 20).Scan(30);
        Assert.All(rig.Events.Where(e => e.Kind is BatchEventKind.StepStarted or BatchEventKind.StepEnded or BatchEventKind.PhaseState or BatchEventKind.BatchState), e => Assert.NotEmpty(e.Batch));
        Assert.Equal(rig.Events.Count(e => e is { Batch: "A", Kind: BatchEventKind.PhaseState }), rig.Events.Count(e => e is { Batch: "B", Kind: BatchEventKind.PhaseState }));
        string[] told = [.. rig.Events.Where(e => e is { Kind: BatchEventKind.Allocation, Batch: "B" }).Select(e => $"{e.Data["allocation"]} {e.Data["units"]}")];
        Assert.Equal(["Queued a", "Granted a", "Released a", "Granted b", "Released b"], told);
        Assert.Equal(rig.Events.Select(e => (e.Kind, e.Batch, e.Text)), rig.Journal.Durable.Select(e => (e.Kind, e.Batch, e.Text)));
    }

    [Theory]
    [InlineData(PhaseCommand.Hold)]
    [InlineData(PhaseCommand.Stop)]
    [InlineData(PhaseCommand.Abort)]
    public void A_command_to_one_batch_touches_only_its_units(PhaseCommand command)
    {
        SharedRig rig = Two().Handover('a', "B");
        Assert.Equal((50, 50), (rig.Pump('a'), rig.Pump('b')));
        Assert.Equal(ReplyKind.Accepted, rig.Command("A", command).Kind);
        rig.Scan();
        Assert.Equal((50, 0), (rig.Pump('a'), rig.Pump('b')));
        rig.Scan(30);
        Assert.Equal(PhaseState.Running, rig["B"].State);
        Assert.Equal((50, 0), (rig.Pump('a'), rig.Pump('b')));
        Assert.Equal((0, command == PhaseCommand.Abort ? 100 : 0), (rig.Cooling('a'), rig.Cooling('b')));
    }

    /// <summary>A batch that has left a unit commands it no more, not even at its own end.</summary>
    [Fact]
    public void The_end_of_a_batch_leaves_the_units_of_others_alone()
    {
        SharedRig rig = Two().Handover('a', "B").Level('b', 20).Scan(20);
        Assert.Equal(PhaseState.Complete, rig["A"].State);
        Assert.Equal(50, rig.Pump('a'));
        Assert.Equal(PhaseState.Running, rig["B"].State);
    }

    /// <summary>The unit is B's when it stands at its aborted values and no trip is left on it.</summary>
    [Fact]
    public void Abort_frees_a_unit_only_when_it_is_safe()
    {
        SharedRig rig = Two();
        rig.Level('a', 31).Scan(3);
        Assert.Equal(PhaseState.Holding, rig.Controller.Snapshot("A").Batch);
        rig.Command("A", PhaseCommand.Abort);
        rig.Scan(50);
        Assert.Equal(PhaseState.Aborted, rig["A"].State);
        Assert.Equal(["a"], rig["A"].Units);
        Assert.Equal("a, held by batch A since 0:00:00", rig["B"].Waits);
        rig.Level('a', 5).Scan(5);
        Assert.Equal(ReplyKind.Pending, rig.Reset().Kind);
        rig.Scan(10);
        Assert.Empty(rig["A"].Units);
        Assert.Equal(["a"], rig["B"].Units);
        Assert.Equal((50, 0), (rig.Pump('a'), rig.Cooling('a')));
    }

    [Fact]
    public void Shares_of_a_service_add_up_to_its_capacity_and_no_more_S88_17()
    {
        SharedRig rig = new SharedRig(
            ("A", [SharedRig.Unit("one", 'a', water: true)]), ("B", [SharedRig.Unit("two", 'b', water: true)])).Started();
        Assert.Equal((50, 0), (rig.Pump('a'), rig.Pump('b')));
        Assert.Equal("60 L/h of water: 60 of 100 L/h are with A/one/feed", rig["B"].Waits);
        rig.Level('a', 20).Scan(10);
        Assert.Equal(50, rig.Pump('b'));
        Assert.DoesNotContain(rig.Controller.Allocations, a => a.Owner.StartsWith('A'));
    }

    /// <summary>S88-18: what a unit draws of a service, in whatever measure, is a share too; where the service arbitrates by priority the recipe's own decides.</summary>
    [Theory]
    [InlineData(ArbitrationRule.FirstComeFirstServed, "A B C")]
    [InlineData(ArbitrationRule.Priority, "A C B")]
    public void What_a_unit_draws_of_a_service_is_arbitrated_by_the_rule_of_the_rig_and_the_priority_of_the_recipe_S88_18(ArbitrationRule rule, string order)
    {
        SharedRig rig = new SharedRig(
            SharedRig.Vented(rule), [5, 3, 7], ("A", [SharedRig.Unit("one", 'a')]), ("B", [SharedRig.Unit("two", 'b')]), ("C", [SharedRig.Unit("three", 'c')])).Started();
        Assert.Equal((50, 0, 0), (rig.Pump('a'), rig.Pump('b'), rig.Pump('c')));
        Assert.Contains("60 L/min of water: 60 of 100 L/min are with A/one/feed", rig["B"].Waits, StringComparison.Ordinal);
        foreach (string batch in order.Split(' '))
        {
            char unit = (char)('a' + (batch[0] - 'A'));
            Assert.Equal(50, rig.Pump(unit));
            Assert.Equal(1, "abc".Count(u => rig.Pump(u) > 0));
            rig.Level(unit, 20).Scan(10);
        }
    }

    /// <summary>S88-17: heaters on one supply. What is not an operation that heats runs beside the others.</summary>
    [Theory]
    [InlineData("feed", 0)]
    [InlineData("heat", 50)]
    public void Two_units_that_heat_wait_for_each_other_when_the_supply_is_too_small_for_both_S88_17(string heats, double secondPump)
    {
        RigDefinition power = SharedRig.Vented(ArbitrationRule.FirstComeFirstServed);
        power = power with
        {
            Shared = [new ResourceDefinition("water", 11, "kW", ArbitrationRule.FirstComeFirstServed)],
            Units = [.. power.Units.Select(u => u.IsService ? u : u with { Draws = [new ResourceNeed("water", 6)], DrawnBy = u.DrawnBy.Add("water", [heats]) })],
        };
        SharedRig rig = new SharedRig(power, [], ("A", [SharedRig.Unit("one", 'a')]), ("B", [SharedRig.Unit("two", 'b')])).Started();
        Assert.Equal((50, secondPump), (rig.Pump('a'), rig.Pump('b')));
        if (secondPump > 0) return;
        Assert.Equal("6 kW of water: 6 of 11 kW are with A/one/feed", rig["B"].Waits);
        rig.Level('a', 20).Scan(10);
        Assert.Equal((0, 50), (rig.Pump('a'), rig.Pump('b')));
    }

    [Fact]
    public void Why_not_names_the_batch_that_has_the_unit()
    {
        SharedRig rig = Two();
        Assert.Equal("waits for a, held by batch A since 0:00:00", rig.Controller.WhyNot("a", "feed", "B"));
        Obstacle obstacle = Assert.Single(rig.Controller.Against("a", PhaseCommand.Hold, "B"));
        Assert.Equal((ObstacleKind.Owner, "waits for a, held by batch A since 0:00:00"), (obstacle.Kind, obstacle.Text));
        Assert.Contains("waits for a, held by batch A since 0:00:00", rig.Controller.Explain("B").ToString(), StringComparison.Ordinal);
        Assert.Empty(rig.Controller.Against("a", PhaseCommand.Hold));
    }

    [Fact]
    public void A_copy_goes_on_by_itself_with_all_batches()
    {
        SharedRig rig = Two(), copy = rig.Fork();
        copy.Handover('a', "B");
        Assert.Equal(["a"], copy["B"].Units);
        Assert.Equal(["a"], rig["A"].Units);
        rig.Handover('a', "B");
        Assert.Equal(rig.Events.TakeLast(5).Select(e => e.Text), copy.Events.TakeLast(5).Select(e => e.Text));
    }

    /// <summary>Process killed with two batches under way: each comes back HELD with the units it had, and the queue forms anew (S88-22).</summary>
    [Fact]
    public void After_a_lost_controller_every_batch_has_its_units_again_and_is_held()
    {
        SharedRig rig = Two().Handover('a', "B").Scan(15);
        SharedRig back = rig.ComeBack(TimeSpan.FromMinutes(5)).Scan(10);
        Assert.All(back.Controller.Batches, b => Assert.Equal(PhaseState.Held, b.State));
        Assert.Equal(["b"], back["A"].Units);
        Assert.Equal(["a"], back["B"].Units);
        Assert.Equal(["A", "B"], back.Controller.Assessments.Keys);
        back.Reset();
        back.Scan(20);
        Assert.Equal((0, 0), (back.Pump('a'), back.Pump('b')));
        Assert.Equal(ReplyKind.Accepted, back.Decide("B", "fill/feed", StepDecision.Resume).Kind);
        Assert.Equal(ReplyKind.Accepted, back.Command("B", PhaseCommand.Restart).Kind);
        back.Scan(80);
        Assert.Equal((50, 0), (back.Pump('a'), back.Pump('b')));
        back.Level('a', 20).Scan(20);
        Assert.StartsWith("b, held by batch A since 0:00:0", back["B"].Waits, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_is_given_once_and_the_number_of_batches_is_bounded()
    {
        SharedRig rig = Two();
        Assert.Throws<ArgumentException>(() => rig.Controller.Add("B", rig.Controller.Recipe));
        Assert.Throws<ArgumentException>(() => rig.Controller.Add("B/2", rig.Controller.Recipe));
        for (int i = 2; i < PlantController.MostBatches; i++) rig.Controller.Add($"N{i}", rig.Controller.Recipe);
        Assert.Throws<ArgumentException>(() => rig.Controller.Add("one-more", rig.Controller.Recipe));
        Assert.Equal(ReplyKind.Refused, rig.Command("nobody", PhaseCommand.Hold).Kind);
    }

    /// <summary>Random procedures (sequences, parallels, units used again and again), three batches at once: all end, no unit ever has two owners.</summary>
    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    [InlineData(23)]
    public void Random_recipes_never_lock_each_other_S88_19(int seed)
    {
        TestContext.Current.SendDiagnosticMessage("seed {0}", seed);
        var random = new Random(seed);
        for (int trial = 0; trial < 12; trial++)
        {
            var rig = new SharedRig([.. "XYZ".Select(b => (b.ToString(), Random(random)))]);
            foreach (char unit in SharedRig.Names) rig.Level(unit, 20);
            rig.Started();
            for (int scans = 0; scans < 3000 && rig.Controller.Batches.Any(b => !b.IsOver); scans++)
            {
                rig.Scan();
                var units = rig.Controller.Allocations.Where(a => a.Resource != "water").Select(a => a.Resource).ToList();
                Assert.Equal(units.Distinct().Count(), units.Count);
            }

            string where = string.Join("; ", rig.Controller.Batches.Select(b => $"{b.Id} {b.State} has {string.Join(' ', b.Units)} waits {b.Waits} {b.Reason}"));
            Assert.True(rig.Controller.Batches.All(b => b.State == PhaseState.Complete), $"seed {seed}, trial {trial}: {where}");
            rig.Scan(5);
            Assert.Empty(rig.Controller.Allocations);
        }
    }

    private static ProcedureNode[] Random(Random random) => [.. Enumerable.Range(0, 2 + random.Next(5)).Select(i => Step(random, i))];

    private static ProcedureNode Step(Random random, int number)
    {
        char[] units = [.. SharedRig.Names];
        random.Shuffle(units);
        int branches = 1 + random.Next(3);
        return branches == 1
            ? SharedRig.Unit($"s{number}", units[0], water: random.Next(2) == 0)
            : new ParallelNode($"s{number}", "", 1, [.. units.Take(branches).Select((u, i) => SharedRig.Unit($"s{number}-{i}", u, water: random.Next(2) == 0))]);
    }
}
