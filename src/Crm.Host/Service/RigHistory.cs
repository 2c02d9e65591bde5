using Crm.Host.Runs;
using Crm.Plant.Ports;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;
using Crm.Store;
using Crm.Store.History;

namespace Crm.Host.Service;

/// <summary>
/// History of a served rig: on the disk for good, and the newest in memory, which serves when the disk does not. Control never depends on it.
/// </summary>
public sealed class RigHistory(RigDefinition rig, HistoryThread? disk) : IHistorySink, IDisposable
{
    /// <summary>Samples of a channel in memory; the last quarter of an hour of one that moves with every scan stays as it was read.</summary>
    private const int MemoryLimit = 20_000;

    private readonly MemoryHistory memory = new(rig, Folding.OlderHalf, MemoryLimit);

    /// <summary>The thread that writes; null when history is in memory alone.</summary>
    public HistoryThread? Disk => disk;

    /// <summary>Plant time at which history begins, s.</summary>
    public double Oldest => disk is { Fault: null } ? disk.Oldest.TotalSeconds : 0;

    /// <summary>The file of a rig; one that cannot be read is kept under another name, and a new one begins.</summary>
    /// <param name="goesOn">Plant time goes on from that of the controller before.</param>
    /// <param name="limits">How much is kept.</param>
    /// <returns>Null when the folder takes no file at all; said on <paramref name="says"/>.</returns>
    public static HistoryThread? Open(string folder, IRunningRig rig, bool goesOn, HistoryLimits limits, TimeProvider clock, TextWriter says)
    {
        string path = Path.Combine(folder, rig.Rig.Name + ".history.db");
        try
        {
            return HistoryThread.Open(path, rig.Rig, rig.Now, goesOn, clock, limits);
        }
        catch (JournalFaultException full) when (DiskFault.Is(full))
        {
            says.WriteLine($"crm: no history is kept on the disk until the next start: {full.Message}");
            return null;
        }
        catch (JournalFaultException unreadable)
        {
            try
            {
                says.WriteLine($"crm: the history {path} cannot be read ({unreadable.Message}); it is kept as {KeptAside.Move(path, "unreadable", clock)}, and a new one begins");
                return HistoryThread.Open(path, rig.Rig, rig.Now, goesOn, clock, limits);
            }
            catch (Exception failed) when (failed is JournalFaultException or IOException or UnauthorizedAccessException)
            {
                says.WriteLine($"crm: no history is kept on the disk: {failed.Message}");
                return null;
            }
        }
    }

    public void Keep(TimeSpan at, int channel, in Reading reading)
    {
        memory.Keep(at, channel, in reading);
        disk?.Keep(at, channel, in reading);
    }

    public void Flush() => disk?.Flush();

    /// <summary>A twin at full speed waits for the disk rather than lose samples; the plant never does.</summary>
    public void CatchUp()
    {
        while (disk is { Fault: null } && disk.Waiting > HistoryThread.MostWaiting / 2)
        {
            disk.Flush();
            Thread.Sleep(1);
        }
    }

    /// <summary>A range of one channel for drawing; any thread.</summary>
    /// <param name="from">Plant time, s.</param>
    /// <param name="step">Width of a column, s.</param>
    public HistoryColumns Columns(int channel, double from, double step, int columns)
    {
        if (disk is { Fault: null })
        {
            try
            {
                return disk.Columns(channel, from, step, columns);
            }
            catch (JournalFaultException)
            {
                // What memory has is better than no trend.
            }
        }

        return memory.Columns(channel, from, step, columns);
    }

    public void Dispose() => disk?.Dispose();
}
