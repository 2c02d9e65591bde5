using System.Diagnostics;
using Crm.Plant.Ports;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Store.History;

/// <summary>
/// History on a disk with a thread of its own: the scan leaves its samples and goes on, and whoever reads sees them at once, written or
/// not, so that live and history have no seam. A disk that does not follow costs samples, which are counted, never a scan.
/// </summary>
public sealed class HistoryThread : IHistorySink, IDisposable
{
    /// <summary>Samples that may wait for the disk; the oldest go first.</summary>
    public const int MostWaiting = 1 << 18;

    private static readonly TimeSpan every = TimeSpan.FromSeconds(1), patience = TimeSpan.FromSeconds(5);

    /// <summary>Samples written between two looks at whether there is too much.</summary>
    private const int TrimEvery = 1 << 16;

    private readonly SqliteHistory file;
    private readonly HistoryLimits limits;
    private long untrimmed = TrimEvery;
    private readonly HistoryReader reader;
    private readonly HistoryChannel[] channels;
    private readonly TimeProvider clock;
    private readonly Lock gate = new();
    private readonly AutoResetEvent wake = new(false);
    private readonly Thread thread;
    private readonly TimeSpan start;
    private Queue<(int Channel, StoredSample Sample)> waiting = new();
    private Queue<(int Channel, StoredSample Sample)> writing = new();
    private long dropped, written, busyTicks;
    private volatile bool closing;
    private volatile string? fault;

    private HistoryThread(SqliteHistory file, string path, RigDefinition rig, TimeProvider clock, HistoryLimits limits)
    {
        (this.file, this.clock, this.limits, start) = (file, clock, limits, file.Base);
        reader = new HistoryReader(path);
        channels = [.. HistoryChannel.Of(rig)];
        thread = new Thread(Run) { Name = "history " + rig.Name, IsBackground = true, Priority = ThreadPriority.BelowNormal };
        thread.Start();
    }

    /// <param name="now">Plant time this controller begins at.</param>
    /// <param name="goesOn">Its plant time is that of the controller before, gone on.</param>
    /// <param name="limits">How much is kept; null: the usual.</param>
    /// <exception cref="JournalFaultException">Cannot be opened, or of a newer schema.</exception>
    public static HistoryThread Open(string path, RigDefinition rig, TimeSpan now, bool goesOn, TimeProvider clock, HistoryLimits? limits = null)
    {
        var file = SqliteHistory.Open(path, rig);
        try
        {
            file.Begin(now, goesOn, clock.GetUtcNow());
            return new HistoryThread(file, path, rig, clock, limits ?? HistoryLimits.Usual);
        }
        catch (Microsoft.Data.Sqlite.SqliteException failure)
        {
            file.Dispose();
            throw new JournalFaultException($"{path}: {failure.Message}", failure);
        }
    }

    /// <summary>Why the last write failed; null while the disk follows.</summary>
    public string? Fault => fault;

    /// <summary>Samples that no disk took.</summary>
    public long Dropped => Volatile.Read(ref dropped);

    public long Written => Volatile.Read(ref written);

    /// <summary>Time spent writing, s.</summary>
    public double BusySeconds => Volatile.Read(ref busyTicks) / (double)Stopwatch.Frequency;

    public int Waiting
    {
        get
        {
            lock (gate) return waiting.Count + writing.Count;
        }
    }

    /// <summary>Where history begins, in plant time of this controller: before zero when others were in charge before.</summary>
    public TimeSpan Oldest => reader.Oldest() is { } ticks ? new TimeSpan(ticks) - start : TimeSpan.Zero;

    public void Keep(TimeSpan at, int channel, in Reading reading)
    {
        var sample = StoredSample.Of(at.Ticks + start.Ticks, in reading);
        lock (gate)
        {
            waiting.Enqueue((channel, sample));
            if (waiting.Count <= MostWaiting) return;
            waiting.Dequeue();
            dropped++;
        }
    }

    /// <summary>What was kept goes to the disk now; does not wait for it.</summary>
    public void Flush() => wake.Set();

    /// <summary>A range of one channel for drawing; any thread.</summary>
    /// <param name="from">Plant time of this controller, s; before zero is before it began.</param>
    /// <param name="step">Width of a column, s.</param>
    /// <exception cref="JournalFaultException">The file cannot be read.</exception>
    public HistoryColumns Columns(int channel, double from, double step, int columns)
    {
        List<StoredSample> unwritten = [];
        lock (gate)
        {
            foreach (var (of, sample) in writing)
                if (of == channel) unwritten.Add(sample);
            foreach (var (of, sample) in waiting)
                if (of == channel) unwritten.Add(sample);
        }

        try
        {
            return reader.Columns(channels[channel], file.Numbers[channel], start.Ticks, from, step, columns, unwritten);
        }
        catch (Microsoft.Data.Sqlite.SqliteException failure)
        {
            throw new JournalFaultException(failure.Message, failure);
        }
    }

    /// <summary>Writes what waits, then closes the file.</summary>
    public void Dispose()
    {
        closing = true;
        wake.Set();
        if (!thread.Join(patience)) return;
        reader.Dispose();
        file.Dispose();
        wake.Dispose();
    }

    private void Run()
    {
        bool last;
        do
        {
            last = closing;
            if (!last) wake.WaitOne(every);
            Write();
        }
        while (!last);
    }

    /// <summary>A step at a time, so that what waits is written meanwhile.</summary>
    private void Trim()
    {
        untrimmed += writing.Count;
        try
        {
            if (untrimmed >= TrimEvery && !file.Trim(limits)) untrimmed = 0;
        }
        catch (JournalFaultException)
        {
            // What was written is safe; the next look tries again.
        }
    }

    private void Write()
    {
        lock (gate)
        {
            if (waiting.Count == 0) return;
            (waiting, writing) = (writing, waiting);
        }

        long begin = Stopwatch.GetTimestamp();
        try
        {
            foreach (var (channel, sample) in writing) file.Keep(channel, in sample);
            file.Write(clock.GetUtcNow());
            Interlocked.Add(ref written, writing.Count);
            Trim();
            fault = null;
        }
        catch (Exception failure)
        {
            // Whatever it is: control never depends on history, and this thread must not take the controller with it.
            Interlocked.Add(ref dropped, writing.Count);
            fault = failure.Message;
        }

        Interlocked.Add(ref busyTicks, Stopwatch.GetTimestamp() - begin);
        lock (gate) writing.Clear();
    }
}
