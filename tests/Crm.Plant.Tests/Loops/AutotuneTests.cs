using Crm.Plant.Loops;
using Crm.Plant.Loops.Tuning;
using Crm.Plant.Protection;
using Crm.Plant.Outputs;
using Crm.Plant.Scan;
using Crm.Plant.Tests.Scan;
using Xunit;

namespace Crm.Plant.Tests.Loops;

/// <summary>The autotuner on a live loop, tuning by a person's act, the watch and the figures (PID-16, PID-17, PID-19).</summary>
public sealed class AutotuneTests
{
    private static readonly PlantModel process = PlantModel.Integrating(0.002, 4, 40);

    private readonly BenchmarkPlant plant = new(process, 0.1);
    private readonly Random random = new(8);
    private readonly ScanRun run;
    private readonly int temperature;
    private readonly int trigger;
    private readonly int heater;
    private readonly List<ScanEvent> told = [];

    public AutotuneTests()
    {
        var sketch = new RigSketch();
        temperature = sketch.Tag("temperature");
        trigger = sketch.Tag("trigger");
        heater = sketch.Output("heater", lapseAfter: 5);
        sketch.Trip("hot", false, [RigSketch.Cause("trigger", new Above(trigger, 1))], [new EffectDefinition(heater, SafeValue.At(0))]);
        sketch.Loop("loop", temperature, 2, 600, 0, 0, 100, null, 0.7, new SplitLeg(heater, 0, 100, 0, 100));
        sketch.Change(0, l => l with { Watch = new LoopWatchRule(3, TimeSpan.FromSeconds(60), 1), Autotune = new AutotuneRule(15, 8, 0.05, TimeSpan.FromHours(2)) });
        run = new ScanRun(sketch.Build());
        run.Set(trigger, 0);
    }

    // 40 % holds the vessel.
    private void Go(int scans, double setpoint = 50, double noise = 0.02)
    {
        for (int i = 0; i < scans; i++) Scan(setpoint, noise, null);
    }

    private CommandOutcome Do(ScanCommandKind kind) => Do(id => ScanCommand.ToLoop(id, kind, 0, "Ada"));

    private CommandOutcome Do(Func<long, ScanCommand> make) => Scan(50, 0.02, make)!.Value;

    private CommandOutcome? Scan(double setpoint, double noise, Func<long, ScanCommand>? make)
    {
        run.Set(temperature, 50 + plant.Value + noise * (2 * random.NextDouble() - 1));
        run.DemandLoop(0, setpoint);
        CommandOutcome? outcome = null;
        if (make is null) run.Step();
        else outcome = run.Do(make);
        told.AddRange(run.Frame.Events);
        plant.Move(run[heater] - 40);
        return outcome;
    }

    private void Settle()
    {
        run.Demand(heater, 40);
        run.Step();
        Go(20_000);
    }

    [Fact]
    public void It_proposes_and_a_person_applies_and_the_old_set_is_one_touch_away_PID17_PID19()
    {
        Settle();
        double before = run[heater];
        Assert.True(Do(ScanCommandKind.StartAutotune).Accepted);
        Assert.True((run.Frame.Loops[0].Flags & LoopFlags.Autotuning) != 0);
        Assert.False(Do(ScanCommandKind.StartAutotune).Accepted);
        for (int i = 0; i < 60_000 && (run.Frame.Loops[0].Flags & LoopFlags.Autotuning) != 0; i++) Go(1);
        ScanEvent ended = told.Last(e => e.Kind == ScanEventKind.AutotuneEnded);
        Assert.Contains("proposes", ended.Text, StringComparison.Ordinal);
        Assert.Equal("Ada", ended.By);
        Assert.Equal(before, run[heater], 2.0);
        LoopDetail detail = run.Core.LoopDetail(run.State, 0);
        Assert.Equal(2, detail.Tuning.Gain);
        Assert.NotNull(detail.ProposedTuning);
        Assert.NotNull(detail.Predicted);
        Margins real = Margins.Of(process, detail.ProposedTuning.Value);
        Assert.True(real.MaximumSensitivity is > 1.15 and < 1.9, $"{detail.Model}; {detail.ProposedTuning}; really {real}");
        Assert.Equal(0.7, detail.ProposedTuning.Value.SetpointWeight);

        double stood = run[heater];
        Assert.True(Do(ScanCommandKind.ApplyTuning).Accepted);
        Assert.Equal(stood, run[heater], 0.1);
        Assert.Equal("Ada", told.Last(e => e.Kind == ScanEventKind.LoopTuned).By);
        Assert.Equal(detail.ProposedTuning, run.Core.LoopDetail(run.State, 0).Tuning);
        Assert.Equal(2, run.Core.LoopDetail(run.State, 0).OldTuning!.Value.Gain);
        Assert.True(Do(ScanCommandKind.RestoreTuning).Accepted);
        Assert.Equal(2, run.Core.LoopDetail(run.State, 0).Tuning.Gain);
    }

