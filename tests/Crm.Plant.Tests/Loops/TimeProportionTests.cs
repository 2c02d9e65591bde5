using Crm.Plant.Loops;
using Xunit;

namespace Crm.Plant.Tests.Loops;

/// <summary>Relays by time (PID-14) and curves (PID-13, PID-22).</summary>
public sealed class TimeProportionTests
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.013)]
    [InlineData(0.05)]
    [InlineData(0.17)]
    [InlineData(0.333)]
    [InlineData(0.5)]
    [InlineData(0.777)]
    [InlineData(0.96)]
    [InlineData(0.993)]
    [InlineData(1.0)]
    public void The_share_of_on_time_is_the_share_asked_within_half_a_percent_and_no_pulse_is_too_short_PID14(double share)
    {
        var rule = new RelayCycle(10, 1, 0.5);
        RelayPulse pulse = default;
        double on = 0, run = 0;
        bool last = false;
        const int Scans = 200_000;
        for (int i = 0; i < Scans; i++)
        {
            bool now = TimeProportion.Next(rule, ref pulse, share, 0.1);
            if (now) on += 0.1;
            if (now != last && i > 0)
            {
                Assert.True(run >= (last ? rule.LeastOn : rule.LeastOff) - 1e-6 || i < 100, $"{run} s {(last ? "on" : "off")}");
                run = 0;
            }

            run += 0.1;
            last = now;
        }

        Assert.Equal(share, on / (Scans * 0.1), 0.005);
    }

    [Fact]
    public void A_changing_share_is_followed_on_average_PID14()
    {
        var rule = new RelayCycle(20, 2, 2);
        RelayPulse pulse = default;
        var random = new Random(4);
        double asked = 0, given = 0, share = 0;
        for (int i = 0; i < 100_000; i++)
        {
            if (i % 700 == 0) share = random.NextDouble();
            asked += 0.1 * share;
            if (TimeProportion.Next(rule, ref pulse, share, 0.1)) given += 0.1;
        }

        Assert.Equal(1, given / asked, 0.005);
    }

    [Fact]
    public void A_curve_rises_and_inverts_PID13()
    {
        var curve = new Characteristic([new(0, 0), new(25, 8), new(50, 20), new(75, 42), new(100, 100)]);
        double last = -1;
        for (double x = 0; x <= 100; x += 0.5)
        {
            double y = curve.Value(x);
            Assert.True(y > last);
            Assert.Equal(x, curve.Inverse(y), 9);
            last = y;
        }

        Assert.Equal(100, curve.Value(130));
        Assert.Equal(0, curve.Value(-5));
        Assert.True(curve.Extended(110) > 110);
        Assert.Throws<ArgumentException>(() => new Characteristic([new(0, 0)]));
        Assert.Throws<ArgumentException>(() => new Characteristic([new(0, 0), new(1, 0)]));
        Assert.Throws<ArgumentException>(() => new Characteristic([new(0, 0), new(0, 1)]));
    }
}
