using System.Collections.Immutable;

namespace Crm.Plant.Alarms;

/// <summary>
/// Figures about the alarms themselves, live and per shift and day of plant time (ALM-18, ALM-19): fed with what happens in order of time,
/// by the scan or out of a record. Windows move in whole seconds. Bounded: the last 30 days are kept.
/// </summary>
public sealed class AlarmMetrics
{
    /// <summary>More annunciations than this within ten minutes are a flood …</summary>
    public const int FloodBegins = 10;

    /// <summary>… until there are fewer than this.</summary>
    public const int FloodEnds = 5;

    /// <summary>Annunciations in an hour beyond which it counts as busy.</summary>
    public const int BusyHour = 30;

    /// <summary>Three annunciations of one alarm within this are chatter.</summary>
    public static readonly TimeSpan ChatterWithin = TimeSpan.FromMinutes(1);

    /// <summary>An annunciation that goes within this is fleeting: nobody could have acted on it.</summary>
    public static readonly TimeSpan FleetingWithin = TimeSpan.FromMinutes(1);

    public static readonly TimeSpan StaleAfter = TimeSpan.FromHours(24);

    /// <summary>A shift where the rig file names none.</summary>
    public static readonly TimeSpan UsualShift = TimeSpan.FromHours(8);

    private const int WindowSeconds = 600;
    private const int KeptDays = 30;
    private const long DaySeconds = 24 * 3600;

    private readonly ImmutableArray<AlarmPriority> priorities;
    private readonly long shiftSeconds;
    private readonly int[] seconds;
    private readonly TimeSpan[] lastRaised;
    private readonly TimeSpan[] raisedBefore;
    private readonly TimeSpan[] chatteredAt;
    private readonly TimeSpan[] activeSince;
    private AlarmTally run, shift, day;
    private TimeSpan now;
    private TimeSpan nextSecond;
    private long second;
    private int active;

    /// <param name="shiftLength">Whole seconds, a whole number of them a day; null: the usual.</param>
    public AlarmMetrics(ImmutableArray<AlarmPriority> priorities, TimeSpan? shiftLength = null)
    {
        this.priorities = priorities;
        shiftSeconds = (long)(shiftLength ?? UsualShift).TotalSeconds;
        seconds = new int[WindowSeconds];
        lastRaised = Never(priorities.Length);
        raisedBefore = Never(priorities.Length);
        chatteredAt = Never(priorities.Length);
        activeSince = Never(priorities.Length);
        run = new AlarmTally(priorities.Length, TimeSpan.Zero);
        shift = run.Fork();
        day = run.Fork();
    }

    private AlarmMetrics(AlarmMetrics other)
    {
        priorities = other.priorities;
        shiftSeconds = other.shiftSeconds;
        seconds = (int[])other.seconds.Clone();
        lastRaised = (TimeSpan[])other.lastRaised.Clone();
        raisedBefore = (TimeSpan[])other.raisedBefore.Clone();
        chatteredAt = (TimeSpan[])other.chatteredAt.Clone();
        activeSince = (TimeSpan[])other.activeSince.Clone();
        (run, shift, day) = (other.run.Fork(), other.shift.Fork(), other.day.Fork());
        (now, nextSecond, second, active) = (other.now, other.nextSecond, other.second, other.active);
        (IsFlood, LastTenMinutes, Shifts, Days) = (other.IsFlood, other.LastTenMinutes, other.Shifts, other.Days);
    }

    public bool IsFlood { get; private set; }

    /// <summary>Annunciations in the last ten minutes.</summary>
    public int LastTenMinutes { get; private set; }

    public AlarmPeriod Run => run.Until(now);

    public AlarmPeriod Shift => shift.Until(now);

    public AlarmPeriod Day => day.Until(now);

    /// <summary>Shifts that have ended, the oldest first.</summary>
    public ImmutableArray<AlarmPeriod> Shifts { get; private set; } = [];

    /// <summary>Days that have ended, the oldest first.</summary>
    public ImmutableArray<AlarmPeriod> Days { get; private set; } = [];

    public AlarmMetrics Fork() => new(this);

    /// <summary>Came three times or more within a minute, the last time not longer ago than that.</summary>
    public bool Chatters(int alarm) => chatteredAt[alarm] >= TimeSpan.Zero && now - chatteredAt[alarm] <= ChatterWithin;

