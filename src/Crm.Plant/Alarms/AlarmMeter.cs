namespace Crm.Plant.Alarms;

/// <summary>The AlarmMetrics object of OPC UA part 9 as it is published (ALM-20). Rates are annunciations in ten minutes.</summary>
/// <param name="StartTime">Plant time of the last reset.</param>
/// <param name="MaximumActiveState">The longest an alarm was active, those that still are included.</param>
/// <param name="MaximumUnAck">The longest an alarm waited for its acknowledgement, those that still do included.</param>
/// <param name="AverageAlarmRate">Since the last reset; over ten minutes at least.</param>
/// <param name="MaximumReAlarmCount">The most often that one alarm became unacknowledged again while it was active (ALM-12).</param>
public readonly record struct AlarmMeterReading(
    long AlarmCount, TimeSpan StartTime, TimeSpan MaximumActiveState, TimeSpan MaximumUnAck, double CurrentAlarmRate, double MaximumAlarmRate, double AverageAlarmRate, int MaximumReAlarmCount);

/// <summary>Counts the alarms from one reset to the next. What is active or unacknowledged at a reset counts from the reset.</summary>
internal sealed class AlarmMeter
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly TimeSpan?[] activeSince;
    private readonly TimeSpan?[] unseenSince;
    private readonly int[] again;
    private TimeSpan start, longestActive, longestUnseen;
    private long count;
    private int mostInWindow;

    public AlarmMeter(int alarms)
    {
        activeSince = new TimeSpan?[alarms];
        unseenSince = new TimeSpan?[alarms];
        again = new int[alarms];
    }

    private AlarmMeter(AlarmMeter other)
    {
        activeSince = (TimeSpan?[])other.activeSince.Clone();
        unseenSince = (TimeSpan?[])other.unseenSince.Clone();
        again = (int[])other.again.Clone();
        (start, longestActive, longestUnseen, count, mostInWindow) = (other.start, other.longestActive, other.longestUnseen, other.count, other.mostInWindow);
    }

    public AlarmMeter Fork() => new(this);

    /// <param name="inWindow">Annunciations in the last ten minutes.</param>
    public void Changed(int alarm, in AlarmStatus was, in AlarmStatus now, TimeSpan at, int inWindow)
    {
        if (now.IsActive && !was.IsActive) count++;
        else if (now.State == AlarmState.UnacknowledgedActive && was.State == AlarmState.AcknowledgedActive) again[alarm]++;
        mostInWindow = Math.Max(mostInWindow, inWindow);
        Clock(ref activeSince[alarm], now.IsActive, at, ref longestActive);
        Clock(ref unseenSince[alarm], now.IsUnacknowledged, at, ref longestUnseen);
    }

    public AlarmMeterReading Read(TimeSpan now, int inWindow)
    {
        TimeSpan elapsed = now - start;
        return new AlarmMeterReading(
            count, start, Longest(activeSince, longestActive, now), Longest(unseenSince, longestUnseen, now), inWindow, Math.Max(mostInWindow, inWindow),
            count * (Window / (elapsed > Window ? elapsed : Window)), again.Length == 0 ? 0 : again.Max());
    }

    public void Reset(TimeSpan now)
    {
        (start, longestActive, longestUnseen, count, mostInWindow) = (now, TimeSpan.Zero, TimeSpan.Zero, 0, 0);
        Array.Clear(again);
        for (int i = 0; i < activeSince.Length; i++)
        {
            if (activeSince[i] is not null) activeSince[i] = now;
            if (unseenSince[i] is not null) unseenSince[i] = now;
        }
    }

    private static void Clock(ref TimeSpan? since, bool runs, TimeSpan at, ref TimeSpan longest)
    {
        if (runs == since is not null) return;
        if (since is { } began && at - began > longest) longest = at - began;
        since = runs ? at : null;
    }

    private static TimeSpan Longest(TimeSpan?[] since, TimeSpan longest, TimeSpan now)
    {
        foreach (TimeSpan? began in since)
            if (began is { } from && now - from > longest) longest = now - from;
        return longest;
    }
}
