using Crm.Plant.Loops;
using Crm.Plant.Loops.Tuning;
using Xunit;

namespace Crm.Plant.Tests.Loops;

/// <summary>Rules and margins against the standards reference, table 5.2 (PID-18, PID-20), and the forms of PID-01.</summary>
public sealed class TuningRuleTests
{
    [Theory]
    [InlineData("e^-s/(s+1)", "SIMC", 0.500, 1.000, 0, 1.590, 3.14, 61.4)]
    [InlineData("e^-s/(10s+1)", "SIMC", 5.000, 8.000, 0, 1.609, 3.11, 58.3)]
    [InlineData("e^-s/(0.2s+1)", "SIMC", 0.100, 0.200, 0, 1.590, 3.14, 61.4)]
    [InlineData("e^-s/s", "SIMC", 0.500, 8.000, 0, 1.704, 2.96, 46.9)]
    [InlineData("1/(s+1)^3", "SIMC", 0.500, 1.500, 0, 1.432, 6.74, 62.4)]
    [InlineData("1/(s+1)^4", "SIMC", 0.300, 1.500, 0, 1.463, 4.94, 62.4)]
    [InlineData("1/(s+1)^8", "SIMC", 0.1154, 1.500, 0, 1.523, 3.78, 61.9)]
    [InlineData("4 lags .2", "SIMC", 3.716, 1.100, 0, 1.593, 6.70, 51.2)]
    [InlineData("4 lags .5", "SIMC", 1.000, 1.250, 0, 1.600, 4.27, 57.5)]
    [InlineData("(1-0.5s)/(s+1)^3", "SIMC", 0.375, 1.500, 0, 1.509, 4.18, 61.8)]
    [InlineData("e^-s/(s+1)", "AMIGO PI", 0.250, 1.000, 0, 1.249, 6.28, 75.7)]
    [InlineData("e^-s/(s+1)", "AMIGO PID", 0.650, 1.091, 0.385, 1.436, 3.32, 64.2)]
    [InlineData("e^-s/(10s+1)", "AMIGO PI", 2.824, 6.077, 0, 1.317, 5.40, 62.3)]
    [InlineData("e^-s/(10s+1)", "AMIGO PID", 4.700, 4.200, 0.485, 1.447, 3.28, 59.6)]
    [InlineData("e^-s/(0.2s+1)", "AMIGO PI", 0.192, 0.405, 0, 1.486, 3.34, 68.0)]
    public void Rules_and_margins_are_those_of_table_5_2_PID18(
        string plant, string rule, double gain, double ti, double td, double ms, double gainMargin, double phaseMargin)
    {
        PlantModel model = Benchmarks.Of(plant);
        LoopTuning tuning = rule switch
        {
            "SIMC" => TuningRules.Simc(model),
            "AMIGO PI" => TuningRules.AmigoPi(model),
            _ => TuningRules.AmigoPid(model),
        };
        Assert.Equal(1, tuning.Gain / gain, 0.003);
        Assert.Equal(1, tuning.IntegralTime / ti, 0.002);
        Assert.Equal(td, tuning.DerivativeTime, 0.001);
        Margins margins = Margins.Of(model, tuning);
        Assert.Equal(1, margins.MaximumSensitivity / ms, 0.01);
        Assert.Equal(1, margins.GainMargin / gainMargin, 0.01);
        Assert.Equal(phaseMargin, margins.PhaseMargin, 0.6);
        Assert.True(margins.IsStable);
    }

    [Fact]
    public void Simc_is_never_tighter_than_the_delay_and_slower_on_request_PID18()
    {
        PlantModel model = Benchmarks.Of("e^-s/(10s+1)");
        Assert.Equal(TuningRules.Simc(model), TuningRules.Simc(model, 0.1));
        Assert.True(TuningRules.Simc(model, 5).Gain < TuningRules.Simc(model).Gain / 2);
    }

    [Theory]
    [InlineData("e^-s/s")]
    [InlineData("e^-s/(10s+1)")]
    [InlineData("e^-s/(s+1)^2")]
    [InlineData("1/(s+1)^8")]
    [InlineData("4 lags .5")]
    public void The_robust_rule_stays_inside_the_target_of_Ms_PID20(string plant)
    {
        PlantModel model = Benchmarks.Of(plant);
        Assert.InRange(Margins.Of(model, TuningRules.Robust(model, TuningRules.Simc)).MaximumSensitivity, 1.2, Margins.MostTarget);
        Assert.InRange(Margins.Of(model, TuningRules.Robust(model, TuningRules.SimcPid)).MaximumSensitivity, 1.2, Margins.MostTarget);
        // With the filter on the process value that stays in use, as slow as the delay itself.
        LoopTuning filtered = TuningRules.Robust(model, TuningRules.Simc, model.Reduced().Delay);
        Assert.Equal(model.Reduced().Delay, filtered.FilterTime);
        Assert.InRange(Margins.Of(model, filtered).MaximumSensitivity, 1.2, Margins.MostTarget);
    }

