using Crm.Plant.Expressions;
using Crm.Plant.Outputs;
using Crm.Plant.Protection;
using Crm.Plant.Scan;
using Crm.Plant.Tags;
using Crm.Plant.Tests.Scan;
using Xunit;

namespace Crm.Plant.Tests.Protection;

/// <summary>What the process cannot do is no measurement (NE-11); each fault has its reason and reaches the output of the row that reads the tag.</summary>
public sealed class PlausibilityTests
{
    private static readonly Plausibility Anything = new(double.NegativeInfinity, double.PositiveInfinity, double.PositiveInfinity, null, null, -1, 0, TimeSpan.Zero);

    private readonly RigSketch sketch = new();
    private readonly int tag;
    private readonly int twin;
    private readonly int wet;
    private readonly int pump;

    public PlausibilityTests()
    {
        tag = sketch.Tag("t", staleAfter: 60);
        twin = sketch.Tag("twin");
        wet = sketch.Tag("wet");
        pump = sketch.Output("pump", lapseAfter: 1e6);
        sketch.Trip("row", true, [RigSketch.Cause("t > 500", new Above(tag, 500))], [new(pump, SafeValue.At(0))]);
    }

    private ScanRun Run(Plausibility plausible)
    {
        sketch.ChangeTag(tag, t => t with { Plausible = plausible });
        var run = new ScanRun(sketch.Build());
        run.Demand(pump, 50);
        run.Set(tag, 20);
        run.Set(twin, 20);
        run.Step();
        return run;
    }

    [Fact]
    public void A_frozen_value_is_bad_with_its_reason_and_trips_NE11_SAF08()
    {
        ScanRun run = Run(Anything with { FrozenAfter = TimeSpan.FromSeconds(60) });
        run.Step(590);
        Assert.True(run.Frame.Image[tag].IsGood);
        run.Step(20);
        Assert.Equal(Reason.Frozen, run.Frame.Image[tag].Reason);
        Assert.Equal(0, run[pump]);
        run.Set(tag, 20.1);
        run.Step();
        Assert.True(run.Frame.Image[tag].IsGood);
        Assert.Equal(0, run[pump]);
    }

    [Fact]
    public void The_trip_names_the_bad_input()
    {
        ScanRun run = Run(Anything with { FrozenAfter = TimeSpan.FromSeconds(60) });
        string text = "";
        for (int i = 0; i < 620; i++)
        {
            run.Step();
            if (run.Told(ScanEventKind.Tripped)) text = run.Frame.Events.First(e => e.Kind == ScanEventKind.Tripped).Text;
        }

        Assert.Equal("row tripped by t > 500 (t is bad: frozen)", text);
    }

    [Fact]
    public void A_value_that_moves_is_never_frozen_and_neither_is_one_at_the_end_of_its_span()
    {
        ScanRun moving = Run(Anything with { FrozenAfter = TimeSpan.FromSeconds(60) });
        for (int i = 0; i < 2000; i++)
        {
            moving.Set(tag, i % 300 == 0 ? 20.1 : 20);
            moving.Step();
            Assert.True(moving.Frame.Image[tag].IsGood);
        }

        ScanRun atEnd = Run(Anything with { FrozenAfter = TimeSpan.FromSeconds(60) });
        atEnd.Set(tag, -1e6);
        atEnd.Step(2000);
        Assert.True(atEnd.Frame.Image[tag].IsGood);
    }

    [Fact]
    public void Frozen_is_judged_only_while_its_condition_is_true()
    {
        ScanRun run = Run(Anything with { FrozenAfter = TimeSpan.FromSeconds(60), FrozenWhile = new Above(wet, 0.5) });
        run.Step(2000);
        Assert.True(run.Frame.Image[tag].IsGood);
        run.Set(wet, 1);
        run.Step(610);
        Assert.Equal(Reason.Frozen, run.Frame.Image[tag].Reason);
    }

    [Theory]
    [InlineData(-1, Reason.OutOfRange)]
    [InlineData(101, Reason.OutOfRange)]
    [InlineData(50, Reason.None)]
    public void Outside_the_plausible_range_is_bad_NE11(double value, Reason reason)
    {
        ScanRun run = Run(Anything with { Low = 0, High = 100 });
        run.Set(tag, value);
        run.Step();
        Assert.Equal(reason, run.Frame.Image[tag].Reason);
        Assert.Equal(reason == Reason.None ? 50 : 0, run[pump]);
    }

    [Theory]
    [InlineData(0.5, Reason.None)]
    [InlineData(2.0, Reason.RateOfChange)]
    public void Faster_than_the_process_is_bad_for_a_while_NE11(double perSecond, Reason reason)
    {
        ScanRun run = Run(Anything with { RatePerSecond = 1 });
        run.Step(60);
        for (int i = 0; i < 30; i++)
        {
            run.Set(tag, 20 + perSecond * i / 10.0);
            run.Step();
        }

        Assert.Equal(reason, run.Frame.Image[tag].Reason);
        run.Step(60);
        Assert.True(run.Frame.Image[tag].IsGood);
    }

    [Fact]
    public void Two_that_disagree_are_both_uncertain_and_told_once_NE11_SAF12()
    {
        ScanRun run = Run(Anything with { Twin = twin, Apart = 2, ApartFor = TimeSpan.FromSeconds(10) });
        run.Set(twin, 23);
        run.Step(99);
        Assert.True(run.Frame.Image[tag].IsGood);
        int told = 0;
        for (int i = 0; i < 50; i++)
        {
            run.Step();
            told += run.Told(ScanEventKind.TagDoubtful) ? 1 : 0;
        }

        Assert.Equal(1, told);
        Assert.All([tag, twin], t => Assert.Equal((Quality.Uncertain, Reason.Deviation), (run.Frame.Image[t].Quality, run.Frame.Image[t].Reason)));
        Assert.Equal(23, run.Frame.Image[twin].Value);
        Assert.Equal(50, run[pump]);
        run.Set(twin, 21);
        run.Step();
        Assert.True(run.Frame.Image[tag].IsGood);
        Assert.True(run.Told(ScanEventKind.TagBack));
    }
}
