using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Crm.Plant.Outputs;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Plant.Tags;

namespace Crm.Bench;

/// <summary>One core, one rig of full size: time of a scan as a distribution, and what it allocates beside its frame.</summary>
internal static class ScanQuick
{
    private const int WarmUp = 20_000;
    private const int Scans = 100_000;

    public static void Run(TextWriter output)
    {
        RigDefinition rig = BenchRig.Build();
        var core = new ScanCore(rig);
        ScanState state = core.Start();
        var load = new Load(rig);
        for (int i = 0; i < WarmUp; i++) load.Scan(core, state);
        if (load.Last!.Trips.Any(t => t.IsTripped) || !load.Last.Loops.All(l => l.Running))
            throw new InvalidOperationException("the rig under test is not in normal running: nothing would be measured");

        var micros = new double[Scans];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Scans; i++) micros[i] = load.Scan(core, state);
        double bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Scans;
        Array.Sort(micros);
        Line(output, $"{rig.Tags.Length} tags, {rig.Loops.Length} loops, {rig.Trips.Length} x {rig.Outputs.Length} matrix, {rig.Alarms.Length} alarms; {Scans:N0} scans on one core");
        Line(output, $"scan, microseconds: median {At(micros, 0.5):F1}  p99 {At(micros, 0.99):F1}  p99.9 {At(micros, 0.999):F1}  worst {micros[^1]:F1}   (asked: p99 below 1000)");
        Line(output, $"allocated per scan: {bytes:N0} bytes, of which the published frame {FrameBytes(load.Last):N0}");
    }

    /// <summary>Objects a frame does not share with the frame before: image, plan, loops and the frame itself.</summary>
    private static long FrameBytes(PlantFrame frame) =>
        BytesOf<Reading>(frame.Image.Count) + BytesOf<double>(frame.Plan.Values.Length) + BytesOf<Crm.Plant.Loops.LoopStatus>(frame.Loops.Length)
        + Objects;

    // The frame, its image and its plan, measured once: a shallow copy of each.
    private static readonly long Objects = Measure();

    private static long Measure()
    {
        RigDefinition rig = BenchRig.Build();
        var core = new ScanCore(rig);
        ScanState state = core.Start();
        PlantFrame frame = core.Scan(state, TimeSpan.FromSeconds(0.1), new Reading[rig.Tags.Length]);
        var imageReadings = new Reading[1];
        long before = GC.GetAllocatedBytesForCurrentThread();
        PlantFrame copy = frame with { };
        var image = new Image(1, TimeSpan.Zero, imageReadings);
        OutputPlan plan = frame.Plan with { };
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        GC.KeepAlive((copy, image, plan));
        return bytes;
    }

    private static long BytesOf<T>(int length) => 2 * IntPtr.Size + 8 + (long)Unsafe.SizeOf<T>() * length;

    private static double At(double[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];

    private static void Line(TextWriter output, FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    /// <summary>Readings that move on every scan and a setpoint for every loop, as in a running plant.</summary>
    private sealed class Load(RigDefinition rig)
    {
        private readonly Reading[] readings = new Reading[rig.Tags.Length];
        private readonly Demand[] demands = new Demand[rig.Loops.Length];
        private readonly Random noise = new(7);
        private readonly Owner owner = new("bench");
        private TimeSpan now;

        public PlantFrame? Last { get; private set; }

        /// <returns>Microseconds of the scan alone.</returns>
        public double Scan(ScanCore core, ScanState state)
        {
            now += rig.ScanPeriod;
            for (int i = 0; i < readings.Length; i++) readings[i] = Reading.Good(60 + noise.NextDouble(), now);
            for (int i = 0; i < demands.Length; i++) demands[i] = Demand.Loop(i, 60, state.Scan);
            if (state.Scan > 0) state.Offer(owner, demands);
            if (state.Scan == 5) state.Offer(ScanCommand.ResetAll(1, "bench"));
            long start = Stopwatch.GetTimestamp();
            Last = core.Scan(state, now, readings);
            return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }
    }
}
