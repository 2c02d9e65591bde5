using Crm.Plant.Loops;
using Crm.Plant.Outputs;
using Crm.Plant.Protection;
using Crm.Plant.Scan;
using Crm.Plant.Tests.Scan;
using Xunit;

namespace Crm.Plant.Tests.Loops;

/// <summary>Limits, rates, bad values, ratio and feed-forward of a loop, and what is left when a trip is reset.</summary>
public sealed class LoopLimitTests : VesselLoop
{
    [Fact]
    public void Setpoint_follows_the_process_value_in_manual_where_asked_PID10()
    {
        ScanRun run = Build(l => l with { SetpointTracks = true, SetpointRate = 0.05, SetpointRateDown = 0.1 });
        run.Set(Temperature, 50);
        Hold(run, 60, 300);
        Mode(run, 60, LoopMode.Manual);
        run.Set(Temperature, 44);
        Hold(run, 60, 1);
        Assert.Equal(44, run.Frame.Loops[0].Setpoint);
        Mode(run, 60, LoopMode.RemoteCascade);
        Hold(run, 60, 99);
        Assert.Equal(44.5, run.Frame.Loops[0].Setpoint, 6);
        Hold(run, 40, 20);
        Assert.Equal(44.3, run.Frame.Loops[0].Setpoint, 6);
    }

    [Theory]
    [InlineData(BadValueRule.Hold)]
    [InlineData(BadValueRule.Manual)]
    public void A_bad_process_value_leaves_the_outputs_where_the_rule_says_so_PID12(BadValueRule rule)
    {
        ScanRun run = Build(l => l with { WhenBad = rule });
        run.Set(Temperature, 50);
        Hold(run, 60, 200);
        double before = run[Heater];
        run.SetBad(Temperature);
        Hold(run, 60, 300);
        Assert.Equal(before, run[Heater], 0.05);
        Assert.True(run.Frame.Loops[0].ProcessValueBad);
        Assert.Equal(LoopMode.Manual, run.Frame.Loops[0].Mode);
        double stood = run[Heater];
        run.Set(Temperature, 50);
        Hold(run, 60, 1);
        Assert.Equal(stood, run[Heater], 0.05);
        Assert.Equal(rule == BadValueRule.Manual ? LoopMode.Manual : LoopMode.RemoteCascade, run.Frame.Loops[0].Mode);
        Hold(run, 60, 300);
        Assert.Equal(rule == BadValueRule.Manual, Math.Abs(run[Heater] - stood) < 1e-9);
    }

