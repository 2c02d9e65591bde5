using Crm.Plant.Loops;
using Crm.Plant.Outputs;
using Crm.Plant.Protection;
using Crm.Plant.Scan;
using Crm.Plant.Tests.Scan;
using Xunit;

namespace Crm.Plant.Tests.Loops;

/// <summary>Modes, who may do what, and no bump on any change.</summary>
public sealed class LoopModeTests
{
    private readonly RigSketch sketch = new();
    private readonly int temperature;
    private readonly int flow;
    private readonly int trigger;
    private readonly int heater;
    private readonly int cooling;

    public LoopModeTests()
    {
        temperature = sketch.Tag("temperature");
        flow = sketch.Tag("flow");
        trigger = sketch.Tag("trigger");
        heater = sketch.Output("heater", lapseAfter: 10);
        cooling = sketch.Output("cooling", lapseAfter: 10);
        sketch.Trip("hot", false, [RigSketch.Cause("trigger", new Above(trigger, 1))], [new EffectDefinition(heater, SafeValue.At(0))]);
        sketch.Loop("loop", temperature, 4, 600, 0, -100, 100, null, 0.6, new SplitLeg(heater, 0, 100, 0, 100), new SplitLeg(cooling, 0, -100, 0, 100));
    }

    private ScanRun Build(Func<LoopDefinition, LoopDefinition>? change = null)
    {
        if (change is not null) sketch.Change(0, change);
        return new ScanRun(sketch.Build());
    }

    private static void Hold(ScanRun run, double setpoint, int scans)
    {
        for (int i = 0; i < scans; i++)
        {
            run.DemandLoop(0, setpoint);
            run.Step();
        }
    }

    private static CommandOutcome Do(ScanRun run, double setpoint, ScanCommandKind kind, double value = 0)
    {
        run.DemandLoop(0, setpoint);
        return run.Do(id => ScanCommand.ToLoop(id, kind, 0, "p", value));
    }

    private static CommandOutcome Mode(ScanRun run, double setpoint, LoopMode mode) => Do(run, setpoint, ScanCommandKind.SetLoopMode, (double)mode);

    [Theory]
    [InlineData(LoopMode.OutOfService, true, false, true, false, true, false, LoopMode.OutOfService)]
    [InlineData(LoopMode.OutOfService, false, false, false, true, false, true, LoopMode.OutOfService)]
    [InlineData(LoopMode.RemoteCascade, false, false, true, false, false, false, LoopMode.Initialising)]
    [InlineData(LoopMode.RemoteCascade, false, false, true, false, false, true, LoopMode.RemoteOutput)]
    [InlineData(LoopMode.RemoteCascade, true, false, true, false, false, false, LoopMode.Initialising)]
    [InlineData(LoopMode.RemoteCascade, true, false, true, false, false, true, LoopMode.RemoteOutput)]
    [InlineData(LoopMode.RemoteCascade, true, false, true, true, true, false, LoopMode.LocalOverride)]
    [InlineData(LoopMode.Manual, true, false, true, true, true, false, LoopMode.LocalOverride)]
    [InlineData(LoopMode.Manual, true, false, true, false, true, false, LoopMode.Manual)]
    [InlineData(LoopMode.RemoteCascade, true, false, false, false, true, false, LoopMode.Manual)]
    [InlineData(LoopMode.Automatic, true, false, false, false, true, false, LoopMode.Manual)]
    [InlineData(LoopMode.Automatic, true, true, true, false, true, false, LoopMode.Automatic)]
    [InlineData(LoopMode.Cascade, true, true, true, false, true, false, LoopMode.Cascade)]
    [InlineData(LoopMode.Cascade, true, false, true, false, true, false, LoopMode.RemoteCascade)]
    [InlineData(LoopMode.RemoteCascade, true, true, true, false, true, false, LoopMode.Cascade)]
    [InlineData(LoopMode.RemoteCascade, true, false, true, false, true, false, LoopMode.RemoteCascade)]
    public void The_actual_mode_is_the_best_permitted_PID06(
        LoopMode target, bool asked, bool fromAbove, bool usable, bool tracks, bool connected, bool direct, LoopMode actual) =>
        Assert.Equal(actual, LoopModes.Actual(new LoopCircumstances(target, asked, fromAbove, usable, tracks, connected, direct)));

