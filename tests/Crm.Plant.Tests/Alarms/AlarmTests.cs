using Crm.Plant.Alarms;
using Crm.Plant.Scan;
using Crm.Plant.Tests.Scan;
using Xunit;

namespace Crm.Plant.Tests.Alarms;

public sealed class AlarmTests
{
    private readonly int tag;
    private readonly ScanRun run;

    public AlarmTests()
    {
        var sketch = new RigSketch();
        tag = sketch.Tag("t");
        sketch.Alarm("high", new Above(tag, 50), onDelay: 1, offDelay: 2);
        run = new ScanRun(sketch.Build());
    }

    private AlarmStatus Alarm => run.Frame.Alarms[0];

    private void Raise()
    {
        run.Set(tag, 60);
        run.Step(11);
        Assert.True(Alarm.IsActive);
    }

    private void Clear()
    {
        run.Set(tag, 40);
        run.Step(21);
        Assert.False(Alarm.IsActive);
    }

    [Fact]
    public void Delays_hold_back_noise_ALM11()
    {
        for (int i = 0; i < 100; i++)
        {
            run.Set(tag, 60);
            run.Step(10);
            run.Set(tag, 40);
            run.Step();
            Assert.Equal(AlarmState.Normal, Alarm.State);
        }

        Raise();
        for (int i = 0; i < 100; i++)
        {
            run.Set(tag, 40);
            run.Step(20);
            run.Set(tag, 60);
            run.Step();
            Assert.True(Alarm.IsActive);
        }

        Assert.Equal(1, Alarm.Occurrence);
    }

    [Theory]
    [InlineData("", AlarmState.Normal)]
    [InlineData("a", AlarmState.Normal)]
    [InlineData("r", AlarmState.UnacknowledgedActive)]
    [InlineData("ra", AlarmState.AcknowledgedActive)]
    [InlineData("raa", AlarmState.AcknowledgedActive)]
    [InlineData("rc", AlarmState.ReturnedUnacknowledged)]
    [InlineData("rca", AlarmState.Normal)]
    [InlineData("rac", AlarmState.Normal)]
    [InlineData("rcr", AlarmState.UnacknowledgedActive)]
    [InlineData("rcra", AlarmState.AcknowledgedActive)]
    [InlineData("racr", AlarmState.UnacknowledgedActive)]
    [InlineData("racrc", AlarmState.ReturnedUnacknowledged)]
    public void Every_path_ends_in_its_state_ALM02(string path, AlarmState expected)
    {
        foreach (char act in path)
        {
            if (act == 'r') Raise();
            else if (act == 'c') Clear();
            else run.Do(id => ScanCommand.Acknowledge(id, 0, run.Frame.Alarms[0].Occurrence, "p"));
        }

        run.Step();
        Assert.Equal(expected, Alarm.State);
    }

    [Fact]
    public void An_acknowledgement_of_an_earlier_occurrence_is_refused_ALM04()
    {
        Raise();
        Clear();
        Raise();
        Assert.False(run.Do(id => ScanCommand.Acknowledge(id, 0, 1, "p")).Accepted);
        Assert.Equal(AlarmState.UnacknowledgedActive, Alarm.State);
        Assert.True(run.Do(id => ScanCommand.Acknowledge(id, 0, 2, "p")).Accepted);
    }

    [Fact]
    public void A_bad_input_neither_raises_nor_clears_ALM16()
    {
        run.SetBad(tag);
        run.Step(100);
        Assert.Equal(AlarmState.Normal, Alarm.State);
        Raise();
        run.SetBad(tag);
        run.Step(100);
        Assert.Equal(AlarmState.UnacknowledgedActive, Alarm.State);
    }

    [Fact]
    public void Raising_and_clearing_are_told_once_each()
    {
        run.Set(tag, 60);
        int raised = 0;
        for (int i = 0; i < 50; i++) raised += run.Step().Events.Count(e => e.Kind == ScanEventKind.AlarmRaised);
        run.Set(tag, 40);
        int cleared = 0;
        for (int i = 0; i < 50; i++) cleared += run.Step().Events.Count(e => e.Kind == ScanEventKind.AlarmCleared);
        Assert.Equal((1, 1), (raised, cleared));
    }
}
