using Crm.Plant.Loops;
using Crm.Plant.Loops.Tuning;
using Xunit;

namespace Crm.Plant.Tests.Loops;

/// <summary>The relay test against the standards reference, table 5.3 (PID-17).</summary>
public sealed class RelayTestTests
{
    [Theory]
    [InlineData("1/(s+1)^3", 8.000, 3.628, 3.679, 7.811)]
    [InlineData("1/(s+1)^4", 4.000, 6.283, 6.327, 3.930)]
    [InlineData("1/(s+1)^8", 1.884, 15.17, 15.10, 1.874)]
    [InlineData("e^-s/(s+1)", 2.262, 3.097, 2.980, 2.014)]
    [InlineData("e^-s/(10s+1)", 16.35, 3.850, 3.819, 13.38)]
    [InlineData("e^-s/(0.2s+1)", 1.132, 2.368, 2.276, 1.282)]
    [InlineData("e^-s/s", 1.571, 4.000, 4.001, 1.273)]
    [InlineData("e^-s/(s+1)^2", 2.707, 4.809, 4.776, 2.554)]
    [InlineData("4 lags .2", 30.24, 0.562, 0.579, 28.86)]
    [InlineData("(1-0.5s)/(s+1)^3", 3.200, 5.310, 5.461, 3.026)]
    public void Period_and_gain_are_those_of_the_relay_columns_of_table_5_3_PID17(string plant, double exactGain, double exactPeriod, double period, double gain)
    {
        PlantModel model = Benchmarks.Of(plant);
        (double Gain, double Period)? exact = model.Ultimate();
        Assert.NotNull(exact);
        Assert.Equal(1, exact.Value.Gain / exactGain, 0.002);
        Assert.Equal(1, exact.Value.Period / exactPeriod, 0.002);
        var settings = new RelaySettings(1, -100, 100, 1, 0, 1000, 0, 1e6);
        RelayMemory test = Run(model, settings, exactPeriod / 2000, 0, 60 * exactPeriod, out _, sinceCycles: 25);
        Assert.Equal(1, RelayTest.UltimatePeriod(test) / period, 0.02);
        Assert.Equal(1, RelayTest.UltimateGain(test) / gain, 0.02);
        // The first harmonics are free of the describing function's error: the point is on the process itself.
        (double w, double magnitude, double phase) = RelayTest.Point(test);
        Assert.Equal(1, magnitude / model.At(w).Magnitude, 0.01);
        Assert.Equal(model.Phase(w), phase, 0.02);
    }

    [Fact]
    public void Noise_widens_the_hysteresis_and_the_point_found_is_still_on_the_process_PID17()
    {
        PlantModel model = PlantModel.Integrating(0.01, 4, 20);
        var settings = new RelaySettings(20, 0, 100, 1, 0, 50, 30, 1e5);
        RelayMemory test = Run(model, settings, 0.1, 0.05, 5000, out double output, bias: 40);
        Assert.Equal(RelayState.Done, test.State);
        Assert.InRange(test.Hysteresis, 3 * 0.05 / Math.Sqrt(3) * 0.8, 3 * 0.05 / Math.Sqrt(3) * 1.2);
        (double w, double magnitude, double phase) = RelayTest.Point(test);
        Assert.Equal(1, magnitude / model.At(w).Magnitude, 0.05);
        Assert.Equal(model.Phase(w), phase, 0.1);
        Assert.Equal(40, output);
    }

    [Fact]
    public void A_lopsided_cycle_moves_the_bias_to_what_the_process_needs_PID17()
    {
        // Starts 8 % away from the output that holds the process value.
        PlantModel model = PlantModel.FirstOrder(0.5, 60, 5);
        var settings = new RelaySettings(15, 0, 100, 1, 0.05, 50, 1, 1e5);
        RelayMemory test = Run(model, settings, 0.1, 0, 20000, out _, bias: 42, needs: 50);
        Assert.Equal(RelayState.Done, test.State);
        Assert.Equal(50, test.Bias, 2.0);
        Assert.Equal(0.5, test.Last.HighShare, RelayTest.Symmetry);
    }

    [Fact]
    public void Close_to_a_limit_the_swing_becomes_smaller_and_stays_inside_PID17()
    {
        PlantModel model = PlantModel.FirstOrder(0.5, 60, 5);
        var settings = new RelaySettings(20, 0, 100, 1, 0.02, 50, 1, 1e5);
        double lowest = 100;
        RelayMemory test = Run(model, settings, 0.1, 0, 20000, out _, bias: 9, needs: 9, each: u => lowest = Math.Min(lowest, u));
        Assert.Equal(RelayState.Done, test.State);
        Assert.True(lowest >= 0);
        Assert.InRange(test.Amplitude, 3, 12);
    }