    [Fact]
    public void Target_and_actual_mode_are_kept_apart_and_published_PID06()
    {
        ScanRun run = Build();
        run.Set(temperature, 50);
        run.Step();
        Assert.Equal((LoopMode.Initialising, LoopMode.RemoteCascade), (run.Frame.Loops[0].Mode, run.Frame.Loops[0].TargetMode));
        Hold(run, 60, 3);
        Assert.Equal(LoopMode.RemoteCascade, run.Frame.Loops[0].Mode);
        Assert.True(Mode(run, 60, LoopMode.Manual).Accepted);
        Assert.Equal((LoopMode.Manual, LoopMode.Manual), (run.Frame.Loops[0].Mode, run.Frame.Loops[0].TargetMode));
        Assert.True(run.Told(ScanEventKind.LoopCommanded));
        run.Step(150);
        Assert.Equal((LoopMode.Initialising, LoopMode.Manual), (run.Frame.Loops[0].Mode, run.Frame.Loops[0].TargetMode));
        run.Demand(heater, 10);
        run.Demand(cooling, 0);
        run.Step();
        Assert.Equal(LoopMode.RemoteOutput, run.Frame.Loops[0].Mode);
        Assert.False(Mode(run, 60, LoopMode.LocalOverride).Accepted);
        Assert.True(Mode(run, 60, LoopMode.OutOfService).Accepted);
        Hold(run, 60, 150);
        Assert.Equal((0.0, 0.0, LoopMode.OutOfService), (run[heater], run[cooling], run.Frame.Loops[0].Mode));
    }

    /// <summary>Override (protection) and hand beat tracking, tracking beats operator, operator beats program.</summary>
    [Fact]
    public void Owners_come_in_the_declared_order_PID07()
    {
        ScanRun run = Build(l => l with { Tracking = new TrackingRule(new Above(flow, 5), -1, 33) });
        run.Set(temperature, 59);
        run.Set(flow, 1);
        run.Set(trigger, 0);
        Hold(run, 60, 5);
        Assert.Equal(60, run.Frame.Loops[0].Setpoint);
        Mode(run, 60, LoopMode.Automatic);
        Do(run, 60, ScanCommandKind.SetLoopSetpoint, 55);
        Assert.Equal(55, run.Frame.Loops[0].Setpoint);
        Hold(run, 70, 3);
        Assert.Equal(55, run.Frame.Loops[0].Setpoint);
        run.Set(flow, 9);
        Hold(run, 60, 1);
        Assert.Equal((33.0, LoopMode.LocalOverride), (run[heater], run.Frame.Loops[0].Mode));
        run.DemandLoop(0, 60);
        run.Do(id => ScanCommand.TakeManual(id, heater, 70, "p"));
        Assert.Equal(70, run[heater]);
        run.Set(trigger, 2);
        Hold(run, 60, 1);
        Assert.Equal(0, run[heater]);
    }

    [Fact]
    public void Refused_commands_change_nothing_and_say_why_PID07()
    {
        ScanRun run = Build(l => l with { ManualLimits = (-20, 20) });
        run.Set(temperature, 50);
        Hold(run, 60, 5);
        Assert.Contains("AUTO", Do(run, 60, ScanCommandKind.SetLoopSetpoint, 55).Text, StringComparison.Ordinal);
        Assert.Contains("MAN", Do(run, 60, ScanCommandKind.SetLoopOutput, 5).Text, StringComparison.Ordinal);
        Mode(run, 60, LoopMode.Manual);
        Assert.Contains("outside", Do(run, 60, ScanCommandKind.SetLoopOutput, 25).Text, StringComparison.Ordinal);
        Assert.True(Do(run, 60, ScanCommandKind.SetLoopOutput, 15).Accepted);
        Assert.Equal(15, run[heater]);
        Mode(run, 60, LoopMode.Automatic);
        Assert.Contains("outside", Do(run, 60, ScanCommandKind.SetLoopSetpoint, 5000).Text, StringComparison.Ordinal);
        Assert.Contains("no feed-forward", Do(run, 60, ScanCommandKind.SwitchFeedForward, 1).Text, StringComparison.Ordinal);
        Assert.Contains("no tuning", Do(run, 60, ScanCommandKind.ApplyTuning).Text, StringComparison.Ordinal);
        Assert.Contains("first tuning", Do(run, 60, ScanCommandKind.RestoreTuning).Text, StringComparison.Ordinal);
        run.DemandLoop(0, 60);
        Assert.Contains("other sign", run.Do(id => ScanCommand.ProposeTuning(id, 0, new LoopTuning(-4, 100, 0, 1), "p")).Text, StringComparison.Ordinal);
        Assert.False(run.Do(id => ScanCommand.ToLoop(id, ScanCommandKind.StartAutotune, 7, "p")).Accepted);
    }

