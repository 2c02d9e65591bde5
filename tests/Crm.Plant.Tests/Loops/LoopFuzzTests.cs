using Crm.Plant.Loops;
using Crm.Plant.Outputs;
using Crm.Plant.Scan;
using Crm.Plant.Tests.Scan;
using Xunit;

namespace Crm.Plant.Tests.Loops;

/// <summary>
/// PID-11: whatever comes in, no number leaves a loop that is none or beyond a limit; with everything a loop can have: cascade, voted value,
/// ratio, feed-forward, tracking, titration curve, rates, relay. The seed is printed.
/// </summary>
public sealed class LoopFuzzTests
{
    private const int Seeds = 4;
    private const int Scans = 6000;

    private static readonly double[] odd = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, -double.MaxValue, double.Epsilon, 0, -0.0, 1e300];

    private static readonly ScanCommandKind[] kinds =
    [
        ScanCommandKind.SetLoopMode, ScanCommandKind.SetLoopSetpoint, ScanCommandKind.SetLoopOutput, ScanCommandKind.SwitchFeedForward,
        ScanCommandKind.StartAutotune, ScanCommandKind.AbortAutotune, ScanCommandKind.ApplyTuning, ScanCommandKind.RestoreTuning,
    ];

    public static TheoryData<int> All => [.. Enumerable.Range(1101, Seeds)];

    [Theory]
    [MemberData(nameof(All))]
    public void Nothing_that_is_no_number_leaves_a_loop_with_everything_PID11(int seed)
    {
        var random = new Random(seed);
        ScanRun run = Build();
        for (int i = 0; i < Scans; i++)
        {
            for (int tag = 0; tag < run.Rig.Tags.Length; tag++) Put(run, tag, random);
            for (int loop = 0; loop < run.Rig.Loops.Length; loop++)
                if (random.Next(3) > 0) run.DemandLoop(loop, Number(random));
            if (random.Next(4) == 0) Command(run, random);
            else run.Step();
            string at = $"seed {seed}, scan {i}";
            Assert.False(run.Frame.RigTrip.IsTripped, $"{at}: {run.Frame.RigTrip.Why}");
            foreach (OutputDefinition output in run.Rig.Outputs)
                Assert.True(run[output.Ordinal] >= output.Low && run[output.Ordinal] <= output.High, $"{at}: {output.Name} {run[output.Ordinal]}");
            foreach (LoopStatus status in run.Frame.Loops)
                Assert.True(double.IsFinite(status.Output) && double.IsFinite(status.Setpoint), $"{at}: {status}");
        }
    }

    private static void Put(ScanRun run, int tag, Random random)
    {
        int what = random.Next(10);
        if (what == 0) run.SetBad(tag);
        else if (what == 1) run.SetUncertain(tag, Number(random));
        else run.Set(tag, Number(random));
    }

    private static double Number(Random random) => random.Next(4) == 0 ? odd[random.Next(odd.Length)] : 300 * random.NextDouble() - 100;

    private static void Command(ScanRun run, Random random)
    {
        int loop = random.Next(run.Rig.Loops.Length);
        if (random.Next(5) == 0)
        {
            double Any() => random.Next(2) == 0 ? odd[random.Next(odd.Length)] : Math.Pow(10, random.Next(-200, 200));
            var tuning = new LoopTuning(Any(), Any(), Any(), random.NextDouble(), random.NextDouble(), 2 + random.Next(28), Any());
            run.Do(id => ScanCommand.ProposeTuning(id, loop, tuning, "p"));
            return;
        }

        ScanCommandKind kind = kinds[random.Next(kinds.Length)];
        double value = kind == ScanCommandKind.SetLoopMode ? random.Next(8) : Number(random);
        run.Do(id => ScanCommand.ToLoop(id, kind, loop, "p", value));
    }

    private static ScanRun Build()
    {
        var sketch = new RigSketch();
        int vessel = sketch.Tag("vessel"), second = sketch.Tag("vessel_b"), third = sketch.Tag("vessel_c"), jacket = sketch.Tag("jacket"), ph = sketch.Tag("ph"), wild = sketch.Tag("wild");
        int heater = sketch.Output("heater", lapseAfter: 2), cooling = sketch.Output("cooling", lapseAfter: 2, rate: 20), pump = sketch.Output("pump", lapseAfter: 2), relay = sketch.Output("relay", 0, 1, lapseAfter: 2, unit: "on/off");
        sketch.Loop("outer", vessel, 4, 350, 10, 0, 100, 0.05, 0.8);
        sketch.Loop("jacket", jacket, 10, 136, 0, -100, 100, null, 1, new SplitLeg(heater, 0, 100, 0, 100), new SplitLeg(cooling, 0, -100, 0, 100));
        sketch.Loop("ph", ph, 0.8, 0, 0, 0, 100, null, 1, new SplitLeg(pump, 0, 100, 0, 100) { Least = 0.05 });
        sketch.Loop("relay", wild, 5, 60, 5, 0, 100, 1, 0.5, new SplitLeg(relay, 0, 100, 0, 1) { Cycle = new RelayCycle(10, 1, 1) });
        sketch.Change(0, l => l with
        {
            Cascade = new CascadeLeg(1, 0, 100, 5, 120),
            Voted = new VotedValue(VoteRule.Median, [vessel, second, third]),
            FilterTime = TimeSpan.FromSeconds(10),
            FeedForward = new FeedForwardRule(wild, 3, 20),
            WhenBad = BadValueRule.Manual,
        });
        sketch.Change(1, l => l with { SetpointLow = 5, SetpointHigh = 120, Tracking = new TrackingRule(new Above(wild, 150), wild, 0), OutputRate = 50 });
        sketch.Change(2, l => l with { Curve = new Characteristic([new(0, -10), new(4, -0.01), new(7, 0), new(10, 0.01), new(14, 10)]), FreezeWithin = 0.1, WhenBad = BadValueRule.Hold });
        sketch.Change(3, l => l with { Ratio = new RatioRule(ph, 3), SetpointTracks = true, Watch = new LoopWatchRule(5, TimeSpan.FromSeconds(5), 2) });
        return new ScanRun(sketch.Build());
    }
}
