using Crm.Host.Service;
using Xunit;

namespace Crm.Host.Tests.Service;

public class PacerTests
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    /// <summary>Ten wall seconds at every pace: the scans a pace promises, none more.</summary>
    [Theory]
    [InlineData(1, 100)]
    [InlineData(10, 1000)]
    [InlineData(60, 6000)]
    [InlineData(0.1, 100)]
    [InlineData(1000, 6000)]
    public void Scans_come_at_the_pace_within_its_limits(double pace, int expected)
    {
        var pacer = new Pacer(Period, TimeSpan.Zero);
        pacer.Set(pace, TimeSpan.Zero);
        pacer.Resume(TimeSpan.Zero);
        int scans = 0;
        for (var wall = TimeSpan.Zero; wall <= TimeSpan.FromSeconds(10); wall += TimeSpan.FromMilliseconds(1))
            while (pacer.Take(wall)) scans++;

        Assert.InRange(scans, expected - 1, expected + 1);
        Assert.Equal(TimeSpan.Zero, pacer.Slipped);
    }

    /// <summary>A machine that stood still for a minute does not run a minute of scans in one breath: plant time slips.</summary>
    [Fact]
    public void A_long_delay_slips_instead_of_catching_up()
    {
        var pacer = new Pacer(Period, TimeSpan.Zero);
        pacer.Resume(TimeSpan.Zero);
        var late = TimeSpan.FromMinutes(1);
        int scans = 0;
        while (pacer.Take(late)) scans++;

        Assert.Equal(1, scans);
        Assert.InRange(pacer.Slipped, TimeSpan.FromSeconds(59), TimeSpan.FromSeconds(60));
        Assert.Equal(Period - TimeSpan.FromMilliseconds(2), pacer.Wait(late));
    }

    /// <summary>A timed wait ends late: the last of it is spent awake, 2 ms and 2 % of the time at most.</summary>
    [Theory]
    [InlineData(1, 98)]
    [InlineData(10, 9.8)]
    [InlineData(50, 1.96)]
    public void Awake_a_little_before_a_scan_is_due(double pace, double waitMs)
    {
        var pacer = new Pacer(TimeSpan.FromMilliseconds(100), TimeSpan.Zero);
        pacer.Set(pace, TimeSpan.Zero);
        pacer.Resume(TimeSpan.Zero);
        Assert.Equal(waitMs, pacer.Wait(TimeSpan.Zero).TotalMilliseconds, 3);
        var due = TimeSpan.FromMilliseconds(100) / pace;
        Assert.Equal(TimeSpan.Zero, pacer.Wait(due - TimeSpan.FromMicroseconds(10)));
        Assert.False(pacer.Take(due - TimeSpan.FromMicroseconds(10)));
        Assert.True(pacer.Take(due));
    }

    [Fact]
    public void A_short_delay_is_caught_up()
    {
        var pacer = new Pacer(Period, TimeSpan.Zero);
        pacer.Resume(TimeSpan.Zero);
        int scans = 0;
        while (pacer.Take(TimeSpan.FromMilliseconds(300))) scans++;

        Assert.Equal(3, scans);
        Assert.Equal(TimeSpan.Zero, pacer.Slipped);
    }
}
