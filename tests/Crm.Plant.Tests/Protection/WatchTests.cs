using System.Collections.Immutable;
using Crm.Plant.Expressions;
using Crm.Plant.Loops;
using Crm.Plant.Outputs;
using Crm.Plant.Protection;
using Crm.Plant.Scan;
using Crm.Plant.Tests.Scan;
using Xunit;

namespace Crm.Plant.Tests.Protection;

/// <summary>Runaway checks (SAF-28) and dosing guards (SAF-29), asserted at the output they act on.</summary>
public sealed class WatchTests
{
    private readonly RigSketch sketch = new();
    private readonly int temperature;
    private readonly int scale;
    private readonly int level;
    private readonly int heater;
    private readonly int pump;

    public WatchTests()
    {
        temperature = sketch.Tag("temperature");
        scale = sketch.Tag("scale", unit: "kg");
        level = sketch.Tag("level", unit: "L");
        heater = sketch.Output("heater", lapseAfter: 1e6);
        pump = sketch.Output("pump", lapseAfter: 1e6);
    }

    /// <summary>Temperature per minute, heater, minutes: does it trip? Off: 0..0.5 %; the limit is 3 K in 2 min.</summary>
    [Theory]
    [InlineData(2.0, 0, 3, true)]
    [InlineData(1.0, 0, 30, false)]
    [InlineData(2.0, 50, 30, false)]
    [InlineData(-5.0, 0, 30, false)]
    public void Rising_while_off_SAF28(double perMinute, double heats, int minutes, bool trips)
    {
        ScanRun run = Watched(new ChangeWatch(temperature, ChangeKind.Rises, 3, TimeSpan.FromMinutes(2)), new OutputGate(heater, 0, 0.5));
        run.Demand(heater, heats);
        Assert.Equal(trips, Ramp(run, temperature, 50, perMinute, minutes));
        Assert.Equal(trips ? 0 : 70, run[pump]);
    }

    [Theory]
    [InlineData(0.0, 100, 11, true)]
    [InlineData(0.0, 100, 9, false)]
    [InlineData(0.4, 100, 40, false)]
    [InlineData(0.1, 100, 11, true)]
    [InlineData(0.0, 60, 40, false)]
    public void Not_rising_while_full_on_SAF28(double perMinute, double heats, int minutes, bool trips)
    {
        ScanRun run = Watched(new ChangeWatch(temperature, ChangeKind.RisesLessThan, 2, TimeSpan.FromMinutes(10)), new OutputGate(heater, 95, 100));
        run.Demand(heater, heats);
        Assert.Equal(trips, Ramp(run, temperature, 50, perMinute, minutes));
    }

    [Fact]
    public void Rate_of_rise_trips_in_the_scan_the_amount_is_reached_SAF28()
    {
        ScanRun run = Watched(new ChangeWatch(temperature, ChangeKind.Rises, 4, TimeSpan.FromSeconds(20)));
        run.Set(temperature, 50);
        run.Step(100);
        run.Set(temperature, 53.9);
        run.Step();
        Assert.Equal(70, run[pump]);
        run.Set(temperature, 54);
        run.Step();
        Assert.Equal(0, run[pump]);
    }

    /// <summary>Klipper's check: beyond the band the error sums up, unless the value comes nearer (SAF-28).</summary>
    [Theory]
    [InlineData(80, 0.0, 12, true)]
    [InlineData(80, 0.0, 2, false)]
    [InlineData(80, 0.5, 60, false)]
    [InlineData(53, 0.0, 60, false)]
    public void Cumulative_error_of_a_loop_SAF28(double setpoint, double perMinute, int minutes, bool trips)
    {
        int loop = sketch.Loop("loop", temperature, 0.01, 1e6, 0, 0, 100, null, 1, new SplitLeg(heater, 0, 100, 0, 100));
        ScanRun run = Watched(new ErrorWatch(loop, temperature, 5, 5 * 1200));
        for (double minute = 0; minute < minutes; minute += 0.1 / 60)
        {
            run.DemandLoop(loop, setpoint);
            run.Set(temperature, 50 + perMinute * minute);
            run.Step();
        }

        Assert.Equal(trips, run.Frame.Trips[0].IsTripped);
    }

