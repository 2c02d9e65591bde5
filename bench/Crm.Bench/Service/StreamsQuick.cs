using System.Globalization;
using System.Net.WebSockets;

namespace Crm.Bench.Service;

/// <summary>Lateness of the scan without and with fifty clients of its stream, in turns, on the lithium twin at 10 Hz; and what the controller holds in memory.</summary>
internal static class StreamsQuick
{
    private const int Clients = 50;
    private const int Turns = 4;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(30);

    public static async Task Run(TextWriter output)
    {
        string data = Directory.CreateTempSubdirectory("crm-bench-").FullName;
        using var rig = new ServedRig(data, "--recipe", "recipes/lithium/black-mass-to-carbonate.yaml", "--from", "leach/portion-4");
        using (var settle = new CancellationTokenSource(TimeSpan.FromSeconds(10))) await Quiet(settle.Token);
        var without = new List<double>();
        var with = new List<double>();
        long bytes = 0, frames = 0;
        for (int turn = 0; turn < Turns; turn++)
        {
            without.Add(await Lateness(rig, Quiet));
            with.Add(await Lateness(rig, stop => Listen(rig, stop, (b, f) => (bytes, frames) = (bytes + b, frames + f))));
            Line(output, $"turn {turn + 1}: scans {without[^1]:F2} ms late without clients, {with[^1]:F2} ms with {Clients}");
        }

        Line(output, $"mean {without.Average():F2} and {with.Average():F2} ms: {with.Average() / without.Average():F2} times; {frames / (double)(Turns * Clients) / Turn.TotalSeconds:F1} frames a second and client, {bytes / (double)frames / 1024:F1} kB a frame");
        (double now, double most) = rig.Controller.Memory;
        Line(output, $"controller: {now:F0} MB resident, {most:F0} at most; {rig.Metric("crm_scan_overruns_total"):F0} overruns");
        rig.Dispose();
        Directory.Delete(data, recursive: true);
    }

    /// <returns>Mean of how late scans began, ms.</returns>
    private static async Task<double> Lateness(ServedRig rig, Func<CancellationToken, Task> beside)
    {
        using var stop = new CancellationTokenSource(Turn);
        double late = rig.Metric("crm_scan_late_seconds_total"), scans = rig.Metric("crm_scan_seconds_count");
        await beside(stop.Token);
        return 1000 * (rig.Metric("crm_scan_late_seconds_total") - late) / (rig.Metric("crm_scan_seconds_count") - scans);
    }

    private static async Task Quiet(CancellationToken stop)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, stop);
        }
        catch (OperationCanceledException)
        {
        }
    }

    private static async Task Listen(ServedRig rig, CancellationToken stop, Action<long, long> heard)
    {
        (long Bytes, long Frames)[] sums = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => One(rig, stop)));
        heard(sums.Sum(s => s.Bytes), sums.Sum(s => s.Frames));
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
