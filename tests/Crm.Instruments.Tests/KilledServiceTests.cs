using Crm.Instruments.Buses;

namespace Crm.Instruments.Tests;

/// <summary>
/// Real kill -9 of <c>crm serve --live</c> at random moments, with the instruments and the process behind them in another process that survives
/// (REL-06, S88-22, SAF-07, SAF-20). CRM_DEEP=1: 200 kills.
/// </summary>
public class KilledServiceTests(ITestOutputHelper output)
{
    /// <summary>Rigs side by side: most of a round is waiting.</summary>
    private const int Rigs = 4;

    private static int Kills => Environment.GetEnvironmentVariable("CRM_DEEP") == "1" ? 200 : 20;

    [Fact]
    public async Task Whenever_it_is_killed_outputs_fall_nothing_told_is_lost_and_the_batch_comes_back_held()
    {
        Assert.SkipUnless(LibModbusLine.IsInstalled, "libmodbus5 is not installed: apt-get install libmodbus5");
        int seed = Environment.TickCount;
        TestContext.Current.SendDiagnosticMessage($"seed {seed}");
        output.WriteLine($"seed {seed}");
        ServedBench[] benches = [.. Enumerable.Range(0, Rigs).Select(i => new ServedBench(new Random(seed + i)))];
        try
        {
            await Task.WhenAll(benches.Select(b => Task.Run(() => b.Campaign(Kills / Rigs))));
        }
        finally
        {
            foreach (ServedBench bench in benches)
            {
                output.WriteLine(bench.Story);
                bench.Dispose();
            }
        }

        Assert.Equal(Kills, benches.Sum(b => b.Kills));
        // How many kills found a pump that ran depends on how fast the machine is; each of them was seen to fall.
        output.WriteLine($"{benches.Sum(b => b.KilledWhileDriving)} kills while pump or heater was on");
        Assert.True(benches.Sum(b => b.Assessed) >= Kills / 2, "hardly a kill came while a batch was there");
    }

    [Fact]
    public async Task A_record_that_cannot_be_read_is_kept_and_a_new_one_begins()
    {
        Assert.SkipUnless(LibModbusLine.IsInstalled, "libmodbus5 is not installed: apt-get install libmodbus5");
        using var bench = new ServedBench(new Random(1));
        await bench.Start();
        await bench.BeginBatch();
        bench.Kill();
        byte[] spoilt = await File.ReadAllBytesAsync(bench.Journal, TestContext.Current.CancellationToken);
        for (int i = 0; i < spoilt.Length; i++) spoilt[i] ^= 0x5A;
        await File.WriteAllBytesAsync(bench.Journal, spoilt, TestContext.Current.CancellationToken);
        File.Delete(bench.Journal + "-wal");

        await bench.Start();

        string[] kept = Directory.GetFiles(Path.GetDirectoryName(bench.Journal)!, "*.unreadable-*");
        Assert.Contains(kept, k => File.ReadAllBytes(k).AsSpan().SequenceEqual(spoilt));
        Assert.Contains("is kept as", bench.Said, StringComparison.Ordinal);
        Assert.Equal("Idle", (await bench.Situation()).GetProperty("batch").GetString());
    }
}