    [Fact]
    public void Stop_and_abort_take_a_loop_back_from_a_person_S88_08()
    {
        ScanRun run = Build();
        run.Set(temperature, 50);
        Hold(run, 60, 5);
        Mode(run, 60, LoopMode.Manual);
        Do(run, 60, ScanCommandKind.SetLoopOutput, 90);
        run.State.Offer(ScanRun.Unit, new Demand(0, true, 40, false, run.State.Scan, true));
        run.Step();
        Assert.Equal(LoopMode.RemoteCascade, run.Frame.Loops[0].TargetMode);
        Assert.Equal(40, run.Frame.Loops[0].Setpoint);
    }

    [Fact]
    public void Ten_thousand_changes_of_mode_parameters_structure_filter_and_feed_forward_make_no_bump_PID05()
    {
        const int Seed = 21;
        var random = new Random(Seed);
        ScanRun run = Build(l => l with { FeedForward = new FeedForwardRule(flow, 2, 0), Watch = new LoopWatchRule(50, TimeSpan.FromHours(1), 50) });
        run.Set(temperature, 49);
        run.Set(flow, 6);
        Hold(run, 50, 10);
        LoopMode[] modes = [LoopMode.Manual, LoopMode.Automatic, LoopMode.RemoteCascade];
        for (int i = 0; i < 10_000; i++)
        {
            // A new error of at most 2 K stands still long before the change; the integral of one scan is within the bound.
            if (i % 50 == 0) run.Set(temperature, 50 + 4 * random.NextDouble() - 2);
            Hold(run, 50, 3);
            if (i % 50 == 0) Hold(run, 50, 300);
            double before = run[heater] - run[cooling];
            int what = random.Next(4);
            if (what == 0) Mode(run, 50, modes[random.Next(3)]);
            if (what == 1) Do(run, 50, ScanCommandKind.SwitchFeedForward, random.Next(2));
            if (what == 2) Do(run, 50, ScanCommandKind.RestoreTuning);
            if (what == 3)
            {
                var tuning = new LoopTuning(
                    0.5 + 9.5 * random.NextDouble(), random.Next(5) == 0 ? 0 : 60 + 600 * random.NextDouble(), random.Next(2) * 60 * random.NextDouble(),
                    random.NextDouble(), random.NextDouble(), 2 + 28 * random.NextDouble(), random.Next(2) * 5 * random.NextDouble());
                run.DemandLoop(0, 50);
                run.Do(id => ScanCommand.ProposeTuning(id, 0, tuning, "p"));
                before = run[heater] - run[cooling];
                Do(run, 50, ScanCommandKind.ApplyTuning);
            }

            double bump = Math.Abs(run[heater] - run[cooling] - before);
            Assert.True(bump <= 0.1, $"seed {Seed}, change {i} of kind {what}: {bump} %");
        }
    }

    [Fact]
    public void Coming_back_from_held_makes_no_bump_PID05()
    {
        ScanRun run = Build();
        run.Set(temperature, 50);
        Hold(run, 60, 200);
        for (int i = 0; i < 100; i++)
        {
            run.Demand(heater, 22);
            run.Demand(cooling, 0);
            run.Step();
        }

        Assert.Equal(22, run[heater]);
        Hold(run, 60, 1);
        Assert.Equal(22, run[heater], 0.1);
    }

