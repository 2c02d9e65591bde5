using Crm.Plant.Alarms;
using Crm.Plant.Expressions;
using Crm.Plant.Outputs;
using Crm.Plant.Protection;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Plant.Tests.Scan;
using Xunit;

namespace Crm.Plant.Tests.Protection;

/// <summary>What is set aside is told and alarmed at every change of shift while anything stands (SAF-15).</summary>
public sealed class ShiftTests
{
    private static readonly TimeSpan Shift = TimeSpan.FromMinutes(10);

    private readonly RigSketch sketch = new();
    private readonly int row;
    private readonly int tag;

    public ShiftTests()
    {
        tag = sketch.Tag("t");
        int pump = sketch.Output("pump");
        row = sketch.Trip("row", false, [RigSketch.Cause("t > 5", new Above(tag, 5))], [new(pump, SafeValue.At(0))]);
        sketch.Change(row, t => t with { Class = TripClass.Process, Bypass = new OverrideRule(null, TimeSpan.FromHours(4), null) });
    }

    private ScanRun Run()
    {
        RigDefinition rig = InstrumentAlarms.AddTo(sketch.Build() with { Shift = Shift });
        var run = new ScanRun(rig);
        run.Set(tag, 1);
        run.Step();
        return run;
    }

    /// <summary>Bypasses as begin and length in minutes, and the changes of shift (each 10 min) at which one must be told and alarmed.</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("1:5", "")]
    [InlineData("1:8", "")]
    [InlineData("9:2", "10")]
    [InlineData("1:12", "10")]
    [InlineData("1:25", "10 20")]
    [InlineData("1:5 8:5", "10")]
    [InlineData("9:2 12:5 19:5", "10 20")]
    public void Each_change_of_shift_tells_what_stands_SAF15(string bypasses, string told)
    {
        ScanRun run = Run();
        var begins = bypasses.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(b => b.Split(':')).ToDictionary(b => int.Parse(b[0]), b => int.Parse(b[1]));
        var seen = new List<int>();
        for (int minute = 0; minute < 32; minute++)
        {
            if (begins.TryGetValue(minute, out int length))
                Assert.True(run.Do(id => ScanCommand.Bypass(id, row, 0, -1, TimeSpan.FromMinutes(length), "anna", "electrode is changed")).Accepted);
            while (run.Now < TimeSpan.FromMinutes(minute + 1))
            {
                run.Set(tag, 1);
                run.Step();
                if (!run.Told(ScanEventKind.OverrideStands)) continue;
                seen.Add((int)run.Now.TotalMinutes);
                Assert.True(Alarm(run).IsActive);
                Assert.Contains(run.Frame.Events, e => e is { Kind: ScanEventKind.OverrideStands, Subject: "row" } && e.Text.Contains("set by anna: electrode is changed", StringComparison.Ordinal));
            }
        }

        Assert.Equal(told, string.Join(' ', seen));
        Assert.False(Alarm(run).IsActive);
    }

    [Fact]
    public void The_alarm_goes_with_the_last_thing_set_aside_and_is_unacknowledged_again_the_next_shift()
    {
        ScanRun run = Run();
        Assert.True(run.Do(id => ScanCommand.Bypass(id, row, 0, -1, TimeSpan.FromMinutes(25), "anna", "electrode is changed")).Accepted);
        Until(run, 11);
        Assert.Equal(AlarmState.UnacknowledgedActive, Alarm(run).State);
        Assert.True(run.Do(id => ScanCommand.Acknowledge(id, run.Rig.Alarms[^1].Ordinal, Alarm(run).Occurrence, "boris")).Accepted);
        Until(run, 12);
        Assert.Equal(AlarmState.AcknowledgedActive, Alarm(run).State);
        Until(run, 22);
        Assert.Equal(AlarmState.UnacknowledgedActive, Alarm(run).State);
        Assert.True(run.Do(id => ScanCommand.EndBypass(id, row, "boris")).Accepted);
        run.Step();
        Assert.False(Alarm(run).IsActive);
    }

    /// <summary>A controller that comes back to a bypass says so at once, whatever the time of the shift; so does a copy when its shift changes.</summary>
    [Fact]
    public void A_copy_tells_it_at_the_same_scan()
    {
        ScanRun run = Run();
        run.Do(id => ScanCommand.Bypass(id, row, 0, -1, TimeSpan.FromMinutes(25), "anna", "electrode is changed"));
        ScanRun copy = run.Fork();
        Until(run, 11);
        Until(copy, 11);
        Assert.Equal(Alarm(run), Alarm(copy));
        Assert.True(Alarm(copy).IsActive);
    }

    private static AlarmStatus Alarm(ScanRun run) => run.Frame.Alarms[^1];

    private void Until(ScanRun run, int minutes)
    {
        while (run.Now < TimeSpan.FromMinutes(minutes))
        {
            run.Set(tag, 1);
            run.Step();
        }
    }
}
