using System.Collections.Immutable;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Xunit;

namespace Crm.Plant.Tests.UnitOperations;

/// <summary>S88-21: exits of a step are judged on one picture; of several true ones the stronger wins, of equally strong ones the one written first.</summary>
public class TransitionTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Exits that become true in the same scan, in the order in which they are written; state that follows, words of its cause.</summary>
    public static TheoryData<string, PhaseState, string> Pairs => new()
    {
        { "hold stop", PhaseState.Stopping, "second" },
        { "stop hold", PhaseState.Stopping, "first" },
        { "abort stop", PhaseState.Aborting, "first" },
        { "stop abort", PhaseState.Aborting, "second" },
        { "hold abort stop", PhaseState.Aborting, "second" },
        { "hold hold", PhaseState.Holding, "first" },
        { "stop stop", PhaseState.Stopping, "first" },
        { "continue hold", PhaseState.Holding, "second" },
        { "hold continue", PhaseState.Holding, "first" },
        { "continue continue", PhaseState.Completing, "" },
        { "ignore continue", PhaseState.Completing, "" },
        // This operation has no pause point: PAUSE holds.
        { "pause hold", PhaseState.Holding, "first" },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Of_two_true_exits_the_declared_order_decides(string exits, PhaseState expected, string cause)
    {
        Bench bench = Reacting(exits);
        bench.Plant["vessel.temperature"] = 70;
        while (bench.Run.State == PhaseState.Running) bench.Step();
        Assert.Equal(expected, bench.Run.State);
        if (cause.Length > 0) Assert.Contains(cause, bench.Run.Reason, StringComparison.Ordinal);
        // Every exit that was true is on record, whichever won.
        Assert.Equal(exits.Split(' ').Length, bench.Events.Count(e => e.Kind == BatchEventKind.LimitReached));
    }

    [Theory]
    [InlineData(PhaseCommand.Hold, "stop", PhaseState.Stopping)]
    [InlineData(PhaseCommand.Stop, "hold", PhaseState.Stopping)]
    [InlineData(PhaseCommand.Hold, "continue", PhaseState.Holding)]
    [InlineData(PhaseCommand.Abort, "stop", PhaseState.Aborting)]
    public void A_command_in_the_scan_of_an_exit_is_weighed_with_it(PhaseCommand command, string exit, PhaseState expected)
    {
        Bench bench = Reacting(exit);
        bench.Plant["vessel.temperature"] = 70;
        bench.Step(command);
        Assert.Equal(expected, bench.Run.State);
    }

    /// <summary>An exit and its opposite, over a reading that swings across the limit in every scan: exactly one of them holds in each.</summary>
    [Fact]
    public void An_exit_and_its_opposite_never_both_hold_nor_neither()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            var random = new Random(seed);
            bool hot = false, cold = false;
            Bench bench = OperationTests.Make("vessel react temperature=20 for=7200", change: n => n with
            {
                Limits =
                [
                    new Limit(TagTest.Of("hot", "vessel.temperature", t => hot = t > 60), TimeSpan.Zero, Consequence.Ignore, "hot"),
                    new Limit(TagTest.Of("not hot", "vessel.temperature", t => cold = !(t > 60)), TimeSpan.Zero, Consequence.Ignore, "not hot"),
                ],
            }).Start();
            for (int i = 0; i < 300; i++)
            {
                bench.Plant.Force["vessel.temperature"] = 60 + (random.NextDouble() - 0.5);
                bench.Step();
                Assert.True(hot != cold, $"seed {seed}, scan {i}: {bench.Image[ToyRig.Rig.Tag("vessel.temperature")].Value}");
            }
        }
    }

    [Fact]
    public void The_same_readings_give_the_same_trace()
    {
        for (int seed = 1; seed <= 10; seed++) Assert.Equal(Trace(seed), Trace(seed));

        static ImmutableArray<string> Trace(int seed)
        {
            var random = new Random(seed);
            Bench bench = OperationTests.Make("vessel dose reagent=acid amount=1.5 rate=4", new ToyPlant(seed), n => n with
            {
                Limits = [Exit("hold", "first", t => t > 60), Exit("pause", "second", t => t > 59)],
            }).Start();
            for (int i = 0; i < 400 && PhaseTable.IsActive(bench.Run.State); i++)
            {
                bench.Plant.Force["vessel.temperature"] = 58 + (4 * random.NextDouble());
                bench.Step(bench.Run.State is PhaseState.Held ? [PhaseCommand.Restart] : bench.Run.State is PhaseState.Paused ? [PhaseCommand.Resume] : []);
            }

            return [.. bench.Events.Select(e => $"{e.At} {e.Kind} {e.Text} {e.Cause}")];
        }
    }

    private static Bench Reacting(string exits)
    {
        string[] words = exits.Split(' ');
        string[] names = ["first", "second", "third"];
        Bench bench = OperationTests.Make("vessel react temperature=20 for=7200", change: n => n with
        {
            Limits = [.. words.Select((word, i) => Exit(word, names[i], t => t > 60))],
        }).Start();
        return bench.Until(b => b.Run.State == PhaseState.Running, Hour).For(TimeSpan.FromSeconds(10));
    }

    private static Limit Exit(string then, string message, Func<double, bool> truth) =>
        new(TagTest.Of(message, "vessel.temperature", truth), TimeSpan.Zero, Enum.Parse<Consequence>(then, ignoreCase: true), message);
}
