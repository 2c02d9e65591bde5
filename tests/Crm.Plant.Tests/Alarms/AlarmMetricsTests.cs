using Crm.Plant.Alarms;
using Xunit;

namespace Crm.Plant.Tests.Alarms;

/// <summary>Figures about alarms against sums done by hand (ALM-18, ALM-19).</summary>
public sealed class AlarmMetricsTests
{
    private readonly AlarmMetrics metrics = new([AlarmPriority.Critical, AlarmPriority.High, AlarmPriority.Medium, AlarmPriority.Low]);

    private static TimeSpan Minutes(double minutes) => TimeSpan.FromMinutes(minutes);

    private void Burst(int count, double fromMinute, double apartSeconds, int alarm = 3)
    {
        for (int i = 0; i < count; i++)
        {
            TimeSpan at = Minutes(fromMinute) + i * TimeSpan.FromSeconds(apartSeconds);
            metrics.Raised(alarm, at);
            metrics.Returned(alarm, at + TimeSpan.FromSeconds(apartSeconds / 2));
        }
    }

    /// <summary>
    /// Golden data: alarm 0 once at 5 min, active 2 min, acknowledged after 40 s; alarm 1 at 12 and 50 min, active 10 min, acknowledged after
    /// 20 s and 60 s; alarm 2 three times at 70 min, 20 s apart, 5 s each; alarm 3 at 100 min, never returns; twelve of alarm 3's kind do not come.
    /// </summary>
    private void Golden()
    {
        metrics.Raised(0, Minutes(5));
        metrics.Acknowledged(TimeSpan.FromSeconds(40));
        metrics.Returned(0, Minutes(7));
        metrics.Raised(1, Minutes(12));
        metrics.Acknowledged(TimeSpan.FromSeconds(20));
        metrics.Returned(1, Minutes(22));
        metrics.Raised(1, Minutes(50));
        metrics.Acknowledged(TimeSpan.FromSeconds(60));
        metrics.Returned(1, Minutes(60));
        for (int i = 0; i < 3; i++)
        {
            metrics.Raised(2, Minutes(70) + TimeSpan.FromSeconds(20 * i));
            metrics.Returned(2, Minutes(70) + TimeSpan.FromSeconds(20 * i + 5));
        }

        metrics.Raised(3, Minutes(100));
        metrics.Shelved();
        metrics.TakenOutOfService();
        metrics.SuppressionRefused();
    }

    [Fact]
    public void The_golden_data_give_these_figures_ALM19()
    {
        Golden();
        metrics.Advance(Minutes(120));
        AlarmPeriod run = metrics.Run;
        Assert.Equal(7, run.Raised);
        Assert.Equal([1, 2, 3, 1], run.ByPriority);
        Assert.Equal((12, 0), (run.TenMinutes, run.TenMinutesOver10));
        Assert.Equal((2, 0), (run.Hours, run.HoursOver30));
        Assert.Equal(3, run.PeakTenMinutes);
        Assert.Equal((0, TimeSpan.Zero), (run.Floods, run.FloodTime));
        Assert.Equal([2], run.Chattering);
        Assert.Equal(3, run.Fleeting);
        Assert.Equal(1, run.MostActive);
        Assert.Equal((3, TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(60)), (run.Acknowledged, run.MeanToAcknowledge, run.LongestToAcknowledge));
        Assert.Equal((1, 1, 1), (run.Shelvings, run.TakenOutOfService, run.RefusedSuppressions));
        Assert.Equal([new AlarmFrequency(2, 3), new(1, 2), new(0, 1), new(3, 1)], run.Frequencies);
        Assert.Equal(7 / 12.0, run.PerTenMinutes, 9);
        Assert.Equal(84, run.PerDay, 9);
        Assert.Equal(1, run.TopTenShare);
    }

