using Crm.Instruments.Buses;
using Crm.Plant.Records;

namespace Crm.Instruments.Tests;

/// <summary>SAF-27: on SIGTERM effects go to safe, that is confirmed and written, then the handles are closed; two seconds in all.</summary>
public sealed class TerminatedServiceTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>What a machine that builds and tests meanwhile may add to the wall time; plant time has no slack.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task SIGTERM_brings_the_pins_to_safe_confirms_it_on_record_and_closes_within_two_seconds()
    {
        Assert.SkipUnless(LibModbusLine.IsInstalled, "libmodbus5 is not installed: apt-get install libmodbus5");
        using var bench = new ServedBench(new Random(27));
        await bench.Start();
        await bench.BeginBatch();
        (TimeSpan off, TimeSpan ended) = await bench.Terminate();
        output.WriteLine($"off after {off.TotalSeconds:0.00} s, ended after {ended.TotalSeconds:0.00} s");
        Assert.InRange(off, TimeSpan.Zero, Limit);
        Assert.InRange(ended, TimeSpan.Zero, Limit + Slack);

        (int exit, bool isClosed, BatchEvent[] events) = bench.Closed();
        Assert.Equal(0, exit);
        Assert.True(isClosed, "a log of the journal was left behind");
        int asked = Array.FindIndex(events, e => e.Kind == BatchEventKind.BatchState && (e.Text + e.Cause).Contains("the service stops", StringComparison.Ordinal));
        int held = Array.FindLastIndex(events, e => e.Kind == BatchEventKind.BatchState && e.Data.GetValueOrDefault("state") == "held");
        int told = Array.FindIndex(events, e => e.Subject == "stop");
        Assert.True(asked >= 0 && asked < held && held < told, $"asked {asked}, held {held}, told {told}: {string.Join(" | ", events.TakeLast(8).Select(e => $"{e.Kind} {e.Subject} {e.Text} {e.Cause}"))}");
        Assert.Contains("confirmed, feeds and heaters are off and every bus answers", events[told].Text, StringComparison.Ordinal);
        Assert.InRange(events[told].At - events[asked].At, TimeSpan.Zero, Limit);
        Assert.Contains("crm: bench-kit: the service stops: confirmed, feeds and heaters are off", bench.Said, StringComparison.Ordinal);
    }
}
