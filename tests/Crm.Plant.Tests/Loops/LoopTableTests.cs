using Crm.Plant.Loops;
using Crm.Plant.Loops.Tuning;
using Xunit;

namespace Crm.Plant.Tests.Loops;

/// <summary>Every row of the standards reference, table 5.2 in time, and 5.4 with every kind of anti-windup, through the whole scan.</summary>
public sealed class LoopTableTests
{
    /// <summary>Process, Kc, Ti, Td, load IAE, load peak, setpoint IAE, overshoot %, scan period θ/100.</summary>
    public static TheoryData<string, double, double, double, double, double, double, double, double> Rows => new()
    {
        { "e^-s/(s+1)", 0.5, 1, 0, 2.036, 0.724, 2.169, 4.1, 0.01 },
        { "e^-s/(10s+1)", 5, 8, 0, 1.600, 0.169, 2.499, 8.1, 0.01 },
        { "e^-s/(0.2s+1)", 0.1, 0.2, 0, 2.165, 0.993, 2.169, 4.1, 0.01 },
        { "e^-s/s", 0.5, 8, 0, 16.00, 1.962, 3.922, 27.8, 0.01 },
        { "1/(s+1)^3", 0.5, 1.5, 0, 3.170, 0.600, 3.406, 5.4, 0.015 },
        { "1/(s+1)^4", 0.3, 1.5, 0, 5.399, 0.713, 5.588, 4.8, 0.025 },
        { "1/(s+1)^8", 3.0 / 26, 1.5, 0, 14.18, 0.885, 14.31, 4.5, 0.065 },
        { "4 lags .2", 3.716, 1.1, 0, 0.296, 0.220, 0.449, 16.0, 0.00148 },
        { "4 lags .5", 1, 1.25, 0, 1.252, 0.498, 1.558, 10.4, 0.00625 },
        { "(1-0.5s)/(s+1)^3", 0.375, 1.5, 0, 4.281, 0.716, 4.429, 4.8, 0.02 },
        { "e^-s/(s+1)", 0.25, 1, 0, 4.000, 0.774, 3.999, 0, 0.01 },
        { "e^-s/(s+1)", 0.65, 1.091, 0.385, 1.800, 0.653, 2.099, 7.2, 0.01 },
        { "e^-s/(10s+1)", 2.824, 6.077, 0, 2.155, 0.218, 3.868, 8.8, 0.01 },
        { "e^-s/(10s+1)", 4.7, 4.2, 0.485, 0.940, 0.144, 3.429, 19.8, 0.01 },
        { "e^-s/(0.2s+1)", 0.192, 0.405, 0, 2.107, 0.993, 2.106, 0, 0.01 },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Load_and_setpoint_steps_are_those_of_table_5_2_and_the_integral_of_the_error_is_Ti_over_Kc_PID18(
        string process, double gain, double ti, double td, double loadAbsolute, double peak, double setpointAbsolute, double overshoot, double period)
    {
        PlantModel model = Benchmarks.Of(process);
        var tuning = new LoopTuning(gain, ti, td, 1);
        double duration = 40 * Math.Max(ti / Math.Min(1, gain), model.Slowest() + model.Delay);
        (double integral, double absolute, double highest) = new BenchmarkLoop(model, tuning, period).LoadStep(duration);
        Assert.Equal(1, integral / (ti / gain), 0.001);
        Assert.Equal(1, absolute / loadAbsolute, 0.02);
        Assert.Equal(1, highest / peak, 0.01);
        (double error, double over) = new BenchmarkLoop(model, tuning, period).SetpointStep(duration);
        Assert.Equal(1, error / setpointAbsolute, 0.02);
        Assert.Equal(overshoot, Math.Max(0, over), 0.6);
    }

    [Theory]
    [InlineData(0.01, 8.3)]
    [InlineData(0.1, 9.8)]
    [InlineData(0.25, 12.6)]
    [InlineData(0.5, 17.6)]
    [InlineData(1.0, 29.0)]
    public void Slow_sampling_of_a_slow_process_costs_what_table_5_4_says_PID21(double period, double overshoot)
    {
        (_, double over) = new BenchmarkLoop(Benchmarks.Of("e^-s/(10s+1)"), new LoopTuning(5, 8, 0, 1), period).SetpointStep(200);
        Assert.Equal(overshoot, over, 0.3);
    }

    [Theory]
    [InlineData(WindupRule.BackCalculation, 1e9, 19.1, 67.6)]
    [InlineData(WindupRule.Clamping, 8, 0, 28.7)]
    [InlineData(WindupRule.BackCalculation, 8, 1.6, 18.0)]
    [InlineData(WindupRule.BackCalculation, 0.8, 0, 30.4)]
    public void Saturation_W1_overshoots_and_settles_as_the_table_says_with_each_rule_PID04(WindupRule rule, double tracking, double overshoot, double settles)
    {
        BenchmarkLoop loop = Saturated(rule, tracking, 1.2);
        loop.Go(1, 0);
        (double settled, double highest) = Settle(loop, 150, 1);
        Assert.Equal(overshoot, Math.Max(0, 100 * (highest - 1)), 0.3);
        Assert.Equal(1, settled / settles, 0.03);
    }

    [Theory]
    [InlineData(WindupRule.BackCalculation, 1e9, 79.5)]
    [InlineData(WindupRule.Clamping, 8, 19.2)]
    [InlineData(WindupRule.BackCalculation, 8, 5.3)]
    [InlineData(WindupRule.BackCalculation, 0.8, 14.9)]
    public void Unreachable_setpoint_W2_is_left_in_the_time_of_the_table_with_each_rule_PID04(WindupRule rule, double tracking, double settles)
    {
        BenchmarkLoop loop = Saturated(rule, tracking, 0.8);
        loop.Go(1, 0);
        loop.Go(60, 1);
        (double settled, _) = Settle(loop, 200, 0.5);
        Assert.Equal(settles, settled, Math.Max(0.4, 0.03 * settles));
    }

    /// <summary>The derivative's own frequency response: Td s/(1 + Td/N s) within 2 % at a scan of Td/(50 N).</summary>
    [Theory]
    [InlineData(10, 0.5)]
    [InlineData(10, 5)]
    [InlineData(2, 1)]
    [InlineData(30, 10)]
    public void The_derivative_is_filtered_with_Td_over_N_PID03(double n, double frequency)
    {
        const double Td = 1;
        double period = Td / n / 50;
        var loop = new BenchmarkLoop(PlantModel.FirstOrder(1, 1, 0), new LoopTuning(1, 0, Td, 1, 0, n), period);
        double sine = 0, cosine = 0;
        int whole = (int)Math.Round(2 * Math.PI / frequency / period);
        int scans = whole * 8;
        for (int i = 0; i < scans; i++)
        {
            double t = i * period;
            double y = Math.Sin(frequency * t);
            loop.Run.Set(0, y);
            loop.Run.DemandLoop(0, 0);
            loop.Run.Step();
            if (i < whole * 4) continue;
            double derivative = loop.Run[0] + y;
            sine += derivative * Math.Sin(frequency * t) * period;
            cosine += derivative * Math.Cos(frequency * t) * period;
        }

        double half = whole * 4 * period / 2;
        double size = Math.Sqrt(sine * sine + cosine * cosine) / half;
        double expected = Td * frequency / Math.Sqrt(1 + Td / n * frequency * (Td / n * frequency));
        Assert.Equal(1, size / expected, 0.03);
    }

    private static BenchmarkLoop Saturated(WindupRule rule, double tracking, double high) => new(
        Benchmarks.Of("e^-s/(10s+1)"), new LoopTuning(5, 8, 0, 1), 0.1, 0, high, l => l with { Windup = rule, TrackingTime = TimeSpan.FromSeconds(tracking) });

    private static (double Settled, double Highest) Settle(BenchmarkLoop loop, double duration, double setpoint)
    {
        double settled = 0, highest = 0;
        loop.Go(duration, setpoint, (t, y) =>
        {
            highest = Math.Max(highest, y);
            if (Math.Abs(y - setpoint) > 0.02) settled = t;
        });
        return (settled, highest);
    }
}