    /// <summary>
    /// A heat/cool loop in HELD: the state table drives the heater to 0 and leaves the loop its cooling. Cold, it cannot act and the heater is not at fault;
    /// hot, it can, and what it does not bring down trips (SAF-28, S88-20).
    /// </summary>
    [Theory]
    [InlineData(40, 20, true, false)]
    [InlineData(40, 20, false, true)]
    [InlineData(40, 60, true, true)]
    [InlineData(40, 60, false, true)]
    public void An_error_that_the_loop_may_not_act_on_does_not_count_SAF28(double setpoint, double reads, bool heaterHeldOff, bool trips)
    {
        int cooling = sketch.Output("cooling");
        int loop = sketch.Loop("loop", temperature, 0.5, 1e6, 0, -100, 100, null, 1, new SplitLeg(heater, 0, 100, 0, 100), new SplitLeg(cooling, -100, 0, 100, 0));
        ScanRun run = Watched(new ErrorWatch(loop, temperature, 5, 5 * 300) { Reach = new LoopReach(loop, 1, -100, 100, [new SplitLeg(heater, 0, 100, 0, 100), new SplitLeg(cooling, -100, 0, 100, 0)]) });
        for (int scan = 0; scan < 6000; scan++)
        {
            run.DemandLoop(loop, setpoint);
            if (heaterHeldOff) run.Demand(heater, 0);
            run.Set(temperature, reads);
            run.Step();
        }

        Assert.Equal(trips ? 0 : 70, run[pump]);
    }

    [Fact]
    public void A_bad_input_of_a_watch_trips_by_default_and_a_closed_gate_is_a_known_false_SAF08()
    {
        ScanRun run = Watched(new ChangeWatch(temperature, ChangeKind.Rises, 3, TimeSpan.FromMinutes(2)), new OutputGate(heater, 0, 0.5));
        run.Demand(heater, 50);
        run.Step(2);
        run.SetBad(temperature);
        run.Step();
        Assert.Equal(70, run[pump]);
        run.Demand(heater, 0);
        run.Step(2);
        Assert.Equal(0, run[pump]);
    }

    [Fact]
    public void A_pump_that_runs_on_is_stopped_SAF29()
    {
        ScanRun run = Build([RigSketch.Cause("pump on", new Constant(1), delay: 60) with { Gates = [new OutputGate(pump, 1, 100)] }], latch: true);
        run.Demand(pump, 70);
        run.Step(600);
        Assert.Equal(70, run[pump]);
        run.Step(2);
        Assert.Equal(0, run[pump]);
    }

    /// <summary>kg per minute off the drum and minutes: at most 2 kg in 10 min (SAF-29).</summary>
    [Theory]
    [InlineData(0.19, 30, false)]
    [InlineData(0.25, 9, true)]
    public void The_most_in_a_time_SAF29(double perMinute, int minutes, bool trips)
    {
        ScanRun run = Watched(new ChangeWatch(scale, ChangeKind.Falls, 2, TimeSpan.FromMinutes(10)));
        Assert.Equal(trips, Ramp(run, scale, 20, -perMinute, minutes));
    }

    /// <summary>A property over random doses, noise and drum changes: never more than the limit and one scan's dose passes (SAF-29).</summary>
    [Fact]
    public void The_most_in_a_batch_holds_for_any_sequence_of_doses_SAF29()
    {
        for (int seed = 1; seed <= 40; seed++)
        {
            var random = new Random(seed);
            var one = new WatchTests();
            ScanRun run = one.Watched(new TotalWatch(one.scale, 3, new Above(one.level, 99), 0.02));
            double drum = 20, given = 0;
            for (int i = 0; i < 20_000 && !run.Frame.Trips[0].IsTripped; i++)
            {
                double dose = random.NextDouble() < 0.5 && run[one.pump] > 0 ? 0.004 * random.NextDouble() : 0;
                given += dose;
                drum = random.NextDouble() < 0.001 ? 20 : drum - dose;
                run.Set(one.scale, drum + 0.002 * (random.NextDouble() - 0.5));
                run.Step();
            }

            Assert.True(run.Frame.Trips[0].IsTripped, $"seed {seed}: {given} kg passed");
            Assert.True(given is > 2.9 and < 3.6, $"seed {seed}: {given} kg passed");
            Assert.Equal(0, run[one.pump]);
        }
    }