    [Fact]
    public void An_interlock_a_hand_a_person_or_a_lapse_ends_it_and_the_output_comes_back_PID17()
    {
        Settle();
        (string Why, Action End)[] ends =
        [
            ("other hands", () => { run.Set(trigger, 2); Go(2); run.Set(trigger, 0); }),
            ("other hands", () => { Do(id => ScanCommand.TakeManual(id, heater, 10, "p")); Go(1); Do(id => ScanCommand.ReturnManual(id, heater, "p")); }),
            ("Ada", () => Do(ScanCommandKind.AbortAutotune)),
            ("stopped controlling", () => { }),
            ("stopped controlling", () => Do(id => ScanCommand.SetLoopMode(id, 0, LoopMode.Manual, "p"))),
        ];
        foreach ((string why, Action end) in ends)
        {
            Go(100);
            Assert.True(Do(ScanCommandKind.StartAutotune).Accepted, why);
            Go(300);
            told.Clear();
            end();
            for (int i = 0; i < 80 && told.All(e => e.Kind != ScanEventKind.AutotuneEnded); i++) { run.Step(); told.AddRange(run.Frame.Events); }
            Assert.Contains(told, e => e.Kind == ScanEventKind.AutotuneEnded && e.Text.Contains(why, StringComparison.Ordinal));
            Assert.True((run.Frame.Loops[0].Flags & LoopFlags.Autotuning) == 0);
            Assert.Null(run.Core.LoopDetail(run.State, 0).ProposedTuning);
            Do(id => ScanCommand.SetLoopMode(id, 0, LoopMode.RemoteCascade, "p"));
            Go(2000);
        }
    }

    [Fact]
    public void A_fork_in_the_middle_of_a_test_finishes_it_as_the_original_does()
    {
        Settle();
        Do(ScanCommandKind.StartAutotune);
        Go(400);
        ScanRun fork = run.Fork();
        for (int i = 0; i < 200; i++)
        {
            double y = 50 + Math.Sin(i / 30.0);
            foreach (ScanRun one in new[] { run, fork })
            {
                one.Set(temperature, y);
                one.DemandLoop(0, 50);
                one.Step();
            }

            Assert.Equal(run[heater], fork[heater]);
        }
    }

    [Fact]
    public void Deviation_and_saturation_are_flagged_after_their_time_PID16()
    {
        Settle();
        run.Set(temperature, 44);
        for (int i = 0; i < 590; i++) { run.DemandLoop(0, 50); run.Step(); }
        Assert.Equal(LoopFlags.None, run.Frame.Loops[0].Flags & LoopFlags.Deviation);
        for (int i = 0; i < 20; i++) { run.DemandLoop(0, 50); run.Step(); told.AddRange(run.Frame.Events); }
        Assert.NotEqual(LoopFlags.None, run.Frame.Loops[0].Flags & LoopFlags.Deviation);
        Assert.Single(told, e => e.Kind == ScanEventKind.LoopNotice);
        run.Set(temperature, -40);
        for (int i = 0; i < 700; i++) { run.DemandLoop(0, 50); run.Step(); }
        Assert.NotEqual(LoopFlags.None, run.Frame.Loops[0].Flags & LoopFlags.SaturatedHigh);
    }

    [Theory]
    [InlineData(2.0, 60, 0.05, true)]
    [InlineData(1.3, 20, 0.3, true)]
    [InlineData(0.6, 60, 0.3, false)]
    [InlineData(0.0, 60, 0.8, false)]
    public void Swings_beyond_the_declared_amplitude_are_told_from_noise_PID16(double amplitude, double period, double noise, bool oscillates)
    {
        LoopWatchMemory watch = default;
        var rule = new LoopWatchRule(0, TimeSpan.FromHours(9), 1);
        for (double t = 0; t < 10 * period; t += 0.1)
            LoopWatch.Advance(rule, ref watch, amplitude * Math.Sin(2 * Math.PI * t / period) + noise * (2 * random.NextDouble() - 1), true, 0, 0.1);
        Assert.Equal(oscillates, (watch.Flags & LoopFlags.Oscillating) != 0);
        // One load disturbance is no oscillation, and a calm loop ends the series.
        for (double t = 0; t < 20 * period; t += 0.1) LoopWatch.Advance(rule, ref watch, 0.05 * noise, true, 0, 0.1);
        Assert.Equal(LoopFlags.None, watch.Flags & LoopFlags.Oscillating);
    }

    [Fact]
    public void Figures_are_those_of_the_error_they_saw_PID16()
    {
        LoopWatchMemory watch = default;
        for (int i = 0; i < 1000; i++) LoopWatch.Advance(null, ref watch, i % 2 == 0 ? 3 : 1, true, i < 250 ? 1 : 0, 0.1);
        for (int i = 0; i < 1000; i++) LoopWatch.Advance(null, ref watch, 99, false, 0, 0.1);
        LoopPerformance figures = watch.Performance;
        Assert.Equal(200, figures.Observed.TotalSeconds, 6);
        Assert.Equal(200, figures.AbsoluteError, 6);
        Assert.Equal(1, figures.Variability, 6);
        Assert.Equal(0.125, figures.AtLimit, 6);
        Assert.Equal(0.5, figures.InNormalMode, 6);
    }
}