    [Fact]
    public void A_gain_beyond_the_margin_is_unstable_and_told_so()
    {
        PlantModel model = Benchmarks.Of("e^-s/(s+1)");
        LoopTuning tuning = TuningRules.Simc(model);
        Assert.True(Margins.Of(model, tuning with { Gain = tuning.Gain * 3.1 }).IsStable);
        Margins beyond = Margins.Of(model, tuning with { Gain = tuning.Gain * 3.2 });
        Assert.False(beyond.IsStable);
        Assert.Equal(double.PositiveInfinity, beyond.MaximumSensitivity);
    }

    [Fact]
    public void Series_and_standard_form_convert_exactly_both_ways_PID01()
    {
        var random = new Random(11);
        for (int i = 0; i < 1000; i++)
        {
            double gain = 0.1 + 10 * random.NextDouble(), ti = 1 + 100 * random.NextDouble(), td = ti * random.NextDouble();
            LoopTuning standard = LoopTuning.FromSeries(gain, ti, td);
            // Kc' (1 + 1/(Ti' s)) (1 + Td' s) at s = 1 and s = 2.
            foreach (double s in new[] { 1.0, 2.0 })
                Assert.Equal(gain * (1 + 1 / (ti * s)) * (1 + td * s), standard.Gain * (1 + 1 / (standard.IntegralTime * s) + standard.DerivativeTime * s), 8);
            (double Gain, double Integral, double Derivative)? back = standard.ToSeries();
            Assert.NotNull(back);
            Assert.Equal(LoopTuning.FromSeries(back.Value.Gain, back.Value.Integral, back.Value.Derivative).Gain, standard.Gain, 8);
            Assert.Equal(gain, back.Value.Gain, 6);
        }

        Assert.Null(new LoopTuning(1, 3, 1, 1).ToSeries());
    }

    [Theory]
    [InlineData(0, 10, 0, 1, 10, false)]
    [InlineData(double.NaN, 10, 0, 1, 10, false)]
    [InlineData(-2, 10, 0, 1, 10, true)]
    [InlineData(1, -1, 0, 1, 10, false)]
    [InlineData(1, 10, -1, 1, 10, false)]
    [InlineData(1, 10, 1, 1.5, 10, false)]
    [InlineData(1, 10, 1, 1, 1, false)]
    [InlineData(1, 10, 1, 1, 31, false)]
    [InlineData(1, 0, 0, 0, 2, true)]
    public void Impossible_parameters_are_named(double gain, double ti, double td, double b, double n, bool good) =>
        Assert.Equal(good, new LoopTuning(gain, ti, td, b, 0, n).WhyNot() is null);

    [Theory]
    [InlineData("e^-s/(10s+1)", 5, 1, 0.05)]
    [InlineData("e^-s/(s+1)", -20, 1, 0.05)]
    [InlineData("e^-s/(0.2s+1)", 2, 1, 0.05)]
    public void A_step_test_finds_first_order_and_delay_PID18(string plant, double step, double gain, double within)
    {
        PlantModel truth = Benchmarks.Of(plant);
        (PlantModel? model, string whyNot) = StepTest.Identify(Answer(truth, step, 0.02, 80, 0.002), 0.02, step);
        Assert.True(model is not null, whyNot);
        Assert.False(model.Integrates);
        Assert.Equal(gain, model.Gain, within);
        Assert.Equal(1, model.Lags[0] / truth.Lags[0], 0.1);
        Assert.Equal(1, model.Delay / truth.Delay, 0.06);
    }

    [Fact]
    public void A_step_test_finds_an_integrating_process_and_the_delay_of_its_lag_PID18()
    {
        PlantModel truth = PlantModel.Integrating(0.02, 5, 20);
        (PlantModel? model, string whyNot) = StepTest.Identify(Answer(truth, 10, 0.1, 300, 0.01), 0.1, 10);
        Assert.True(model is not null, whyNot);
        Assert.True(model.Integrates);
        Assert.Equal(1, model.Gain / 0.02, 0.02);
        Assert.Equal(25, model.Delay, 1.5);
        Assert.InRange(Margins.Of(truth, TuningRules.Simc(model)).MaximumSensitivity, 1.2, 1.8);
    }

    [Fact]
    public void A_step_test_that_shows_nothing_says_why()
    {
        Assert.Null(StepTest.Identify([1, 2, 3], 1, 5).Model);
        Assert.Contains("noise", StepTest.Identify(Answer(PlantModel.FirstOrder(1e-6, 1, 1), 1, 0.1, 60, 0.05), 0.1, 1).WhyNot, StringComparison.Ordinal);
        Assert.Contains("no step", StepTest.Identify(new double[100], 1, 0).WhyNot, StringComparison.Ordinal);
    }

    private static double[] Answer(PlantModel truth, double step, double period, double duration, double noise)
    {
        var random = new Random(5);
        var plant = new BenchmarkPlant(truth, period);
        var samples = new double[(int)(duration / period)];
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = plant.Value + noise * (2 * random.NextDouble() - 1);
            plant.Move(step);
        }

        return samples;
    }
}