    [Fact]
    public void Twenty_thousand_scans_of_nonsense_never_leave_the_limits_PID11()
    {
        const int Seed = 9;
        var random = new Random(Seed);
        ScanRun run = Build(l => l with { OutputRate = 50, FeedForward = new FeedForwardRule(Flow, 3, 0), Curve = new Characteristic([new(0, -10), new(50, 0), new(90, 1000)]) });
        double[] odd = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e308, -1e308, 0, 1e-308];
        for (int i = 0; i < 20_000; i++)
        {
            double value = random.Next(4) == 0 ? odd[random.Next(odd.Length)] : 200 * random.NextDouble() - 50;
            if (random.Next(10) == 0) run.SetBad(Temperature);
            else run.Set(Temperature, value);
            run.Set(Flow, random.Next(3) == 0 ? odd[random.Next(odd.Length)] : random.NextDouble());
            run.DemandLoop(0, random.Next(5) == 0 ? odd[random.Next(odd.Length)] : 100 * random.NextDouble());
            if (random.Next(50) == 0)
            {
                var tuning = new LoopTuning(Math.Pow(10, random.Next(-300, 300)), Math.Pow(10, random.Next(-300, 300)), random.Next(2) * Math.Pow(10, random.Next(-300, 300)), 1, 1, 10, random.Next(3));
                run.Do(id => ScanCommand.ProposeTuning(id, 0, tuning, "p"));
                run.DemandLoop(0, 40);
                run.Do(id => ScanCommand.ToLoop(id, ScanCommandKind.ApplyTuning, 0, "p"));
            }
            else
            {
                run.Step();
            }

            Assert.False(run.Frame.RigTrip.IsTripped, $"seed {Seed}, scan {i}: {run.Frame.RigTrip.Why}");
            Assert.True(run[Heater] is >= 0 and <= 100 && run[Cooling] is >= 0 and <= 100, $"seed {Seed}, scan {i}: {run[Heater]}, {run[Cooling]}");
            Assert.True(double.IsFinite(run.Frame.Loops[0].Output), $"seed {Seed}, scan {i}");
        }
    }

    [Fact]
    public void The_controller_output_moves_no_faster_than_its_rate_PID11()
    {
        ScanRun run = Build(l => l with { OutputRate = 2, Gain = 20 });
        run.Set(Temperature, 50);
        Hold(run, 50, 5);
        double last = run[Heater] - run[Cooling];
        for (int i = 0; i < 400; i++)
        {
            run.Set(Temperature, i < 200 ? 40 : 60);
            Hold(run, 50, 1);
            double now = run[Heater] - run[Cooling];
            Assert.True(Math.Abs(now - last) <= 0.2 + 1e-9);
            last = now;
        }
    }

    [Fact]
    public void A_ratio_loop_follows_its_wild_flow_and_keeps_its_setpoint_when_that_is_bad_PID09()
    {
        ScanRun run = Build(l => l with { Ratio = new RatioRule(Flow, 2) });
        run.Set(Temperature, 10);
        run.Set(Flow, 6);
        Hold(run, 1.5, 1);
        Assert.Equal(11, run.Frame.Loops[0].Setpoint, 9);
        run.Set(Flow, 8);
        Hold(run, 1.5, 1);
        Assert.Equal(14, run.Frame.Loops[0].Setpoint, 9);
        run.SetBad(Flow);
        Hold(run, 1.5, 5);
        Assert.Equal(14, run.Frame.Loops[0].Setpoint, 9);
    }

    [Fact]
    public void Feed_forward_adds_and_a_bad_tag_leaves_the_last_PID09()
    {
        ScanRun run = Build(l => l with { FeedForward = new FeedForwardRule(Flow, 2, 5), IntegralTime = TimeSpan.FromHours(1) });
        run.Set(Temperature, 50);
        run.Set(Flow, 5);
        Hold(run, 50, 5);
        double before = run[Heater] - run[Cooling];
        run.Set(Flow, 15);
        Hold(run, 50, 1);
        Assert.Equal(20, run[Heater] - run[Cooling] - before, 0.01);
        run.SetBad(Flow);
        Hold(run, 50, 5);
        Assert.Equal(20, run[Heater] - run[Cooling] - before, 0.05);
    }

    [Fact]
    public void What_a_trip_forced_does_not_stand_after_the_reset_where_the_rig_says_so()
    {
        var lone = new RigSketch();
        int hot = lone.Tag("hot");
        int valve = lone.Output("valve", trip: SafeValue.At(100), lapse: SafeValue.KeepLast);
        lone.ChangeOutput(valve, o => o with { AfterReset = SafeValue.At(0) });
        int other = lone.Output("other", trip: SafeValue.At(100), lapse: SafeValue.KeepLast);
        lone.Trip("t", true, [RigSketch.Cause("hot", new Above(hot, 1))], [new EffectDefinition(valve, SafeValue.At(100)), new EffectDefinition(other, SafeValue.At(100))]);
        var run = new ScanRun(lone.Build(), reset: false);
        run.Set(hot, 0);
        run.Step();
        Assert.Equal((100.0, 100.0), (run[valve], run[other]));
        run.Do(id => ScanCommand.ResetAll(id, "p"));
        Assert.Equal((0.0, 100.0), (run[valve], run[other]));
        run.Demand(valve, 60);
        run.Step(50);
        Assert.Equal(60, run[valve]);
        run.Set(hot, 2);
        run.Step(2);
        Assert.Equal(100, run[valve]);
        run.Set(hot, 0);
        run.Demand(valve, 45);
        run.Do(id => ScanCommand.ResetAll(id, "p"));
        run.Demand(valve, 45);
        run.Step();
        Assert.Equal(45, run[valve]);
    }
}
