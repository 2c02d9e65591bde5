using System.Collections.Immutable;

namespace Crm.Plant.Alarms;

/// <summary>Counts of one period while it runs.</summary>
internal sealed class AlarmTally
{
    private readonly int[] byPriority;
    private readonly int[] times;
    private readonly bool[] chattered;
    private TimeSpan acknowledging;
    private TimeSpan slowest;
    private int raised, fleeting, acknowledged;
    private int inTenMinutes, tenMinutes, tenMinutesOver, inHour, hours, hoursOver;

    public AlarmTally(int alarms, TimeSpan from)
    {
        From = from;
        byPriority = new int[4];
        times = new int[alarms];
        chattered = new bool[alarms];
    }

    private AlarmTally(AlarmTally other)
    {
        From = other.From;
        byPriority = (int[])other.byPriority.Clone();
        times = (int[])other.times.Clone();
        chattered = (bool[])other.chattered.Clone();
        (acknowledging, slowest, raised, fleeting, acknowledged) = (other.acknowledging, other.slowest, other.raised, other.fleeting, other.acknowledged);
        (inTenMinutes, tenMinutes, tenMinutesOver) = (other.inTenMinutes, other.tenMinutes, other.tenMinutesOver);
        (inHour, hours, hoursOver) = (other.inHour, other.hours, other.hoursOver);
        (Peak, Floods, FloodTime, Stale, MostActive) = (other.Peak, other.Floods, other.FloodTime, other.Stale, other.MostActive);
        (Shelvings, TakenOutOfService, Refused) = (other.Shelvings, other.TakenOutOfService, other.Refused);
    }

    public TimeSpan From { get; }

    public int Peak { get; set; }

    public int Floods { get; set; }

    public TimeSpan FloodTime { get; set; }

    public int Stale { get; set; }

    public int MostActive { get; set; }

    public int Shelvings { get; set; }

    public int TakenOutOfService { get; set; }

    public int Refused { get; set; }

    public AlarmTally Fork() => new(this);

    public void Raised(int alarm, AlarmPriority priority, bool chatters)
    {
        raised++;
        inTenMinutes++;
        inHour++;
        times[alarm]++;
        byPriority[(int)priority - 1]++;
        chattered[alarm] |= chatters;
    }

    public void Fleeting() => fleeting++;

    public void Acknowledged(TimeSpan after)
    {
        acknowledged++;
        acknowledging += after;
        if (after > slowest) slowest = after;
    }

    public void EndTenMinutes()
    {
        tenMinutes++;
        if (inTenMinutes > AlarmMetrics.FloodBegins) tenMinutesOver++;
        inTenMinutes = 0;
    }

    public void EndHour()
    {
        hours++;
        if (inHour > AlarmMetrics.BusyHour) hoursOver++;
        inHour = 0;
    }

    public AlarmPeriod Until(TimeSpan to) => new(
        From,
        to,
        raised,
        [.. byPriority],
        tenMinutes,
        tenMinutesOver,
        hours,
        hoursOver,
        Peak,
        Floods,
        FloodTime,
        [.. Enumerable.Range(0, chattered.Length).Where(i => chattered[i])],
        fleeting,
        Stale,
        MostActive,
        acknowledged,
        acknowledged == 0 ? TimeSpan.Zero : acknowledging / acknowledged,
        slowest,
        Shelvings,
        TakenOutOfService,
        Refused,
        [.. Enumerable.Range(0, times.Length).Where(i => times[i] > 0).Select(i => new AlarmFrequency(i, times[i])).OrderByDescending(f => f.Times).ThenBy(f => f.Alarm)]);
}
