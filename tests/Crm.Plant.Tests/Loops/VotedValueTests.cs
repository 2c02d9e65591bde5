using Crm.Plant.Loops;
using Crm.Plant.Tags;
using Crm.Plant.Tests.Scan;
using Xunit;

namespace Crm.Plant.Tests.Loops;

/// <summary>A loop on several instruments: one that is wrong or lost does no harm (PID-12, SAF-12, NE-11).</summary>
public sealed class VotedValueTests
{
    private const double Bad = double.NaN;

    private readonly RigSketch sketch = new();
    private readonly int a, heater;

    public VotedValueTests()
    {
        a = sketch.Tag("a");
        sketch.Tag("b");
        sketch.Tag("c");
        heater = sketch.Output("heater", lapseAfter: 5);
        sketch.Loop("loop", a, 4, 100, 0, 0, 100, null, 1, new SplitLeg(heater, 0, 100, 0, 100));
    }

    [Theory]
    [InlineData(VoteRule.Median, 70, 71, 72, 71, Quality.Good)]
    [InlineData(VoteRule.Median, 70, 71, 10, 70, Quality.Good)]
    [InlineData(VoteRule.Median, 70, 71, 140, 71, Quality.Good)]
    [InlineData(VoteRule.Median, 70, 72, Bad, 71, Quality.Uncertain)]
    [InlineData(VoteRule.Median, Bad, 72, Bad, 72, Quality.Uncertain)]
    [InlineData(VoteRule.Median, Bad, Bad, Bad, Bad, Quality.Bad)]
    [InlineData(VoteRule.Highest, 70, 71, 10, 71, Quality.Good)]
    [InlineData(VoteRule.Highest, 70, Bad, 10, 70, Quality.Uncertain)]
    [InlineData(VoteRule.Lowest, 70, 71, 10, 10, Quality.Good)]
    [InlineData(VoteRule.Lowest, Bad, 71, 72, 71, Quality.Uncertain)]
    public void What_is_chosen_and_how_good_it_is(VoteRule rule, double x, double y, double z, double chosen, Quality quality)
    {
        ScanRun run = Build(rule);
        Put(run, x, y, z);
        run.Step();
        Reading value = run.Rig.Loops[0].Measured(run.Frame.Image);
        Assert.Equal(chosen, value.Value);
        Assert.Equal(quality, value.Quality);
    }

    /// <summary>On one instrument that drifts 20 K low the same loop would heat at full power.</summary>
    [Fact]
    public void A_wrong_instrument_moves_nothing_and_a_lost_one_lets_the_loop_go_on()
    {
        ScanRun run = Build(VoteRule.Median);
        Put(run, 70, 70, 70);
        Hold(run, 500);
        double before = run[heater];
        Put(run, 50, 70, 70);
        Hold(run, 500);
        Assert.Equal(before, run[heater], 9);
        Put(run, Bad, 70, 70);
        Hold(run, 500);
        Assert.Equal(before, run[heater], 9);
        Assert.False(run.Frame.Loops[0].ProcessValueBad);
        Put(run, Bad, Bad, Bad);
        Hold(run, 5);
        Assert.True(run.Frame.Loops[0].ProcessValueBad);
        Assert.Equal(0, run[heater]);

        ScanRun alone = new(sketch.Build());
        Put(alone, 70, 70, 70);
        Hold(alone, 500);
        Put(alone, 50, 70, 70);
        Hold(alone, 500);
        Assert.True(alone[heater] > 99, $"{alone[heater]}");
    }

    private ScanRun Build(VoteRule rule)
    {
        sketch.Change(0, l => l with { Voted = new VotedValue(rule, [0, 1, 2]) });
        var run = new ScanRun(sketch.Build());
        sketch.Change(0, l => l with { Voted = null });
        return run;
    }

    private static void Put(ScanRun run, params double[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(values[i])) run.SetBad(i);
            else run.Set(i, values[i]);
        }
    }

    private static void Hold(ScanRun run, int scans)
    {
        for (int i = 0; i < scans; i++)
        {
            run.DemandLoop(0, 70);
            run.Step();
        }
    }
}
