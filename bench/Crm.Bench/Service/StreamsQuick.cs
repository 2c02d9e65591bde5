using System.Globalization;
using System.Net.WebSockets;

namespace Crm.Bench.Service;

/// <summary>Lateness of the scan without and with fifty clients of its stream, in turns, on the lithium twin at 10 Hz; and what the controller holds in memory.</summary>
internal static class StreamsQuick
{
    private const int Clients = 50;
    private const int Turns = 4;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(30);

    /// <summary>Connections are made and ended before anything is measured.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(5);

    /// <param name="Over">Scans that began more than 1 ms late.</param>
    private readonly record struct Lateness(double Scans, double Seconds, double Over)
    {
        public static Lateness Read(ServedRig rig)
        {
            double scans = rig.Metric("crm_scan_late_seconds_count");
            return new(scans, rig.Metric("crm_scan_late_seconds_sum"), scans - rig.Metric("crm_scan_late_seconds_bucket", "le=\"0.001\""));
        }

        public static Lateness Of(List<Lateness> turns) => new(turns.Sum(t => t.Scans), turns.Sum(t => t.Seconds), turns.Sum(t => t.Over));

        public static Lateness operator -(Lateness a, Lateness b) => new(a.Scans - b.Scans, a.Seconds - b.Seconds, a.Over - b.Over);

        public override string ToString() => FormattableString.Invariant($"{1000 * Seconds / Scans:F3} ms late, {Over:F0} of {Scans:F0} scans by more than 1 ms");
    }

    public static async Task Run(TextWriter output)
    {
        string data = Directory.CreateTempSubdirectory("crm-bench-").FullName;
        using var rig = new ServedRig(data, "--recipe", "recipes/lithium/black-mass-to-carbonate.yaml", "--from", "leach/portion-4");
        await Task.Delay(TimeSpan.FromSeconds(10));
        var without = new List<Lateness>();
        var with = new List<Lateness>();
        long bytes = 0, frames = 0;
        for (int turn = 0; turn < Turns; turn++)
        {
            without.Add(await Measure(rig));
            using var leave = new CancellationTokenSource();
            var clients = Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => One(rig, leave.Token)));
            with.Add(await Measure(rig));
            await leave.CancelAsync();
            foreach (var (b, f) in await clients) (bytes, frames) = (bytes + b, frames + f);
            Line(output, $"turn {turn + 1}: without clients {without[^1]}; with {Clients} {with[^1]}");
        }

        Line(output, $"all turns: without clients {Lateness.Of(without)}; with {Clients} {Lateness.Of(with)}; {frames / (Turns * Clients * (Turn + Settle).TotalSeconds):F1} frames a second and client, {bytes / (double)frames / 1024:F1} kB a frame");
        (double now, double most) = rig.Controller.Memory;
        Line(output, $"controller: {now:F0} MB resident, {most:F0} at most; {rig.Metric("crm_scan_overruns_total"):F0} overruns");
        rig.Dispose();
        Directory.Delete(data, recursive: true);
    }

    private static async Task<Lateness> Measure(ServedRig rig)
    {
        await Task.Delay(Settle);
        var before = Lateness.Read(rig);
        await Task.Delay(Turn);
        return Lateness.Read(rig) - before;
    }

    private static async Task<(long Bytes, long Frames)> One(ServedRig rig, CancellationToken stop)
    {
        long bytes = 0, frames = 0;
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", "Bearer " + rig.Token);
        byte[] buffer = new byte[1 << 16];
        try
        {
            await socket.ConnectAsync(new Uri($"ws://{rig.Client.BaseAddress!.Authority}/api/v1/rigs/lithium-pilot/stream"), stop);
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(), stop);
                bytes += part.Count;
                if (part.EndOfMessage) frames++;
            }
        }
        catch (OperationCanceledException)
        {
            return (bytes, frames);
        }
    }

    private static void Line(TextWriter output, FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