    [Fact]
    public void An_empty_vessel_begins_a_new_batch_SAF29()
    {
        ScanRun run = Watched(new TotalWatch(scale, 3, new Above(level, 99), 0.02));
        Ramp(run, scale, 20, -1, 2);
        run.Set(level, 100);
        run.Step();
        run.Set(level, 10);
        Assert.False(Ramp(run, scale, 18, -1, 2));
        Assert.True(Ramp(run, scale, 16, -1, 2));
    }

    [Fact]
    public void A_dose_is_mixed_in_before_the_next_SAF29()
    {
        ScanRun run = Watched(new MixingWatch(scale, 0.5, TimeSpan.FromMinutes(5), 0.02), latch: false);
        Ramp(run, scale, 20, -0.4, 1);
        Assert.Equal(70, run[pump]);
        Ramp(run, scale, 19.6, -0.4, 1);
        Assert.Equal(0, run[pump]);
        run.Step(10 * 60 * 5 - 30);
        Assert.Equal(0, run[pump]);
        run.Step(60);
        Assert.Equal(70, run[pump]);
    }

    /// <summary>Litres a minute off the drum and into the vessel: the balance is 1.5 L in 10 min (SAF-29).</summary>
    [Theory]
    [InlineData(0.2, 0.2, 60, false)]
    [InlineData(0.2, 0.0, 9, true)]
    [InlineData(0.0, 0.2, 9, true)]
    [InlineData(0.1, 0.0, 12, false)]
    public void What_was_dosed_comes_to_the_level_SAF29(double dosed, double rises, int minutes, bool trips)
    {
        ScanRun run = Watched(new BalanceWatch(level, [new DoseTerm(scale, 1.5, 0.02)], 1.5, TimeSpan.FromMinutes(10)));
        bool tripped = false;
        for (double minute = 0; minute < minutes; minute += 0.1 / 60)
        {
            run.Set(scale, 20 - 1.5 * dosed * minute);
            run.Set(level, 10 + rises * minute);
            run.Step();
            tripped |= run.Frame.Trips[0].IsTripped;
        }

        Assert.Equal(trips, tripped);
    }

    [Fact]
    public void A_fork_goes_its_own_way()
    {
        ScanRun run = Watched(new ChangeWatch(temperature, ChangeKind.Rises, 3, TimeSpan.FromMinutes(2)));
        run.Set(temperature, 50);
        run.Step(50);
        ScanRun other = run.Fork();
        other.Set(temperature, 54);
        other.Step();
        run.Step();
        Assert.True(other.Frame.Trips[0].IsTripped);
        Assert.False(run.Frame.Trips[0].IsTripped);
    }

    private ScanRun Watched(WatchDefinition watch, OutputGate? gate = null, bool latch = true)
    {
        ImmutableArray<OutputGate> gates = gate is { } one ? [one] : [];
        return Build([RigSketch.Cause("watch", new Constant(0)) with { Watch = watch, Gates = gates }], latch);
    }

    private ScanRun Build(CauseDefinition[] causes, bool latch)
    {
        sketch.Trip("watch", latch, causes, [new(pump, SafeValue.At(0))]);
        var run = new ScanRun(sketch.Build(), reset: false);
        run.Set(scale, 20);
        run.Set(temperature, 50);
        run.Set(level, 10);
        run.Step();
        run.Do(id => ScanCommand.ResetAll(id, "test"));
        run.Demand(pump, 70);
        run.Step();
        return run;
    }

    /// <returns>True when the row was tripped at any scan.</returns>
    private static bool Ramp(ScanRun run, int tag, double from, double perMinute, double minutes)
    {
        bool tripped = false;
        for (double minute = 0; minute < minutes; minute += 0.1 / 60)
        {
            run.Set(tag, from + perMinute * minute);
            run.Step();
            tripped |= run.Frame.Trips[0].IsTripped;
        }

        return tripped;
    }
}