    [Theory]
    [InlineData(2.5)]
    [InlineData(5)]
    public void A_lopsided_cycle_at_a_limit_still_gives_a_point_on_the_process_PID17(double needs)
    {
        PlantModel model = PlantModel.Integrating(0.0003, 10, 100);
        var settings = new RelaySettings(15, 0, 100, 1, 0.05, 50, 20, 1e6);
        RelayMemory test = Run(model, settings, 0.1, 0.03, 1e5, out _, bias: needs, needs: needs);
        Assert.Equal(RelayState.Done, test.State);
        Assert.InRange(test.Last.HighShare, 0.05, 0.45);
        (double w, double magnitude, double phase) = RelayTest.Point(test);
        Assert.Equal(1, magnitude / model.At(w).Magnitude, 0.1);
        Assert.Equal(model.Phase(w), phase, 0.15);
    }

    [Theory]
    [InlineData(1, 1, 30, 1e5, RelayFault.Deviation)]
    [InlineData(0.5, 100, 30, 40, RelayFault.TooLong)]
    [InlineData(-1, 5, 30, 1e5, RelayFault.Deviation)]
    public void It_gives_up_with_a_reason_and_gives_back_the_output_PID17(int direction, double most, double bias, double longest, RelayFault why)
    {
        PlantModel model = PlantModel.FirstOrder(1, 20, 4);
        var settings = new RelaySettings(25, 0, 100, direction < 0 ? -1 : 1, 0.1, most, 5, longest);
        RelayMemory test = Run(model, settings, 0.1, 0, 3000, out double output, bias: bias);
        Assert.Equal((RelayState.GaveUp, why), (test.State, test.Fault));
        Assert.Equal(bias, output);
    }

    [Fact]
    public void A_process_value_that_is_no_number_ends_it()
    {
        var settings = new RelaySettings(5, 0, 100, 1, 0.1, 10, 1, 100);
        RelayMemory test = RelayTest.Begin(settings, 20, 50);
        RelayTest.Advance(settings, ref test, double.NaN, 0.1);
        Assert.Equal(RelayFault.ProcessValueBad, test.Fault);
        Assert.Equal(50, test.Output);
    }

    [Theory]
    [InlineData(true, 0.00026, 110, 12)]
    [InlineData(true, 0.01, 20, 4)]
    [InlineData(true, 0.002, 0, 30)]
    [InlineData(false, 0.8, 60, 20)]
    [InlineData(false, 0.5, 30, 30)]
    public void Two_relay_tests_tell_the_kind_of_process_and_Simc_on_their_model_is_robust_PID17_PID20(bool integrates, double gain, double lag, double delay)
    {
        PlantModel truth = integrates ? PlantModel.Integrating(gain, delay, lag) : PlantModel.FirstOrder(gain, lag, delay);
        var settings = new RelaySettings(20, -100, 100, 1, 0, 1e3, 0, 1e6);
        RelayMemory fast = Run(truth, settings, 0.05, 0, 1e5, out _);
        Assert.Equal(RelayState.Done, fast.State);
        RelayMemory slow = Run(truth, settings with { LeastHysteresis = RelayModel.SecondHysteresis * fast.Last.Amplitude }, 0.05, 0, 1e5, out _);
        Assert.Equal(RelayState.Done, slow.State);
        (PlantModel? model, string whyNot) = RelayModel.Identify(fast, slow, 1);
        Assert.True(model is not null, whyNot);
        LoopTuning tuning = TuningRules.Robust(model, TuningRules.Simc);
        Margins real = Margins.Of(truth, tuning);
        Assert.True(real.MaximumSensitivity is > 1.1 and < 2.0, $"model {model}; {tuning}; really {real}");
    }

    // Runs the test on a process that stands still at output `needs`; the relay begins about `bias`.
    private static RelayMemory Run(
        PlantModel model, RelaySettings settings, double period, double noise, double longest, out double output,
        double bias = 0, double needs = double.NaN, Action<double>? each = null, int sinceCycles = 0)
    {
        if (double.IsNaN(needs)) needs = bias;
        var random = new Random(3);
        var plant = new BenchmarkPlant(model, period);
        RelayMemory test = RelayTest.Begin(settings, 0, bias);
        for (double t = 0; t < longest; t += period)
        {
            RelayTest.Advance(settings, ref test, plant.Value + noise * (2 * random.NextDouble() - 1), period);
            // The oracles are of the settled cycle: go on until it is.
            if (test.State == RelayState.Done && test.Cycles < sinceCycles)
            {
                test.State = RelayState.Cycling;
                test.Output = test.Bias + (test.IsHigh ? test.Amplitude : -test.Amplitude);
            }

            each?.Invoke(test.Output);
            if (test.State is RelayState.Done or RelayState.GaveUp) break;
            plant.Move(test.Output - needs);
        }

        output = test.Output;
        return test;
    }
}
