using Crm.Plant.Scan;
using Crm.Plant.Tags;
using Xunit;

namespace Crm.Plant.Tests.Scan;

public sealed class ImageTests
{
    [Theory]
    [InlineData(0, Quality.Good, Reason.None)]
    [InlineData(20, Quality.Good, Reason.None)]
    [InlineData(21, Quality.Bad, Reason.Stale)]
    [InlineData(5000, Quality.Bad, Reason.Stale)]
    public void A_reading_older_than_the_tags_limit_is_bad_NE10(int silentScans, Quality quality, Reason reason)
    {
        var sketch = new RigSketch();
        int tag = sketch.Tag("t", staleAfter: 2);
        var run = new ScanRun(sketch.Build());
        run.Set(tag, 40);
        run.Step();
        run.Silence(tag);
        run.Step(silentScans);
        Assert.Equal(quality, run.Frame.Image[tag].Quality);
        Assert.Equal(reason, run.Frame.Image[tag].Reason);
        Assert.Equal(quality == Quality.Bad, double.IsNaN(run.Frame.Image[tag].Value));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_good_reading_that_is_no_number_is_a_device_failure(double value)
    {
        var sketch = new RigSketch();
        int tag = sketch.Tag("t");
        var run = new ScanRun(sketch.Build());
        run.Set(tag, value);
        run.Step();
        Assert.Equal(Reason.DeviceFailure, run.Frame.Image[tag].Reason);
        Assert.True(run.Frame.Image[tag].IsBad);
    }

    [Fact]
    public void A_good_reading_from_before_time_is_stale_and_breaks_nothing()
    {
        var sketch = new RigSketch();
        sketch.Tag("t");
        var core = new ScanCore(sketch.Build());
        ScanState state = core.Start();
        PlantFrame frame = core.Scan(state, TimeSpan.FromSeconds(1), [new Reading(1, Quality.Good, Reason.None, TimeSpan.MinValue)]);
        Assert.Equal(Reason.Stale, frame.Image[0].Reason);
        Assert.False(frame.RigTrip.Fault);
    }

    [Fact]
    public void A_lost_bus_is_one_event_ALM17()
    {
        var sketch = new RigSketch();
        for (int i = 0; i < 200; i++) sketch.Tag("t" + i, bus: "modbus");
        int other = sketch.Tag("other", bus: "spi");
        var run = new ScanRun(sketch.Build());
        for (int i = 0; i < 200; i++) run.SetBad(i);
        run.Step();
        ScanEvent lost = Assert.Single(run.Frame.Events);
        Assert.Equal(ScanEventKind.BusLost, lost.Kind);
        Assert.Equal("modbus", lost.Subject);
        run.SetBad(other);
        Assert.Equal(ScanEventKind.TagBad, Assert.Single(run.Step().Events).Kind);
        Assert.Empty(run.Step().Events);
        run.Set(other, 1);
        Assert.Equal(ScanEventKind.TagBack, Assert.Single(run.Step().Events).Kind);
    }

    [Theory]
    [InlineData(0, "bus modbus reads again")]
    [InlineData(2, "bus modbus reads again, still bad: t0, t1")]
    [InlineData(10, "bus modbus reads again, still bad: t0, t1, t2, t3, t4, t5, t6, t7 and 2 more")]
    public void A_bus_that_comes_back_is_one_event_ALM17(int stillBad, string text)
    {
        var sketch = new RigSketch();
        for (int i = 0; i < 20; i++) sketch.Tag("t" + i, bus: "modbus");
        var run = new ScanRun(sketch.Build());
        for (int i = 0; i < 20; i++) run.SetBad(i);
        run.Step();
        for (int i = stillBad; i < 20; i++) run.Set(i, 1);
        ScanEvent back = Assert.Single(run.Step().Events);
        Assert.Equal((ScanEventKind.BusBack, "modbus", text), (back.Kind, back.Subject, back.Text));
        for (int i = 0; i < stillBad; i++) run.Set(i, 1);
        Assert.Equal(stillBad, run.Step().Events.Count(e => e.Kind == ScanEventKind.TagBack));
    }

    [Fact]
    public void Missing_readings_count_as_never_read()
    {
        var sketch = new RigSketch();
        sketch.Tag("a");
        int b = sketch.Tag("b");
        var core = new ScanCore(sketch.Build());
        PlantFrame frame = core.Scan(core.Start(), TimeSpan.FromSeconds(1), [Reading.Good(1, TimeSpan.FromSeconds(1))]);
        Assert.Equal(Reason.NeverRead, frame.Image[b].Reason);
    }
}
