using Crm.Host.Service;
using Xunit;

namespace Crm.Host.Tests.Service;

/// <summary>When frames leave, in wall time: with the scan that fills them, ten a second at most, and again while no scan comes (HMI-17).</summary>
public sealed class FrameBeatTests
{
    [Theory]
    [InlineData(100.0 / 60, 2000, 90, 91.7)] // 60 times real time: one frame for many scans
    [InlineData(50, 2000, 100, 100)]
    [InlineData(100, 2000, 100, 100)]
    [InlineData(200, 2000, 200, 200)]
    [InlineData(2000, 20000, 500, 500)]
    public void Between_two_frames(double scanMs, double forMs, double leastMs, double mostMs)
    {
        var beat = new FrameBeat();
        var told = new List<double>();
        double scan = 0;
        for (double wall = 0; wall < forMs; wall += 0.5)
        {
            bool isScan = wall >= scan;
            if (isScan) scan += scanMs;
            if (beat.Take(TimeSpan.FromMilliseconds(wall), isScan)) told.Add(wall);
        }

        var between = told.Zip(told.Skip(1), (a, b) => b - a).ToList();
        Assert.InRange(between.Min(), leastMs - 0.5, leastMs + 0.5);
        Assert.InRange(between.Max(), mostMs - 1.7, mostMs + 1.7);
    }

    [Fact]
    public void A_scan_is_told_at_once_when_the_last_frame_is_long_past()
    {
        var beat = new FrameBeat();
        Assert.True(beat.Take(TimeSpan.Zero, true));
        Assert.Equal(FrameBeat.Most - TimeSpan.FromMilliseconds(120), beat.Wait(TimeSpan.FromMilliseconds(120)));
        Assert.False(beat.Take(TimeSpan.FromMilliseconds(120), false));
        Assert.True(beat.Take(TimeSpan.FromMilliseconds(121), true));
    }

    [Fact]
    public void Forced()
    {
        var beat = new FrameBeat();
        beat.Take(TimeSpan.Zero, true);
        beat.Force();
        Assert.Equal(TimeSpan.Zero, beat.Wait(TimeSpan.FromMilliseconds(1)));
        Assert.True(beat.Take(TimeSpan.FromMilliseconds(1), false));
        Assert.False(beat.Take(TimeSpan.FromMilliseconds(2), true));
    }
}
