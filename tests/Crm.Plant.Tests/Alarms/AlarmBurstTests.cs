using Crm.Plant.Alarms;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Plant.Tests.Scan;
using Xunit;

namespace Crm.Plant.Tests.Alarms;

/// <summary>ALM-23, ALM-24: 2,000 configured alarms, a burst of 100 a second: none is lost, none comes later than its own scan, and the order is the scan's.</summary>
public sealed class AlarmBurstTests
{
    private const int Tags = 300, Alarms = 2000, PerScan = 10;
    private const double Normal = 60, First = 100, Apart = 10;

    /// <summary>On-delay in scans of 100 ms: the alarm comes in that scan and in no other.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void A_burst_loses_no_alarm_and_none_is_late_by_more_than_its_scan(int delay)
    {
        ScanRun run = Quiet(delay);
        var due = new SortedDictionary<int, long>();
        var came = new SortedDictionary<int, long>();
        for (int scan = 0; scan < (Alarms / PerScan) + delay + 2; scan++)
        {
            for (int i = scan * PerScan; i < Math.Min(Alarms, (scan + 1) * PerScan); i++)
            {
                run.Set(i % Tags, First + (Apart * (i / Tags)) + 1);
                due[i] = run.State.Scan + 1 + delay;
            }

            run.Step();
            foreach (ScanEvent happened in run.Frame.Events.Where(e => e.Kind == ScanEventKind.AlarmRaised)) Assert.True(came.TryAdd(happened.Target, run.Frame.Scan), $"alarm {happened.Target} came twice");
            // All that came in one scan share its time, and stand in the order of the list (ALM-24).
            int[] now = [.. run.Frame.Events.Where(e => e.Kind == ScanEventKind.AlarmRaised).Select(e => e.Target)];
            Assert.Equal(now.Order(), now);
            Assert.All(now, i => Assert.Equal(run.Frame.Now, run.Frame.Alarms[i].RaisedAt));
        }

        Assert.Equal(Alarms, came.Count);
        Assert.Equal(due, came);
        Assert.Equal(0, run.State.DroppedEvents);
        Assert.All(run.Frame.Alarms.Take(Alarms), a => Assert.Equal(AlarmState.UnacknowledgedActive, a.State));
    }

    /// <summary>All of them in one scan, which no burst of the requirement asks: still none is lost, and each is on record.</summary>
    [Fact]
    public void Even_two_thousand_in_one_scan_are_all_told()
    {
        ScanRun run = Quiet(0);
        for (int tag = 0; tag < Tags; tag++) run.Set(tag, 1000);
        run.Step();
        Assert.Equal(Enumerable.Range(0, Alarms), run.Frame.Events.Where(e => e.Kind == ScanEventKind.AlarmRaised).Select(e => e.Target).Order());
        Assert.Equal(0, run.State.DroppedEvents);
    }

    /// <summary>Acknowledged at the same pace: each answer comes with the next scan.</summary>
    [Fact]
    public void Acknowledgements_keep_up_with_the_burst()
    {
        ScanRun run = Quiet(0);
        for (int scan = 0; scan <= Alarms / PerScan; scan++)
        {
            for (int i = (scan - 1) * PerScan; scan > 0 && i < scan * PerScan; i++) run.State.Offer(ScanCommand.Acknowledge(10_000 + i, i, run.Frame.Alarms[i].Occurrence, "anna"));
            for (int i = scan * PerScan; i < Math.Min(Alarms, (scan + 1) * PerScan); i++) run.Set(i % Tags, First + (Apart * (i / Tags)) + 1);
            run.Step();
            Assert.Equal(scan > 0 ? PerScan : 0, run.Frame.Outcomes.Count(o => o.Accepted));
        }

        Assert.All(run.Frame.Alarms.Take(Alarms), a => Assert.Equal(AlarmState.AcknowledgedActive, a.State));
    }

    private static ScanRun Quiet(int delay)
    {
        var sketch = new RigSketch();
        for (int tag = 0; tag < Tags; tag++) sketch.Tag($"t{tag}");
        for (int i = 0; i < Alarms; i++) sketch.Alarm($"a{i}", new Above(i % Tags, First + (Apart * (i / Tags))), delay * 0.1);
        RigDefinition rig = sketch.Build();
        var run = new ScanRun(rig, reset: false);
        for (int tag = 0; tag < Tags; tag++) run.Set(tag, Normal);
        run.Step(20);
        return run;
    }
}
