using Xunit;

namespace Crm.Plant.Tests.Loops;

/// <summary>The oracles of the standards reference, 5.2 and 5.4, through the whole scan: image, loop, arbitration, plan.</summary>
public sealed class LoopOracleTests
{
    [Theory]
    [InlineData(1, 0.5, 1, 0, 2.036, 0.724)]
    [InlineData(10, 5, 8, 0, 1.600, 0.169)]
    [InlineData(0.2, 0.1, 0.2, 0, 2.165, 0.993)]
    [InlineData(0, 0.5, 8, 0, 16.00, 1.962)]
    [InlineData(1, 0.25, 1, 0, 4.000, 0.774)]
    [InlineData(10, 2.824, 6.077, 0, 2.155, 0.218)]
    [InlineData(0.2, 0.192, 0.405, 0, 2.107, 0.993)]
    [InlineData(1, 0.65, 1.091, 0.385, 1.800, 0.653)]
    [InlineData(10, 4.7, 4.2, 0.485, 0.940, 0.144)]
    public void Load_step_has_the_integral_error_Ti_over_Kc_and_the_published_IAE_and_peak_PID18(
        double lag, double gain, double ti, double td, double absolute, double peak)
    {
        var plant = new LoopPlant(lag, gain, ti, td);
        plant.Go(1, 0);
        plant.Load = 1;
        double integral = 0, integralAbsolute = 0, highest = 0;
        plant.Go(200, 0, (_, y) =>
        {
            integral += y * 0.01;
            integralAbsolute += Math.Abs(y) * 0.01;
            highest = Math.Max(highest, y);
        });
        Assert.Equal(1, integral / (ti / gain), 0.001);
        Assert.Equal(1, integralAbsolute / absolute, 0.02);
        Assert.Equal(1, highest / peak, 0.01);
    }

    [Theory]
    [InlineData(1, 0.5, 1, 0, 2.169, 4.1)]
    [InlineData(10, 5, 8, 0, 2.499, 8.1)]
    [InlineData(0.2, 0.1, 0.2, 0, 2.169, 4.1)]
    [InlineData(0, 0.5, 8, 0, 3.922, 27.8)]
    [InlineData(1, 0.65, 1.091, 0.385, 2.099, 7.2)]
    public void Setpoint_step_has_the_published_IAE_and_overshoot(double lag, double gain, double ti, double td, double absolute, double overshoot)
    {
        var plant = new LoopPlant(lag, gain, ti, td);
        plant.Go(1, 0);
        double integralAbsolute = 0, highest = 0;
        plant.Go(200, 1, (_, y) =>
        {
            integralAbsolute += Math.Abs(1 - y) * 0.01;
            highest = Math.Max(highest, y);
        });
        Assert.Equal(1, integralAbsolute / absolute, 0.02);
        Assert.Equal(overshoot, 100 * (highest - 1), 0.6);
    }

    [Theory]
    [InlineData(0.01, 4.3, 2.04)]
    [InlineData(0.1, 6.7, 2.12)]
    [InlineData(0.25, 11.0, 2.31)]
    [InlineData(0.5, 19.1, 2.75)]
    [InlineData(1.0, 38.2, 4.34)]
    public void Slow_sampling_costs_what_the_table_says_and_never_the_identity_PID21(double period, double overshoot, double loadAbsolute)
    {
        var plant = new LoopPlant(1, 0.5, 1, 0, period);
        double highest = 0;
        plant.Go(1, 0);
        plant.Go(200, 1, (_, y) => highest = Math.Max(highest, y));
        Assert.Equal(overshoot, 100 * (highest - 1), 0.3);
        plant.Load = 1;
        double integral = 0, integralAbsolute = 0;
        plant.Go(400, 1, (_, y) =>
        {
            integral += (y - 1) * period;
            integralAbsolute += Math.Abs(y - 1) * period;
        });
        Assert.Equal(2.0, integral, 0.002);
        Assert.Equal(1, integralAbsolute / loadAbsolute, 0.02);
    }

    [Fact]
    public void Saturation_does_not_wind_up_W1_PID04()
    {
        var plant = new LoopPlant(10, 5, 8, 0, 0.1, 0, 1.2);
        plant.Go(1, 0);
        (double settled, double highest) = Settle(plant, 100, 1);
        Assert.Equal(1.6, 100 * (highest - 1), 0.3);
        Assert.Equal(18.0, settled, 0.5);
    }

    [Fact]
    public void An_unreachable_setpoint_does_not_wind_up_W2_PID04()
    {
        var plant = new LoopPlant(10, 5, 8, 0, 0.1, 0, 0.8);
        plant.Go(1, 0);
        plant.Go(60, 1);
        (double settled, _) = Settle(plant, 100, 0.5);
        Assert.Equal(5.3, settled, 0.5);
    }

    // Time of the last departure from the setpoint by more than 2 % of the unit span, and the highest value.
    private static (double Settled, double Highest) Settle(LoopPlant plant, double duration, double setpoint)
    {
        double settled = 0, highest = 0;
        plant.Go(duration, setpoint, (t, y) =>
        {
            highest = Math.Max(highest, y);
            if (Math.Abs(y - setpoint) > 0.02) settled = t;
        });
        return (settled, highest);
    }
}
