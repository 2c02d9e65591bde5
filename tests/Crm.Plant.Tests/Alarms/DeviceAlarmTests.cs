using System.Collections.Immutable;
using Crm.Plant.Alarms;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Plant.Tests.Scan;
using Xunit;

namespace Crm.Plant.Tests.Alarms;

/// <summary>Bad instruments and lost devices: one alarm for one fault (ALM-16, ALM-17).</summary>
public sealed class DeviceAlarmTests
{
    private const int Tags = 200;

    private readonly ScanRun run;

    public DeviceAlarmTests()
    {
        var sketch = new RigSketch();
        for (int i = 0; i < Tags; i++) sketch.Tag("t" + i, bus: "card");
        sketch.Tag("other1", bus: "other");
        sketch.Tag("other2", bus: "other");
        for (int i = 0; i < Tags; i++) sketch.Alarm("high" + i, new Above(i, 50), 0.1, 0.1, a => a with { Subject = new AlarmSubject(i, 50, "degC") });
        sketch.Alarm("other", new Above(Tags, 50));
        RigDefinition rig = sketch.Build() with { Buses = [Bus("card"), Bus("other")] };
        run = new ScanRun(InstrumentAlarms.AddTo(rig));
        run.Step(5);
    }

    private static BusDefinition Bus(string name) => new(name, "test", ImmutableSortedDictionary<string, string>.Empty);

    private IEnumerable<AlarmDefinition> In(Func<AlarmStatus, bool> state) => run.Rig.Alarms.Where(a => state(run.Frame.Alarms[a.Ordinal]));

    private void Lose(int tags)
    {
        for (int i = 0; i < tags; i++) run.SetBad(i);
    }

    [Fact]
    public void Two_hundred_tags_lost_are_one_alarm_and_the_dependents_are_listed_ALM17()
    {
        Lose(Tags);
        int raised = 0;
        for (int i = 0; i < 600; i++) raised += run.Step().Events.Count(e => e.Kind == ScanEventKind.AlarmRaised);
        Assert.Equal(1, raised);
        Assert.Equal("card-lost", In(a => a.IsAnnunciated).Single().Id);
        Assert.Equal(2 * Tags, In(a => a.State == AlarmState.Suppressed).Count());
        Assert.All(In(a => a.State == AlarmState.Suppressed), a => Assert.Equal("device lost: card", run.Core.SuppressionText(a.Ordinal, run.Frame.Alarms[a.Ordinal].Rule)));
    }

    [Fact]
    public void A_device_that_comes_back_brings_no_storm_ALM17()
    {
        Lose(Tags);
        run.Step(600);
        for (int i = 0; i < Tags; i++) run.Set(i, 20);
        int raised = 0;
        for (int i = 0; i < 600; i++) raised += run.Step().Events.Count(e => e.Kind == ScanEventKind.AlarmRaised);
        Assert.Equal(0, raised);
        Assert.Equal(["card-lost"], In(a => a.IsAnnunciated).Select(a => a.Id));
        Assert.Empty(In(a => a.State == AlarmState.Suppressed));
    }

    [Fact]
    public void One_bad_tag_is_one_instrument_alarm_and_its_limit_stays_silent_ALM16()
    {
        run.SetBad(3);
        run.Step(100);
        Assert.Equal(["t3-fault"], In(a => a.IsAnnunciated).Select(a => a.Id));
        run.Set(3, 20);
        run.Step(101);
        Assert.Equal(AlarmState.ReturnedUnacknowledged, run.Frame.Alarms[In(a => a.IsAnnunciated).Single().Ordinal].State);
    }

    [Fact]
    public void A_short_gap_of_one_tag_is_no_alarm()
    {
        run.SetBad(3);
        run.Step(15);
        run.Set(3, 20);
        run.Step(100);
        Assert.Empty(In(a => a.IsAnnunciated));
    }

    [Fact]
    public void Every_generated_alarm_says_what_to_do_ALM01() => Assert.All(run.Rig.Alarms.Where(a => a.IsGenerated), a =>
    {
        Assert.All((string[])[a.Cause, a.Consequence, a.Response, a.Text, a.ConditionText], t => Assert.True(t.Length > 5, a.Id));
        Assert.True(a.TimeToRespond > TimeSpan.Zero);
    });

    [Fact]
    public void Four_hundred_quiet_alarms_allocate_nothing_in_a_scan()
    {
        static long Allocated(ScanRun quiet)
        {
            quiet.Step(100);
            long before = GC.GetAllocatedBytesForCurrentThread();
            quiet.Step(1000);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        var without = new ScanRun(run.Rig with { Alarms = [] });
        Assert.InRange(Allocated(run) - Allocated(without), -1000, 1000);
    }
}
