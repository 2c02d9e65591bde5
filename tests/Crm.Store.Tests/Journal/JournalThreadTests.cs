using System.Diagnostics;
using Crm.Plant.Ports;
using Crm.Plant.Records;
using Crm.Store.Journal;
using Xunit;

namespace Crm.Store.Tests.Journal;

/// <summary>A disk that really stalls keeps nobody waiting: what was handed over is durable when it answers, in order, and a failure takes back all of it (REL-06).</summary>
public sealed class JournalThreadTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Commits that wait for a gate, as a disk does that has gone to sleep.</summary>
    private sealed class StalledDisk : IJournal, IDisposable
    {
        private readonly List<BatchEvent> open = [];

        public ManualResetEventSlim Gate { get; } = new(false);

        public ManualResetEventSlim Reached { get; } = new(false);

        public List<BatchEvent> Written { get; } = [];

        public bool Fails { get; set; }

        public void Append(BatchEvent happened) => open.Add(happened);

        public void Commit()
        {
            Reached.Set();
            Gate.Wait();
            BatchEvent[] now = [.. open];
            open.Clear();
            if (Fails) throw new JournalFaultException("disk full");
            lock (Written) Written.AddRange(now);
        }

        public void Dispose()
        {
            Gate.Dispose();
            Reached.Dispose();
        }
    }

    private static BatchEvent Event(int number) => new(TimeSpan.FromSeconds(number), number, BatchEventKind.Note, "disk", $"event {number}", "test", BatchEvent.NoData);

    [Fact]
    public void A_stalled_disk_keeps_no_scan_waiting_and_writes_everything_in_order_when_it_answers()
    {
        using var disk = new StalledDisk();
        using var journal = new JournalThread(disk);
        var watch = Stopwatch.StartNew();
        for (int i = 0; i < 1000; i++)
        {
            journal.Append(Event(i));
            journal.Commit();
            Assert.False(journal.IsDurable);
        }

        // A thousand scans while nothing is written: far less than one answer of the disk would take.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{watch.Elapsed.TotalSeconds} s");
        Assert.True(disk.Reached.Wait(Patience, TestContext.Current.CancellationToken));
        Assert.Empty(disk.Written);
        disk.Gate.Set();
        Assert.True(SpinWait.SpinUntil(() => journal.IsDurable, Patience));
        Assert.Equal(Enumerable.Range(0, 1000), disk.Written.Select(e => (int)e.Scan));
    }

    [Fact]
    public void A_failed_write_is_told_once_and_what_is_handed_over_again_is_written()
    {
        using var disk = new StalledDisk { Fails = true };
        using var journal = new JournalThread(disk);
        journal.Append(Event(1));
        journal.Commit();
        Assert.True(disk.Reached.Wait(Patience, TestContext.Current.CancellationToken));
        disk.Gate.Set();
        string fault = "";
        Assert.True(SpinWait.SpinUntil(() => { fault = Fault(journal); return fault.Length > 0; }, Patience));
        Assert.Contains("disk full", fault, StringComparison.Ordinal);
        disk.Fails = false;
        journal.Append(Event(1));
        journal.Append(Event(2));
        journal.Commit();
        Assert.True(SpinWait.SpinUntil(() => Fault(journal).Length == 0 && journal.IsDurable, Patience));
        Assert.Equal([1L, 2L], disk.Written.Select(e => e.Scan));
    }

    private static string Fault(JournalThread journal)
    {
        try
        {
            _ = journal.IsDurable;
            return "";
        }
        catch (JournalFaultException failed)
        {
            return failed.Message;
        }
    }
}
