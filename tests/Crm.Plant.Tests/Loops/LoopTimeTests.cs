using Crm.Plant.Loops;
using Crm.Plant.Outputs;
using Crm.Plant.Tests.Scan;
using Xunit;

namespace Crm.Plant.Tests.Loops;

/// <summary>Measured time between scans (PID-15), and the same bits from the same inputs (PID-23).</summary>
public sealed class LoopTimeTests
{
    private const double Period = 0.1;

    /// <summary>10 s lag, 1 s delay as a chain of lags, Kc 5, Ti 8 s.</summary>
    private sealed class Process
    {
        private double first, second, value;

        public double Value => value;

        public void Move(double input, double seconds)
        {
            // Small steps of its own, so that the process does not see how the controller is scanned.
            for (double left = seconds; left > 1e-9; left -= 0.01)
            {
                double dt = Math.Min(0.01, left);
                first += dt * (input - first) / 0.5;
                second += dt * (first - second) / 0.5;
                value += dt * (second - value) / 10;
            }
        }
    }

    /// <summary>Scans that come up to three times too late are reckoned with the time that has passed: the loop does what an even one does.</summary>
    [Theory]
    [InlineData(0.5)]
    [InlineData(1.9)]
    public void Jitter_of_the_scan_leaves_the_response_as_it_is_PID15(double jitter)
    {
        const int Seed = 15;
        double even = AbsoluteError(new Random(Seed), 0), shaken = AbsoluteError(new Random(Seed), jitter);
        Assert.True(Math.Abs(shaken / even - 1) < 0.05, $"seed {Seed}: IAE {even:0.000} even, {shaken:0.000} with a jitter of {jitter} periods");
    }

    /// <summary>A gap of more than three periods is told and counts one period: whatever its length, the output moves no further for it.</summary>
    [Fact]
    public void A_gap_of_any_length_counts_one_period_and_is_told_PID15()
    {
        double[] gaps = [0.31, 0.5, 3, 60, 3600];
        double[] after = [.. gaps.Select(gap =>
        {
            ScanRun run = Loop();
            Go(run, 20, Period);
            Go(run, 1, gap);
            Assert.Equal(1, run.State.Overruns);
            return run.Frame.Loops[0].Output;
        })];
        Assert.All(after, output => Assert.Equal(after[0], output));
    }

    /// <summary>
    /// Pinned bit patterns of long runs: they change when the arithmetic, its order or a contraction to FMA changes. The values were made on
    /// x64; on ARM64 they have not been run.
    /// </summary>
    [Theory]
    [InlineData(1, 0x40AED0E8990544C5)]
    [InlineData(2, 0x40AED0E8990544C5)]
    public void The_same_inputs_give_the_same_bits_PID23(int run, long pinned)
    {
        long bits = BitConverter.DoubleToInt64Bits(LongRun());
        Assert.True(bits == pinned, $"run {run}: 0x{bits:X16}, pinned 0x{pinned:X16}");
    }

    [Fact]
    public void A_fork_and_its_original_go_on_bit_for_bit_PID23()
    {
        ScanRun run = Loop();
        Go(run, 500, Period);
        ScanRun fork = run.Fork();
        Go(run, 500, Period);
        Go(fork, 500, Period);
        Assert.Equal(BitConverter.DoubleToInt64Bits(run.Frame.Loops[0].Output), BitConverter.DoubleToInt64Bits(fork.Frame.Loops[0].Output));
    }

    private static double LongRun()
    {
        ScanRun run = Loop();
        var process = new Process();
        double sum = 0;
        for (int i = 0; i < 20_000; i++)
        {
            double setpoint = 20 + 10 * (i / 2000 % 5), noise = 0.01 * (i * 7919 % 101 - 50);
            Scan(run, process.Value + noise, setpoint, Period);
            process.Move(run[0], Period);
            sum += run[0] * ((i % 97) + 1);
        }

        return sum / 1e4;
    }

    private static double AbsoluteError(Random random, double jitter)
    {
        ScanRun run = Loop();
        var process = new Process();
        double error = 0;
        for (double time = 0; time < 120;)
        {
            double seconds = Period * (1 + jitter * random.NextDouble());
            process.Move(run[0], seconds);
            Scan(run, process.Value, 50, seconds);
            error += Math.Abs(50 - process.Value) * seconds;
            time += seconds;
        }

        return error;
    }

    private static ScanRun Loop()
    {
        var sketch = new RigSketch();
        int tag = sketch.Tag("pv");
        int output = sketch.Output("u", lapseAfter: 10);
        int loop = sketch.Loop("loop", tag, 5, 8, 0.4, 0, 100, null, 0.7, new SplitLeg(output, 0, 100, 0, 100));
        sketch.Change(loop, l => l with { FilterTime = TimeSpan.FromSeconds(0.3), OutputRate = 40 });
        return new ScanRun(sketch.Build());
    }

    private static void Go(ScanRun run, int scans, double seconds)
    {
        for (int i = 0; i < scans; i++) Scan(run, 20 + 0.1 * (i % 7), 50, seconds);
    }

    private static void Scan(ScanRun run, double value, double setpoint, double seconds)
    {
        run.Set(0, value);
        run.State.Offer(ScanRun.Unit, Demand.Loop(0, setpoint, run.State.Scan));
        run.StepAfter(TimeSpan.FromSeconds(seconds));
    }
}
