using Crm.Plant.Loops;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Protection;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Plant.Tags;
using Xunit;

namespace Crm.Plant.Tests.Scan;

public sealed class ScanPropertyTests
{
    private static readonly double[] Odd = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e308, -1e308, double.Epsilon, 0, -0.0, 50, 101];

    /// <summary>A rig of the lithium pilot's size: 200 tags, 70 outputs, 30 trips, 10 loops, 60 alarms.</summary>
    private static RigDefinition Pilot()
    {
        var sketch = new RigSketch();
        for (int i = 0; i < 15; i++) sketch.Unit("unit" + i);
        for (int i = 0; i < 200; i++) sketch.Tag("t" + i, bus: "bus" + i % 4);
        for (int i = 0; i < 70; i++) sketch.Output("o" + i, lapseAfter: 1 + i % 7, rate: i % 3 == 0 ? 20 : null, lapse: i % 5 == 0 ? SafeValue.KeepLast : null);
        for (int i = 0; i < 10; i++)
            sketch.Loop("l" + i, i, 4, 600, i % 2 * 20, -100, 100, i % 2 == 0 ? 0.05 : null, 0.5, new SplitLeg(2 * i, 0, 100, 0, 100), new SplitLeg(2 * i + 1, 0, -100, 0, 100));
        for (int i = 0; i < 30; i++)
        {
            CauseDefinition[] causes = [RigSketch.Cause("a", new Above(i, 90), i % 3), RigSketch.Cause("b", new Above(i + 30, 90), 0, (BadInput)(i % 3), 5)];
            EffectDefinition[] effects = [new(i, SafeValue.At(0)), new(i + 1, SafeValue.At(100)), new(i + 2, SafeValue.KeepLast)];
            sketch.Trip("trip" + i, i % 2 == 0, causes, effects, PhaseCommand.Hold, "unit" + i % 15);
        }

        for (int i = 0; i < 60; i++) sketch.Alarm("alarm" + i, new Above(100 + i, 80), i % 4, i % 5);
        return sketch.Build();
    }

    private static void Disturb(ScanRun run, Random random)
    {
        for (int n = random.Next(6); n > 0; n--)
        {
            int tag = random.Next(run.Rig.Tags.Length);
            if (random.Next(10) == 0) run.SetBad(tag);
            else run.Set(tag, random.Next(4) == 0 ? Odd[random.Next(Odd.Length)] : random.NextDouble() * 95);
        }

        for (int n = random.Next(20); n > 0; n--)
        {
            bool isLoop = random.Next(4) == 0;
            double value = random.Next(10) == 0 ? Odd[random.Next(Odd.Length)] : random.NextDouble() * 120 - 10;
            int target = random.Next(-1, isLoop ? 11 : 71);
            long answers = run.State.Scan - (random.Next(5) == 0 ? random.Next(-2, 40) : 0);
            var demand = new Demand(target, isLoop, value, random.Next(10) == 0, answers, random.Next(10) == 0);
            run.State.Offer(new Owner("unit" + random.Next(2)), demand);
        }

        if (random.Next(5) != 0) return;
        var kind = (ScanCommandKind)random.Next(6);
        double manual = random.Next(3) == 0 ? Odd[random.Next(Odd.Length)] : random.NextDouble() * 100;
        run.State.Offer(new ScanCommand(run.State.Scan, kind, random.Next(-1, 75), manual, random.Next(3), "p"));
    }

    [Fact]
    public void Whatever_comes_in_no_output_leaves_its_span_and_nothing_breaks_PID11_SAF19()
    {
        for (int seed = 1; seed <= 5; seed++)
        {
            var random = new Random(seed);
            var run = new ScanRun(Pilot());
            for (int i = 0; i < 4000; i++)
            {
                Disturb(run, random);
                PlantFrame frame = run.Step();
                Assert.False(frame.RigTrip.Fault, $"seed {seed}, scan {i}: {frame.RigTrip.Why}");
                for (int o = 0; o < frame.Plan.Values.Length; o++)
                    Assert.True(frame.Plan.Values[o] is >= 0 and <= 100, $"seed {seed}, scan {i}, output {o}: {frame.Plan.Values[o]}");
                CheckProtection(frame, run.Rig, seed, i);
            }
        }
    }

    // Independent of the matrix: for each output, the first tripped row with an effect on it decides.
    private static void CheckProtection(PlantFrame frame, RigDefinition rig, int seed, int scan)
    {
        for (int o = 0; o < frame.Outputs.Length && !frame.RigTrip.IsTripped; o++)
        {
            TripDefinition? first = rig.Trips.FirstOrDefault(t => frame.Trips[t.Ordinal].IsTripped && t.Effects.Any(e => e.Output == o));
            Assert.True(first is not null == (frame.Outputs[o].Source == OutputSource.Protection), $"seed {seed}, scan {scan}, output {o}");
            if (first is null) continue;
            SafeValue value = first.Effects.First(e => e.Output == o).Value;
            if (!value.Keep) Assert.True(value.Value == frame.Plan.Values[o], $"seed {seed}, scan {scan}, output {o}");
        }
    }

    [Fact]
    public void A_fork_goes_on_exactly_like_its_original_and_neither_sees_the_other()
    {
        const int seed = 5;
        var random = new Random(seed);
        var run = new ScanRun(Pilot());
        for (int i = 0; i < 300; i++)
        {
            Disturb(run, random);
            ScanRun fork = run.Fork();
            ScanRun stray = run.Fork();
            int next = random.Next();
            for (int k = 0; k < 5; k++) Disturb(stray, new Random(next + k));
            stray.Step(3);
            Random one = new(next), other = new(next);
            for (int k = 0; k < 10; k++)
            {
                Disturb(run, one);
                Disturb(fork, other);
                Same(run.Step(), fork.Step(), $"seed {seed}, fork {i}, scan {k}");
            }
        }
    }

    private static void Same(PlantFrame one, PlantFrame other, string where)
    {
        Assert.True(one.Scan == other.Scan && one.Now == other.Now && one.RigTrip == other.RigTrip && one.Demands == other.Demands, where);
        Assert.True(one.Plan.Values.AsSpan().SequenceEqual(other.Plan.Values), where);
        Assert.True(one.Image.Readings.SequenceEqual(other.Image.Readings), where);
        Assert.True(one.Trips.AsSpan().SequenceEqual(other.Trips.AsSpan()), where);
        Assert.True(one.Alarms.AsSpan().SequenceEqual(other.Alarms.AsSpan()), where);
        Assert.True(one.Loops.AsSpan().SequenceEqual(other.Loops.AsSpan()), where);
        Assert.True(one.Outputs.AsSpan().SequenceEqual(other.Outputs.AsSpan()), where);
        Assert.True(one.UnitCommands.AsSpan().SequenceEqual(other.UnitCommands.AsSpan()), where);
        Assert.True(one.Events.Select(e => e with { Facts = null }).SequenceEqual(other.Events.Select(e => e with { Facts = null })), where);
        Assert.True(one.Events.Select(Facts).SequenceEqual(other.Events.Select(Facts)), where);
        Assert.True(one.Outcomes.AsSpan().SequenceEqual(other.Outcomes.AsSpan()), where);
    }

    private static string Facts(ScanEvent happened) => happened.Facts is null ? "" : string.Join(';', happened.Facts.Select(f => $"{f.Key}={f.Value}"));

    [Fact]
    public void A_steady_scan_allocates_its_frame_and_nothing_else()
    {
        RigDefinition rig = Pilot();
        var core = new ScanCore(rig);
        ScanState state = core.Start();
        var readings = new Reading[rig.Tags.Length];
        var demands = new List<Demand>();
        void Scan(int n)
        {
            var now = TimeSpan.FromMilliseconds(100) * n;
            for (int i = 0; i < readings.Length; i++) readings[i] = Reading.Good(20 + i % 7, now);
            demands.Clear();
            for (int o = 20; o < 70; o++) demands.Add(Demand.Output(o, 50, state.Scan));
            for (int l = 0; l < 10; l++) demands.Add(Demand.Loop(l, 60, state.Scan));
            state.Offer(ScanRun.Unit, demands);
            core.Scan(state, now, readings);
        }

        for (int n = 1; n <= 100; n++)
        {
            if (n == 2) state.Offer(ScanCommand.ResetAll(1, "p"));
            Scan(n);
        }

        const int scans = 1000;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int n = 101; n <= 100 + scans; n++) Scan(n);
        long each = (GC.GetAllocatedBytesForCurrentThread() - before) / scans;
        Assert.True(each <= 200 * 32 + 70 * 8 + 10 * 40 + 700, $"{each} bytes");
    }

    [Fact]
    public void The_command_inbox_is_bounded()
    {
        var run = new ScanRun(Pilot());
        for (int i = 0; i < ScanState.MostCommands; i++) Assert.True(run.State.Offer(ScanCommand.ResetAll(i, "p")));
        Assert.False(run.State.Offer(ScanCommand.ResetAll(999, "p")));
        Assert.Equal(ScanState.MostCommands, run.Step().Outcomes.Length);
    }
}