    [Fact]
    public void Setpoint_follows_the_process_value_in_manual_where_asked_PID10()
    {
        ScanRun run = Build(l => l with { SetpointTracks = true, SetpointRate = 0.05, SetpointRateDown = 0.1 });
        run.Set(temperature, 50);
        Hold(run, 60, 300);
        Mode(run, 60, LoopMode.Manual);
        run.Set(temperature, 44);
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
        run.Set(temperature, 50);
        Hold(run, 60, 200);
        double before = run[heater];
        run.SetBad(temperature);
        Hold(run, 60, 300);
        Assert.Equal(before, run[heater], 0.05);
        Assert.True(run.Frame.Loops[0].ProcessValueBad);
        Assert.Equal(LoopMode.Manual, run.Frame.Loops[0].Mode);
        double stood = run[heater];
        run.Set(temperature, 50);
        Hold(run, 60, 1);
        Assert.Equal(stood, run[heater], 0.05);
        Assert.Equal(rule == BadValueRule.Manual ? LoopMode.Manual : LoopMode.RemoteCascade, run.Frame.Loops[0].Mode);
        Hold(run, 60, 300);
        Assert.Equal(rule == BadValueRule.Manual, Math.Abs(run[heater] - stood) < 1e-9);
    }

    [Fact]
    public void Twenty_thousand_scans_of_nonsense_never_leave_the_limits_PID11()
    {
        const int Seed = 9;
        var random = new Random(Seed);
        ScanRun run = Build(l => l with { OutputRate = 50, FeedForward = new FeedForwardRule(flow, 3, 0), Curve = new Characteristic([new(0, -10), new(50, 0), new(90, 1000)]) });
        double[] odd = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e308, -1e308, 0, 1e-308];
        for (int i = 0; i < 20_000; i++)
        {
            double value = random.Next(4) == 0 ? odd[random.Next(odd.Length)] : 200 * random.NextDouble() - 50;
            if (random.Next(10) == 0) run.SetBad(temperature);
            else run.Set(temperature, value);
            run.Set(flow, random.Next(3) == 0 ? odd[random.Next(odd.Length)] : random.NextDouble());
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
            Assert.True(run[heater] is >= 0 and <= 100 && run[cooling] is >= 0 and <= 100, $"seed {Seed}, scan {i}: {run[heater]}, {run[cooling]}");
            Assert.True(double.IsFinite(run.Frame.Loops[0].Output), $"seed {Seed}, scan {i}");
        }
    }

    [Fact]
    public void The_controller_output_moves_no_faster_than_its_rate_PID11()
    {
        ScanRun run = Build(l => l with { OutputRate = 2, Gain = 20 });
        run.Set(temperature, 50);
        Hold(run, 50, 5);
        double last = run[heater] - run[cooling];
        for (int i = 0; i < 400; i++)
        {
            run.Set(temperature, i < 200 ? 40 : 60);
            Hold(run, 50, 1);
            double now = run[heater] - run[cooling];
            Assert.True(Math.Abs(now - last) <= 0.2 + 1e-9);
            last = now;
        }
    }

    [Fact]
    public void A_ratio_loop_follows_its_wild_flow_and_keeps_its_setpoint_when_that_is_bad_PID09()
    {
        ScanRun run = Build(l => l with { Ratio = new RatioRule(flow, 2) });
        run.Set(temperature, 10);
        run.Set(flow, 6);
        Hold(run, 1.5, 1);
        Assert.Equal(11, run.Frame.Loops[0].Setpoint, 9);
        run.Set(flow, 8);
        Hold(run, 1.5, 1);
        Assert.Equal(14, run.Frame.Loops[0].Setpoint, 9);
        run.SetBad(flow);
        Hold(run, 1.5, 5);
        Assert.Equal(14, run.Frame.Loops[0].Setpoint, 9);
    }

    [Fact]
    public void Feed_forward_adds_and_a_bad_tag_leaves_the_last_PID09()
    {
        ScanRun run = Build(l => l with { FeedForward = new FeedForwardRule(flow, 2, 5), IntegralTime = TimeSpan.FromHours(1) });
        run.Set(temperature, 50);
        run.Set(flow, 5);
        Hold(run, 50, 5);
        double before = run[heater] - run[cooling];
        run.Set(flow, 15);
        Hold(run, 50, 1);
        Assert.Equal(20, run[heater] - run[cooling] - before, 0.01);
        run.SetBad(flow);
        Hold(run, 50, 5);
        Assert.Equal(20, run[heater] - run[cooling] - before, 0.05);
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
