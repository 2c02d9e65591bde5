using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Crm.Plant.Alarms;
using Crm.Plant.Expressions;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Plant.Tags;

namespace Crm.Bench;

/// <summary>ALM-23: 2,000 configured alarms, quiet and in a burst of 100 a second that is acknowledged at the same pace; time of a scan as a distribution.</summary>
internal static class AlarmsQuick
{
    private const int Configured = 2000, PerScan = 10, Rounds = 40;
    private const double Normal = 60, First = 100, Apart = 10;

    public static void Run(TextWriter output)
    {
        RigDefinition rig = Rig();
        var core = new ScanCore(rig);
        ScanState state = core.Start();
        var readings = new Reading[rig.Tags.Length];
        var values = new double[rig.Tags.Length];
        TimeSpan now = TimeSpan.Zero;
        long command = 0, raised = 0;
        PlantFrame? last = null;

        double Scan()
        {
            now += rig.ScanPeriod;
            for (int i = 0; i < readings.Length; i++) readings[i] = Reading.Good(values[i] + (now.Ticks % 7 * 1e-3), now);
            long start = Stopwatch.GetTimestamp();
            last = core.Scan(state, now, readings);
            double micros = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            raised += last.Events.Count(e => e.Kind == ScanEventKind.AlarmRaised);
            return micros;
        }

        Array.Fill(values, Normal);
        state.Offer(ScanCommand.ResetAll(++command, "bench"));
        for (int i = 0; i < 2000; i++) Scan();
        double[] quiet = [.. Enumerable.Range(0, 5000).Select(_ => Scan())];
        var burst = new List<double>();
        for (int round = 0; round < Rounds; round++)
        {
            for (int next = 0; next < Configured; next += PerScan)
            {
                for (int i = next - PerScan; i >= 0 && i < next; i++) state.Offer(ScanCommand.Acknowledge(++command, i, last!.Alarms[i].Occurrence, "bench"));
                for (int i = next; i < next + PerScan; i++) values[i % values.Length] = First + (Apart * (i / values.Length)) + 1;
                burst.Add(Scan());
            }

            for (int i = Configured - PerScan; i < Configured; i++) state.Offer(ScanCommand.Acknowledge(++command, i, last!.Alarms[i].Occurrence, "bench"));
            Array.Fill(values, Normal);
            for (int i = 0; i < 20; i++) Scan();
        }

        Line(output, $"{rig.Alarms.Length} alarms on {rig.Tags.Length} tags; {Rounds} bursts of {Configured} alarms at {PerScan / rig.ScanPeriod.TotalSeconds:N0} a second, {raised:N0} raised of {Rounds * Configured:N0}, {state.DroppedEvents} events lost");
        Told(output, "quiet", quiet);
        Told(output, "burst", [.. burst]);
    }

    private static void Told(TextWriter output, string what, double[] micros)
    {
        Array.Sort(micros);
        Line(output, $"{what} scan, microseconds: median {At(micros, 0.5):F1}  p99 {At(micros, 0.99):F1}  worst {micros[^1]:F1}   (asked: alarm to list within 1 s; a scan is 100 ms)");
    }

    /// <summary>The rig of the scan benchmark with another alarm list: seven limits on each tag until there are 2,000.</summary>
    private static RigDefinition Rig()
    {
        RigDefinition rig = BenchRig.Build();
        var alarms = ImmutableArray.CreateBuilder<AlarmDefinition>(Configured);
        for (int i = 0; i < Configured; i++)
            alarms.Add(new AlarmDefinition(
                i, $"alarm{i}", $"Alarm {i}", new Comparison(ComparisonOperator.Greater, new TagValue(i % rig.Tags.Length), new Constant(First + (Apart * (i / rig.Tags.Length)))),
                TimeSpan.Zero, TimeSpan.Zero, AlarmPriority.Low, "cause", "response", TimeSpan.FromMinutes(30)));
        return rig with { Alarms = alarms.MoveToImmutable(), Trips = [] };
    }

    private static double At(double[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];

    private static void Line(TextWriter output, FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
