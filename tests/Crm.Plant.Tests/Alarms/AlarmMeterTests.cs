using Crm.Plant.Alarms;
using Crm.Plant.Scan;
using Crm.Plant.Tests.Scan;
using Xunit;

namespace Crm.Plant.Tests.Alarms;

/// <summary>The AlarmMetrics object against a model that keeps every state of every alarm in a list and counts it anew (ALM-20, OPC-11).</summary>
public sealed class AlarmMeterTests(ITestOutputHelper output)
{
    private const int Alarms = 3;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>One alarm in one scan.</summary>
    private readonly record struct Moment(TimeSpan At, AlarmState State, long Occurrence);

    [Theory]
    [InlineData(20261121)]
    [InlineData(7)]
    public void Random_alarms_are_counted_as_the_model_counts_them_ALM20(int seed)
    {
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var sketch = new RigSketch();
        int[] tags = [.. Enumerable.Range(0, Alarms).Select(i => sketch.Tag("t" + i))];
        foreach (int tag in tags) sketch.Alarm("a" + tag, new Above(tag, 50), 0, 0, a => a with { ReAlarm = TimeSpan.FromSeconds(20) });
        var run = new ScanRun(sketch.Build());
        TimeSpan start = TimeSpan.Zero;
        List<Moment>[] seen = [.. tags.Select(_ => new List<Moment>())];
        for (int step = 0; step < 12_000; step++)
        {
            foreach (int tag in tags) run.Set(tag, random.Next(300) == 0 ? 60 : random.Next(200) == 0 ? 40 : step == 0 ? 40 : run.Frame.Image[tag].Value);
            if (random.Next(60) == 0 && random.Next(Alarms) is var which) run.State.Offer(ScanCommand.Acknowledge(1, which, run.Frame.Alarms[which].Occurrence, "p"));
            bool resets = random.Next(2500) == 0;
            if (resets) run.State.Offer(ScanCommand.ResetAlarmMeter(2, "p"));
            run.Step();
            // Commands come before the alarms are judged: what this scan raises belongs to the time after the reset.
            if (resets)
            {
                start = run.Now;
                foreach (var list in seen) list.RemoveRange(0, Math.Max(0, list.Count - 1));
            }

            for (int i = 0; i < Alarms; i++) seen[i].Add(new Moment(run.Now, run.Frame.Alarms[i].State, run.Frame.Alarms[i].Occurrence));
            if (step % 97 == 0 || resets) AssertSame(run, seen, start, $"seed {seed}, step {step}");
        }
    }

    [Fact]
    public void A_copy_counts_on_its_own()
    {
        var sketch = new RigSketch();
        int tag = sketch.Tag("t");
        sketch.Alarm("a", new Above(tag, 50));
        var run = new ScanRun(sketch.Build());
        ScanRun copy = run.Fork();
        run.Set(tag, 60);
        run.Step();

        Assert.Equal((1, 0), (ScanCore.AlarmMeter(run.State).AlarmCount, ScanCore.AlarmMeter(copy.State).AlarmCount));
    }

    private static void AssertSame(ScanRun run, List<Moment>[] seen, TimeSpan start, string where)
    {
        AlarmMeterReading got = ScanCore.AlarmMeter(run.State);
        long raised = seen.Sum(s => Pairs(s).Count(p => IsActive(p.Now) && !IsActive(p.Was)));
        double average = raised * (Window / (run.Now - start > Window ? run.Now - start : Window));
        Assert.True(raised == got.AlarmCount, $"{where}: {got.AlarmCount} alarms, model {raised}");
        Assert.True(start == got.StartTime, $"{where}: begins {got.StartTime}, model {start}");
        Assert.True(seen.Max(s => Longest(s, IsActive, start, run.Now)) == got.MaximumActiveState, $"{where}: active {got.MaximumActiveState}");
        Assert.True(seen.Max(s => Longest(s, IsUnseen, start, run.Now)) == got.MaximumUnAck, $"{where}: unacknowledged {got.MaximumUnAck}, model {seen.Max(s => Longest(s, IsUnseen, start, run.Now))}");
        Assert.True(seen.Max(s => Pairs(s).Count(p => p.Was.State == AlarmState.AcknowledgedActive && p.Now.State == AlarmState.UnacknowledgedActive)) == got.MaximumReAlarmCount, $"{where}: again {got.MaximumReAlarmCount}");
        Assert.True(Math.Abs(average - got.AverageAlarmRate) < 1e-9, $"{where}: average {got.AverageAlarmRate}, model {average}");
        Assert.True(got.MaximumAlarmRate >= got.CurrentAlarmRate && got.CurrentAlarmRate >= 0, where);
    }

    private static IEnumerable<(Moment Was, Moment Now)> Pairs(List<Moment> seen) => seen.Zip(seen.Skip(1));

    private static bool IsActive(Moment at) => at.State is AlarmState.UnacknowledgedActive or AlarmState.AcknowledgedActive;

    private static bool IsUnseen(Moment at) => at.State is AlarmState.UnacknowledgedActive or AlarmState.ReturnedUnacknowledged;

    /// <summary>The longest stretch, from its first scan to the first one after it, or to now; nothing counts before the reset.</summary>
    private static TimeSpan Longest(List<Moment> seen, Func<Moment, bool> holds, TimeSpan start, TimeSpan now)
    {
        TimeSpan longest = TimeSpan.Zero;
        TimeSpan? since = null;
        foreach (Moment at in seen)
        {
            if (holds(at)) since ??= at.At > start ? at.At : start;
            if (since is { } began && at.At - began > longest) longest = at.At - began;
            if (!holds(at)) since = null;
        }

        return since is { } open && now - open > longest ? now - open : longest;
    }
}