    [Fact]
    public void An_alarm_active_for_more_than_a_day_is_stale_ALM19()
    {
        Golden();
        metrics.Advance(Minutes(100) + TimeSpan.FromHours(24));
        Assert.False(metrics.IsStale(3));
        Assert.Equal(0, metrics.Run.Stale);
        metrics.Advance(Minutes(100) + TimeSpan.FromHours(24.2));
        Assert.True(metrics.IsStale(3));
        Assert.Equal(1, metrics.Run.Stale);
    }

    [Fact]
    public void Shifts_and_days_end_at_their_hours_and_nothing_is_counted_twice_ALM19()
    {
        Golden();
        Burst(4, 9 * 60, 120);
        Burst(2, 25 * 60, 120);
        metrics.Advance(TimeSpan.FromHours(50));
        Assert.Equal([7, 4, 0, 2, 0, 0], metrics.Shifts.Select(s => s.Raised));
        Assert.Equal([11, 2], metrics.Days.Select(d => d.Raised));
        Assert.Equal(0, metrics.Shift.Raised);
        Assert.Equal(13, metrics.Run.Raised);
        Assert.All(metrics.Shifts, s => Assert.Equal((48, 8), (s.TenMinutes, s.Hours)));
        Assert.Equal(TimeSpan.FromHours(24), metrics.Days[1].From);
    }

    [Fact]
    public void Only_thirty_days_are_kept()
    {
        metrics.Advance(TimeSpan.FromDays(40));
        Assert.Equal((30, 90), (metrics.Days.Length, metrics.Shifts.Length));
        Assert.Equal(TimeSpan.FromDays(40), metrics.Days[^1].To);
    }

    [Fact]
    public void More_than_ten_in_ten_minutes_are_a_flood_until_fewer_than_five_ALM18()
    {
        Burst(10, 60, 30);
        Assert.False(metrics.IsFlood);
        metrics.Raised(3, Minutes(65));
        Assert.True(metrics.IsFlood);
        // The 7th of the eleven is at 63 min; at 73 min it leaves the window and four are left.
        metrics.Advance(Minutes(73) - TimeSpan.FromSeconds(1));
        Assert.True(metrics.IsFlood);
        metrics.Advance(Minutes(73) + TimeSpan.FromSeconds(1));
        Assert.False(metrics.IsFlood);
        Assert.Equal(4, metrics.LastTenMinutes);
        Assert.Equal((1, Minutes(8)), (metrics.Run.Floods, metrics.Run.FloodTime));
        Assert.Equal((11, 1), (metrics.Run.PeakTenMinutes, metrics.Run.Floods));
    }

    [Theory]
    [InlineData(3, 30, true)]
    [InlineData(3, 31, false)]
    [InlineData(2, 10, false)]
    public void Three_within_a_minute_chatter_ALM19(int count, double apartSeconds, bool chatters)
    {
        Burst(count, 10, apartSeconds);
        Assert.Equal(chatters, metrics.Chatters(3));
        metrics.Advance(Minutes(13));
        Assert.False(metrics.Chatters(3));
        Assert.Equal(chatters ? 1 : 0, metrics.Run.Chattering.Length);
    }

    [Fact]
    public void A_storm_of_a_thousand_a_second_is_counted_and_bounded()
    {
        for (int second = 0; second < 60; second++)
            for (int i = 0; i < 1000; i++) metrics.Raised(i % 4, TimeSpan.FromSeconds(second));
        Assert.Equal(60_000, metrics.Run.Raised);
        Assert.Equal(60_000, metrics.LastTenMinutes);
        metrics.Advance(Minutes(11));
        Assert.Equal(0, metrics.LastTenMinutes);
    }

    [Fact]
    public void A_fork_counts_on_its_own()
    {
        Golden();
        AlarmMetrics fork = metrics.Fork();
        fork.Raised(0, Minutes(110));
        Assert.Equal((7, 8), (metrics.Run.Raised, fork.Run.Raised));
    }
}