    /// <summary>Active for more than 24 h.</summary>
    public bool IsStale(int alarm) => activeSince[alarm] >= TimeSpan.Zero && now - activeSince[alarm] > StaleAfter;

    /// <summary>Plant time goes on; does something once a second.</summary>
    public void Advance(TimeSpan to)
    {
        if (to < nextSecond)
        {
            now = to;
            return;
        }

        while (nextSecond <= to) Tick();
        now = to;
    }

    public void Raised(int alarm, TimeSpan at)
    {
        Advance(at);
        bool chatters = raisedBefore[alarm] >= TimeSpan.Zero && at - raisedBefore[alarm] <= ChatterWithin;
        if (chatters) chatteredAt[alarm] = at;
        (raisedBefore[alarm], lastRaised[alarm]) = (lastRaised[alarm], at);
        activeSince[alarm] = at;
        active++;
        seconds[second % WindowSeconds]++;
        LastTenMinutes++;
        bool floodBegins = !IsFlood && LastTenMinutes > FloodBegins;
        IsFlood |= floodBegins;
        foreach (AlarmTally tally in (ReadOnlySpan<AlarmTally>)[run, shift, day])
        {
            tally.Raised(alarm, priorities[alarm], chatters);
            tally.Peak = Math.Max(tally.Peak, LastTenMinutes);
            tally.MostActive = Math.Max(tally.MostActive, active);
            if (floodBegins) tally.Floods++;
        }
    }

    public void Returned(int alarm, TimeSpan at)
    {
        Advance(at);
        if (activeSince[alarm] < TimeSpan.Zero) return;
        bool fleeting = at - activeSince[alarm] < FleetingWithin;
        activeSince[alarm] = Unset;
        active--;
        if (fleeting) Each(t => t.Fleeting());
    }

    /// <param name="after">Time from annunciation to acknowledgement.</param>
    public void Acknowledged(TimeSpan after) => Each(t => t.Acknowledged(after));

    public void Shelved() => Each(t => t.Shelvings++);

    public void TakenOutOfService() => Each(t => t.TakenOutOfService++);

    public void SuppressionRefused() => Each(t => t.Refused++);

    private static readonly TimeSpan Unset = TimeSpan.MinValue / 2;

    private static TimeSpan[] Never(int count)
    {
        var times = new TimeSpan[count];
        Array.Fill(times, Unset);
        return times;
    }

    private void Each(Action<AlarmTally> count)
    {
        count(run);
        count(shift);
        count(day);
    }

    private void Tick()
    {
        second = nextSecond.Ticks / TimeSpan.TicksPerSecond;
        now = nextSecond;
        nextSecond += TimeSpan.FromSeconds(1);
        ref int leaving = ref seconds[second % WindowSeconds];
        LastTenMinutes -= leaving;
        leaving = 0;
        if (IsFlood) CountFlood();
        if (second == 0 || second % WindowSeconds != 0) return;
        int stale = 0;
        for (int i = 0; active > 0 && i < activeSince.Length; i++)
            if (IsStale(i)) stale++;
        Each(t => t.EndTenMinutes());
        if (stale > 0) Each(t => t.Stale = Math.Max(t.Stale, stale));
        if (second % 3600 == 0) Each(t => t.EndHour());
        if (second % shiftSeconds == 0) EndShift();
    }

    private void CountFlood()
    {
        run.FloodTime += TimeSpan.FromSeconds(1);
        shift.FloodTime += TimeSpan.FromSeconds(1);
        day.FloodTime += TimeSpan.FromSeconds(1);
        if (LastTenMinutes < FloodEnds) IsFlood = false;
    }

    private void EndShift()
    {
        Shifts = Kept(Shifts, shift.Until(now), (int)(KeptDays * DaySeconds / shiftSeconds));
        shift = new AlarmTally(priorities.Length, now);
        if (second % DaySeconds != 0) return;
        Days = Kept(Days, day.Until(now), KeptDays);
        day = new AlarmTally(priorities.Length, now);
    }

    private static ImmutableArray<AlarmPeriod> Kept(ImmutableArray<AlarmPeriod> before, AlarmPeriod ended, int most) =>
        [.. before.Length < most ? before : before.RemoveAt(0), ended];
}
